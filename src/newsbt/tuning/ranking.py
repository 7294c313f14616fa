"""The best trials of a search with what lies around them (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.records import IntArray
from newsbt.tuning.neighbours import Surroundings
from newsbt.tuning.pareto import pareto_front
from newsbt.tuning.request import TuneResult, objective_names

__all__ = ["best_rows", "front_rows", "ranked"]


def best_rows(trials: pd.DataFrame, count: int) -> IntArray:
    """Rows of the `count` largest objectives, best first, the earlier of equals first."""
    values = trials["objective"].to_numpy(dtype=np.float64)
    order = np.argsort(-values, kind="stable").astype(np.int64)
    found: IntArray = order[np.isfinite(values[order])][:count]
    return found


def front_rows(result: TuneResult) -> IntArray:
    """Rows of the Pareto front, in descending order of the first objective."""
    names = objective_names(len(result.objectives))
    values = result.trials[names].to_numpy(dtype=np.float64)
    front = np.flatnonzero(pareto_front(values))
    found: IntArray = front[np.argsort(-values[front, 0], kind="stable")].astype(np.int64)
    return found


def ranked(result: TuneResult, rows: IntArray, around: Surroundings) -> pd.DataFrame:
    """`rows` of the trials with two more columns.

    Parameters
    ----------
    result : TuneResult
    rows : array of int
    around : Surroundings
        Of all trials.

    Returns
    -------
    DataFrame
        ``near``, the mean objective of the neighbours, nan without any; and ``stability``.
    """
    found = result.trials.iloc[rows].reset_index(drop=True)
    return found.assign(near=around.near[rows], stability=around.stability[rows])
