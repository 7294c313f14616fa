"""Where a metric is undefined it is None: never NaN, infinite or an exception."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from newsbt.metrics import METRICS, compute

OF_TRADES = {
    "win_rate",
    "profit_factor",
    "avg_trade_return",
    "best_trade",
    "worst_trade",
    "avg_sessions_held",
}
OF_BENCHMARK = {"benchmark_return", "alpha", "beta", "correlation"}
OF_DEVIATION = {"sharpe", "sortino", "calmar", "skew", "kurtosis"}


def undefined(found) -> set[str]:
    assert not [key for key, value in found.items() if value is not None and not math.isfinite(value)]
    return {key for key, value in found.items() if value is None}


def test_a_run_without_trades(frames):
    at = pd.bdate_range("2024-01-01", periods=60)
    found = compute(frames.equity(at, [1000.0] * 60), 1000.0, frames.fills(), frames.trades())
    assert undefined(found) == OF_TRADES | OF_BENCHMARK | OF_DEVIATION
    zero = ["total_return", "cagr", "volatility", "max_drawdown", "max_drawdown_days", "var_95"]
    zero += ["trades", "open_trades", "turnover", "exposure", "fees", "borrow", "dividends"]
    assert {key: found[key] for key in zero} == dict.fromkeys(zero, 0)


def test_a_run_of_one_day(frames):
    found = compute(frames.equity(["2024-01-08T21:00"], [990.0]), 1000.0, frames.fills(), frames.trades())
    assert undefined(found) == OF_TRADES | OF_BENCHMARK | OF_DEVIATION | {"cagr", "volatility", "var_95"}
    assert found["total_return"] == pytest.approx(-0.01)
    assert found["max_drawdown"] == pytest.approx(0.01)


def test_a_run_without_steps(frames):
    found = compute(frames.equity([], []), 1000.0, frames.fills(), frames.trades())
    assert found["final_equity"] == 1000.0
    assert found["days"] == found["trades"] == 0
    assert found["max_drawdown"] is found["max_drawdown_days"] is found["exposure"] is None
    undefined(found)


def test_an_account_in_debt(frames):
    at = pd.bdate_range("2024-01-01", periods=4)
    found = compute(
        frames.equity(at, [1000.0, -200.0, -300.0, -100.0]), 1000.0, frames.fills(), frames.trades()
    )
    assert found["total_return"] == pytest.approx(-1.1)
    assert found["max_drawdown"] == pytest.approx(1.3)
    assert found["cagr"] is found["sharpe"] is found["volatility"] is None
    undefined(found)


def test_a_constant_return_has_no_deviation(frames):
    at = pd.bdate_range("2024-01-01", periods=250)
    found = compute(
        frames.equity(at, 100 * 1.001 ** np.arange(1, 251)), 100.0, frames.fills(), frames.trades()
    )
    assert found["sharpe"] is found["skew"] is found["kurtosis"] is None
    assert found["volatility"] == 0.0


def test_a_benchmark_that_stands_still_or_has_one_price(frames):
    at = pd.bdate_range("2024-01-01", periods=30, tz="UTC")
    equity = frames.equity(at, 100 + np.arange(30.0) % 3)
    still = compute(equity, 100.0, frames.fills(), frames.trades(), pd.Series(50.0, index=at))
    assert still["benchmark_return"] == 0.0
    assert still["alpha"] is still["beta"] is still["correlation"] is None
    single = compute(equity, 100.0, frames.fills(), frames.trades(), pd.Series([50.0], index=at[:1]))
    assert undefined(single) >= OF_BENCHMARK
    outside = pd.Series([50.0, 51.0], index=pd.to_datetime(["2019-01-02", "2019-01-03"], utc=True))
    assert undefined(compute(equity, 100.0, frames.fills(), frames.trades(), outside)) >= OF_BENCHMARK


def test_the_table_says_when_each_metric_is_undefined(frames):
    empty = compute(frames.equity([], []), 1000.0, frames.fills(), frames.trades())
    for metric in METRICS:
        assert bool(metric.undefined) == (empty[metric.key] is None), metric.key
        assert metric.formatter(None) == "n/a"
