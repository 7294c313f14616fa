"""A run made by hand: five New York closes, two trades."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

NS = "datetime64[ns, UTC]"


class Frames(NamedTuple):
    equity: pd.DataFrame
    fills: pd.DataFrame
    trades: pd.DataFrame


def equity_frame(at, values, gross=None) -> pd.DataFrame:
    stamps = pd.DatetimeIndex(pd.to_datetime(list(at), utc=True)).as_unit("ns")
    gross = np.zeros(len(values)) if gross is None else np.asarray(gross, float)
    return pd.DataFrame({"at": stamps, "equity": np.asarray(values, float), "gross_exposure": gross})


def trades_frame(pnl=(), returns=(), sessions=(), closed=None, borrow=0.0, dividends=0.0) -> pd.DataFrame:
    n = len(pnl)
    closed = [True] * n if closed is None else closed
    day = pd.Timestamp("2024-01-08T21:00", tz="UTC")
    return pd.DataFrame(
        {
            "closed_at": pd.Series([day if done else pd.NaT for done in closed], dtype=NS),
            "pnl_base": np.asarray(pnl, float),
            "return": np.asarray(returns, float),
            "sessions_held": np.asarray(sessions, float),
            "borrow_base": np.full(n, borrow),
            "dividends_base": np.full(n, dividends),
        }
    )


def fills_frame(values=(), fees=()) -> pd.DataFrame:
    return pd.DataFrame({"value_base": np.asarray(values, float), "fees_base": np.asarray(fees, float)})


@pytest.fixture
def five_bars() -> Frames:
    """1000 becomes 1100, 990, 990, 1188, 1188: returns +10 %, -10 %, 0, +20 %, 0 on Monday to Friday."""
    at = [f"2024-01-0{day}T21:00" for day in (8, 9)] + [f"2024-01-1{day}T21:00" for day in (0, 1, 2)]
    equity = equity_frame(at, [1100.0, 990.0, 990.0, 1188.0, 1188.0], [1.0, 1.0, 0.0, 0.5, 0.0])
    trades = trades_frame([200.0, -20.0, 40.0], [0.2, -0.1, 0.05], [2, 1, 4], [True, True, False], 0.5, 2.0)
    return Frames(equity, fills_frame([500.0, 400.0, 300.0], [1.0, 2.0, 3.5]), trades)


class Build(NamedTuple):
    """Makers of frames, for tests that need other ones."""

    equity: object = staticmethod(equity_frame)
    fills: object = staticmethod(fills_frame)
    trades: object = staticmethod(trades_frame)


@pytest.fixture
def frames() -> Build:
    return Build(equity_frame, fills_frame, trades_frame)
