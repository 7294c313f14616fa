"""What the charts over time show: equity, drawdown, exposure, rolling figures, distribution (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from newsbt.metrics.daily import daily_equity, daily_returns, periods_per_year
from newsbt.metrics.drawdown import drawdowns
from newsbt.plots.data import equity_data
from newsbt.records import FloatArray
from newsbt.report.values import milliseconds, numbers, rounded
from newsbt.runs import RunResult

__all__ = ["WINDOW", "daily_of", "distribution", "equity_series", "rolling"]

#: Daily returns that a rolling figure looks back on: about a quarter.
WINDOW = 60
#: Bars of the distribution, at most.
BINS = 40


def daily_of(run: RunResult) -> pd.Series[float]:
    """Return of each UTC date with a step; the first one from the initial capital."""
    return daily_returns(daily_equity(run.equity), run.spec.cash)


def equity_series(run: RunResult) -> dict[str, Any]:
    """Equity, drawdown and exposure at every step, and the benchmark bought with the same capital.

    Returns
    -------
    dict
        t (milliseconds), equity and benchmark (base currency), below and benchmark_below (fractions, 0 or
        less), gross and net (fractions of equity), benchmark_t; benchmark parts are empty without one.
    """
    data = equity_data(run)
    below = -drawdowns(data.benchmark, data.initial) if len(data.benchmark) else np.empty(0)
    return {
        "t": milliseconds(run.equity["at"]),
        "equity": numbers(data.equity, 8),
        "below": numbers(data.drawdown, 5),
        "gross": numbers(run.equity["gross_exposure"], 4),
        "net": numbers(run.equity["net_exposure"], 4) if "net_exposure" in run.equity else [],
        "benchmark_t": [round(day * 86_400_000) for day in data.benchmark_at.tolist()],
        "benchmark": numbers(data.benchmark, 8),
        "benchmark_below": numbers(below, 5),
        "initial": rounded(data.initial, 10),
        "label": run.spec.strategy,
        "benchmark_label": str(run.spec.benchmark) if len(data.benchmark) else "",
    }


def rolling(run: RunResult, window: int = WINDOW) -> dict[str, Any] | None:
    """Sharpe ratio, volatility a year and beta of the last `window` daily returns, at each date.

    None for a run with fewer returns. A value is None where the window has no deviation, and beta where there
    is no benchmark. Beta takes the benchmark's return over the same dates, those that both have.
    """
    returns = daily_of(run)
    if len(returns) < window:
        return None
    per_year = periods_per_year(pd.DatetimeIndex(returns.index))
    deviation = returns.rolling(window).std(ddof=1).where(lambda value: value > 1e-14)
    sharpe = returns.rolling(window).mean() / deviation * np.sqrt(per_year)
    kept = returns.index[window - 1 :]
    return {
        "window": window,
        "t": milliseconds(kept),
        "sharpe": numbers(sharpe.loc[kept], 4),
        "volatility": numbers((deviation * np.sqrt(per_year)).loc[kept], 4),
        "beta": numbers(_rolling_beta(run, window).reindex(kept), 4),
    }


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


def distribution(run: RunResult) -> Mapping[str, Any] | None:
    """Daily returns counted in bars of equal width; None for fewer than two, or where all are equal.

    Zero is an edge, so that no bar holds gains and losses.
    """
    values: FloatArray = np.asarray(daily_of(run).dropna(), dtype=np.float64)
    if len(values) < 2 or not np.ptp(values) > 1e-14:
        return None
    width = _nice(float(np.ptp(values)) / BINS)
    first, last = np.floor(values.min() / width), np.floor(values.max() / width) + 1
    edges: FloatArray = np.arange(first, last + 1, dtype=np.float64) * width
    counts, _ = np.histogram(values, edges)
    return {
        "edges": numbers(edges, 6),
        "counts": counts.tolist(),
        "days": len(values),
        "up": int((values > 0).sum()),
        "down": int((values < 0).sum()),
        "best": rounded(float(values.max())),
        "worst": rounded(float(values.min())),
        "at_risk": rounded(run.metrics.get("var_95")),
    }


def _nice(width: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(width))
    return float(
        next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= width * (1 - 1e-9))
    )
