"""Block lengths and resamples against the package arch and closed forms; paths against the metrics."""

import numpy as np
import pandas as pd
import pytest

from newsbt.errors import InputError
from newsbt.evidence.block_length import optimal_block
from newsbt.evidence.path_metrics import path_metrics
from newsbt.evidence.resample import bootstrap_metrics, stationary_indices
from newsbt.metrics.inputs import MetricInputs
from newsbt.metrics.table import METRICS, compute


def autoregressive(count, slope, seed=0):
    values = np.random.default_rng(seed).normal(size=count)
    for place in range(1, count):
        values[place] += slope * values[place - 1]
    return values


def a_run(count=400, seed=1, benchmark=True):
    rng = np.random.default_rng(seed)
    at = pd.bdate_range("2022-01-03", periods=count, tz="UTC") + pd.Timedelta(hours=21)
    moves = rng.standard_t(4, size=count) * 0.008 + 0.0004
    equity = pd.DataFrame({"at": at, "equity": 1000 * np.cumprod(1 + moves), "gross_exposure": 1.0})
    closes = None
    if benchmark:
        held = moves * 0.5 + rng.normal(0, 0.006, size=count)
        days = at.insert(0, at[0] - pd.Timedelta(days=3))
        closes = pd.Series(50 * np.cumprod(np.concatenate([[1.0], 1 + held])), index=days)
    fills = pd.DataFrame({"value_base": [], "fees_base": []}, dtype=float)
    columns = ["pnl_base", "return", "sessions_held", "borrow_base", "dividends_base"]
    trades = pd.DataFrame(rng.normal(1.0, 20.0, size=(45, 5)), columns=columns).assign(
        closed_at=at[np.arange(45) % count]
    )
    trades.loc[44, "closed_at"] = pd.NaT
    return MetricInputs(equity, 1000.0, fills, trades, closes, 0.02)


@pytest.mark.parametrize("slope", [-0.4, 0.0, 0.3, 0.8, 0.97])
@pytest.mark.parametrize("count", [40, 300, 2000])
def test_the_block_length_is_that_of_arch(slope, count):
    arch = pytest.importorskip("arch.bootstrap", exc_type=ImportError)
    values = autoregressive(count, slope)
    expected = arch.optimal_block_length(values).iloc[0]
    found = optimal_block(values)
    assert found.stationary == pytest.approx(max(expected["stationary"], 1.0), rel=1e-8)
    assert found.circular == pytest.approx(max(expected["circular"], 1.0), rel=1e-8)


def test_where_nothing_moves_blocks_are_single_days():
    assert optimal_block(np.zeros(100)) == (1.0, 1.0)
    assert optimal_block(np.arange(5.0)) == (1.0, 1.0)


def test_resampled_means_spread_as_the_closed_form_and_as_those_of_arch():
    arch = pytest.importorskip("arch.bootstrap", exc_type=ImportError)
    values, block, draws = autoregressive(250, 0.5, seed=2), 8.0, 6000
    away, kept = values - values.mean(), 1 - 1 / block
    total = (away**2).sum() / 250
    for lag in range(1, 250):
        weight = (1 - lag / 250) * kept**lag + lag / 250 * kept ** (250 - lag)
        total += 2 * weight * (away[:-lag] @ away[lag:]) / 250
    exact = np.sqrt(total / 250)
    means = values[stationary_indices(250, block, draws, np.random.default_rng(3))].mean(axis=1)
    theirs = arch.StationaryBootstrap(block, values, seed=4).apply(np.mean, reps=draws)
    assert means.std() == pytest.approx(exact, rel=0.03)
    assert theirs.std() == pytest.approx(exact, rel=0.03)
    assert means.mean() == pytest.approx(values.mean(), abs=4 * exact / np.sqrt(draws))


def test_a_path_has_the_metrics_of_the_run():
    """One step a day, so that the drawdown of every step is that of every day."""
    run = a_run()
    days = run.dates.as_unit("ns").asi8 // 86_400_000_000_000
    found = path_metrics(run.returns[None, :], days, 1000.0, run.per_year, run.years, 0.02)
    expected = compute(run.equity, 1000.0, run.fills, run.trades, run.benchmark, 0.02)
    for key, value in found.items():
        assert value[0] == pytest.approx(expected[key], rel=1e-9), key
    intervals = bootstrap_metrics(run, draws=50)
    for key, value in intervals.table["value"].items():
        assert value == pytest.approx(expected[key], rel=1e-9), key
    assert list(intervals.table.index) == [m.key for m in METRICS if m.key in intervals.table.index]
    assert {"win_rate", "profit_factor", "avg_trade_return", "avg_sessions_held"} <= set(
        intervals.table.index
    )
    assert {"alpha", "beta", "correlation", "benchmark_return", "max_drawdown_days"} <= set(
        intervals.table.index
    )


def test_paths_without_loss_deviation_or_money_have_undefined_ratios():
    days = np.arange(30)
    flat = path_metrics(np.zeros((1, 30)), days, 1.0, 252.0, 0.1)
    assert np.isnan([flat[key][0] for key in ("sharpe", "sortino", "calmar", "skew", "kurtosis")]).all()
    assert (flat["max_drawdown"][0], flat["max_drawdown_days"][0], flat["volatility"][0]) == (0, 0, 0)
    debt = np.zeros((1, 30))
    debt[0, 4] = -1.5
    assert np.isnan(path_metrics(debt, days, 1.0, 252.0, 0.1)["cagr"][0])


def test_intervals_surround_the_value_and_follow_the_seed():
    run = a_run(benchmark=False)
    one, same, other = (bootstrap_metrics(run, draws=300, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.table, same.table)
    assert not one.table.equals(other.table)
    for key in ("sharpe", "volatility", "total_return", "cagr", "sortino"):
        row = one.table.loc[key]
        assert row["low"] < row["value"] < row["high"]
    assert "beta" not in one.table.index
    wide = bootstrap_metrics(run, draws=300, seed=1, level=0.99).table.loc["sharpe"]
    assert wide["low"] < one.table.loc["sharpe", "low"] and wide["high"] > one.table.loc["sharpe", "high"]


def test_the_interval_of_the_sharpe_is_near_the_analytic_one():
    from newsbt.evidence.sharpe_inference import sharpe_interval, sharpe_sample
    from newsbt.metrics.returns import per_period

    run = a_run(1500)
    found = bootstrap_metrics(run, draws=3000).table.loc["sharpe"]
    sample = sharpe_sample(run.returns, per_period(0.02, run.per_year))
    low, high = (value * np.sqrt(run.per_year) for value in sharpe_interval(sample))
    assert (found["low"], found["high"]) == (pytest.approx(low, abs=0.12), pytest.approx(high, abs=0.12))


def test_a_metric_often_undefined_has_no_interval():
    """One loss among forty days: half the resamples miss it or are all of it."""
    at = pd.bdate_range("2024-01-01", periods=40, tz="UTC")
    moves = np.full(40, 0.001)
    moves[20] = -0.01
    run = a_run(benchmark=False)
    equity = pd.DataFrame({"at": at, "equity": 1000 * np.cumprod(1 + moves), "gross_exposure": 1.0})
    found = bootstrap_metrics(MetricInputs(equity, 1000.0, run.fills, run.trades), draws=400, block=1.0).table
    # (1 - 1/40)^40 = 0.363 of the resamples do not hold the loss.
    assert found.loc["sortino", "undefined"] == pytest.approx(0.363, abs=0.08)
    assert np.isnan(found.loc["sortino", "low"])


def test_the_share_of_winning_trades_spreads_as_a_binomial_one():
    found = bootstrap_metrics(a_run(), draws=3000).table.loc["win_rate"]
    # 44 closed trades, independent: sqrt(p (1 - p) / 44).
    assert found["error"] == pytest.approx(np.sqrt(found["value"] * (1 - found["value"]) / 44), rel=0.1)


def test_few_trades_have_no_intervals():
    run = a_run()
    few = MetricInputs(run.equity, 1000.0, run.fills, run.trades.iloc[:19])
    assert "win_rate" not in bootstrap_metrics(few, draws=20).table.index


def test_too_short_and_emptied_runs_are_refused():
    with pytest.raises(InputError, match="too few"):
        bootstrap_metrics(a_run(15))
    run = a_run()
    equity = run.equity.assign(equity=run.equity["equity"].where(run.equity.index < 100, 0.0))
    with pytest.raises(InputError, match="emptied"):
        bootstrap_metrics(MetricInputs(equity, 1000.0, run.fills, run.trades))
