"""``newsbt.events``: an event study for a notebook, with names instead of objects."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.workspace import find_workspace
from newsbt.api.event_spec import study_settings, study_spec
from newsbt.api.events import event_study
from newsbt.evidence.events.selection import Selection
from newsbt.evidence.events.study import EventStudy

__all__ = ["events"]


def events(
    *,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    signal_params: Mapping[str, Any] | None = None,
    category: str | Sequence[str] = (),
    direction: str = "",
    issuer: str | Sequence[str] = (),
    role: str = "event",
    min_score: float = 0.0,
    model: str = "market",
    benchmark: str | Sequence[str] = (),
    before: int = 5,
    after: int = 10,
    estimation: int = 120,
    minimum: int | None = None,
    clear: int | None = None,
    confounded: str = "keep",
    draws: int = 999,
    **fields: Any,
) -> EventStudy:
    """Study how prices moved around the news that a run would trade.

    Parameters
    ----------
    workspace, preset, signal_params, **fields
        As for :func:`newsbt.run`: ``symbols="Alibaba"``, ``start="2024-09-02"``, ``prices="yahoo"``.
    category, issuer : str or sequence of str
        Only these kinds of news, only these issuers or listings; one string may hold several with commas.
    direction : str
        ``"up"``, ``"down"`` or ``"none"``; empty for all.
    role : str
        ``"event"``, or another of :data:`newsbt.records.ROLES`.
    min_score : float
        Least absolute net score.
    model : str
        ``"market"``, ``"mean"`` or ``"market-adjusted"``.
    benchmark : str or sequence of str
        One for each venue; KWEB and HSI where it is not given.
    before, after, estimation, minimum, clear : int
        Sessions; see :class:`newsbt.evidence.events.settings.WindowSettings`.
    confounded : str
        ``"keep"`` or ``"drop"``.
    draws : int
        Of the wild bootstrap.

    Returns
    -------
    EventStudy
        Events, CAAR, reaction split, tests and what was dropped as pandas frames.

    Raises
    ------
    NewsbtError
        With one sentence that says what is wrong and what to do.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    spec = study_spec(place, fields, {"signal": dict(signal_params or {})}, preset)
    selection = Selection(_names(category), direction, _names(issuer), role, min_score)
    settings = study_settings(
        model=model,
        confounded=confounded,
        before=before,
        after=after,
        estimation=estimation,
        minimum=minimum,
        clear=clear,
        draws=draws,
    )
    return event_study(spec, place, selection=selection, settings=settings, benchmarks=_names(benchmark))


def _names(given: str | Sequence[str]) -> tuple[str, ...]:
    parts = given.split(",") if isinstance(given, str) else given
    return tuple(part.strip() for part in parts if part.strip())
