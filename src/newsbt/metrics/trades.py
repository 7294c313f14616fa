"""Metrics of closed trades and of trading activity (pure).

A trade runs from flat to flat in one listing. Profit is in base currency after fees, borrow and dividends.
Metrics of closed trades do not depend on the order of the trades.
"""

from __future__ import annotations

import numpy as np

from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["ROUNDING", "exposure", "extreme", "mean", "profit_factor", "settled", "turnover", "win_rate"]

#: Profits of up to this part of the money put in are rounding.
ROUNDING = 1e-12


def settled(pnl: FloatArray, returns: FloatArray) -> FloatArray:
    """Profits with 0 for those that are rounding: two sums of the same amounts may differ by so much.

    Parameters
    ----------
    pnl, returns : array, shape (n,)
        Profit of each trade, and the same as a fraction of the money put in; 0 where nothing was put in.
    """
    size = np.abs(returns)
    return np.where((size > 0.0) & (size <= ROUNDING), 0.0, pnl)


def win_rate(pnl: FloatArray) -> float | None:
    """Share of closed trades with a profit above zero (decimal); None without closed trades.

    Backtrader's ``TradeAnalyzer`` counts a trade that ends at exactly zero as won; here it is not.
    """
    return float(np.mean(pnl > 0)) if len(pnl) else None


def profit_factor(pnl: FloatArray) -> float | None:
    """Sum of profits / sum of losses over closed trades; a ratio. None without a loss."""
    lost = -float(pnl[pnl < 0].sum())
    return float(pnl[pnl > 0].sum()) / lost if lost > 0 else None


def mean(values: FloatArray) -> float | None:
    """Arithmetic mean over closed trades; None without any."""
    return float(values.mean()) if len(values) else None


def extreme(values: FloatArray, largest: bool) -> float | None:
    """Largest or smallest value over closed trades; None without any."""
    if not len(values):
        return None
    return float(values.max() if largest else values.min())


def exposure(dates: IntArray, held: BoolArray) -> float | None:
    """Share of UTC dates with a position after at least one of their steps (decimal); None without steps.

    Parameters
    ----------
    dates : array, shape (n,)
        Date of each step, in any unit that tells dates apart.
    held : array of bool, shape (n,)
        Whether there was a position after the step.
    """
    if not len(dates):
        return None
    return len(np.unique(dates[held])) / len(np.unique(dates))


def turnover(value_base: FloatArray, mean_equity: float, years: float) -> float | None:
    """Value traded, purchases and sales together, / mean daily equity / years; times a year.

    One round trip of the whole account a year is 2. 0 without fills; None without steps or where the mean
    equity is not positive.
    """
    if not years or not mean_equity > 0:
        return None
    return float(np.abs(value_base).sum()) / mean_equity / years
