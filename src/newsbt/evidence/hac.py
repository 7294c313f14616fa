"""Long-run covariance of serially dependent series, after Newey and West (pure)."""

from __future__ import annotations

import math

import numpy as np

from newsbt.records import FloatArray

__all__ = ["default_lags", "long_run_covariance"]


def default_lags(count: int) -> int:
    """Lags for `count` observations: floor(4 (n / 100)^(2/9)), the usual rule after Newey and West (1994).

    8 for four years of daily returns; never more than count - 1.
    """
    return max(min(math.floor(4.0 * math.pow(count / 100.0, 2.0 / 9.0)), count - 1), 0)


def long_run_covariance(values: FloatArray, lags: int | None = None) -> FloatArray:
    """Covariance of sqrt(n) times the mean of `values`, whose rows may be serially dependent.

    Parameters
    ----------
    values : array, shape (n, k)
        One row a period.
    lags : int, optional
        Lags counted, weighted by Bartlett's kernel 1 - j / (lags + 1); :func:`default_lags` unless given.

    Returns
    -------
    array, shape (k, k)
        Symmetric, positive semidefinite. Moments are divided by n.

    References
    ----------
    W. K. Newey and K. D. West, A Simple, Positive Semi-Definite, Heteroskedasticity and Autocorrelation
    Consistent Covariance Matrix, Econometrica 55 (1987).
    """
    count = len(values)
    away = values - values.mean(axis=0)
    total = away.T @ away
    chosen = default_lags(count) if lags is None else lags
    for lag in range(1, chosen + 1):
        cross = away[lag:].T @ away[: count - lag]
        total = total + (1.0 - lag / (chosen + 1.0)) * (cross + cross.T)
    return np.asarray(total / count, dtype=np.float64)
