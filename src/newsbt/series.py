"""Daily returns of a run and of its benchmark, as other libraries take them (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.metrics.daily import daily_equity, daily_returns
from newsbt.records import FloatArray
from newsbt.runs import RunResult

__all__ = ["benchmark_returns", "run_returns"]


def run_returns(run: RunResult) -> pd.Series[float]:
    """Simple returns by date, decimals; the first one from the initial capital.

    Returns
    -------
    Series
        Named after the strategy; index: UTC dates that have a step, midnight without a zone
        (``datetime64[ns]``), ascending and unique, as quantstats, pyfolio and empyrical expect. No rows for a
        run without steps; nan where the equity before was zero or less.
    """
    returns = daily_returns(daily_equity(run.equity), run.spec.cash)
    dates = pd.DatetimeIndex(returns.index, name="date").tz_localize(None)
    return pd.Series(returns.to_numpy(dtype=np.float64), index=dates, name=run.spec.strategy)


def benchmark_returns(run: RunResult) -> pd.Series[float]:
    """Simple returns of the benchmark on the dates of :func:`run_returns`, dividends reinvested.

    0 on a date without a close of the benchmark, whose move belongs to the next one, and before its first
    price; no rows without a benchmark or without steps.
    """
    dates = pd.DatetimeIndex(run_returns(run).index)
    moves: FloatArray = np.empty(0)
    if run.benchmark is None:
        dates = dates[:0]
    elif len(dates):
        values = run.benchmark.dropna()
        days = pd.DatetimeIndex(values.index).tz_localize(None).as_unit("ns").normalize()
        closes = pd.Series(values.to_numpy(dtype=np.float64), index=days)
        closes = closes[~closes.index.duplicated(keep="last")]
        before = closes[closes.index < dates[0]].iloc[-1:]
        carried = np.asarray(pd.concat([before, closes.reindex(dates)]).ffill(), dtype=np.float64)
        if not len(before):
            carried = np.concatenate((carried[:1], carried))
        moves = np.nan_to_num(np.diff(carried) / carried[:-1])
    return pd.Series(moves, index=dates, name=run.spec.benchmark)
