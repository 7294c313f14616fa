"""Heat maps and the histogram of a search's page, over all trials (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from newsbt.plots.tuning_data import Cells, Scored, cells_along, cells_of, chosen_axes, spread
from newsbt.records import FloatArray, IntArray
from newsbt.report.values import as_text, numbers
from newsbt.tuning.axes import Axis
from newsbt.tuning.importance import slices

__all__ = ["HEAT_AXES", "heat_maps", "histogram", "slice_rows"]

#: Axes that are paired with each other, and cells of each.
HEAT_AXES, MOST_CELLS = 6, 24
BARS = 40


def heat_maps(
    trials: pd.DataFrame, axes: Sequence[Axis], order: Scored, importance: pd.Series[float]
) -> tuple[list[dict[str, Any]], IntArray]:
    """Objective by pair of axes, the most important pair first.

    Returns
    -------
    maps : list of dict
        ``x`` and ``y`` (positions of the axes), ``xs`` and ``ys`` (labels of the cells), and by cell, first
        all of the first column upwards: ``count``, ``best``, ``median`` (None without a result) and ``row``
        of the best trial in the table (-1).
    rows : array of int
        Rows of those best trials.
    """
    chosen = chosen_axes(axes, importance, HEAT_AXES)
    share = importance.fillna(0.0)
    pairs = sorted(
        combinations(chosen, 2), key=lambda pair: -sum(float(share.get(axis.name, 0.0)) for axis in pair)
    )
    most = cells_along(len(order.rows), axes, MOST_CELLS)
    cut = {axis.name: cells_of(trials, axis, most if axis.ordered else MOST_CELLS, order) for axis in chosen}
    place = {axis.name: position for position, axis in enumerate(axes)}
    maps = [_map(one, other, cut, place, order) for one, other in pairs]
    rows = np.unique([row for found in maps for row in found["row"] if row >= 0]).astype(np.int64)
    return maps, rows


def _map(
    one: Axis, other: Axis, cut: dict[str, Cells], place: dict[str, int], order: Scored
) -> dict[str, Any]:
    across, up = cut[one.name], cut[other.name]
    count = len(across.labels) * len(up.labels)
    x, y = across.codes[order.rows], up.codes[order.rows]
    codes = np.where((x < 0) | (y < 0), -1, x * len(up.labels) + y)
    median, best = spread(codes, order.results, count, (0.5, 1.0))
    inside = codes >= 0
    row = np.full(count, -1, dtype=np.int64)
    row[codes[inside]] = order.rows[inside]
    return {
        "x": place[one.name],
        "y": place[other.name],
        "xs": _labels(one, across),
        "ys": _labels(other, up),
        "count": np.bincount(codes[inside], minlength=count).tolist(),
        "best": numbers(best, 4),
        "median": numbers(median, 4),
        "row": row.tolist(),
    }


def _labels(axis: Axis, cells: Cells) -> list[str]:
    """Words as they are; the labels of pictures leave out what their font does not have."""
    words = list(axis.values)
    if not axis.ordered and len(cells.labels) == len(words):
        return [as_text(word) for word in words]
    return list(cells.labels)


def histogram(results: FloatArray) -> dict[str, Any] | None:
    """Objectives of all trials in bars of equal width; None where all are equal or there are none."""
    if not len(results) or not np.ptp(results) > 0.0:
        return None
    counts, edges = np.histogram(results, min(BARS, max(5, len(results) // 4)))
    return {"edges": numbers(edges, 6), "counts": counts.tolist()}


def slice_rows(trials: pd.DataFrame, axes: Sequence[Axis]) -> list[dict[str, Any]]:
    """Quartiles of the objective by value of each axis, over all trials; see :func:`slices`."""
    found = []
    for axis in axes:
        table = slices(trials, axis)
        words = not axis.ordered
        found.append(
            {
                "value": [as_text(v) for v in table["value"]] if words else numbers(table["value"], 6),
                **{name: numbers(table[name], 4) for name in ("lower", "median", "upper", "best")},
                "trials": [int(number) for number in table["trials"]],
            }
        )
    return found
