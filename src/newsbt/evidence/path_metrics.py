"""The metrics of daily returns for many paths at once (pure).

The same definitions as :mod:`newsbt.metrics`, one row a path; NaN stands for None.
"""

from __future__ import annotations

import numpy as np

from newsbt.metrics.returns import per_period
from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["pair_metrics", "path_metrics", "trade_metrics"]


def path_metrics(
    returns: FloatArray,
    days: IntArray,
    initial_cash: float,
    per_year: float,
    years: float,
    risk_free: float = 0.0,
) -> dict[str, FloatArray]:
    """Every metric that daily returns determine.

    Parameters
    ----------
    returns : array, shape (P, n)
        Finite simple returns, a path a row, n at least 20.
    days : array of int64, shape (n,)
        Day number of each date, ascending; the same for all paths.
    initial_cash : float
        Capital before the first return.
    per_year, years : float
        Daily returns a year, and calendar length of a path.
    risk_free : float
        Annual rate, decimal.

    Returns
    -------
    dict
        Key of :data:`newsbt.metrics.table.METRICS` to an array of shape (P,). Drawdowns are of daily equity.
    """
    growth = np.cumprod(1.0 + returns, axis=1)
    final = growth[:, -1]
    mean, rate = returns.mean(axis=1), per_period(risk_free, per_year)
    deviation = returns.std(axis=1, ddof=1)
    deviation[deviation <= 1e-14] = 0.0
    away = returns - mean[:, None]
    downside = np.sqrt((np.minimum(returns - rate, 0.0) ** 2).mean(axis=1))
    downside[downside <= 1e-14] = 0.0
    root = np.sqrt(per_year)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        cagr = np.where(final >= 0.0, np.abs(final) ** (1.0 / years) - 1.0, np.nan)
        peak = np.maximum(np.maximum.accumulate(growth, axis=1), 1.0)
        below = (peak - growth) / peak
        deepest = below.max(axis=1)
        second = (away**2).mean(axis=1)
        found = {
            "final_equity": initial_cash * final,
            "total_return": final - 1.0,
            "cagr": cagr,
            "volatility": deviation * root,
            "sharpe": _over(mean - rate, deviation) * root,
            "sortino": _over(mean - rate, downside) * root,
            "max_drawdown": deepest,
            "max_drawdown_days": _longest(below > 0.0, days),
            "calmar": _over(cagr, deepest),
            "skew": np.where(deviation > 0.0, (away**3).mean(axis=1) / second**1.5, np.nan),
            "kurtosis": np.where(deviation > 0.0, (away**4).mean(axis=1) / second**2 - 3.0, np.nan),
            "var_95": -np.quantile(returns, 0.05, axis=1),
        }
    return {key: np.where(np.isfinite(value), value, np.nan) for key, value in found.items()}


def pair_metrics(pairs: FloatArray, per_year: float, risk_free: float = 0.0) -> dict[str, FloatArray]:
    """Every metric against a benchmark.

    Parameters
    ----------
    pairs : array, shape (P, n, 2)
        Returns of the run and of the benchmark over the same stretches of time.
    per_year : float
        Stretches a year.
    risk_free : float
        Annual rate, decimal.

    Returns
    -------
    dict
        Key to an array of shape (P,).
    """
    own, index = pairs[:, :, 0], pairs[:, :, 1]
    own_away = own - own.mean(axis=1, keepdims=True)
    index_away = index - index.mean(axis=1, keepdims=True)
    cross = (own_away * index_away).sum(axis=1)
    own_size, index_size = (own_away**2).sum(axis=1), (index_away**2).sum(axis=1)
    still = 1e-28 * (own.shape[1] - 1)
    index_size[index_size <= still] = 0.0
    own_size[own_size <= still] = 0.0
    rate = per_period(risk_free, per_year)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        beta = _over(cross, index_size)
        daily = (own.mean(axis=1) - rate) - beta * (index.mean(axis=1) - rate)
        alpha = np.where(daily > -1.0, np.abs(1.0 + daily) ** per_year - 1.0, np.nan)
        correlation = np.clip(_over(cross, np.sqrt(own_size * index_size)), -1.0, 1.0)
    return {
        "benchmark_return": np.prod(1.0 + index, axis=1) - 1.0,
        "alpha": np.where(np.isfinite(alpha), alpha, np.nan),
        "beta": beta,
        "correlation": correlation,
    }


def trade_metrics(chosen: FloatArray) -> dict[str, FloatArray]:
    """Every metric of closed trades that is a mean or a ratio of sums.

    Parameters
    ----------
    chosen : array, shape (P, n, 3)
        Profit in base currency, return on the entry value and sessions held of each trade.

    Returns
    -------
    dict
        Key to an array of shape (P,).
    """
    profit = chosen[:, :, 0]
    gained, lost = np.maximum(profit, 0.0).sum(axis=1), -np.minimum(profit, 0.0).sum(axis=1)
    return {
        "win_rate": (profit > 0.0).mean(axis=1),
        "profit_factor": _over(gained, lost),
        "avg_trade_return": chosen[:, :, 1].mean(axis=1),
        "avg_sessions_held": chosen[:, :, 2].mean(axis=1),
    }


def _over(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Quotient; NaN where `whole` is zero."""
    quotient = np.full(part.shape, np.nan)
    np.divide(part, whole, out=quotient, where=whole != 0.0)
    return quotient


def _longest(under: BoolArray, days: IntArray) -> FloatArray:
    """Longest stretch under water in calendar days, as :func:`newsbt.metrics.drawdown.max_drawdown_days`."""
    steps = np.arange(under.shape[1])
    peak = np.maximum.accumulate(np.where(under, 0, steps), axis=1)
    earlier = np.concatenate([np.zeros((len(peak), 1), dtype=peak.dtype), peak[:, :-1]], axis=1)
    before = np.concatenate([np.zeros((len(under), 1), dtype=bool), under[:, :-1]], axis=1)
    started = np.where(under, peak, earlier)
    gone = np.where(under | before, days - days[started], 0)
    return np.asarray(gone.max(axis=1), dtype=np.float64)
