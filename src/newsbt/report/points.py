"""The trials of a search as a page carries them: which ones, and as columns (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.table import METRICS
from newsbt.plots.tuning_data import Scored, ranks
from newsbt.records import FloatArray, IntArray
from newsbt.report.values import as_text, numbers
from newsbt.tuning.axes import Axis
from newsbt.tuning.neighbours import neighbours
from newsbt.tuning.objective import Objective
from newsbt.tuning.request import objective_names

__all__ = ["METRICS_SHOWN", "Carried", "axis_rows", "carried_rows", "trial_rows"]

#: Values (trials times columns) that a page carries; about seven characters each.
MOST_VALUES = 200_000
#: Of the best trials, so many have all their neighbours on the page.
WITH_NEIGHBOURS = 50
#: Values of an axis that are listed; an axis of more is a scale of numbers.
MOST_LISTED = 2000
#: Metrics beside the objective, where the table of trials has them.
METRICS_SHOWN = ("total_return", "sharpe", "max_drawdown", "trades")
UNITS = {metric.key: metric.unit for metric in METRICS}


class Carried(NamedTuple):
    """Trials on a page.

    Parameters
    ----------
    rows : array of int, shape (n,)
        Their rows in the table, ascending.
    total : int
        Trials of the search.
    best : int
        So many of the best are all on the page.
    """

    rows: IntArray
    total: int
    best: int


def carried_rows(
    trials: pd.DataFrame, axes: Sequence[Axis], order: Scored, wanted: IntArray, columns: int
) -> Carried:
    """Which trials a page carries: all, or of too many the best, the neighbours of the very best, and others.

    Parameters
    ----------
    trials : DataFrame
    axes : sequence of Axis
    order : Scored
        Of `trials`.
    wanted : array of int
        Rows that must be there.
    columns : int
        Values that each trial takes.

    Notes
    -----
    The others are drawn without regard to their result, with seed 0: every k-th would follow the pattern of a
    grid.
    """
    most = MOST_VALUES // max(columns, 1)
    if len(trials) <= most:
        return Carried(np.arange(len(trials), dtype=np.int64), len(trials), len(order.rows))
    best = order.rows[::-1][: most // 5]
    place = pd.Series(np.arange(len(trials)), index=trials.index)
    near = [place[neighbours(trials, axes, int(row)).index].to_numpy() for row in best[:WITH_NEIGHBOURS]]
    kept = np.unique(np.concatenate([best, wanted, *near]).astype(np.int64))
    rest = np.setdiff1d(np.arange(len(trials)), kept)
    drawn = np.random.default_rng(0).choice(rest, max(most - len(kept), 0), replace=False)
    return Carried(np.sort(np.concatenate([kept, drawn])), len(trials), len(best))


def axis_rows(axes: Sequence[Axis], importance: pd.Series[float]) -> list[dict[str, Any]]:
    """Name, values and share of the variance of each axis.

    ``values`` are texts of words and numbers of an ordered axis, ascending; empty for a scale of numbers from
    ``low`` to ``high``.
    """
    found = []
    for axis in axes:
        listed = () if _scale(axis) else tuple(axis.values)
        values = sorted(float(value) for value in listed) if axis.ordered else [as_text(v) for v in listed]
        share = float(importance.get(axis.name, np.nan))
        found.append(
            {
                "name": axis.name,
                "ordered": axis.ordered,
                "values": values,
                "low": axis.low,
                "high": axis.high,
                "share": round(share, 3) if np.isfinite(share) else None,
            }
        )
    return found


def trial_rows(
    trials: pd.DataFrame,
    axes: Sequence[Axis],
    objectives: Sequence[Objective],
    stability: FloatArray,
    rows: IntArray,
) -> dict[str, Any]:
    """`rows` of the trials as columns.

    Returns
    -------
    dict
        ``trial`` (number), ``at`` (a list an axis: position of the value, or the number on a scale),
        ``objectives`` (a list an objective, larger is better, as fraction or ratio), ``stability``,
        ``metrics`` (a list a metric of :data:`METRICS_SHOWN` that the table has).
    """
    some = trials.iloc[rows]
    names = objective_names(len(objectives))
    goals = {objective.text for objective in objectives}
    shown = [key for key in METRICS_SHOWN if key in some and key not in goals]
    return {
        "trial": [int(number) for number in some["trial"]],
        "at": [
            numbers(some[axis.name], 6) if _scale(axis) else ranks(axis, some[axis.name])[0].tolist()
            for axis in axes
        ],
        "objectives": [numbers(some[name], 5) for name in names],
        "stability": numbers(stability[rows], 2),
        "metrics": {key: numbers(some[key], 4) for key in shown},
    }


def _scale(axis: Axis) -> bool:
    """Whether values are shown as numbers on a scale, not one by one."""
    return axis.continuous or (axis.ordered and len(axis.values) > MOST_LISTED)
