"""Runs put one after the other: money, drawdown, sums and benchmark by hand."""

import pandas as pd
import pytest

from newsbt.tuning.stitch import chain_benchmarks, stitch
from walk_tools import run_of


def two_windows():
    first = run_of("2024-01-01", 1000.0, [0.10, -0.05], trades=[0.02], fees=3.0, benchmark=[50, 55, 55])
    second = run_of("2024-01-03", 1045.0, [-0.10, 0.20], trades=[None], fees=2.0, benchmark=[5.5, 5.5, 6.6])
    return stitch([first, second], 1000.0)


def test_equity_goes_on_where_it_ended():
    whole = two_windows()
    # 1000 * 1.1 = 1100, * 0.95 = 1045, * 0.9 = 940.5, * 1.2 = 1128.6
    assert whole.equity["equity"].tolist() == pytest.approx([1100.0, 1045.0, 940.5, 1128.6])
    assert whole.equity["fold"].tolist() == [1, 1, 2, 2]
    assert whole.metrics["final_equity"] == pytest.approx(1128.6)
    assert whole.metrics["total_return"] == pytest.approx(0.1286)


def test_drawdown_is_from_the_peak_over_all_windows():
    whole = two_windows()
    assert whole.equity["drawdown"].tolist() == pytest.approx([0.0, 0.05, 1 - 940.5 / 1100, 0.0])
    assert whole.metrics["max_drawdown"] == pytest.approx(0.145)


def test_sums_go_on_too_and_add_up_to_the_equity():
    frame = two_windows().equity
    assert frame["fees"].tolist() == pytest.approx([3.0, 3.0, 5.0, 5.0])
    parts = frame["pnl_price"] + frame["pnl_fx"] - frame["fees"] - frame["borrow"] + frame["dividends"]
    assert (1000.0 + parts).tolist() == pytest.approx(frame["equity"].tolist())


def test_trades_and_fills_carry_their_window_and_open_ones_are_counted():
    whole = two_windows()
    assert whole.trades["fold"].tolist() == [1, 2]
    assert whole.fills["fold"].tolist() == [1, 2]
    assert whole.metrics["trades"] == 1
    assert whole.metrics["open_trades"] == 1
    assert whole.metrics["fees"] == pytest.approx(5.0)


def test_the_benchmark_is_chained_by_its_returns():
    # 50 -> 55 -> 55, then 5.5 -> 5.5 -> 6.6 on another scale: 55 -> 55 -> 66.
    held = two_windows().benchmark
    assert held.tolist() == pytest.approx([50.0, 55.0, 55.0, 55.0, 66.0])
    assert held.index.is_monotonic_increasing
    assert held.index.is_unique
    assert two_windows().metrics["benchmark_return"] == pytest.approx(0.32)


def test_benchmarks_that_do_not_meet_are_none():
    first = run_of("2024-01-01", 1.0, [0.0], benchmark=[1, 1]).benchmark
    gap = run_of("2024-01-05", 1.0, [0.0], benchmark=[1, 1]).benchmark
    assert chain_benchmarks([first, None]) is None
    assert chain_benchmarks([first, gap]) is None
    assert chain_benchmarks([]) is None


def test_windows_without_trades_keep_their_columns():
    quiet = [run_of("2024-01-01", 100.0, [0.0]), run_of("2024-01-02", 100.0, [0.0])]
    whole = stitch(quiet, 100.0)
    assert len(whole.trades) == len(whole.fills) == 0
    assert whole.trades.columns[0] == whole.fills.columns[0] == "fold"
    assert whole.metrics["total_return"] == 0.0
    assert isinstance(whole.equity["at"].dtype, pd.DatetimeTZDtype)


def test_one_window_is_the_run_itself():
    only = run_of("2024-01-01", 1000.0, [0.10, -0.05, 0.02], trades=[0.1, -0.2], benchmark=[1, 2, 3, 4])
    whole = stitch([only], 1000.0)
    assert whole.metrics == only.metrics
    pd.testing.assert_frame_equal(whole.equity.drop(columns="fold"), only.equity)
