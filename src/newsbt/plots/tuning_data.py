"""What the tuning pictures show, as plain numbers: ordered trials, axes in cells, spread by cell (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from newsbt.plots.tuning_text import readable
from newsbt.records import FloatArray, IntArray
from newsbt.tuning.axes import Axis

__all__ = ["Cells", "Scored", "cells_along", "cells_of", "chosen_axes", "ranks", "sample", "scored", "spread"]


#: Cells of a continuous axis, at most.
MOST_BINS = 20
#: Of trials that are no grid: trials a cell of a heat map should have on average; fewest cells of an axis.
EACH, FEWEST = 3.0, 5


class Scored(NamedTuple):
    """Trials with a defined objective, the worst first.

    Parameters
    ----------
    rows : array of int, shape (F,)
        Their rows in the table. Of equal ones the earliest comes last, so that it counts as the best.
    results : array, shape (F,)
        Their objective, ascending.
    total : int
        All trials, with those whose objective is undefined.
    """

    rows: IntArray
    results: FloatArray
    total: int

    @property
    def best(self) -> int:
        """Row of the best trial; -1 where there is none."""
        return int(self.rows[-1]) if len(self.rows) else -1


class Cells(NamedTuple):
    """One axis cut into cells.

    Parameters
    ----------
    name : str
        As it can be drawn.
    codes : array of int, shape (P,)
        Cell of each trial, from 0; -1 for a value that is not on the axis.
    labels : tuple of str, length n
        One a cell.
    edges : tuple of str, length n or n + 1, or empty
        Where each cell holds several numbers: the first one of each, and the end of a continuous axis.
    ordered : bool
        Whether neighbouring cells are neighbouring numbers.
    """

    name: str
    codes: IntArray
    labels: tuple[str, ...]
    edges: tuple[str, ...]
    ordered: bool


def scored(objective: Any) -> Scored:
    """Sort trials by `objective`, shape (P,); what is not finite is undefined."""
    values = np.asarray(objective, dtype=np.float64)
    rows = np.flatnonzero(np.isfinite(values))[::-1]
    rows = rows[np.argsort(values[rows], kind="stable")]
    return Scored(rows, values[rows], len(values))


def chosen_axes(axes: Sequence[Axis], importance: pd.Series[float] | None, most: int) -> tuple[Axis, ...]:
    """At most `most` axes in their own order: the most important, or the first if importance is unknown."""
    if len(axes) <= most:
        return tuple(axes)
    weight = {} if importance is None else {str(name): float(share) for name, share in importance.items()}
    share = np.array([weight.get(axis.name, np.nan) for axis in axes])
    order = np.argsort(-np.where(np.isfinite(share), share, -1.0), kind="stable")[:most]
    return tuple(axes[place] for place in sorted(order.tolist()))


def cells_along(count: int, axes: Sequence[Axis], most: int) -> int:
    """Cells along an axis of numbers in a heat map: `most`, and fewer where `count` trials would leave holes.

    Trials of a grid leave none.
    """
    grid = math.prod(axis.size or 0 for axis in axes)
    if 0 < grid <= 2 * count:
        return most
    return int(np.clip(math.sqrt(count / EACH), FEWEST, most))


def cells_of(trials: pd.DataFrame, axis: Axis, most: int, trials_in_order: Scored) -> Cells:
    """Cut `axis` into at most `most` cells.

    Parameters
    ----------
    trials : DataFrame
        Without a column of the axis, every trial is outside.
    axis : Axis
        Up to `most` values: each its own cell, numbers ascending, words as written. More numbers: consecutive
        ones together. More words: those that reach the best objective, the rest as one cell. A continuous
        axis: cells of equal width with round borders.
    most : int
        At least 2.
    trials_in_order : Scored
        Of `trials`.
    """
    name = readable(axis.name, 22)
    if axis.name not in trials:
        return Cells(name, np.full(len(trials), -1, dtype=np.int64), ("no trials",), (), False)
    column = trials[axis.name]
    if axis.continuous:
        return _continuous(name, axis, column.to_numpy(dtype=np.float64, na_value=np.nan), most)
    if not axis.ordered:
        return _words(name, axis, axis.positions(column), most, trials_in_order)
    codes, values = ranks(axis, column)
    if len(values) <= most:
        return Cells(name, codes, tuple(readable(value) for value in values), (), True)
    each = _round_up(-(-len(values) // most))
    edges = tuple(readable(value) for value in values[::each])
    labels = []
    for first in range(0, len(values), each):
        part = values[first : first + each]
        ends = readable(part[0]), readable(part[-1])
        labels.append(ends[0] if len(part) == 1 else f"{ends[0]} to {ends[1]}")
    return Cells(name, np.where(codes < 0, -1, codes // each), tuple(labels), edges, True)


def ranks(axis: Axis, column: pd.Series[Any]) -> tuple[IntArray, tuple[Any, ...]]:
    """Place of each value among the sorted numbers (words: as written) of a discrete axis; -1 outside."""
    positions = axis.positions(column)
    if not axis.ordered:
        return positions, tuple(axis.values)
    order = np.argsort(np.array(axis.values, dtype=np.float64), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return np.where(positions < 0, -1, place[positions]), tuple(np.array(axis.values)[order].tolist())


def spread(codes: IntArray, values: FloatArray, count: int, quantiles: Sequence[float]) -> FloatArray:
    """Quantiles of `values` by cell.

    Parameters
    ----------
    codes : array of int, shape (F,)
        Cells; negative ones are left out.
    values : array, shape (F,)
        Ascending.
    count : int
        Number of cells n.
    quantiles : sequence of float, length q
        0 is the worst, 1 the best; between two values linear, as :func:`numpy.quantile`.

    Returns
    -------
    array, shape (q, n)
        nan for an empty cell.
    """
    inside = codes >= 0
    codes, values = codes[inside], values[inside]
    # Cells as small integers are sorted in linear time; stable, so that each cell stays ascending.
    order = np.argsort(codes.astype(np.int16 if count < 2**15 else np.int64), kind="stable")
    values = values[order]
    size = np.bincount(codes, minlength=count)
    start = np.cumsum(size) - size
    found = np.full((len(quantiles), count), np.nan)
    some = size > 0
    for row, quantile in enumerate(quantiles):
        place = start[some] + quantile * (size[some] - 1)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, start[some] + size[some] - 1)
        found[row, some] = values[below] + (place - below) * (values[above] - values[below])
    return found


def sample(trials_in_order: Scored, top: int, rest: int) -> tuple[IntArray, IntArray]:
    """Places in `trials_in_order` of the trials to draw, each ascending: of the others, and of the best 1 %.

    Of the best 1 % (rounded up) at most `top`: the very best. Of all others at most `rest`, drawn at random
    without replacement with seed 0: every k-th would follow the pattern of a grid.
    """
    count = len(trials_in_order.rows)
    best = min(-(-count // 100), top)
    others = np.arange(count - best)
    if len(others) > rest:
        others = np.sort(np.random.default_rng(0).choice(len(others), rest, replace=False))
    return others, np.arange(count - best, count)


def _round_up(count: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50, ..."""
    power = int(10 ** (len(str(count)) - 1))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= count)


def _continuous(name: str, axis: Axis, numbers: FloatArray, most: int) -> Cells:
    from matplotlib.ticker import MaxNLocator

    low, high = float(axis.low or 0.0), float(axis.high or 0.0)
    locator = MaxNLocator(nbins=min(most, MOST_BINS), steps=[1, 2, 2.5, 5, 10])
    edges = np.asarray(locator.tick_values(low, high), dtype=np.float64)
    first = max(int(np.searchsorted(edges, low, side="right")) - 1, 0)
    last = min(int(np.searchsorted(edges, high, side="left")), len(edges) - 1)
    edges = edges[first : last + 1]
    codes = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, max(len(edges) - 2, 0))
    codes = np.where((numbers >= low) & (numbers <= high), codes, -1)
    if len(edges) < 2:
        return Cells(name, codes, (readable(low),), (), True)
    for digits in range(6, 13):
        written = tuple(readable(edge, digits=digits) for edge in edges.tolist())
        if len(set(written)) == len(written):
            break
    labels = tuple(f"{one} to {other}" for one, other in pairwise(written))
    return Cells(name, codes, labels, written, True)


def _words(name: str, axis: Axis, codes: IntArray, most: int, trials_in_order: Scored) -> Cells:
    values = tuple(axis.values)
    if len(values) <= most:
        return Cells(name, codes, tuple(readable(value, 20) for value in values), (), False)
    best = np.full(len(values), -np.inf)
    inside = codes[trials_in_order.rows]
    np.maximum.at(best, inside[inside >= 0], trials_in_order.results[inside >= 0])
    kept = np.sort(np.argsort(-best, kind="stable")[: most - 1])
    place = np.full(len(values) + 1, most - 1, dtype=np.int64)
    place[kept] = np.arange(most - 1)
    place[-1] = -1
    labels = tuple(readable(values[at], 20) for at in kept.tolist())
    return Cells(name, place[codes], (*labels, f"{len(values) - most + 1} others"), (), False)
