"""The figures of a run's page, by hand."""

import dataclasses
import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.report import render_page, script_json
from newsbt.attribution import empty_attribution
from newsbt.metrics.table import compute
from newsbt.records import Finding
from newsbt.report.falls import worst_falls
from newsbt.report.market import listings, reaction
from newsbt.report.page import report_page
from newsbt.report.replay import replay_command
from newsbt.report.rows import story_rows
from newsbt.report.series import distribution, monthly_distribution, rolling
from newsbt.report.studies import placebo_test
from newsbt.report.values import as_text, milliseconds, rounded
from newsbt.runs import RunResult, RunSpec

SIGNALS = ["catalyst_id", "symbol", "published_at", "tradable_at", "session", "score", "status", "why"]
SIGNALS += ["headline", "category", "hindsight", "net_score"]
TRADES = ["symbol", "side", "opened_at", "closed_at", "sessions_held", "size", "entry_price", "exit_price"]
TRADES += ["pnl_base", "fees_base", "borrow_base", "dividends_base", "return", "mae", "mfe", "exit_reason"]
TRADES += ["catalyst_ids"]


def utc(text):
    return pd.Timestamp(text, tz="UTC")


def a_run(worth, headlines=("Good news",), benchmark=None, **changes):
    """Capital 100; a step a day from 2025-01-01 at 21:00 UTC; news traded on the second day."""
    at = pd.date_range("2025-01-01 21:00", periods=len(worth), freq="D", tz="UTC")
    equity = pd.DataFrame(
        {"at": at, "equity": np.array(worth, float), "gross_exposure": 1.0, "net_exposure": 1.0}
    )
    rows = [
        [f"c{number}", "BABA", utc("2025-01-02 12:00"), utc("2025-01-02 14:30"), dt.date(2025, 1, 2), 0.5,
         "traded", "", text, "earnings", True, 0.5]
        for number, text in enumerate(headlines)
    ]  # fmt: skip
    signals = pd.DataFrame(rows, columns=SIGNALS)
    trade = [
        "BABA",
        "long",
        utc("2025-01-02 14:30"),
        pd.NaT,
        2,
        10,
        5.0,
        np.nan,
        3.0,
        0.1,
        0.0,
        0.0,
        0.06,
        -0.1,
    ]
    trades = pd.DataFrame([[*trade, 0.2, "", "c0"]], columns=TRADES)
    trades["closed_at"] = pd.to_datetime(trades["closed_at"], utc=True)
    fills = pd.DataFrame({"value_base": [50.0], "fees_base": [0.1]})
    days = pd.date_range("2025-01-01", periods=12)
    bars = pd.DataFrame({"open": 10.0, "high": 12.0, "low": 8.0, "close": np.arange(10.0, 22.0)}, index=days)
    spec = RunSpec("drift", cash=100.0, benchmark="KWEB" if benchmark is not None else "none")
    fields = {
        "name": "one", "spec": spec, "equity": equity, "fills": fills, "trades": trades, "signals": signals,
        "orders": pd.DataFrame(), "metrics": compute(equity, 100.0, fills, trades, benchmark),
        "attribution": empty_attribution(), "bars": {"BABA": bars}, "benchmark": benchmark,
        "manifest": {"hindsight": {"signals": 1, "hindsight": 1}},
    }  # fmt: skip
    return RunResult(**{**fields, **changes})


def test_volume_is_in_thousands_and_left_out_where_none_is_known():
    bars = a_run([100.0]).bars["BABA"]
    (known,) = listings(a_run([100.0], bars={"BABA": bars.assign(volume=12_400.0)}), ["BABA"])
    assert known["volume"] == [12] * len(bars)
    for unknown in (bars, bars.assign(volume=0.0)):
        (found,) = listings(a_run([100.0], bars={"BABA": unknown}), ["BABA"])
        assert "volume" not in found


def test_what_the_price_did_around_news():
    closes = [10.0, 20.0, 30, 31, 32, 33, 34, 35, 36, 37, 45.0]
    opens = [9.0, 15.0, *closes[2:]]
    bars = pd.DataFrame({"open": opens, "close": closes})
    gap, day, ten = reaction(bars, 1)
    assert gap == pytest.approx(15 / 10 - 1)
    assert day == pytest.approx(20 / 15 - 1)
    assert ten == pytest.approx(45 / 15 - 1)
    assert reaction(bars, 0)[0] is None
    assert reaction(bars, 2)[2] is None


def test_worst_drawdowns_and_the_news_on_the_way_down():
    run = a_run([100.0, 110.0, 88.0, 99.0, 110.0, 104.5])
    first, second = worst_falls(run)
    assert first.depth == pytest.approx(0.2)
    assert (first.peak.day, first.trough.day, first.recovered.day, first.days) == (2, 3, 5, 3)
    assert first.news == ()
    assert (second.depth, second.recovered) == (pytest.approx(0.05), None)
    falling = worst_falls(a_run([100.0, 90.0, 80.0]))[0]
    assert (falling.depth, falling.peak.day, falling.trough.day) == (pytest.approx(0.2), 1, 3)
    assert [(item.headline, item.symbols, item.day) for item in falling.news] == [
        ("Good news", "BABA", "2025-01-02")
    ]
    assert worst_falls(a_run([100.0, 101.0])) == []


def test_rolling_figures_are_those_of_the_window():
    worth = 100 * np.cumprod(1 + np.tile([0.02, -0.01], 3))
    closes = pd.Series(
        50 * np.cumprod(1 + np.tile([0.01, -0.005], 3)),
        index=pd.date_range("2025-01-01 21:00", periods=6, freq="D", tz="UTC"),
    )
    found = rolling(a_run(worth, benchmark=closes), window=4)
    per_year = 6 / (6 / 365.25)
    returns = np.array([0.02, -0.01, 0.02, -0.01])
    assert found["volatility"][0] == pytest.approx(returns.std(ddof=1) * np.sqrt(per_year), rel=1e-3)
    assert found["sharpe"][0] == pytest.approx(0.005 / returns.std(ddof=1) * np.sqrt(per_year), rel=1e-3)
    assert found["beta"][-1] == pytest.approx(2.0, rel=1e-3)
    assert len(found["t"]) == 3
    assert rolling(a_run(worth), window=7) is None


def test_the_distribution_counts_every_day_and_parts_gains_from_losses():
    found = distribution(a_run([101.0, 99.99, 99.99, 104.0]))
    assert (found["returns"], found["up"], found["down"], sum(found["counts"])) == (4, 2, 1, 4)
    assert any(abs(edge) < 1e-12 for edge in found["edges"])
    assert found["worst"] == pytest.approx(-0.01)
    assert distribution(a_run([100.0, 100.0])) is None


def test_the_distribution_of_months_counts_every_month():
    worth = [100.0] * 30 + [110.0] + [110.0] * 27 + [99.0] + [99.0] * 10 + [108.9]
    found = monthly_distribution(a_run(worth))
    assert (found["returns"], found["up"], found["down"], sum(found["counts"])) == (3, 2, 1, 3)
    assert (found["best"], found["worst"]) == (pytest.approx(0.1), pytest.approx(-0.1))
    assert found["at_risk"] is None
    assert monthly_distribution(a_run([100.0, 101.0])) is None, "one month"


def test_further_figures_stand_below_the_metrics():
    run = a_run([100.0, 110.0, 88.0])
    rows = {label: (value, unit) for label, value, unit, _ in report_page(run).view["further"]}
    assert rows["Omega ratio"] == ("0.50", "ratio")
    assert rows["Worst day"] == ("−20.00 %", "")
    assert rows["Best day"] == ("+10.00 %", "")
    assert rows["Kelly fraction"] == ("n/a", "")
    assert "Further figures" in render_page(report_page(run))


def test_times_in_milliseconds():
    assert milliseconds([utc("1970-01-02"), pd.NaT]) == [86_400_000, None]
    assert rounded(123456.789, 4) == 123500.0
    assert rounded(float("nan")) is None


def test_long_texts_are_cut_and_say_so():
    assert as_text("x" * 400) == "x" * 400
    assert as_text("x" * 10_000) == "x" * 400 + "… (10,000 characters)"
    assert (as_text(None), as_text(float("nan"))) == ("", "")


def test_a_story_of_many_listings_is_kept_once():
    run = a_run([100.0, 101.0], headlines=("One", "Two"))
    twice = pd.concat([run.signals, run.signals], ignore_index=True)
    rows, place = story_rows(a_run([100.0, 101.0], signals=twice))
    assert rows["headline"] == ["One", "Two"]
    assert place == {"c0": 0, "c1": 1}
    assert rows["t"] == milliseconds([utc("2025-01-02 12:00")]) * 2


def test_the_command_that_runs_it_again():
    assert replay_command(RunSpec("drift")) == "newsbt run drift"
    spec = RunSpec("a b", {"hold": 5}, signal_params={"x": True}, symbols=("BABA", "JD"), cash=5e5,
                   start=dt.date(2025, 1, 2), max_gross=2.0, catalysts=("my news.csv",))  # fmt: skip
    assert replay_command(spec) == (
        "newsbt run 'a b' --set hold=5 --set signal.x=true --symbols BABA,JD --start 2025-01-02"
        " --catalysts 'my news.csv' --cash 500000 --set run.max_gross=2"
    )


def test_the_answer_comes_first():
    page = report_page(a_run([100.0, 110.0, 88.0]))
    top = {card.label: card for card in page.view["cards"]}
    assert top["Total return"].value == "−12.00 %"
    assert top["Maximum drawdown"].value == "20.00 %"
    assert top["Costs"].value == "0.10 USD"
    assert "0.20 % of the value traded" in top["Costs"].note
    said = " ".join(item.text for item in page.view["cautions"])
    assert "100% of the 1 signals" in said
    assert "Small sample: 0 closed trades on 3 days" in said
    assert "Benchmark" not in str(list(top))


def test_news_on_a_page_has_every_story_and_what_the_price_did():
    news = report_page(a_run([100.0, 110.0], headlines=("One", "Two"))).data["news"]
    assert news["stories"] == [[0, 1]]
    assert news["gap"] == [pytest.approx(10 / 10 - 1)]
    assert news["day"] == [pytest.approx(11 / 10 - 1)]
    assert news["ten"] == [pytest.approx(20 / 10 - 1)]
    assert news["level"] == [8.0]


def test_a_run_without_trades_prices_or_steps_has_a_page():
    empty = a_run([100.0], trades=a_run([100.0]).trades.iloc[:0], bars={})
    assert "no price charts" in render_page(report_page(empty))
    none = a_run([100.0])
    none = a_run([100.0], equity=none.equity.iloc[:0], signals=none.signals.iloc[:0],
                 trades=none.trades.iloc[:0], bars={}, metrics=dict.fromkeys(none.metrics))  # fmt: skip
    assert "no sessions" in render_page(report_page(none))


HOSTILE = ["</script><script>hacked=1</script>", '"><img src=x onerror=hacked=1>', "{{ 7 * 7 }}",
           "line\u2028end\u2029", "=HYPERLINK(1)", "\u202eabc", "a" * 10_000]  # fmt: skip


def test_hostile_texts_end_no_element_and_run_nothing():
    spec = RunSpec(HOSTILE[0], cash=100.0, benchmark="none", symbols=(HOSTILE[1],))
    run = a_run([100.0, 110.0], headlines=HOSTILE, name=HOSTILE[1], spec=spec)
    text = render_page(report_page(run))
    assert text.count("<script") == text.count("</script>") == 2
    assert "<img" not in text
    assert "&lt;/script&gt;" in text
    start = text.index('id="data">') + len('id="data">')
    data = text[start : text.index("</script>", start)]
    assert json.loads(data)["stories"]["headline"][0] == HOSTILE[0]
    assert not set("<>&\u2028\u2029") & set(data)
    assert ">49<" not in text


def test_script_json_reads_back():
    value = {"a": "</script><!--&\u2028", "b": [1.5, None, "日本"]}
    written = script_json(value)
    assert json.loads(written) == value
    assert written.isascii()


def test_equal_runs_give_equal_pages():
    assert render_page(report_page(a_run([100.0, 110.0]))) == render_page(report_page(a_run([100.0, 110.0])))


def test_hostile_texts_of_studies_notes_names_and_files_show_as_text():
    bad = "</script><img src=x onerror=alert(1)>"
    kinds = {bad: {"worlds": 4, "as_good": 1, "p_value": 0.4, "value": 1.5, "median": 0.0, "says": bad}}
    study = placebo_test({"statistic": bad, "kinds": kinds, "says": [bad]}, bad, pd.DataFrame())
    run = a_run([100.0, 101.0], headlines=(bad, "=1+1"))
    manifest = {"files": {bad: bad}, "versions": {bad: bad}, "prices": {bad: {"file": bad, "sha256": bad}}}
    found = Finding(bad, "warning", bad, bad, bad)
    run = dataclasses.replace(run, name=bad, manifest=manifest, findings=(found,))
    text = render_page(report_page(run, (bad,), (study,)))
    assert "<img" not in text
    assert text.count("<script") == text.count("</script>") == 2
    assert text.count("&lt;img") > 10
