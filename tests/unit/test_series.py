"""Daily returns as other libraries take them: by hand, and in quantstats, pyfolio and empyrical."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from newsbt.metrics.table import compute
from newsbt.runs import RunResult, RunSpec

EMPTY = pd.DataFrame()
TRADES = pd.DataFrame(
    columns=["closed_at", "pnl_base", "return", "sessions_held", "borrow_base", "dividends_base"]
)


def run_of(equity, at, benchmark=None, cash=100.0, metrics=None):
    frame = pd.DataFrame(
        {"at": pd.to_datetime(at, utc=True).as_unit("ns"), "equity": np.asarray(equity, dtype=float)}
    )
    frame["gross_exposure"] = 0.5
    return RunResult(
        "one",
        RunSpec("drift", cash=cash),
        frame,
        EMPTY,
        TRADES,
        EMPTY,
        EMPTY,
        metrics or {},
        benchmark=benchmark,
    )


@pytest.fixture
def as_it_was():
    """What these libraries change for everybody is taken back: warnings, backend, style."""
    import matplotlib

    with warnings.catch_warnings(), matplotlib.rc_context():
        warnings.simplefilter("ignore")
        matplotlib.use("Agg")
        yield


@pytest.fixture(scope="module")
def year():
    """A year of random steps, two on some dates, with a benchmark."""
    rng = np.random.default_rng(7)
    days = pd.bdate_range("2024-01-02", periods=260, tz="UTC")
    at = np.sort(np.concatenate([days + pd.Timedelta("8h"), days[::2] + pd.Timedelta("21h")]))
    equity = 1e6 * np.exp(np.cumsum(rng.normal(0.0004, 0.008, len(at))))
    index = (days + pd.Timedelta("21h")).as_unit("ns")
    benchmark = pd.Series(30 * np.exp(np.cumsum(rng.normal(0, 0.01, len(days)))), index=index)
    run = run_of(equity, at, benchmark, cash=1e6)
    fills = pd.DataFrame({"value_base": [], "fees_base": []}, dtype=float)
    return run, compute(run.equity, 1e6, fills, TRADES, benchmark)


def test_the_last_step_of_each_date_counts_and_the_first_return_is_from_the_capital():
    run = run_of([101, 110, 99], ["2025-02-11T08:00", "2025-02-11T21:00", "2025-02-12T21:00"])
    assert run.returns.tolist() == pytest.approx([0.10, -0.10])
    assert run.returns.index.tolist() == [pd.Timestamp("2025-02-11"), pd.Timestamp("2025-02-12")]
    assert run.returns.index.tz is None
    assert run.returns.name == "drift"


def test_a_benchmark_is_carried_over_dates_without_a_close():
    closes = pd.Series(
        [50.0, 55.0, 44.0],
        index=pd.to_datetime(["2025-02-10T21:00", "2025-02-11T21:00", "2025-02-13T21:00"], utc=True).as_unit(
            "ns"
        ),
    )
    run = run_of([100, 100, 100], [f"2025-02-{day}T21:00" for day in (11, 12, 13)], closes)
    assert run.benchmark_returns.tolist() == pytest.approx([0.1, 0.0, -0.2])
    assert run.benchmark_returns.index.equals(run.returns.index)
    later = run_of([100, 100], ["2025-02-07T21:00", "2025-02-11T21:00"], closes)
    assert later.benchmark_returns.tolist() == pytest.approx([0.0, 0.0]), "no close before, none on the first"


def test_without_steps_or_benchmark_there_are_no_rows():
    assert run_of([], []).returns.empty
    assert run_of([100], ["2025-02-11T21:00"]).benchmark_returns.empty


def test_empyrical_takes_it_and_agrees(year):
    import empyrical

    run, metrics = year
    returns, years = run.returns, metrics["dates_per_year"]
    assert empyrical.cum_returns_final(returns) == pytest.approx(metrics["total_return"])
    assert empyrical.sharpe_ratio(returns, annualization=years) == pytest.approx(metrics["sharpe"])
    assert empyrical.annual_volatility(returns, annualization=years) == pytest.approx(metrics["volatility"])
    assert empyrical.beta(returns, run.benchmark_returns) == pytest.approx(metrics["beta"], abs=0.05)
    assert returns.index.is_monotonic_increasing and returns.index.is_unique


def test_quantstats_takes_it_and_agrees(year, as_it_was):
    import quantstats as qs

    run, metrics = year
    years = metrics["dates_per_year"]
    assert qs.stats.comp(run.returns) == pytest.approx(metrics["total_return"])
    assert qs.stats.sharpe(run.returns, periods=years) == pytest.approx(metrics["sharpe"])
    assert qs.stats.skew(run.returns) == pytest.approx(metrics["skew"], rel=0.02), "theirs is the sample's"
    assert qs.plots.drawdown(run.returns, show=False).axes
    table = qs.reports.metrics(run.returns, run.benchmark_returns, display=False, mode="full")
    assert "Sharpe" in table.index


def test_pyfolio_takes_it_and_agrees(year, as_it_was):
    import matplotlib.pyplot as plt
    import pyfolio

    run, metrics = year
    found = pyfolio.timeseries.perf_stats(run.returns, factor_returns=run.benchmark_returns)
    assert found["Cumulative returns"] == pytest.approx(metrics["total_return"])
    assert pyfolio.plotting.plot_rolling_returns(run.returns, factor_returns=run.benchmark_returns).lines
    plt.close("all")
