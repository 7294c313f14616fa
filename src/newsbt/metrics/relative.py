"""Metrics against a benchmark (pure)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.daily import DAYS_PER_YEAR, elapsed_years, spread
from newsbt.metrics.returns import per_period
from newsbt.records import FloatArray

__all__ = ["Aligned", "align", "alpha", "benchmark_return", "beta", "correlation"]


class Aligned(NamedTuple):
    """Returns of a run and of its benchmark over the same stretches of time.

    Parameters
    ----------
    returns, benchmark : array, shape (n,)
        Simple returns between consecutive dates that both have, decimals.
    per_year : float
        n / length of the whole stretch in years; NaN when n is 0.
    """

    returns: FloatArray
    benchmark: FloatArray
    per_year: float


def align(daily: pd.Series[float], initial_cash: float, benchmark: pd.Series[float] | None) -> Aligned:
    """Sample equity and benchmark at the dates that both have.

    Parameters
    ----------
    daily : Series
        Daily equity (:func:`newsbt.metrics.daily.daily_equity`).
    initial_cash : float
        Capital before the first date.
    benchmark : Series or None
        Closes in base currency, indexed by their UTC time, ascending. The last close before the run, if
        there is one, is set against the initial capital; otherwise the first common date is the start.

    Returns
    -------
    Aligned
        Without a benchmark, or with fewer than two common points, empty arrays.

    Notes
    -----
    A date on which the benchmark's venue was shut makes no return of zero: its move belongs to the next
    common date. The last step of a date is New York's close; a benchmark that closes in Hong Kong is twelve
    hours older, which lowers beta.
    """
    nothing = Aligned(np.empty(0), np.empty(0), float("nan"))
    if benchmark is None or not len(benchmark) or not len(daily):
        return nothing
    closes = benchmark.dropna()
    days = pd.DatetimeIndex(closes.index).as_unit("ns").normalize()
    closes = pd.Series(closes.to_numpy(dtype=np.float64), index=days)[~days.duplicated(keep="last")]
    dates = pd.DatetimeIndex(daily.index).intersection(pd.DatetimeIndex(closes.index))
    account = daily.loc[dates].to_numpy(dtype=np.float64)
    index = closes.loc[dates].to_numpy(dtype=np.float64)
    earlier = closes[closes.index < daily.index[0]]
    if len(earlier) and len(dates):
        account = np.concatenate(([initial_cash], account))
        index = np.concatenate(([float(earlier.iloc[-1])], index))
        years = elapsed_years(pd.DatetimeIndex([daily.index[0], dates[-1]]))
    else:
        years = (dates[-1] - dates[0]).days / DAYS_PER_YEAR if len(dates) else 0.0
    if len(index) < 2 or (account[:-1] <= 0).any():
        return nothing
    return Aligned(account[1:] / account[:-1] - 1, index[1:] / index[:-1] - 1, (len(index) - 1) / years)


def benchmark_return(pair: Aligned) -> float | None:
    """Total return of the benchmark over the run (decimal); None without one."""
    return float(np.prod(1.0 + pair.benchmark) - 1.0) if len(pair.benchmark) else None


def beta(pair: Aligned) -> float | None:
    """Covariance with the benchmark / its variance, on daily returns; a ratio.

    None for fewer than two common returns or where the benchmark does not move.
    """
    if not spread(pair.benchmark) > 0.0:
        return None
    covariance = np.cov(pair.returns, pair.benchmark, ddof=1)
    return float(covariance[0, 1] / covariance[1, 1])


def alpha(pair: Aligned, risk_free: float = 0.0) -> float | None:
    """Jensen's alpha, compounded to a year: (1 + mean(r - f - beta (b - f)))^per_year - 1 (decimal a year).

    f is `risk_free` (annual, decimal) as the rate of one period. None where :func:`beta` is. Same as
    empyrical's ``alpha`` when that is given our number of days a year.

    References
    ----------
    M. C. Jensen, The Performance of Mutual Funds in the Period 1945-1964, Journal of Finance 23 (1968).
    """
    slope = beta(pair)
    if slope is None:
        return None
    rate = per_period(risk_free, pair.per_year)
    daily = float(np.mean((pair.returns - rate) - slope * (pair.benchmark - rate)))
    with np.errstate(over="ignore", invalid="ignore"):
        value = float(np.float64(1.0 + daily) ** pair.per_year - 1.0)
    return value if np.isfinite(value) else None


def correlation(pair: Aligned) -> float | None:
    """Pearson correlation of daily returns with the benchmark, in [-1, 1]; None where one does not move."""
    if not (spread(pair.returns) > 0.0 and spread(pair.benchmark) > 0.0):
        return None
    return float(np.clip(np.corrcoef(pair.returns, pair.benchmark)[0, 1], -1.0, 1.0))
