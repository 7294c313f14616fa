"""A search told again what it knew: the trials on disk, in their order."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from newsbt.adapters.trial_files import iterate_trials
from newsbt.adapters.trials import TrialStore
from newsbt.api.sweep import SweepProgress
from newsbt.records import ParamValue
from newsbt.tuning.points import plain_value
from newsbt.tuning.request import best_row, objective_names
from newsbt.tuning.search import Searcher

__all__ = ["replay"]


def replay(
    searcher: Searcher, axes: Sequence[str], objectives: int, store: TrialStore, total: int | None
) -> SweepProgress:
    """Tell `searcher` the trials of `store`.

    Parameters
    ----------
    searcher : Searcher
        Just made.
    axes : sequence of str
    objectives : int
        Number of objectives.
    store : TrialStore
    total : int or None
        Trials there will be, to show.

    Returns
    -------
    SweepProgress
        Where they came to.
    """
    names = objective_names(objectives)
    best, point = math.nan, dict[str, ParamValue]()
    for trials in iterate_trials(store.folder, [*axes, *names]):
        searcher.tell(trials[list(axes)], trials[names].to_numpy(dtype=np.float64))
        row = best_row(trials)
        if row is not None and not best >= trials["objective"].iloc[row]:
            best = float(trials["objective"].iloc[row])
            point = {name: plain_value(trials[name].iloc[row]) for name in axes}
    return SweepProgress(store.done, total, 0.0, 0.0, best, point)
