"""What the metrics of one run are computed from, prepared once (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from newsbt.metrics.daily import daily_equity, daily_returns, elapsed_years, periods_per_year
from newsbt.metrics.relative import Aligned, align
from newsbt.metrics.trades import settled
from newsbt.records import BoolArray, FloatArray

__all__ = ["MetricInputs"]


@dataclass(frozen=True)
class MetricInputs:
    """A run's frames, and the series that several metrics share.

    Parameters
    ----------
    equity, fills, trades : DataFrame
        As in :class:`newsbt.runs.RunResult`; an open trade has no ``closed_at``.
    initial_cash : float
        Capital before the first step, base currency, positive.
    benchmark : Series or None
        Closes in base currency by their UTC time.
    risk_free : float
        Annual rate, decimal.
    """

    equity: pd.DataFrame
    initial_cash: float
    fills: pd.DataFrame
    trades: pd.DataFrame
    benchmark: pd.Series[float] | None = None
    risk_free: float = 0.0

    @cached_property
    def at(self) -> pd.DatetimeIndex:
        """UTC time of each step."""
        return pd.DatetimeIndex(pd.to_datetime(self.equity["at"], utc=True)).as_unit("ns")

    @cached_property
    def steps(self) -> FloatArray:
        """Equity after each step."""
        return np.asarray(self.equity["equity"], dtype=np.float64)

    @cached_property
    def held(self) -> BoolArray:
        """Whether there was a position after each step."""
        return np.asarray(self.equity["gross_exposure"].to_numpy(dtype=np.float64) != 0.0)

    @cached_property
    def daily(self) -> pd.Series[float]:
        """Equity at the last step of each UTC date."""
        return daily_equity(self.equity)

    @cached_property
    def dates(self) -> pd.DatetimeIndex:
        """The UTC dates that have a step."""
        return pd.DatetimeIndex(self.daily.index)

    @cached_property
    def returns(self) -> FloatArray:
        """Daily returns, the first one from the initial capital."""
        return np.asarray(daily_returns(self.daily, self.initial_cash), dtype=np.float64)

    @cached_property
    def years(self) -> float:
        """Calendar length of the run."""
        return elapsed_years(self.dates)

    @cached_property
    def per_year(self) -> float:
        """Daily returns a year."""
        return periods_per_year(self.dates)

    @property
    def final_equity(self) -> float:
        """Equity after the last step; the initial capital without steps."""
        return float(self.steps[-1]) if len(self.steps) else self.initial_cash

    @property
    def mean_equity(self) -> float:
        """Mean of the daily equity; the initial capital without steps."""
        return float(self.daily.mean()) if len(self.daily) else self.initial_cash

    @cached_property
    def closed(self) -> pd.DataFrame:
        """The trades that have ended."""
        return self.trades[self.trades["closed_at"].notna()]

    def of_closed(self, column: str) -> FloatArray:
        """A column of the closed trades as numbers."""
        return np.asarray(self.closed[column], dtype=np.float64)

    @property
    def profits(self) -> FloatArray:
        """Profit of each closed trade, base currency; 0 where it is rounding."""
        return settled(self.of_closed("pnl_base"), self.of_closed("return"))

    @property
    def traded_value(self) -> FloatArray:
        """Value of each fill in base currency."""
        return np.asarray(self.fills["value_base"], dtype=np.float64)

    def total(self, frame: pd.DataFrame, column: str) -> float:
        """Sum of a money column, open trades included; 0.0 for an empty frame."""
        return float(np.nansum(frame[column].to_numpy(dtype=np.float64)))

    @cached_property
    def pair(self) -> Aligned:
        """Returns of run and benchmark on common dates."""
        return align(self.daily, self.initial_cash, self.benchmark)
