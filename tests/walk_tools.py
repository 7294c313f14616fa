"""Runs and searches made by hand, for walk-forwards without an engine."""

import datetime as dt

import numpy as np
import pandas as pd

from newsbt.metrics.table import METRICS, compute
from newsbt.runs import RunResult, RunSpec
from newsbt.tuning.walk import Training

D = dt.date.fromisoformat
FILLS = ["at", "symbol", "value_base", "fees_base"]
TRADES = ["symbol", "closed_at", "pnl_base", "return", "sessions_held", "borrow_base", "dividends_base"]


def run_of(start, cash, returns, *, trades=(), benchmark=None, fees=0.0):
    """A run of one step a day from `start` on that makes `returns`; a trade of None is open."""
    at = pd.date_range(start, periods=len(returns), tz="UTC", unit="ns") + pd.Timedelta(hours=21)
    equity = cash * np.cumprod(1.0 + np.asarray(returns, dtype=np.float64))
    frame = pd.DataFrame({"at": at, "equity": equity, "cash": equity})
    frame["gross_exposure"] = frame["net_exposure"] = 0.5
    frame["fees"] = fees
    frame["pnl_price"] = equity - cash + fees
    for name in ("pnl_fx", "borrow", "dividends"):
        frame[name] = 0.0
    frame["drawdown"] = 1.0 - equity / np.maximum.accumulate(np.concatenate([[cash], equity]))[1:]
    legs = pd.DataFrame({"at": at[: len(trades)], "symbol": "X", "value_base": 10.0, "fees_base": fees})
    done = pd.DataFrame(
        [("X", at[0] if gain is not None else pd.NaT, 1.0, gain or 0.0, 1, 0.0, 0.0) for gain in trades],
        columns=TRADES,
    )
    done["closed_at"] = pd.to_datetime(done["closed_at"], utc=True).astype("datetime64[ns, UTC]")
    held = None
    if benchmark is not None:
        index = at[:1] - pd.Timedelta(days=1)
        held = pd.Series(np.asarray(benchmark, dtype=np.float64), index=index.append(at))
    return RunResult(
        name="walk",
        spec=RunSpec("drift", cash=cash),
        equity=frame,
        fills=legs[FILLS],
        trades=done,
        signals=pd.DataFrame(),
        orders=pd.DataFrame(),
        metrics=compute(frame, cash, legs, done, held),
        benchmark=held,
    )


def training_of(objectives, *, hold=None, trades=3, key="total_return"):
    """A finished search of ``hold`` = 1, 2, ... with the given objectives."""
    count = len(objectives)
    table = {metric.key: np.full(count, np.nan) for metric in METRICS}
    table[key] = np.asarray(objectives, dtype=np.float64)
    table["trades"] = np.full(count, float(trades))
    frame = pd.DataFrame(
        {
            "trial": np.arange(count),
            "hold": np.asarray(hold if hold is not None else range(1, count + 1), dtype=np.int64),
            **table,
            "objective": np.asarray(objectives, dtype=np.float64),
        }
    )
    return Training(frame, events=20, purged=2, embargoed=1)
