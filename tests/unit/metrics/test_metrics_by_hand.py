"""Every metric of five bars, by hand arithmetic written beside it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from newsbt.metrics import (
    METRICS,
    compute,
    daily_equity,
    daily_returns,
    elapsed_years,
    periods_per_year,
    trades,
)

PER_YEAR = 5 / (5 / 365.25)
# Deviations of +.1, -.1, 0, +.2, 0 from their mean .04: .06, -.14, -.04, .16, -.04.
SQUARES = 0.0036 + 0.0196 + 0.0016 + 0.0256 + 0.0016
CUBES = 0.000216 - 0.002744 - 0.000064 + 0.004096 - 0.000064
FOURTHS = 0.00001296 + 0.00038416 + 0.00000256 + 0.00065536 + 0.00000256

BY_HAND = {
    "final_equity": 1188.0,
    "total_return": 0.188,
    "cagr": 1.188**73.05 - 1,  # five days are 5/365.25 of a year, a 73.05th
    "volatility": math.sqrt(SQUARES / 4 * PER_YEAR),
    "sharpe": 0.04 / math.sqrt(SQUARES / 4) * math.sqrt(PER_YEAR),
    "sortino": 0.04 / math.sqrt(0.01 / 5) * math.sqrt(PER_YEAR),  # one return below zero, -.1
    "max_drawdown": 110 / 1100,
    "max_drawdown_days": 3,  # from Monday's 1100 until Thursday's 1188
    "calmar": (1.188**73.05 - 1) / 0.1,
    "skew": (CUBES / 5) / (SQUARES / 5) ** 1.5,
    "kurtosis": (FOURTHS / 5) / (SQUARES / 5) ** 2 - 3,
    "var_95": None,
    "trades": 2,
    "open_trades": 1,
    "win_rate": 0.5,
    "profit_factor": 10.0,
    "avg_trade_return": 0.05,
    "best_trade": 0.2,
    "worst_trade": -0.1,
    "avg_sessions_held": 1.5,
    "exposure": 3 / 5,
    "turnover": 1200 / (5456 / 5) * 73.05,
    "fees": 6.5,
    "borrow": 1.5,
    "dividends": 6.0,
    "benchmark_return": None,
    "alpha": None,
    "beta": None,
    "correlation": None,
    "days": 5,
    "dates_per_year": 365.25,
}


def test_every_metric_is_as_by_hand(five_bars):
    found = compute(five_bars.equity, 1000.0, five_bars.fills, five_bars.trades)
    assert list(found) == [metric.key for metric in METRICS]
    assert set(found) == set(BY_HAND)
    for key, value in BY_HAND.items():
        assert found[key] == (value if value is None else pytest.approx(value, rel=1e-12)), key


def test_risk_free_rate_is_taken_off_as_the_rate_of_one_day(five_bars):
    with_rate = compute(five_bars.equity, 1000.0, five_bars.fills, five_bars.trades, risk_free=0.05)
    rate = 1.05 ** (1 / 365.25) - 1
    assert with_rate["sharpe"] == pytest.approx((0.04 - rate) / math.sqrt(SQUARES / 4) * math.sqrt(365.25))
    below = math.sqrt(((0.1 + rate) ** 2 + 2 * rate**2) / 5)
    assert with_rate["sortino"] == pytest.approx((0.04 - rate) / below * math.sqrt(365.25))


def test_inputs_are_not_changed(five_bars):
    before = [frame.copy(deep=True) for frame in five_bars]
    compute(five_bars.equity, 1000.0, five_bars.fills, five_bars.trades)
    for frame, copy in zip(five_bars, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_the_last_step_of_a_date_is_its_equity(frames):
    # Hong Kong closes at 08:00 UTC, New York at 21:00 UTC of the same date.
    at = ["2024-01-08T08:00", "2024-01-08T21:00", "2024-01-09T08:00"]
    daily = daily_equity(frames.equity(at, [101.0, 102.0, 103.02]))
    assert daily.tolist() == [102.0, 103.02]
    assert str(daily.index.dtype) == "datetime64[ns, UTC]"
    assert daily_returns(daily, 100.0).tolist() == pytest.approx([0.02, 0.01])


def test_a_year_has_as_many_returns_as_dates():
    # The US exchanges had 252 sessions in 2024: weekdays without ten holidays.
    weekdays = pd.bdate_range("2024-01-01", "2024-12-31", tz="UTC")
    holidays = ["01-01", "01-15", "02-19", "03-29", "05-27", "06-19", "07-04", "09-02", "11-28", "12-25"]
    sessions = weekdays.difference(pd.to_datetime([f"2024-{day}" for day in holidays], utc=True))
    assert len(sessions) == 252
    assert elapsed_years(sessions) == pytest.approx(365 / 365.25)
    assert periods_per_year(sessions) == pytest.approx(252, abs=0.2)


def test_a_loss_in_the_first_step_is_a_drawdown_from_the_initial_capital(frames):
    equity = frames.equity(["2024-01-08T21:00", "2024-01-09T21:00"], [90.0, 95.0])
    found = compute(equity, 100.0, frames.fills(), frames.trades())
    assert found["max_drawdown"] == pytest.approx(0.10)
    assert found["max_drawdown_days"] == 1


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ([101.0, 102.0, 103.0, 104.0], 0),  # never below
        ([101.0, 100.5, 101.0, 102.0], 2),  # back at 101 on the third date: Monday to Wednesday
        ([101.0, 100.0, 99.0, 98.0], 3),  # never back: to the end
        ([99.0, 101.0, 100.0, 102.0], 2),  # two of them; the second one lasts longer
    ],
)
def test_longest_drawdown_in_calendar_days(frames, values, days):
    at = [f"2024-01-{day:02d}T21:00" for day in (8, 9, 10, 11)]
    found = compute(frames.equity(at, values), 100.0, frames.fills(), frames.trades())
    assert found["max_drawdown_days"] == days


def test_value_at_risk_is_the_loss_of_the_second_worst_day_of_21(frames):
    # The 5 % quantile of 21 returns stands exactly at the second lowest: -3 %.
    returns = np.array([0.01] * 19 + [-0.05, -0.03])
    at = pd.bdate_range("2024-01-01", periods=21)
    found = compute(frames.equity(at, 100 * np.cumprod(1 + returns)), 100.0, frames.fills(), frames.trades())
    assert found["var_95"] == pytest.approx(0.03)


def test_zero_is_not_a_win(frames):
    trades = frames.trades([5.0, 0.0], [0.1, 0.0], [1, 1])
    found = compute(frames.equity(["2024-01-08"], [105.0]), 100.0, frames.fills(), trades)
    assert found["win_rate"] == 0.5
    assert found["profit_factor"] is None


def test_a_profit_that_is_rounding_is_none():
    pnl, returns = np.array([5.0, 1e-10, -1e-10, -4.0, -3.0]), np.array([0.05, 1e-14, -1e-14, -0.04, 0.0])
    settled = trades.settled(pnl, returns)
    assert settled.tolist() == [5.0, 0.0, 0.0, -4.0, -3.0]  # the last put nothing in: a sale at 0
    assert trades.win_rate(settled) == 0.2
    assert trades.profit_factor(settled) == pytest.approx(5 / 7)
