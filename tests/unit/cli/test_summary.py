"""What a command says of a run: every promised line, within eighty columns, also for a run without trades."""

import dataclasses
import math

import pandas as pd
import pytest

from newsbt.cli.summary import comparison_lines, hindsight_share, run_json, run_lines, runs_table
from newsbt.comparison import compare_runs
from newsbt.records import Finding
from newsbt.runs import RunResult, RunSpec


def make(strategy="drift", *, steps=2, manifest=None, findings=(), metrics=None, statuses=(), **how):
    at = pd.Series(pd.to_datetime(["2025-02-11T21:00:00Z", "2025-02-12T21:00:00Z"][:steps], utc=True))
    empty = pd.DataFrame()
    return RunResult(
        name=f"{strategy}-1",
        spec=RunSpec(strategy, **how),
        equity=pd.DataFrame({"at": at, "equity": [100.0, 110.0][:steps]}),
        fills=empty,
        trades=empty,
        signals=pd.DataFrame({"status": pd.Series(statuses, dtype="str")}),
        orders=empty,
        metrics={"final_equity": 110.0, "total_return": 0.1, "sharpe": None, "trades": 3} | (metrics or {}),
        findings=tuple(findings),
        manifest={"listings": ["BABA", "9988.HK"]} | (manifest or {}),
    )


def test_a_summary_says_what_was_run_and_what_came_out():
    text = "\n".join(run_lines(make(metrics={"max_drawdown": 0.05, "benchmark_return": -0.01})))
    assert text.startswith("drift on signal catalogue: 2025-02-11 to 2025-02-12, BABA, 9988.HK, USD\n")
    for words in (
        "Final equity",
        "110.00",
        "+10.00 %",
        "5.00 %",
        "Benchmark return (KWEB)",
        "-1.00 %",
        "n/a",
    ):
        assert words in text
    assert "No signal was traded." in text


def test_where_nothing_was_traded_it_says_what_became_of_the_signals():
    text = "\n".join(run_lines(make(statuses=["no-score", "no-listing", "no-score"])))
    assert "No signal was traded: 2 no-score, 1 no-listing; signals.csv says why." in text


def test_many_listings_are_counted():
    assert "7 listings" in run_lines(make(manifest={"listings": list("ABCDEFG")}))[0]


def test_a_run_without_steps_has_a_summary():
    assert "no sessions" in run_lines(make(steps=0))[0]


@pytest.mark.parametrize(
    ("counts", "share", "words"),
    [((8, 8), 1.0, "100% of the 8 signals"), ((8, 2), 0.25, "25% of the 8 signals")],
)
def test_hindsight_is_said(counts, share, words):
    result = make(manifest={"hindsight": {"signals": counts[0], "hindsight": counts[1]}})
    assert hindsight_share(result) == share
    assert words in "\n".join(run_lines(result))


def test_the_run_without_labels_is_shown_beside_it():
    table = pd.DataFrame(
        [["catalogue", 0.25, 0.1, 1.25, 0.05, 12.0], ["taxonomy", math.nan, 0.0, math.nan, 0.0, 0.0]],
        columns=["signal", "hindsight", "total_return", "sharpe", "max_drawdown", "trades"],
    )
    result = dataclasses.replace(
        make(manifest={"hindsight": {"signals": 8, "hindsight": 2}}), hindsight=table
    )
    lines = [line.split() for line in run_lines(result)]
    assert ["catalogue", "25%", "+10.00", "%", "1.25", "5.00", "%", "12"] in lines
    assert ["taxonomy", "-", "+0.00", "%", "n/a", "0.00", "%", "0"] in lines
    assert "not counted as a trial" in "\n".join(run_lines(result))
    rows = run_json(result)["without_hindsight"]
    assert rows[1]["sharpe"] is None


def test_no_hindsight_is_said_too():
    result = make(manifest={"hindsight": {"signals": 8, "hindsight": 0}})
    assert "No signal that was traded rests on a hindsight label." in run_lines(result)
    assert hindsight_share(make(manifest={"hindsight": {"signals": 0, "hindsight": 0}})) is None


def test_the_first_warnings_are_shown_and_the_others_counted():
    found = [Finding("gap", "warning", f"BABA {day}", "no bar", "left out") for day in range(7)]
    lines = run_lines(make(findings=[*found, Finding("x", "info", "there", "worth knowing")]))
    text = "\n".join(lines)
    assert "7 warnings:" in text
    assert "  BABA 4: no bar; left out" in lines
    assert "BABA 5" not in text
    assert "and 2 more, in run.json" in text
    assert "worth knowing" not in text


def test_it_fits_eighty_columns():
    found = [Finding("gap", "warning", "BABA 2025-01-01", "words and " * 40, "more words " * 20)]
    assert max(map(len, run_lines(make(findings=found, manifest={"listings": ["9988.HK"] * 4})))) <= 80


def test_pictures_are_named(tmp_path):
    for name in ("equity.png", "equity.svg", "run.json"):
        (tmp_path / name).touch()
    result = dataclasses.replace(make(), path=tmp_path)
    lines = run_lines(result)
    assert lines[-3:] == [
        f"saved  {tmp_path}",
        f"       {tmp_path / 'equity.png'}",
        "       each picture also as .svg",
    ]
    assert not [line for line in lines if "run.json" in line]
    assert run_json(result)["files"] == ["equity.png", "equity.svg", "run.json"]


def test_several_runs_are_one_table():
    lines = runs_table([make("drift"), make("hold")])
    assert lines[0].split()[:2] == ["run", "return"]
    assert [line.split()[0] for line in lines[1:]] == ["drift", "hold"]
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in runs_table([make("drift"), make("drift")])[1:]] == [
        "drift-1",
        "drift-1",
    ]


def test_a_folder_below_the_current_one_is_shown_from_here(tmp_path, monkeypatch):
    (tmp_path / "results").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "saved  results" in run_lines(dataclasses.replace(make(), path=tmp_path / "results"))


def without_trades(strategy, **how):
    times = ("at", "opened_at", "closed_at")
    empty = pd.DataFrame({name: pd.Series([], dtype="datetime64[ns, UTC]") for name in times})
    return dataclasses.replace(make(strategy, **how), fills=empty, trades=empty)


def test_a_comparison_is_one_table_with_what_differs(tmp_path):
    runs = [without_trades("drift", seed=1), without_trades("hold", seed=2)]
    comparison = compare_runs(runs)
    lines = comparison_lines(comparison, tmp_path)
    assert lines[0].split() == ["drift", "hold"]
    assert any(line.split() == ["Total", "return", "+10.00", "%", "+10.00", "%"] for line in lines)
    assert any(line.split() == ["seed", "1", "2"] for line in lines)
    assert max(map(len, lines[:-2])) <= 80


def test_a_comparison_says_whose_labels_were_made_in_hindsight(tmp_path):
    late, free = without_trades("drift", seed=1), without_trades("hold", seed=2)
    assert not any("hindsight" in note for note in compare_runs([late, free]).notes)
    late = dataclasses.replace(late, manifest={**late.manifest, "hindsight": {"signals": 8, "hindsight": 6}})
    text = " ".join(" ".join(comparison_lines(compare_runs([late, free]), tmp_path)).split())
    assert "hindsight labels (drift 75 % of the signals traded): the direction was judged after" in text


def test_many_or_long_names_still_fit(tmp_path):
    names = [f"drift-20250101T000000Z-0123456{digit}" for digit in range(9)]
    runs = [dataclasses.replace(without_trades("drift"), name=name) for name in names]
    lines = comparison_lines(compare_runs(runs), tmp_path)
    assert lines[0] == "A  drift-20250101T000000Z-01234560"
    assert max(map(len, lines[:-2])) <= 80
