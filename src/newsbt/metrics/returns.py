"""Metrics of a series of daily returns (pure).

Returns are decimals (0.01 = 1 %). ``per_year`` is the number of daily returns a year
(:func:`newsbt.metrics.daily.periods_per_year`). Every function answers None where its value is undefined: too
few returns, no deviation, or a return that is not finite because the account was empty.
"""

from __future__ import annotations

import numpy as np

from newsbt.metrics.daily import spread
from newsbt.records import FloatArray

__all__ = [
    "cagr",
    "kurtosis",
    "per_period",
    "sharpe",
    "skew",
    "sortino",
    "total_return",
    "value_at_risk",
    "volatility",
]

#: Below so many returns, the lowest 5 % hold less than one.
MIN_FOR_TAIL = 20


def per_period(rate: float, per_year: float) -> float:
    """Annual `rate` (decimal) as the rate of one period that compounds to it: (1 + rate)^(1/per_year) - 1."""
    return float((1.0 + rate) ** (1.0 / per_year) - 1.0)


def total_return(final_equity: float, initial_cash: float) -> float:
    """Final equity / initial capital - 1 (decimal); below -1 where the account ended in debt."""
    return final_equity / initial_cash - 1.0


def cagr(final_equity: float, initial_cash: float, years: float, days: int) -> float | None:
    """Compound annual growth rate, (final / initial)^(1/years) - 1 (decimal a year).

    None for fewer than two dates, or where the account ended in debt. Of a run much shorter than a year it
    is an extrapolation. Equals empyrical's ``annual_return`` when that is given our number of days a year.
    """
    if days < 2 or final_equity < 0:
        return None
    with np.errstate(over="ignore"):
        growth = float(np.float64(final_equity / initial_cash) ** (1.0 / years) - 1.0)
    return growth if np.isfinite(growth) else None


def volatility(returns: FloatArray, per_year: float) -> float | None:
    """Sample standard deviation (ddof 1) times sqrt(per_year) (decimal a year); None below two returns."""
    deviation = spread(returns)
    return None if np.isnan(deviation) else deviation * float(np.sqrt(per_year))


def sharpe(returns: FloatArray, per_year: float, risk_free: float = 0.0) -> float | None:
    """Mean excess return / its sample deviation (ddof 1), times sqrt(per_year); a ratio.

    Parameters
    ----------
    returns : array, shape (n,)
        Daily returns.
    per_year : float
        Daily returns a year.
    risk_free : float
        Annual rate, decimal; taken off each return as :func:`per_period`.

    Returns
    -------
    float or None
        None for fewer than two returns or without deviation.

    References
    ----------
    W. F. Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21 (1994). Backtrader's analyzer divides
    by the population deviation unless told otherwise, on yearly returns and 1 % a year.
    """
    deviation = spread(returns)
    if np.isnan(deviation) or deviation == 0.0:
        return None
    excess = float(returns.mean()) - per_period(risk_free, per_year)
    return excess / deviation * float(np.sqrt(per_year))


def sortino(returns: FloatArray, per_year: float, risk_free: float = 0.0) -> float | None:
    """Mean excess return / downside deviation, times sqrt(per_year); a ratio.

    The downside deviation is the root of the mean of min(excess, 0)^2 over all n returns, as in empyrical.
    None for fewer than two returns or where no return is below the rate.

    References
    ----------
    F. A. Sortino and L. N. Price, Performance Measurement in a Downside Risk Framework, Journal of Investing
    3 (1994).
    """
    if len(returns) < 2 or not np.isfinite(returns).all():
        return None
    excess = returns - per_period(risk_free, per_year)
    downside = float(np.sqrt(np.mean(np.minimum(excess, 0.0) ** 2)))
    if downside <= 1e-14:
        return None
    return float(excess.mean()) / downside * float(np.sqrt(per_year))


def skew(returns: FloatArray) -> float | None:
    """Third central moment / population deviation^3; positive when the large moves are gains.

    None for fewer than three returns or without deviation. As ``scipy.stats.skew`` with its default bias.
    """
    return _standard_moment(returns, 3)


def kurtosis(returns: FloatArray) -> float | None:
    """Fourth central moment / population variance^2, less 3: 0 for a normal distribution, more for fat tails.

    None for fewer than four returns or without deviation. As ``scipy.stats.kurtosis`` with its defaults.
    """
    value = _standard_moment(returns, 4)
    return None if value is None else value - 3.0


def value_at_risk(returns: FloatArray, share: float = 0.05) -> float | None:
    """Loss exceeded on `share` of the days (decimal, a loss is positive): minus that quantile of the returns.

    Historical, linear between the two nearest returns; empyrical gives the same figure with the other sign.
    None for fewer than 20 returns, of which 5 % are not even one day.
    """
    if len(returns) < MIN_FOR_TAIL or not np.isfinite(returns).all():
        return None
    return -float(np.quantile(returns, share))


def _standard_moment(returns: FloatArray, order: int) -> float | None:
    if len(returns) < order or not spread(returns) > 0.0:
        return None
    away = returns - returns.mean()
    return float(np.mean(away**order) / np.mean(away**2) ** (order / 2))
