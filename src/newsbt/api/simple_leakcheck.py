"""``newsbt.leakcheck``: a leak check for a notebook, with names instead of objects."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import find_workspace
from newsbt.api.leakcheck import CUTS
from newsbt.api.leakcheck import leakcheck as check
from newsbt.evidence.leaks.report import LeakReport

__all__ = ["leakcheck"]


def leakcheck(
    strategy: str | None = None,
    params: Mapping[str, Any] | None = None,
    *,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    signal_params: Mapping[str, Any] | None = None,
    cuts: int = CUTS,
    probes: Sequence[str] = (),
    progress: Callable[[str, float], None] | None = None,
    **fields: Any,
) -> LeakReport:
    """Check that no decision of a run rests on what came after it.

    Parameters
    ----------
    strategy : str, optional
        A strategy or a preset that names one. Without it the signal model alone is checked: scores, audit and
        signals.
    params, workspace, preset, signal_params, **fields
        As for :func:`newsbt.run`: ``signal="taxonomy"``, ``symbols="Alibaba"``, ``entry="close"``.
    cuts : int
        Moments after which the future is changed.
    probes : sequence of str
        Names of :data:`newsbt.api.leakcheck.PROBE_NAMES`; all if empty.
    progress : callable, optional
        Called with what is being done and the fraction of it.

    Returns
    -------
    LeakReport
        ``clean``, ``findings`` with their sentences in ``text``, ``probes``, ``cuts`` and ``notes``.

    Raises
    ------
    NewsbtError
        With one sentence that says what is wrong and what to do.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    trades = strategy is not None or preset is not None
    # A specification names a strategy; a check of the signal alone does not run it.
    names = [strategy] if strategy is not None else [ref.name for ref in place.strategy_refs()[: not preset]]
    sets = {"": dict(params or {}), "signal": dict(signal_params or {})}
    given = {"benchmark": "none", **fields}
    spec = build_specs(names, place, load_settings(place), given, sets, preset)[0]
    return check(spec, place, strategy=trades, cuts=cuts, probes=probes, progress=progress)
