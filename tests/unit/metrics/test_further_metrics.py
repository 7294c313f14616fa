"""The further figures: against empyrical and QuantStats where they mean the same, else by hand."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import empyrical
import numpy as np
import pandas as pd
import pytest

from newsbt.metrics import FURTHER, METRICS, MetricInputs, compute, further_metrics
from newsbt.metrics.further import kelly, longest_streak, omega, sqn, tail_ratio

PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"


@pytest.fixture
def by_hand(frames):
    """100 becomes 110, 99, 99 and 118.8, the benchmark 50 becomes 52.5, 52.5, 50.4 and 52.92."""
    days = pd.bdate_range("2024-01-09", periods=4, tz="UTC") + pd.Timedelta("21h")
    steps = frames.equity(days, [110.0, 99.0, 99.0, 118.8])
    trades = frames.trades([6.0, -2.0, 4.0, 2.0, 1.0], [0.1] * 5, [1] * 5, [True] * 4 + [False])
    closes = [50.0, 52.5, 52.5, 50.4, 52.92]
    index = pd.DatetimeIndex([days[0] - pd.Timedelta("1D"), *days]).as_unit("ns")
    return MetricInputs(steps, 100.0, frames.fills(), trades, pd.Series(closes, index=index))


@pytest.fixture(scope="module")
def random():
    """Returns and a benchmark of 700 business days."""
    rng = np.random.default_rng(11)
    days = pd.bdate_range("2021-01-04", periods=700, tz="UTC")
    returns = pd.Series(rng.standard_t(4, len(days)) * 0.01 + 0.0005, index=days)
    market = pd.Series(rng.standard_t(4, len(days)) * 0.012 + 0.4 * returns.to_numpy(), index=days)
    return returns, market


@pytest.fixture
def found(random, frames):
    returns, market = random
    at = returns.index + pd.Timedelta("21h")
    before = pd.DatetimeIndex([at[0] - pd.Timedelta("3D"), *at]).as_unit("ns")
    closes = pd.Series(np.cumprod([40.0, *(1 + market)]), index=before)
    run = MetricInputs(
        frames.equity(at, 1e6 * np.cumprod(1 + returns)), 1e6, frames.fills(), frames.trades(), closes
    )
    return further_metrics(run), run


def test_by_hand(by_hand):
    """Returns +10 %, -10 %, 0, +20 %; the benchmark's +5 %, 0, -4 %, +5 %."""
    found = further_metrics(by_hand)
    years = 365.25 / 4 * 4  # four dates on four calendar days
    above = [0.05, -0.1, 0.04, 0.15]
    mean = sum(above) / 4
    deviation = math.sqrt(sum((value - mean) ** 2 for value in above) / 3)
    b, u = [0.05, 0.0, -0.04, 0.05], [0.1, -0.1, 0.0, 0.2]
    covariance = sum((x - 0.05) * (y - 0.015) for x, y in zip(u, b, strict=True))
    beta = covariance / sum((y - 0.015) ** 2 for y in b)
    expected = {
        "omega": 3.0,
        "tail_ratio": math.nan,
        "expected_shortfall_95": math.nan,
        "ulcer_index": math.sqrt((0.1**2 + 0.1**2) / 4),
        "information_ratio": mean / deviation * math.sqrt(years),
        "treynor": 0.05 * years / beta,
        "sqn": 2 * 2.5 / math.sqrt((3.5**2 + 4.5**2 + 1.5**2 + 0.5**2) / 3),
        "kelly": 0.75 - 0.25 / (4.0 / 2.0),
        "win_streak": 2,
        "loss_streak": 1,
        "best_day": 0.2,
        "worst_day": -0.1,
    }
    assert list(found) == list(expected) == [figure.key for figure in FURTHER]
    assert found == pytest.approx(expected, nan_ok=True)


def test_as_empyrical_has_them(found, random):
    figures, _ = found
    returns, market = random
    assert figures["omega"] == pytest.approx(empyrical.omega_ratio(returns))
    assert figures["tail_ratio"] == pytest.approx(empyrical.tail_ratio(returns))
    assert figures["expected_shortfall_95"] == pytest.approx(-empyrical.conditional_value_at_risk(returns))
    assert figures["best_day"] == pytest.approx(returns.max())
    assert figures["worst_day"] == pytest.approx(returns.min())
    a_day = empyrical.excess_sharpe(returns, market)
    per_year = 700 / ((returns.index[-1] - returns.index[0]).days + 1) * 365.25
    assert figures["information_ratio"] == pytest.approx(a_day * math.sqrt(per_year))
    beta = empyrical.beta(returns, market)
    assert figures["treynor"] == pytest.approx(returns.mean() * per_year / beta)


def test_as_quantstats_has_them(found, random):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import quantstats as qs

        returns = random[0].tz_localize(None)
        figures, _ = found
        n = len(returns)
        assert figures["omega"] == pytest.approx(qs.stats.omega(returns))
        assert figures["tail_ratio"] == pytest.approx(qs.stats.tail_ratio(returns))
        shortfall = qs.stats.expected_shortfall(returns, method="historical")
        assert figures["expected_shortfall_95"] == pytest.approx(-shortfall)
        theirs = qs.stats.ulcer_index(returns)
        assert figures["ulcer_index"] == pytest.approx(theirs * math.sqrt((n - 1) / n)), "theirs by n - 1"
        assert kelly(returns.to_numpy()) == pytest.approx(qs.stats.kelly_criterion(returns))
        assert longest_streak(returns.to_numpy(), won=True) == qs.stats.consecutive_wins(returns)
        assert longest_streak(returns.to_numpy(), won=False) == qs.stats.consecutive_losses(returns)


def test_beside_the_metrics_they_say_the_same(found):
    figures, run = found
    metrics = compute(run.equity, 1e6, run.fills, run.trades, run.benchmark)
    assert figures["expected_shortfall_95"] >= metrics["var_95"]
    assert 0 < figures["ulcer_index"] <= metrics["max_drawdown"]
    assert not {figure.key for figure in FURTHER} & {metric.key for metric in METRICS}


def test_the_order_of_trades_is_that_of_their_ends(by_hand):
    trades = by_hand.trades.assign(pnl_base=[1.0, -1.0, 1.0, -1.0, 9.0])
    ends = pd.to_datetime(["2024-01-09", "2024-01-12", "2024-01-10", "2024-01-11", None], utc=True)
    run = MetricInputs(by_hand.equity, 100.0, by_hand.fills, trades.assign(closed_at=ends))
    found = further_metrics(run)
    assert (found["win_streak"], found["loss_streak"]) == (2, 2)


def test_a_trade_of_exactly_zero_breaks_both_streaks_and_is_not_won():
    pnl = np.array([1.0, 2.0, 0.0, 3.0, -1.0, -1.0])
    assert (longest_streak(pnl, won=True), longest_streak(pnl, won=False)) == (2, 2)
    assert kelly(pnl) == pytest.approx(0.5 - 0.5 / 2.0)


def test_undefined_is_nan(frames):
    nothing = MetricInputs(frames.equity([], []), 100.0, frames.fills(), frames.trades())
    assert all(math.isnan(value) for value in further_metrics(nothing).values())
    up = np.full(30, 0.01)
    assert math.isnan(omega(up))
    assert math.isnan(tail_ratio(up))
    assert math.isnan(omega(np.array([0.1, np.nan, -0.1])))
    assert math.isnan(sqn(np.array([5.0])))
    assert math.isnan(sqn(np.array([5.0, 5.0])))
    assert math.isnan(kelly(np.array([1.0, 0.0])))
    assert math.isnan(kelly(np.array([-1.0])))


def test_a_benchmark_that_does_not_move_or_moves_alike_has_no_ratio(by_hand):
    still = by_hand.benchmark * 0 + 50.0
    alike = pd.Series([100.0, 110.0, 99.0, 99.0, 118.8], index=by_hand.benchmark.index)
    for closes, ratios in ((still, ("treynor",)), (alike, ("information_ratio",))):
        run = MetricInputs(by_hand.equity, 100.0, by_hand.fills, by_hand.trades, closes)
        assert all(math.isnan(further_metrics(run)[key]) for key in ratios)


def test_the_page_has_every_one_as_the_code_says_it():
    section = PAGE.read_text(encoding="utf-8").split("## Further figures")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert len(rows) == len(FURTHER)
    for row, figure in zip(rows, FURTHER, strict=True):
        start = f"| `{figure.key}` | {figure.label} | {figure.unit} | {figure.description} |"
        assert row.startswith(start)
        assert row.endswith(f"| {figure.undefined} |")
