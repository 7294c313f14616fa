"""What a run's summary and a comparison say of their own uncertainty."""

import dataclasses
import json
import math

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.comparisons import comparison_json
from newsbt.cli.evidence_lines import comparison_evidence, run_evidence
from newsbt.comparison import compare_runs
from newsbt.evidence.of_run import run_figures
from newsbt.evidence.sharpe_inference import expected_maximum
from newsbt.metrics.table import compute
from newsbt.runs import RunResult, RunSpec, Tried

TIMES = ("at", "opened_at", "closed_at")


def a_run(strategy="drift", count=500, seed=1, mean=0.0006, start="2023-01-02"):
    at = pd.bdate_range(start, periods=count, tz="UTC") + pd.Timedelta(hours=21)
    moves = np.random.default_rng(seed).normal(mean, 0.01, count)
    worth = 1_000_000 * np.cumprod(1 + moves)
    equity = pd.DataFrame({"at": at, "equity": worth, "gross_exposure": 1.0})
    empty = pd.DataFrame({name: pd.Series([], dtype="datetime64[ns, UTC]") for name in TIMES})
    columns = [
        "pnl_base",
        "return",
        "sessions_held",
        "value_base",
        "fees_base",
        "borrow_base",
        "dividends_base",
    ]
    empty = empty.assign(**dict.fromkeys(columns, pd.Series([], dtype=float)))
    metrics = compute(equity, 1_000_000, empty, empty)
    return RunResult(f"{strategy}-1", RunSpec(strategy), equity, empty, empty, empty, empty, metrics)


def test_a_run_says_how_far_off_its_sharpe_may_be():
    result = a_run()
    lines = run_evidence(result)
    text = " ".join(lines)
    assert f"Sharpe ratio {result.metrics['sharpe']:.2f}: 95 % interval" in text
    assert "if nothing else was tried" in text and "years of returns like these; there are 1.9" in text
    assert len(lines) <= 4 and max(map(len, lines)) <= 80
    found = run_figures(result)
    middle = (found["sharpe_low"] + found["sharpe_high"]) / 2
    assert middle == pytest.approx(result.metrics["sharpe"], rel=1e-9)
    # The one-sided 97.5 % confidence at the lower end of the interval, by its definition.
    reach = (found["sharpe_high"] - found["sharpe_low"]) / 2 / 1.959963984540054
    expected = 0.5 * math.erfc(-middle / reach / math.sqrt(2))
    assert found["probabilistic_sharpe"] == pytest.approx(expected, rel=1e-9)


def test_few_days_that_move_are_too_few():
    result = a_run()
    worth = result.equity["equity"].to_numpy().copy()
    worth[:200], worth[205:] = worth[200], worth[204]
    idle = dataclasses.replace(result, equity=result.equity.assign(equity=worth))
    text = " ".join(run_evidence(idle))
    # The first day, from the initial capital, and four more.
    assert text.startswith("The account moved on 5 of 500 days only") and "interval" not in text
    assert set(run_figures(idle).values()) == {None}
    still = dataclasses.replace(result, equity=result.equity.assign(equity=1_000_000.0))
    assert run_evidence(still) == []


def test_days_that_follow_on_one_another_widen_the_interval():
    result = a_run()
    moves = np.diff(result.equity["equity"], prepend=1_000_000) / 1_000_000
    for place in range(1, len(moves)):
        moves[place] += 0.5 * moves[place - 1]
    trending = dataclasses.replace(
        result, equity=result.equity.assign(equity=1_000_000 * np.cumprod(1 + moves / 4))
    )
    assert "follow on one another (correlation 0." in " ".join(run_evidence(trending))
    found = run_figures(trending)
    plain = (found["sharpe_high"] - found["sharpe_low"]) / 2 / 1.959963984540054
    # AR(1) of 0.5: sqrt(3) in the limit, less for few lags.
    assert 1.3 < found["sharpe_error_hac"] / plain < 1.75
    assert "follow on" not in " ".join(run_evidence(result))
    assert run_figures(result)["autocorrelation"] is None


def test_trials_on_record_deflate_the_sharpe():
    result = a_run()
    plain = run_evidence(result)
    for tried in (None, Tried(1, 0.01), Tried(50, math.nan), Tried(50, 0.0)):
        same = dataclasses.replace(result, tried=tried)
        assert run_evidence(same) == plain
        assert run_figures(same)["deflated_sharpe"] is None
    one_of_many = dataclasses.replace(result, tried=Tried(50, 0.002))
    found = run_figures(one_of_many)
    per_year = result.metrics["dates_per_year"]
    assert found["expected_best_sharpe"] == pytest.approx(expected_maximum(50, 0.002 * per_year))
    assert found["trials"] == 50 and found["deflated_sharpe"] < found["probabilistic_sharpe"]
    lines = run_evidence(one_of_many)
    assert "The best of 50 trials on record for these prices" in " ".join(lines)
    assert max(map(len, lines)) <= 80


def test_a_short_run_and_one_that_does_nothing_say_nothing():
    assert run_evidence(a_run(count=19)) == []
    flat = dataclasses.replace(a_run(), equity=a_run().equity.assign(equity=1_000_000.0))
    empty = dataclasses.replace(a_run(), equity=a_run().equity.iloc[:0])
    assert run_evidence(flat) == run_evidence(empty) == []
    assert set(run_figures(flat).values()) == {None}


def test_a_losing_run_has_no_length_that_would_do():
    result = a_run(mean=-0.003)
    assert "not above zero" in " ".join(run_evidence(result))
    assert run_figures(result)["minimum_track_record_years"] is None


def test_a_comparison_has_intervals_and_a_test_of_the_first_against_each():
    comparison = compare_runs([a_run(), a_run("fade", seed=2), a_run("hold", seed=3)])
    lines = comparison_evidence(comparison, ["drift", "fade", "hold"])
    assert lines[0].split() == ["95", "%", "intervals", "drift", "fade", "hold"]
    assert [line.split(" ")[0] for line in lines[1:5]] == ["Growth", "Volatility,", "Sharpe", "Maximum"]
    text = " ".join(line.strip() for line in lines)
    assert "between" not in text and text.count("The Sharpe ratio of") == 2
    assert "These are 2 tests" in text
    assert max(map(len, lines)) <= 80


def test_a_comparison_of_many_has_one_line_a_run():
    names = list("ABCDEF")
    comparison = compare_runs([a_run(seed=seed) for seed in range(6)])
    lines = comparison_evidence(comparison, names)
    assert [line[0] for line in lines[1:7]] == names
    assert " ".join(lines[0].split()) == "95 % intervals a year, % volatility, % Sharpe drawdown, %"
    assert max(map(len, lines)) <= 80


def test_the_capital_of_a_cut_run_is_what_it_had_before():
    """Cut to its second half, a run is compared with itself from there on: nothing differs."""
    whole = a_run(count=200)
    half = whole.equity.iloc[100:].reset_index(drop=True)
    spec = dataclasses.replace(whole.spec, cash=float(whole.equity["equity"].iloc[99]))
    second = dataclasses.replace(whole, equity=half, spec=spec, name="other")
    comparison = compare_runs([whole, second])
    (contest,) = comparison.evidence.contests
    assert contest.sharpe.p_value == 1.0 and contest.sharpe.difference == pytest.approx(0.0, abs=1e-12)
    text = " ".join(line.strip() for line in comparison_evidence(comparison, ["one", "two"]))
    assert "there is no difference to test" in text


def test_json_says_the_tests_a_year_and_has_no_nan():
    comparison = compare_runs([a_run(), a_run("fade", seed=2)])
    found = json.loads(json.dumps(comparison_json(comparison), allow_nan=False))
    (test,) = found["tests"]
    one, two = (run["metrics"]["sharpe"] for run in found["runs"])
    assert test["sharpe_difference"] == pytest.approx(one - two, rel=1e-9)
    assert test["sharpe_low"] < test["sharpe_difference"] < test["sharpe_high"]
    assert {row["metric"] for row in found["intervals"]} >= {"sharpe", "cagr", "max_drawdown"}
