"""The best trials of a search with what lies around them (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.records import FloatArray, IntArray
from newsbt.tuning.neighbours import neighbours
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


def ranked(result: TuneResult, rows: IntArray, lasting: FloatArray) -> pd.DataFrame:
    """`rows` of the trials with two more columns.

    Parameters
    ----------
    result : TuneResult
    rows : array of int
    lasting : array, shape (trials,)
        See :func:`newsbt.tuning.neighbours.stability`.

    Returns
    -------
    DataFrame
        ``near``: mean objective of the trials one grid step away, nan without any; and
        ``stability``.
    """
    found = result.trials.iloc[rows].reset_index(drop=True)
    near = [_mean(neighbours(result.trials, result.axes, int(row))["objective"]) for row in rows]
    return found.assign(near=np.array(near, dtype=np.float64), stability=lasting[rows])


def _mean(values: pd.Series[float]) -> float:
    found = values.to_numpy(dtype=np.float64)
    found = found[np.isfinite(found)]
    return float(found.mean()) if len(found) else float("nan")
