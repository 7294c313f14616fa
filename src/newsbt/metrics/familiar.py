"""Further figures by the names that tear sheets give them: pain, recovery, capture, odds, ruin (pure).

Returns are decimals (0.01 = 1 %). Every function answers nan where its figure is undefined.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.daily import spread
from newsbt.metrics.drawdown import drawdowns
from newsbt.metrics.relative import Aligned
from newsbt.metrics.trades import profit_factor, win_rate
from newsbt.records import FloatArray

__all__ = [
    "Falls",
    "capture",
    "cpc",
    "falls",
    "gain_to_pain",
    "payoff",
    "ratio",
    "risk_of_halving",
    "stability",
]

NAN = float("nan")


def ratio(above: float | None, below: float | None) -> float:
    """`above` / `below`; nan where one is undefined or `below` is not positive."""
    return above / below if above is not None and below is not None and below > 0.0 else NAN


def gain_to_pain(daily: pd.Series[float], initial_cash: float) -> float:
    """Sum of monthly returns / sum of the losing months' losses; nan without a losing month.

    Months are those of UTC, the first counted from `initial_cash`. By days, as QuantStats has it, it is the
    Omega ratio less 1.

    References
    ----------
    J. D. Schwager, Hedge Fund Market Wizards (2012), appendix A.
    """
    if not len(daily):
        return NAN
    ends = daily.groupby(pd.DatetimeIndex(daily.index).strftime("%Y-%m")).last().to_numpy(dtype=np.float64)
    returns = ends / np.concatenate(([initial_cash], ends[:-1])) - 1.0
    lost = -float(returns[returns < 0.0].sum())
    return float(returns.sum()) / lost if np.isfinite(returns).all() and lost > 0.0 else NAN


class Falls(NamedTuple):
    """Every drawdown of a run, by the ends of its days.

    Parameters
    ----------
    depths : array, shape (n,)
        Deepest point of each (decimal, positive).
    days : array, shape (n,)
        Calendar days from the peak until it is reached again, or until the last date.
    """

    depths: FloatArray
    days: FloatArray

    @property
    def mean_depth(self) -> float:
        """Mean depth (decimal); nan without a drawdown."""
        return float(self.depths.mean()) if len(self.depths) else NAN

    @property
    def mean_days(self) -> float:
        """Mean length in calendar days; nan without a drawdown."""
        return float(self.days.mean()) if len(self.days) else NAN


def falls(daily: pd.Series[float], initial_cash: float) -> Falls:
    """Drawdowns of the daily equity, `initial_cash` being the first peak, held since the first date."""
    below = drawdowns(np.asarray(daily, dtype=np.float64), initial_cash)
    day = pd.DatetimeIndex(daily.index).as_unit("ns").asi8 // 86_400_000_000_000
    edges = np.diff(np.concatenate(([0], (below > 0.0).astype(np.int64), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    depths = [below[start:end].max() for start, end in zip(starts, ends, strict=True)]
    peaks = np.maximum(starts - 1, 0)
    lengths = day[np.minimum(ends, len(day) - 1)] - day[peaks]
    return Falls(np.asarray(depths, dtype=np.float64), np.asarray(lengths, dtype=np.float64))


def stability(returns: FloatArray) -> float:
    """R² of a straight line through the logarithm of equity, in [0, 1]: 1 is growth at one pace.

    A steady loss is as stable. nan for fewer than two returns, a loss of everything, or an account that does
    not move. As empyrical's ``stability_of_timeseries``.
    """
    if len(returns) < 2 or not (np.isfinite(returns) & (returns > -1.0)).all() or not returns.any():
        return NAN
    path = np.log1p(returns).cumsum()
    if not spread(path) > 0.0:
        return NAN
    return float(np.corrcoef(np.arange(len(path)), path)[0, 1] ** 2)


def capture(pair: Aligned, up: bool) -> float:
    """Geometric mean return on the days on which the benchmark rose (or, unless `up`, fell) / its own.

    Above 1 in falling markets is to lose more than the benchmark did. nan without such days.

    References
    ----------
    Morningstar, Upside/Downside Capture Ratio (methodology), which takes months.
    """
    chosen = pair.benchmark > 0.0 if up else pair.benchmark < 0.0
    if not chosen.any() or not (pair.returns[chosen] > -1.0).all():
        return NAN
    own, market = (
        math.expm1(float(np.log1p(values[chosen]).mean())) for values in (pair.returns, pair.benchmark)
    )
    return own / market if market else NAN


def payoff(pnl: FloatArray) -> float:
    """Mean profit of trades won / mean loss of trades lost; nan without one of either."""
    won, lost = pnl[pnl > 0.0], -pnl[pnl < 0.0]
    return float(won.mean() / lost.mean()) if len(won) and len(lost) else NAN


def cpc(pnl: FloatArray) -> float:
    """Common-sense product of odds: profit factor * share of trades won * :func:`payoff`; nan where that is.

    References
    ----------
    QuantStats, ``cpc_index``, which counts days that are not zero for trades.
    """
    factor, share = profit_factor(pnl), win_rate(pnl)
    return factor * share * payoff(pnl) if factor is not None and share is not None else NAN


def risk_of_halving(returns: FloatArray) -> float:
    """Probability of ever losing half of the capital, were all days to come like these (decimal).

    For Brownian motion of log equity with their mean m and variance v: 2^(-2 m / v), and 1 where m is not
    positive. It takes the mean as known, which it hardly ever is: see the interval of the Sharpe ratio. nan
    for fewer than 20 returns, a loss of everything, or an account that does not move. QuantStats'
    ``risk_of_ruin`` knows the share of winning days only, not their size.

    References
    ----------
    D. R. Cox and H. D. Miller, The Theory of Stochastic Processes (1965), section 5.7.
    """
    if len(returns) < 20 or not (np.isfinite(returns) & (returns > -1.0)).all():
        return NAN
    path = np.log1p(returns)
    deviation = spread(path)
    if not deviation > 0.0:
        return NAN
    return math.exp(min(0.0, -2.0 * float(path.mean()) / deviation**2 * math.log(2.0)))
