"""One score for a listing and session out of several (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsbt.records import BoolArray, FloatArray, IntArray
from newsbt.scoring.settings import Netting

__all__ = ["Net", "net"]

#: Sums nearer to zero than this are rounding errors of scores that cancel (0.1 + 0.2 - 0.3 is not 0).
ZERO = 1e-12


@dataclass(frozen=True)
class Net:
    """What is left of each group of scores.

    Parameters
    ----------
    score : array of float64, shape (groups,)
        In [-1, 1]; exactly 0 where scores cancel.
    half_life : array of float64, shape (groups,)
        In sessions: mean over the rows that count, weighted by the size of their scores.
    count : array of int64, shape (groups,)
        Rows in the group.
    winner : array of int64, shape (groups,)
        Under ``"strongest"`` and ``"latest"`` the row that counts; otherwise the last row.
    counts : array of bool, shape (rows,)
        Rows that make up the net.
    """

    score: FloatArray
    half_life: FloatArray
    count: IntArray
    winner: IntArray
    counts: BoolArray


def net(group: IntArray, score: FloatArray, half_life: FloatArray, rule: Netting) -> Net:
    """Net scores group by group.

    Parameters
    ----------
    group : array of int64, shape (rows,)
        Group of each row, numbered from 0 without holes.
    score : array of float64, shape (rows,)
        In [-1, 1] and not 0. Rows stand in the order in which they were known, oldest first.
    half_life : array of float64, shape (rows,)
        In sessions.
    rule : {"sum", "mean", "strongest", "latest"}
        ``sum``: the sum, clipped to [-1, 1]. ``mean``: the mean. ``strongest``: the largest in size, of
        equals the latest. ``latest``: the last known.

    Returns
    -------
    Net
        Empty arrays for no rows.
    """
    groups = int(group.max()) + 1 if len(group) else 0
    count = np.bincount(group, minlength=groups).astype(np.int64)
    size = np.abs(score)
    rows = np.arange(len(group))
    # Last row of each group after sorting by group, then by what the rule prefers, then by age.
    order = np.lexsort((rows, size, group)) if rule == "strongest" else np.lexsort((rows, group))
    winner = order[np.cumsum(count) - 1]
    counts = np.ones(len(group), dtype=np.bool_)
    total: FloatArray = np.bincount(group, weights=score, minlength=groups).astype(np.float64)
    if rule == "mean":
        total = total / count
    elif rule != "sum":
        total, counts = score[winner], winner[group] == rows
    total = np.clip(np.where(np.abs(total) < ZERO, 0.0, total), -1.0, 1.0)
    used = np.where(counts, size, 0.0)
    mass = np.bincount(group, weights=used, minlength=groups)
    fading = np.bincount(group, weights=used * half_life, minlength=groups)
    return Net(total, fading / mass, count, winner, counts)
