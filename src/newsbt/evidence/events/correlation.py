"""Mean correlation of estimation residuals over all pairs of events (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsbt.records import FloatArray

__all__ = ["Pairs", "mean_correlation", "pair_correlations"]

#: Common sessions that a pair needs.
LEAST = 20


@dataclass(frozen=True)
class Pairs:
    """What each pair of n events has in common over some sessions; leading axes ``...`` are worlds.

    Parameters
    ----------
    returns, ranks : arrays of float64, shape (..., n, n)
        Correlation of the residuals of the estimation window, and of their ranks (Spearman); nan where
        unknown.
    shares : array of float64, shape (n, n)
        Share of the tested sessions that a pair has in common. The product with a correlation is that of the
        sums over the tested sessions.
    """

    returns: FloatArray
    ranks: FloatArray
    shares: FloatArray


def pair_correlations(residuals: FloatArray, others: FloatArray | None = None) -> FloatArray:
    """Pearson correlation of each pair of rows on the columns that both have.

    Parameters
    ----------
    residuals : array of float64, shape (..., n, T)
        nan where missing.
    others : array of float64, shape (..., n, T), optional
        Second row of each pair; `residuals` where it is not given.

    Returns
    -------
    array of float64, shape (..., n, n)
        nan for a pair with fewer than 20 common sessions, or without deviation on them.
    """
    others = residuals if others is None else others
    there, also = np.isfinite(residuals), np.isfinite(others)
    mask, other_mask = there.astype(np.float64), np.swapaxes(also, -1, -2).astype(np.float64)
    u, v = np.where(there, residuals, 0.0), np.swapaxes(np.where(also, others, 0.0), -1, -2)
    number = mask @ other_mask
    u_sum, v_sum = u @ other_mask, mask @ v
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = u @ v - u_sum * v_sum / number
        u_variance = u**2 @ other_mask - u_sum**2 / number
        v_variance = mask @ v**2 - v_sum**2 / number
        found = covariance / np.sqrt(u_variance * v_variance)
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
