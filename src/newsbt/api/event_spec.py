"""From what a user asks of an event study to checked settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.errors import InputError, ParameterError, UnknownNameError
from newsbt.evidence.events.models import MODELS
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.study import StudySettings
from newsbt.runs import RunSpec

__all__ = ["study_settings", "study_spec"]


def study_spec(
    workspace: Workspace,
    given: Mapping[str, Any],
    sets: Mapping[str, Mapping[str, Any]],
    preset: str | None = None,
) -> RunSpec:
    """The checked specification of a study; its strategy is a stand-in that nothing depends on.

    Parameters
    ----------
    workspace : Workspace
    given : mapping
        Run fields as texts or values; None is not given.
    sets : mapping of prefix to mapping
        Parameters with prefix ``signal`` or ``run``.
    preset : str, optional
        ``[run.NAME]`` table to start from.

    Raises
    ------
    InputError
        For an unknown name or a value out of bounds.
    """
    names = [ref.name for ref in workspace.strategy_refs()]
    if not names:
        raise InputError(f"there is no strategy in {workspace.root}; make a workspace with newsbt init")
    stand_in = "hold" if "hold" in names else names[0]
    chosen = load_settings(workspace).presets.get(preset or "")
    stand_in = chosen.strategy if chosen and chosen.strategy else stand_in
    return build_specs([stand_in], workspace, load_settings(workspace), given, sets, preset)[0]


def study_settings(
    *,
    model: str = "market",
    confounded: str = "keep",
    before: int = 5,
    after: int = 10,
    estimation: int = 120,
    minimum: int | None = None,
    clear: int | None = None,
    draws: int = 999,
) -> StudySettings:
    """Checked settings of a study; see :class:`newsbt.evidence.events.study.StudySettings`.

    The estimation window ends 10 sessions before day 0, or one before the event window if that is longer, and
    reaches back 130 sessions more than it has, for those that other events take.

    Raises
    ------
    UnknownNameError
        For a model or a way with confounded events that there is none of.
    ParameterError
        For lengths that make no window.
    """
    if model not in MODELS:
        raise UnknownNameError("model", model, MODELS)
    if confounded not in ("keep", "drop"):
        raise UnknownNameError("way with confounded events", confounded, ("keep", "drop"))
    if not 99 <= draws <= 1_000_000:
        raise ParameterError(f"{draws} draws of the bootstrap cannot be used; take 99 to 1000000")
    windows = WindowSettings(
        before=before,
        after=after,
        estimation=estimation,
        gap=max(10, before + 1),
        minimum=min(60, estimation) if minimum is None else minimum,
        reach=estimation + 130,
        clear=clear,
    )
    return StudySettings(model=model, windows=windows, confounded=confounded, draws=draws)  # type: ignore[arg-type]
