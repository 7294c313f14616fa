"""The Pareto front of several objectives (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.records import BoolArray, FloatArray

__all__ = ["pareto_front"]


def pareto_front(values: FloatArray) -> BoolArray:
    """Which points no other point beats.

    A point beats another if it is at least as large in every objective and larger in one. Points that are
    equal in all objectives are on the front together.

    Parameters
    ----------
    values : array, shape (P, k)
        Larger is better.

    Returns
    -------
    array of bool, shape (P,)
        False for a point with an undefined objective; with one objective, the maxima.

    Notes
    -----
    One or two objectives: sort and sweep, P log P. More: each point against the front so far, in descending
    order of the first objective, P times the length of the front (Kung, Luccio and Preparata, 1975, give the
    order; theirs is faster for long fronts).
    """
    values = np.asarray(values, dtype=np.float64)
    found = np.zeros(len(values), dtype=np.bool_)
    defined = np.flatnonzero(~np.isnan(values).any(axis=1))
    if not len(defined):
        return found
    points, inverse = np.unique(-values[defined], axis=0, return_inverse=True)
    unbeaten = _sweep(points) if points.shape[1] <= 2 else _cull(points)
    found[defined] = unbeaten[inverse.reshape(-1)]
    return found


def _sweep(points: FloatArray) -> BoolArray:
    """Of distinct `points` in ascending order, smaller being better, those that none beats; k <= 2."""
    unbeaten = np.zeros(len(points), dtype=np.bool_)
    unbeaten[0] = True
    if points.shape[1] == 2:
        best = np.minimum.accumulate(points[:, 1])
        unbeaten[1:] = points[1:, 1] < best[:-1]
    return unbeaten


def _cull(points: FloatArray) -> BoolArray:
    """As :func:`_sweep` for more objectives: in this order only an earlier point can beat one."""
    unbeaten = np.zeros(len(points), dtype=np.bool_)
    rest = np.arange(len(points))
    while len(rest):
        best, rest = rest[0], rest[1:]
        unbeaten[best] = True
        rest = rest[(points[rest] < points[best]).any(axis=1)]
    return unbeaten
