"""The page of a comparison, by hand."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.report import COMPARE, render_page
from newsbt.comparison import compare_runs
from newsbt.metrics.table import compute
from newsbt.report.versus import best_of, compare_page, returns_table, stories_apart, trades_apart
from newsbt.runs import RunResult, RunSpec

TRADES = ["symbol", "side", "opened_at", "closed_at", "sessions_held", "pnl_base", "return", "borrow_base"]
TRADES += ["dividends_base"]
SIGNALS = ["catalyst_id", "symbol", "tradable_at", "status", "headline"]


def a_run(strategy, returns, traded=("c1",), headline="Good news"):
    """Capital 100; a step a day from 2025-01-01 on; the stories `traded` on the second day."""
    at = pd.date_range("2025-01-01 21:00", periods=len(returns), freq="D", tz="UTC")
    equity = pd.DataFrame(
        {"at": at, "equity": 100 * np.cumprod(1 + np.array(returns)), "gross_exposure": 1.0}
    )
    trades = pd.DataFrame(
        [["BABA", "long", at[0], at[-1], 1, 1.0, 0.01, 0.0, 0.0]], columns=TRADES
    )  # fmt: skip
    signals = pd.DataFrame(
        [[name, "BABA", at[min(1, len(at) - 1)], "traded", headline] for name in traded], columns=SIGNALS
    )
    fills = pd.DataFrame({"at": at[:1], "value_base": [10.0], "fees_base": [0.1]})
    metrics = compute(equity, 100.0, fills, trades)
    spec = RunSpec(strategy, cash=100.0, benchmark="none")
    return RunResult(strategy, spec, equity, fills, trades, signals, pd.DataFrame(), metrics)


@pytest.fixture(scope="module")
def page():
    one = a_run("one", [0.12, -0.05, 0.00], traded=("c1", "c2"))
    return compare_page(compare_runs([one, a_run("two", [0.00, 0.05, 0.00])]))


@pytest.mark.parametrize(
    ("key", "values", "best"),
    [
        ("sharpe", [1.0, 2.0, None], {1}),
        ("max_drawdown", [0.1, 0.2, 0.1], {0, 2}),
        ("beta", [0.1, 0.9], set()),
        ("sharpe", [1.0, 1.0], set()),
        ("sharpe", [None, 1.0], set()),
    ],
)
def test_the_best_of_a_row(key, values, best):
    assert best_of(key, values) == best


def test_days_are_ranked_by_how_far_apart_the_runs_were(page):
    assert [row["day"] for row in page.view["days"]] == ["2025-01-01", "2025-01-02"]
    second = next(row for row in page.view["days"] if row["day"] == "2025-01-02")
    assert second["returns"] == ["−5.00", "+5.00"]
    assert second["stories"] == ["Good news", "Good news"]


def test_correlation_is_that_of_daily_returns(page):
    by_hand = np.corrcoef([0.12, -0.05, 0.0], [0.0, 0.05, 0.0])[0, 1]
    assert page.view["correlation"][0] == ["1.00", f"{by_hand:.2f}".replace("-", "−")]


def test_trades_and_stories_in_common(page):
    assert page.view["shared"] == [("1", "1", "0", "2", "2", "1"), ("1", "1", "0", "1", "1", "0")]


def test_a_date_that_a_run_lacks_is_no_move():
    table = returns_table([a_run("one", [0.1, 0.2]), a_run("two", [0.1])])
    assert table[1].tolist() == [pytest.approx(0.1), 0.0]


def test_curves_start_from_the_capital(page):
    assert page.data["runs"][0]["growth"] == [0.12, pytest.approx(0.064), pytest.approx(0.064)]
    assert page.data["runs"][0]["below"] == [0.0, pytest.approx(-0.05), pytest.approx(-0.05)]


def test_hostile_names_show_as_text():
    bad = "</script><b>x"
    runs = [a_run(bad, [0.1, 0.0, 0.1], headline=bad), a_run("two", [0.0, 0.1, 0.0])]
    runs[0] = dataclasses.replace(runs[0], name=bad)
    text = render_page(compare_page(compare_runs(runs)), COMPARE)
    assert text.count("<script") == text.count("</script>") == 2
    assert "<b>" not in text
    data = text[text.index('id="data">') + len('id="data">') :]
    assert json.loads(data[: data.index("</script>")])["runs"][0]["label"] == bad


def test_the_summary_marks_the_best_and_tests_the_others_against_the_first(page):
    first, second = page.view["summary"]
    assert first["cells"][0] == ("+6.40 %", True)
    assert second["cells"][0] == ("+5.00 %", False)
    assert first["test"] == ("", "", "", "")


def test_trades_apart_are_ranked_by_the_spread_of_their_profit():
    one, two = a_run("one", [0.1, 0.1]), a_run("two", [0.1, 0.1])
    more = pd.concat([one.trades, one.trades.assign(symbol="JD", pnl_base=-4.0)], ignore_index=True)
    found = trades_apart([dataclasses.replace(one, trades=more), two])
    assert found == [("JD, long, 2025-01-01", ["−4.00", ""])]
    assert trades_apart([one, two]) == []


def test_stories_apart_are_those_that_not_all_traded():
    runs = [a_run("one", [0.1, 0.1], traded=("c1", "c2")), a_run("two", [0.1, 0.1])]
    assert stories_apart(runs) == [("Good news", [True, False])]
