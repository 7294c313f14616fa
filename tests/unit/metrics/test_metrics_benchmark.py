"""Alpha, beta and the benchmark's return on dates that only one of the two has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from newsbt.metrics import compute


def test_twice_the_benchmark_has_a_beta_of_two_and_no_alpha(frames):
    rng = np.random.default_rng(5)
    moves = rng.normal(0, 0.01, 250)
    at = pd.bdate_range("2024-01-01", periods=250, tz="UTC") + pd.Timedelta(hours=21)
    closes = pd.Series(50 * np.cumprod(1 + moves), index=at)
    before = pd.Series([50.0], index=[at[0] - pd.Timedelta(days=3)])
    equity = frames.equity(at, 1000 * np.cumprod(1 + 2 * moves))
    found = compute(equity, 1000.0, frames.fills(), frames.trades(), pd.concat([before, closes]))
    assert found["beta"] == pytest.approx(2.0)
    assert found["alpha"] == pytest.approx(0.0, abs=1e-9)
    assert found["correlation"] == pytest.approx(1.0)
    assert found["benchmark_return"] == pytest.approx(np.prod(1 + moves) - 1)


def test_first_common_close_is_the_start_when_there_is_none_before_the_run(frames):
    at = pd.to_datetime(["2024-01-08T21:00", "2024-01-09T21:00", "2024-01-10T21:00"], utc=True)
    found = compute(
        frames.equity(at, [110.0, 121.0, 121.0]),
        100.0,
        frames.fills(),
        frames.trades(),
        pd.Series([10, 11, 12.0], at),
    )
    assert found["benchmark_return"] == pytest.approx(0.2)  # 12 / 10
    # Returns of the run .1 and 0 against .1 and 1/11: slope of two points is (.1 - 0) / (.1 - 1/11) = 11.
    assert found["beta"] == pytest.approx(11.0)


def test_a_holiday_of_the_benchmark_makes_no_return_of_zero(frames):
    at = pd.to_datetime([f"2024-01-{day:02d}T21:00" for day in (8, 9, 10, 11)], utc=True)
    closes = pd.Series([10.0, 12.0, 11.4], at[[0, 2, 3]])  # shut on the 9th
    found = compute(
        frames.equity(at, [100.0, 105.0, 110.0, 104.5]), 100.0, frames.fills(), frames.trades(), closes
    )
    # Run +10 % and -5 %, benchmark +20 % and -5 %: slope .15 / .25.
    assert found["beta"] == pytest.approx(0.6)


def test_closes_of_other_days_are_left_out(frames):
    at = pd.to_datetime([f"2024-01-{day:02d}T08:00" for day in (8, 9, 10)], utc=True)
    late = pd.to_datetime([f"2024-01-{day:02d}T21:00" for day in (5, 8, 9, 10, 11, 12)], utc=True)
    closes = pd.Series([10.0, 10.5, 10.2, 10.8, 99.0, np.nan], late)
    found = compute(frames.equity(at, [100.0, 101.0, 99.0]), 100.0, frames.fills(), frames.trades(), closes)
    assert found["benchmark_return"] == pytest.approx(0.08)
