"""``newsbt.placebo``: a placebo test for a notebook, with names instead of objects."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import find_workspace
from newsbt.api.placebo import placebo as test
from newsbt.evidence.placebo.study import PlaceboStudy

__all__ = ["placebo"]


def placebo(
    strategy: str,
    *,
    kind: str | Sequence[str] = "all",
    worlds: int = 1000,
    statistic: str = "sharpe",
    two_sided: bool = False,
    params: Mapping[str, Any] | None = None,
    signal_params: Mapping[str, Any] | None = None,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    engine: str = "auto",
    **fields: Any,
) -> PlaceboStudy:
    """Run a strategy on its own news and on placebo worlds of them.

    Parameters
    ----------
    strategy, params, signal_params, workspace, preset, **fields
        As for :func:`newsbt.run`; ``seed=1`` draws other worlds.
    kind : str or sequence of str
        ``"dates"``, ``"signs"``, ``"issuers"``, ``"shift"`` or ``"all"``.
    worlds, statistic, two_sided, engine
        As for :func:`newsbt.api.placebo.placebo`.

    Returns
    -------
    PlaceboStudy
        p-values, what each kind found, and every metric of every world as a pandas frame.

    Raises
    ------
    NewsbtError
        With one sentence that says what is wrong and what to do.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    sets = {"": dict(params or {}), "signal": dict(signal_params or {})}
    spec = build_specs([strategy], place, load_settings(place), fields, sets, preset)[0]
    kinds = kind.split(",") if isinstance(kind, str) else kind
    return test(
        spec,
        place,
        kinds=[item.strip() for item in kinds],
        worlds=worlds,
        statistic=statistic,
        two_sided=two_sided,
        engine=engine,
    )
