"""What lies next to a trial, and whether its result lasts there: a plateau or a spike (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from newsbt.records import FloatArray, IntArray
from newsbt.tuning.axes import Axis

__all__ = ["Surroundings", "neighbours", "stability", "surroundings"]

#: Products of axis sizes up to which grid points are numbered.
COUNTABLE: Final = 1 << 62


def neighbours(trials: pd.DataFrame, axes: Sequence[Axis], index: int) -> pd.DataFrame:
    """The trials one grid step away from one.

    Parameters
    ----------
    trials : DataFrame
        A column an axis.
    axes : sequence of Axis
    index : int
        Row of `trials`, counted from 0.

    Returns
    -------
    DataFrame
        Rows of `trials` with the same values but for one axis: there the next lower or higher number of the
        axis, or any other word. Numbers of a continuous axis have no steps: they are equal or the row is left
        out.
    """
    other = np.zeros(len(trials), dtype=np.int64)
    near = np.ones(len(trials), dtype=np.bool_)
    for axis in axes:
        if axis.continuous:
            column = trials[axis.name].to_numpy()
            near &= column == column[index]
            continue
        levels = _levels(axis, trials)
        apart = np.abs(levels - levels[index])
        other += apart > 0
        near &= (apart <= 1) | (not axis.ordered)
    found: pd.DataFrame = trials[near & (other == 1)]
    return found


class Surroundings(NamedTuple):
    """What lies around each trial.

    Parameters
    ----------
    near : array, shape (P,)
        Mean result of its neighbours; nan where none is defined.
    stability : array, shape (P,)
        See :func:`stability`.
    """

    near: FloatArray
    stability: FloatArray


def stability(trials: pd.DataFrame, axes: Sequence[Axis], column: str = "objective") -> FloatArray:
    """How well each trial's result lasts nearby: 1 where no neighbour is worse, towards 0 on a spike.

    ``1 / (1 + mean over the neighbours of max(0, own - neighbour's) / spread)``, `spread` being the mean
    distance of all trials' results from their median. A neighbour with an undefined result counts as the
    worst trial. The score does not change when results are shifted or scaled.

    Parameters
    ----------
    trials : DataFrame
        A column an axis, and `column`: larger is better, nan where undefined.
    axes : sequence of Axis
    column : str

    Returns
    -------
    array, shape (P,)
        In (0, 1]; nan for an undefined result, or where there is no neighbour. All 1 where all results are
        equal.

    Notes
    -----
    Words have no near words: neighbours have the same. On a grid, neighbours are the trials one step away
    along one numeric axis. Trials are a grid if every axis is discrete and a trial has, on average, at least
    half as many such neighbours as there are numeric axes. Otherwise (random designs) neighbours are the
    nearest trials, twice as many as numeric axes, by Euclidean distance between the ranks of the numbers on
    each axis, scaled to 0 to 1: the fewer the trials, the farther that is, and the more the score says about
    the trend.
    """
    return surroundings(trials, axes, column).stability


def surroundings(trials: pd.DataFrame, axes: Sequence[Axis], column: str = "objective") -> Surroundings:
    """Mean result of its neighbours and stability of each trial; all as of :func:`stability`."""
    results = trials[column].to_numpy(dtype=np.float64)
    mean, score = np.full(len(results), np.nan), np.full(len(results), np.nan)
    defined = np.isfinite(results)
    ordered = [axis for axis in axes if axis.ordered and axis.size != 1]
    if len(results) < 2 or not defined.any() or not ordered:
        return Surroundings(mean, score)
    rows, near = _pairs(trials, axes, ordered)

    def summed(of_pairs: FloatArray) -> FloatArray:
        return np.bincount(rows, weights=of_pairs, minlength=len(results)).astype(np.float64)

    known = summed(defined[near].astype(np.float64))
    np.divide(summed(np.where(defined[near], results[near], 0.0)), known, out=mean, where=known > 0)
    worst = results[defined].min()
    spread = np.abs(results[defined] - np.median(results[defined])).mean()
    drop = np.maximum(0.0, results[rows] - np.where(defined[near], results[near], worst))
    count = np.bincount(rows, minlength=len(results))
    usable = defined & (count > 0)
    total = summed(np.nan_to_num(drop))
    score[usable] = 1.0 / (1.0 + total[usable] / count[usable] / (spread if spread > 0 else 1.0))
    return Surroundings(mean, score)


def _pairs(trials: pd.DataFrame, axes: Sequence[Axis], ordered: Sequence[Axis]) -> tuple[IntArray, IntArray]:
    """Rows, and for each a neighbour's row."""
    if not any(axis.continuous for axis in axes):
        rows, near = _steps(trials, axes, ordered)
        if len(rows) >= 0.5 * len(ordered) * len(trials):
            return rows, near
    return _nearest(trials, axes, ordered)


def _steps(trials: pd.DataFrame, axes: Sequence[Axis], ordered: Sequence[Axis]) -> tuple[IntArray, IntArray]:
    """Pairs one grid step apart; none where the grid is too large to number its points."""
    none = np.empty(0, dtype=np.int64)
    if math.prod(axis.size or 1 for axis in axes) > COUNTABLE:
        return none, none
    keys = np.zeros(len(trials), dtype=np.int64)
    strides: dict[str, int] = {}
    stride = 1
    for axis in axes:
        strides[axis.name] = stride
        keys += _levels(axis, trials) * stride
        stride *= axis.size or 1
    order = np.argsort(keys, kind="stable")
    ascending = keys[order]
    first, second = [none], [none]
    for axis in ordered:
        below = np.flatnonzero(_levels(axis, trials) < (axis.size or 1) - 1)
        wanted = keys[below] + strides[axis.name]
        place = np.searchsorted(ascending, wanted)
        hit = np.take(ascending, place, mode="clip") == wanted
        low, high = below[hit], order[place[hit]]
        first += [low, high]
        second += [high, low]
    return np.concatenate(first), np.concatenate(second)


def _nearest(
    trials: pd.DataFrame, axes: Sequence[Axis], ordered: Sequence[Axis]
) -> tuple[IntArray, IntArray]:
    """Each trial with its nearest ones among those with the same words."""
    from scipy.spatial import cKDTree  # type: ignore[import-untyped, unused-ignore]

    scale = max(len(trials) - 1, 1)
    ranks = np.column_stack([(trials[axis.name].rank().to_numpy() - 1) / scale for axis in ordered])
    labels = np.zeros(len(trials), dtype=np.int64)
    for axis in axes:
        if not axis.ordered:
            labels = labels * (axis.size or 1) + axis.positions(trials[axis.name])
    first, second = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        count = min(2 * len(ordered) + 1, len(members))
        if count < 2:
            continue
        _, found = cKDTree(ranks[members]).query(ranks[members], k=count)
        rows = np.repeat(np.arange(len(members)), count)
        near = found.reshape(-1)
        first.append(members[rows[near != rows]])
        second.append(members[near[near != rows]])
    return np.concatenate(first), np.concatenate(second)


def _levels(axis: Axis, trials: pd.DataFrame) -> IntArray:
    """Rank of each trial's value among the values of a discrete axis; words in the order of the axis."""
    positions = axis.positions(trials[axis.name])
    if not axis.ordered:
        return positions
    ranks = np.argsort(np.argsort(np.array(axis.values, dtype=np.float64)))
    return ranks[positions].astype(np.int64)
