"""Rolling figures and the distributions of daily and monthly returns, as plain numbers (pure)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.daily import daily_equity, daily_returns, periods_per_year
from newsbt.plots.data import monthly_data
from newsbt.records import FloatArray, IntArray
from newsbt.runs import RunResult

__all__ = [
    "WINDOW",
    "Bars",
    "Rolling",
    "daily_of",
    "distribution_data",
    "monthly_distribution_data",
    "rolling_data",
]

#: Daily returns that a rolling figure looks back on: about a quarter.
WINDOW = 60
#: Bars of the distribution of daily returns and of monthly ones, at most.
BINS, MONTHLY_BINS = 40, 20


class Rolling(NamedTuple):
    """Figures of the last `window` daily returns at each date.

    Parameters
    ----------
    window : int
    dates : DatetimeIndex, length n
    sharpe, volatility, beta : array, shape (n,)
        A year, a fraction a year, a ratio; nan where the window has no deviation, and beta where there is no
        benchmark.
    """

    window: int
    dates: pd.DatetimeIndex
    sharpe: FloatArray
    volatility: FloatArray
    beta: FloatArray


class Bars(NamedTuple):
    """Returns counted in bars of equal width; zero is an edge, so that no bar holds gains and losses.

    Parameters
    ----------
    returns : array, shape (n,)
    edges : array, shape (b + 1,)
    counts : array of int, shape (b,)
    """

    returns: FloatArray
    edges: FloatArray
    counts: IntArray


def daily_of(run: RunResult) -> pd.Series[float]:
    """Return of each UTC date with a step; the first one from the initial capital."""
    return daily_returns(daily_equity(run.equity), run.spec.cash)


def rolling_data(run: RunResult, window: int = WINDOW) -> Rolling | None:
    """Sharpe ratio, volatility a year and beta of the last `window` daily returns; None with fewer returns.

    Beta takes the benchmark's return over the same dates, those that both have.
    """
    returns = daily_of(run)
    if len(returns) < window:
        return None
    root = np.sqrt(periods_per_year(pd.DatetimeIndex(returns.index)))
    deviation = returns.rolling(window).std(ddof=1).where(lambda value: value > 1e-14)
    sharpe = returns.rolling(window).mean() / deviation * root
    kept = pd.DatetimeIndex(returns.index[window - 1 :])
    return Rolling(
        window,
        kept,
        sharpe.loc[kept].to_numpy(dtype=np.float64),
        (deviation * root).loc[kept].to_numpy(dtype=np.float64),
        np.asarray(_rolling_beta(run, window).reindex(kept), dtype=np.float64),
    )


def distribution_data(run: RunResult) -> Bars | None:
    """Daily returns in at most 41 bars of a round width; None for fewer than two, or where all are equal."""
    return _counted(np.asarray(daily_of(run).dropna(), dtype=np.float64), BINS)


def monthly_distribution_data(run: RunResult) -> Bars | None:
    """Returns of calendar months in at most 21 bars of a round width; None for fewer than two.

    The first and the last month count as far as the run reaches into them.
    """
    values = monthly_data(run).months.ravel()
    return _counted(values[~np.isnan(values)], MONTHLY_BINS)


def _counted(values: FloatArray, bins: int) -> Bars | None:
    """`values` in bars; None for fewer than two, or where all are equal."""
    if len(values) < 2 or not np.ptp(values) > 1e-14:
        return None
    width = _nice(float(np.ptp(values)) / bins)
    first, last = np.floor(values.min() / width), np.floor(values.max() / width) + 1
    edges: FloatArray = np.arange(first, last + 1, dtype=np.float64) * width
    counts, _ = np.histogram(values, edges)
    return Bars(values, edges, counts.astype(np.int64))


def _rolling_beta(run: RunResult, window: int) -> pd.Series[float]:
    """Slope on the benchmark over `window` common returns, by date."""
    if run.benchmark is None or not len(run.benchmark):
        return pd.Series(dtype="float64", index=pd.DatetimeIndex([], tz="UTC"))
    closes = run.benchmark.dropna()
    days = pd.DatetimeIndex(closes.index).as_unit("ns").normalize()
    held = pd.Series(closes.to_numpy(dtype=np.float64), index=days)
    held = held[~held.index.duplicated(keep="last")]
    both = pd.concat([daily_equity(run.equity), held.rename("held")], axis=1, join="inner").pct_change()
    mine, other = both["equity"], both["held"]
    variance = other.rolling(window).var().where(lambda value: value > 1e-28)
    return mine.rolling(window).cov(other) / variance


def _nice(width: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(width))
    return float(
        next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= width * (1 - 1e-9))
    )
