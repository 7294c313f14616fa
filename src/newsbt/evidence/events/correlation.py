"""Mean correlation of estimation residuals over all pairs of events (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.records import FloatArray

__all__ = ["mean_correlation", "pair_correlations"]

#: Common sessions that a pair needs.
LEAST = 20


def pair_correlations(residuals: FloatArray) -> FloatArray:
    """Pearson correlation of each pair of rows on the columns that both have.

    Parameters
    ----------
    residuals : array of float64, shape (..., n, T)
        nan where missing.

    Returns
    -------
    array of float64, shape (..., n, n)
        nan for a pair with fewer than 20 common sessions, or without deviation on them.
    """
    there = np.isfinite(residuals)
    mask = there.astype(np.float64)
    u = np.where(there, residuals, 0.0)
    across = np.swapaxes
    number = mask @ across(mask, -1, -2)
    sums = u @ across(mask, -1, -2)
    squares = u**2 @ across(mask, -1, -2)
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = u @ across(u, -1, -2) - sums * across(sums, -1, -2) / number
        variance = squares - sums**2 / number
        found = covariance / np.sqrt(variance * across(variance, -1, -2))
    return np.where((number >= LEAST) & np.isfinite(found), found, np.nan)


def mean_correlation(correlations: FloatArray, weights: FloatArray) -> FloatArray:
    """Mean over all pairs of correlation times weight; a pair without one counts with the mean of the others.

    Parameters
    ----------
    correlations : array of float64, shape (..., n, n)
    weights : array of float64, shape (n, n)
        Share of the tested sessions that two events have in common: 1 for one date, 0 for windows apart. With
        all 1 the mean is that of Kolari and Pynnonen (2010); shares between are Kolari, Pape and Pynnonen
        (2018).

    Returns
    -------
    array of float64, shape (...)
        0 for fewer than two events.
    """
    count = weights.shape[-1]
    if count < 2:
        return np.zeros(correlations.shape[:-2])
    weights = weights * (1.0 - np.eye(count))
    known = np.isfinite(correlations)
    used = (known * weights).sum(axis=(-2, -1))
    total = (np.where(known, correlations, 0.0) * weights).sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(used > 0.0, total / np.where(used > 0.0, used, np.nan), 0.0)
    return np.asarray(mean * weights.sum() / (count * (count - 1)))
