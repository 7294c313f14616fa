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
from newsbt.metrics.familiar import capture, cpc, payoff, risk_of_halving, stability
from newsbt.metrics.further import kelly, longest_streak, omega, sqn, tail_ratio
from newsbt.metrics.relative import Aligned

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


def by_line(equity):
    """Share of the variance of log equity that a line through equally spaced days explains."""
    y = [math.log(value) for value in equity]
    x = [at - (len(y) - 1) / 2 for at in range(len(y))]
    mean = sum(y) / len(y)
    along = sum(a * b for a, b in zip(x, y, strict=True))
    return along**2 / sum(a * a for a in x) / sum((b - mean) ** 2 for b in y)


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
        "gain_to_pain": math.nan,
        "martin": (1.188 ** (365.25 / 4) - 1) / math.sqrt(0.02 / 4),
        "recovery_factor": 0.188 / 0.1,
        "avg_drawdown": 0.1,
        "avg_drawdown_days": 3,
        "stability": by_line([1.1, 0.99, 0.99, 1.188]),
        # On the days of +5 % and +5 % the run made +10 % and +20 %; on the one of -4 % nothing.
        "up_capture": (math.sqrt(1.1 * 1.2) - 1) / 0.05,
        "down_capture": 0.0,
        "common_sense": math.nan,
        "payoff": 4.0 / 2.0,
        "cpc": 6.0 * 0.75 * 2.0,
        "risk_of_halving": math.nan,
    }
    assert list(found) == list(expected) == [figure.key for figure in FURTHER]
    assert found == pytest.approx(expected, nan_ok=True)


def test_as_empyrical_has_them(found, random):
    figures, _ = found
    returns, market = random
    assert figures["omega"] == pytest.approx(empyrical.omega_ratio(returns))
    assert figures["tail_ratio"] == pytest.approx(empyrical.tail_ratio(returns))
    assert figures["expected_shortfall_95"] == pytest.approx(-empyrical.conditional_value_at_risk(returns))
    assert figures["stability"] == pytest.approx(empyrical.stability_of_timeseries(returns))
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
        assert figures["common_sense"] == pytest.approx(qs.stats.common_sense_ratio(returns))
        assert payoff(returns.to_numpy()) == pytest.approx(qs.stats.payoff_ratio(returns))
        assert cpc(returns.to_numpy()) == pytest.approx(qs.stats.cpc_index(returns))
        assert figures["omega"] - 1 == pytest.approx(qs.stats.gain_to_pain_ratio(returns))
        assert longest_streak(returns.to_numpy(), won=True) == qs.stats.consecutive_wins(returns)
        assert longest_streak(returns.to_numpy(), won=False) == qs.stats.consecutive_losses(returns)


def test_months_are_those_of_the_calendar(frames):
    days = pd.to_datetime(["2024-01-30", "2024-01-31", "2024-02-29", "2024-03-01", "2024-03-28"], utc=True)
    run = MetricInputs(
        frames.equity(days + pd.Timedelta("21h"), [90.0, 110.0, 99.0, 90.0, 108.9]),
        100.0,
        frames.fills(),
        frames.trades(),
    )
    # +10 % in January, -10 % in February, +10 % in March.
    assert further_metrics(run)["gain_to_pain"] == pytest.approx(0.1 / 0.1)


def test_drawdowns_have_a_mean_depth_and_length(frames):
    days = pd.to_datetime([f"2024-01-{day:02d}" for day in (2, 3, 4, 8, 9, 12)], utc=True)
    run = MetricInputs(
        frames.equity(days + pd.Timedelta("21h"), [90.0, 100.0, 110.0, 99.0, 104.5, 107.8]),
        100.0,
        frames.fills(),
        frames.trades(),
    )
    found = further_metrics(run)
    # 10 % below from the first date to the 3rd; 10 % below from the peak of the 4th to the end on the 12th.
    assert found["avg_drawdown"] == pytest.approx(0.1)
    assert found["avg_drawdown_days"] == pytest.approx((1 + 8) / 2)


def test_the_risk_of_halving_is_that_of_random_walks():
    rng = np.random.default_rng(3)
    mean, deviation = 0.005, 0.06
    sample = np.array([mean - deviation, mean + deviation] * 5000)
    paths = (rng.standard_normal((3000, 1500)) * deviation + mean).cumsum(axis=1)
    hit = float((paths.min(axis=1) <= -math.log(2.0)).mean())
    found = risk_of_halving(np.expm1(sample))
    assert found == pytest.approx(2 ** (-2 * mean / deviation**2), rel=1e-3)
    # A walk in steps jumps over the barrier by 0.5826 deviations on average (Siegmund 1985).
    barrier = math.log(2.0) + 0.5826 * deviation
    assert hit == pytest.approx(found ** (barrier / math.log(2.0)), abs=0.02)
    assert risk_of_halving(-np.full(10, 0.01).repeat(2) * np.tile([1, 2], 10)) == 1.0


def test_beside_the_metrics_they_keep_their_order_and_share_no_name(found):
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
    assert math.isnan(payoff(np.array([1.0, 0.0])))
    assert math.isnan(cpc(np.array([-1.0])))
    assert math.isnan(cpc(np.array([])))
    assert math.isnan(stability(np.zeros(30)))
    assert math.isnan(stability(np.array([0.1, -1.0, 0.1])))
    assert math.isnan(risk_of_halving(up))
    assert math.isnan(capture(Aligned(np.array([0.1]), np.array([0.1]), 250.0), up=False))


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
