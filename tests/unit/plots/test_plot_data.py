"""The numbers behind the pictures of equity, by hand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
import runs_for_plots

from newsbt.plots.data import compare_data, days_of, equity_data, monthly_data, words


def with_equity(at, values, benchmark=None, cash=100.0, **spec):
    """The empty run with another equity."""
    run = runs_for_plots.empty()
    stamps = pd.DatetimeIndex(pd.to_datetime(list(at), utc=True)).as_unit("ns")
    frame = pd.DataFrame({"at": stamps, "equity": np.asarray(values, float)})
    spec = dataclasses.replace(run.spec, cash=cash, **spec)
    return dataclasses.replace(run, equity=frame, spec=spec, benchmark=benchmark)


def test_moments_are_days_since_1970():
    assert days_of(["1970-01-02T12:00Z", None]).tolist() == pytest.approx([1.5, np.nan], nan_ok=True)
    assert days_of(pd.DatetimeIndex(["2025-02-11"])).tolist() == [20130.0]


def test_monthly_returns_by_hand():
    # 100 -> 110 in November, 99 in December, nothing in January, 99 -> 198 in February.
    at = ["2023-11-15T08:00", "2023-11-30T21:00", "2023-12-29T21:00", "2024-02-01T08:00", "2024-02-29T21:00"]
    data = monthly_data(with_equity(at, [500.0, 110.0, 99.0, 3.0, 198.0]))
    assert data.years == (2023, 2024)
    assert data.months[0, 10:].tolist() == pytest.approx([0.10, -0.10])
    assert data.months[1, 1] == pytest.approx(1.0)
    assert np.isfinite(data.months).sum() == 3
    assert data.totals.tolist() == pytest.approx([-0.01, 1.0])


def test_monthly_returns_compound_to_the_total(usual_run):
    data = monthly_data(usual_run)
    assert np.nanprod(1 + data.months) - 1 == pytest.approx(usual_run.metrics["total_return"])
    assert np.prod(1 + data.totals) - 1 == pytest.approx(usual_run.metrics["total_return"])


def test_benchmark_buys_at_its_last_close_before_the_run():
    stamps = pd.to_datetime([f"2024-01-{day:02d}T21:00" for day in (4, 5, 8, 9, 10)], utc=True)
    closes = pd.Series([40.0, 50.0, 55.0, np.nan, 60.0], index=stamps, name="KWEB")
    run = with_equity(["2024-01-08T08:00", "2024-01-09T21:00"], [101.0, 90.0], closes)
    data = equity_data(run)
    assert data.benchmark.tolist() == pytest.approx([100.0, 110.0])  # 50, 55; the 10th is after the run
    assert data.benchmark_at[0] == pytest.approx(days_of(["2024-01-08"])[0])
    assert data.drawdown.tolist() == pytest.approx([0.0, -11 / 101])
    assert data.label == "cash −10.00 %"
    assert data.benchmark_label == "KWEB +10.00 %"


def test_no_benchmark_and_no_steps():
    data = equity_data(with_equity([], []))
    assert len(data.at) == len(data.benchmark) == 0
    assert data.benchmark_label == ""
    assert monthly_data(with_equity([], [])).years == ()


def test_words_name_strategy_period_and_hindsight(usual_run):
    said = words(usual_run)
    assert said.title == "drift on catalogue signals, 2024-01-02 to 2025-06-30"
    assert f"{usual_run.metrics['trades']} closed trades" in said.subtitle
    for fees, costs in ((5.0, " % after costs "), (0.0, " % without costs ")):
        paid = dataclasses.replace(usual_run, metrics={**usual_run.metrics, "fees": fees, "borrow": 0.0})
        assert costs in words(paid).subtitle
    live = usual_run.signals[usual_run.signals["status"].isin(["traded", "not-traded"])]
    assert f"{100 * live['hindsight'].mean():.0f} % of the signals" in said.note
    assert words(runs_for_plots.empty()).note == ""
    assert "no closed trades" in words(runs_for_plots.no_trades()).subtitle
    assert words(runs_for_plots.one_day()).title.endswith("signals, 2025-02-11")


def test_compared_runs_start_from_one():
    one = with_equity(["2024-01-08", "2024-01-09"], [110.0, 99.0], strategy="drift")
    other = with_equity(["2024-01-08", "2024-01-10"], [2e6, 3e6], cash=1e6, strategy="fade")
    data = compare_data([one, other])
    assert data.curves[0].growth.tolist() == pytest.approx([1.1, 0.99])
    assert data.curves[0].drawdown.tolist() == pytest.approx([0.0, -0.1])
    assert data.curves[1].growth.tolist() == [2.0, 3.0]
    assert data.title == "drift, fade, 2024-01-08 to 2024-01-10"


def test_labels_of_compared_runs():
    runs = runs_for_plots.many(8)
    assert [curve.label for curve in compare_data(runs).curves] == [run.name for run in runs]
    assert compare_data(runs).title.startswith("8 runs, ")
    lengthy = [dataclasses.replace(run, name=f"{'a' * 50}{number}") for number, run in enumerate(runs)]
    labels = [curve.label for curve in compare_data(lengthy).curves]
    assert len(set(labels)) == 8
    assert max(map(len, labels)) <= 40


def test_a_comparison_says_how_much_of_it_is_hindsight(usual_run):
    live = usual_run.signals[usual_run.signals["status"].isin(["traded", "not-traded"])]
    share = f"up to {100 * live['hindsight'].mean():.0f} % of the signals"
    note = compare_data([usual_run, runs_for_plots.empty()]).note
    assert note.startswith("Hindsight labels in 1 of 2 runs")
    assert share in note
    assert compare_data([runs_for_plots.empty()]).note == ""
