"""Metrics of loss from the peak (pure).

They look at every step, not only at the end of each day, and count the initial capital as the first peak.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.records import FloatArray

__all__ = ["ROUNDING", "calmar", "drawdowns", "max_drawdown", "max_drawdown_days"]

#: A fraction of the peak that is rounding and no loss; a cent of a billion is ten times as much.
ROUNDING = 1e-12


def drawdowns(equity: FloatArray, initial_cash: float) -> FloatArray:
    """Fraction below the running peak at each step: (peak - equity) / peak, 0 at a new high.

    Up to :data:`ROUNDING` counts as 0: by so much two sums of the same amounts may differ.

    Parameters
    ----------
    equity : array, shape (n,)
        Base currency, one value a step.
    initial_cash : float
        First peak, positive.

    Returns
    -------
    array, shape (n,)
        In [0, 1] as long as equity is not negative, above 1 in debt.
    """
    peak = np.maximum(np.maximum.accumulate(equity), initial_cash) if len(equity) else equity
    below = np.asarray((peak - equity) / peak, dtype=np.float64)
    return np.where(below > ROUNDING, below, 0.0)


def max_drawdown(equity: FloatArray, initial_cash: float) -> float | None:
    """Largest of :func:`drawdowns` (decimal, 0 or more); None without steps.

    Backtrader's ``DrawDown`` starts at the value after the first step and misses a loss made in it; empyrical
    gives a negative figure.
    """
    return float(drawdowns(equity, initial_cash).max()) if len(equity) else None


def max_drawdown_days(at: pd.DatetimeIndex, equity: FloatArray, initial_cash: float) -> int | None:
    """Longest time under water: calendar days from a peak until it is reached again, or until the last step.

    Parameters
    ----------
    at : DatetimeIndex, shape (n,)
        UTC time of each step, ascending; the initial capital counts as held since the first step.
    equity : array, shape (n,)
        Base currency.
    initial_cash : float
        First peak.

    Returns
    -------
    int or None
        Difference of UTC dates; 0 if equity never fell below a peak, None without steps. The longest
        drawdown need not be the deepest one.
    """
    if not len(equity):
        return None
    day = at.as_unit("ns").normalize().asi8 // 86_400_000_000_000
    under = drawdowns(equity, initial_cash) > 0.0
    steps = np.arange(len(equity))
    # The last step at or before each one that stood at a peak; before the first of them, the first step.
    peak = np.maximum.accumulate(np.where(under, 0, steps))
    # A step back at its peak ends the drawdown of the step before it.
    started = np.where(under, peak, np.concatenate(([0], peak[:-1])))
    was_under = under | np.concatenate(([False], under[:-1]))
    return int(np.where(was_under, day - day[started], 0).max())


def calmar(growth: float | None, deepest: float | None) -> float | None:
    """CAGR / maximum drawdown over the whole run; a ratio.

    None where either is undefined or there was no drawdown.

    References
    ----------
    T. W. Young, Calmar Ratio: A Smoother Tool, Futures 20 (1991), takes 36 months; Backtrader's ``Calmar``
    follows it with log returns, empyrical and this function take the whole run.
    """
    if growth is None or not deepest:
        return None
    return growth / deepest
