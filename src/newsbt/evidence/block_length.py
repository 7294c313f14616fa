"""Automatic block length for resampling returns in blocks (pure)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from newsbt.records import FloatArray

__all__ = ["BlockLength", "optimal_block"]


class BlockLength(NamedTuple):
    """Mean length of random blocks, and length of fixed ones, in periods; 1 or more."""

    stationary: float
    circular: float


def optimal_block(values: FloatArray) -> BlockLength:
    """Block lengths that make the error of a resampled mean's variance smallest.

    Parameters
    ----------
    values : array, shape (n,)
        One value a period.

    Returns
    -------
    BlockLength
        (2 g^2 n / d)^(1/3), d being 2 s^2 for the stationary and 4/3 s^2 for the circular bootstrap, where
        g and s sum the autocovariances under a flat-top window. Between 1 and
        ceil(min(3 sqrt(n), n / 3)). 1 for fewer than nine values or without deviation.

    References
    ----------
    D. N. Politis and H. White, Automatic Block-Length Selection for the Dependent Bootstrap, Econometric
    Reviews 23 (2004); A. Patton, D. N. Politis and H. White, Correction, Econometric Reviews 28 (2009).
    Tuning constants as in Patton's program.
    """
    count = len(values)
    away = values - values.mean() if count else values
    if count < 9 or not float(np.abs(away).max()) > 1e-14:
        return BlockLength(1.0, 1.0)
    run = max(5, int(math.log10(count)))
    furthest = min(math.ceil(math.sqrt(count)) + run, count - 2)
    covariance = np.empty(furthest + 1)
    correlation = np.empty(furthest + 1)
    for lag in range(furthest + 1):
        cross = float(away[lag:] @ away[: count - lag])
        late, early = away[lag + 1 :], away[: -(lag + 1)]
        scale = math.sqrt(float(late @ late) * float(early @ early))
        covariance[lag] = cross / count
        correlation[lag] = abs(cross) / scale if scale > 0.0 else 0.0
    band = 2.0 * math.sqrt(math.log10(count) / count)
    quiet = [start for start in range(furthest - run + 1) if (correlation[start : start + run] < band).all()]
    width = min(2 * max(quiet[0], 1), furthest) if quiet else furthest
    lags = np.arange(1, width + 1)
    window = np.minimum(1.0, 2.0 * (1.0 - lags / width))
    weighted = 2.0 * window * covariance[1 : width + 1]
    slope, level = float(weighted @ lags), float(covariance[0] + weighted.sum())
    longest = math.ceil(min(3.0 * math.sqrt(count), count / 3.0))
    return BlockLength(*(_bounded(slope, level, count, factor, longest) for factor in (2.0, 4.0 / 3.0)))


def _bounded(slope: float, level: float, count: int, factor: float, longest: int) -> float:
    if level == 0.0:
        return float(longest)
    best = math.cbrt(2.0 * slope**2 / (factor * level**2) * count)
    return min(max(best, 1.0), float(longest))
