"""``newsbt events`` through the real command line, and ``newsbt.events``."""

import csv
import json
import math

import pytest

import newsbt as package

SHORT = ("--clear", "1", "--minimum", "30")
TABLES = {"events.csv", "caar.csv", "split.csv", "tests.csv", "dropped.csv", "events.json"}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def saved(newsbt, workspace, tmp_path_factory):
    """One study with pictures, on the shipped prices."""
    out = tmp_path_factory.mktemp("events")
    done = newsbt("events", *SHORT, "--out", out, "--name", "one", cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    return out / "one", done.stdout


def test_a_study_is_said_in_80_columns_and_saved_whole(saved):
    folder, said = saved
    assert [line for line in said.splitlines() if len(line) > 80 and str(folder) not in line] == []
    for text in (
        "last close to first tradable price",
        "p-values",
        "separate dates",
        "dropped",
        "small",
        "signals behind these events",
    ):
        assert text in said
    files = {path.name for path in folder.iterdir()}
    names = ("caar", "caar_direction", "split", "heatmap")
    pictures = {f"{name}.{kind}" for name in names for kind in ("png", "svg")}
    assert files >= TABLES | pictures


def test_the_saved_tables_agree(saved):
    folder, _ = saved
    events, dropped = rows(folder / "events.csv"), rows(folder / "dropped.csv")
    info = json.loads((folder / "events.json").read_text(encoding="utf-8"))
    assert info["events"] == len(events)
    assert sum(info["dropped"].values()) == sum(row["dropped"] == "true" for row in dropped)
    assert all(row["reason"] and row["detail"] for row in dropped)
    assert info["benchmarks"] == {"XNYS": "KWEB", "XHKG": "HSI"}
    # Each split adds up to the move from the last close before the news, in log returns.
    for row in events:
        parts = [float(row[name]) for name in ("untradable", "first_session", "drift")]
        after = sum(float(row[f"ar_{session:+d}"]) for session in range(11))
        # News of the session before adds that session's move; the rest is the same.
        gaps = [after, after + float(row["ar_-1"]), after + float(row["ar_-1"]) + float(row["ar_-2"])]
        assert min(abs(sum(parts) - gap) for gap in gaps) < 1e-12
    mean = sum(int(row["direction"]) * float(row["drift"]) for row in events) / len(events)
    (drift,) = [
        row for row in rows(folder / "split.csv") if (row["grouping"], row["part"]) == ("all", "drift")
    ]
    assert float(drift["mean"]) == pytest.approx(mean, abs=1e-15)


def test_one_reaction_from_the_price_file(saved, workspace):
    """Alibaba's results came before the open of 20 February 2025."""
    prices = {row["date"]: row for row in rows(workspace / "data" / "prices" / "sample" / "BABA.csv")}
    days = sorted(prices)
    at = days.index("2025-02-20")
    close = {day: float(prices[day]["close"]) for day in days}
    opened = float(prices["2025-02-20"]["open"])
    (event,) = [
        row for row in rows(saved[0] / "events.csv") if (row["symbol"], row["session"]) == ("BABA", days[at])
    ]
    expected = {
        "raw_untradable": math.log(opened / close[days[at - 1]]),
        "raw_first_session": math.log(close[days[at]] / opened),
        "raw_drift": math.log(close[days[at + 10]] / close[days[at]]),
    }
    assert {name: float(event[name]) for name in expected} == pytest.approx(expected, abs=1e-12)


def test_the_events_are_the_signals_of_a_run(newsbt, workspace, saved, tmp_path):
    """What a run would trade is what the study kept or dropped; ``--run`` studies the same."""
    where = ("--symbols", "PDD", "--no-figures", "--out", tmp_path)
    run = ("run", "hold", *where, "--no-hindsight-check", "--name", "run")
    assert newsbt(*run, cwd=workspace).returncode == 0
    signals = rows(tmp_path / "run" / "signals.csv")
    reached = ("traded", "renewed", "not-traded")
    traded = {(row["symbol"], row["session"]) for row in signals if row["status"] in reached}
    listed = [row for name in ("events.csv", "dropped.csv") for row in rows(saved[0] / name)]
    assert {(row["symbol"], row["session"]) for row in listed if row["symbol"] == "PDD"} == traded
    options = (*SHORT, "--no-figures", "--out", tmp_path, "--json")
    again = newsbt("events", "--run", tmp_path / "run", *options, cwd=workspace)
    assert (again.returncode, again.stderr) == (0, "")
    found = json.loads(again.stdout)
    mine = [row for row in rows(saved[0] / "events.csv") if row["symbol"] == "PDD"]
    assert found["events"] == len(mine)
    mean = sum(int(row["direction"]) * float(row["drift"]) for row in mine) / len(mine)
    assert [
        row["mean"] for row in found["split_rows"] if (row["grouping"], row["part"]) == ("all", "drift")
    ] == [pytest.approx(mean)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--category", "earning"), "did you mean 'earnings'"),
        (("--benchmark", "KWEB,FXI"), "one for each venue"),
        (("--category", "listing", "--issuer", "Lenovo"), "none of"),
        (("--set", "hold=3"), "no strategy"),
    ],
)
def test_bad_input_is_one_sentence_and_writes_nothing(refused, workspace, tmp_path, options, words):
    assert words in refused("events", *options, "--out", tmp_path, cwd=workspace)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_benchmark_is_data_not_to_be_had(refused, workspace, tmp_path):
    said = refused("events", "--benchmark", "FXI", "--out", tmp_path, cwd=workspace, status=3)
    assert "FXI" in said


def test_a_period_without_prices_is_named_as_it_was_asked_for(refused, workspace, tmp_path):
    said = refused("events", "--start", "2030-01-01", "--out", tmp_path, cwd=workspace, status=3)
    assert "from 2030-01-01 to their end" in said


def test_the_python_way_gives_frames(workspace):
    study = package.events(
        workspace=workspace, symbols="Alibaba", category="earnings,product,policy", direction="up",
        model="mean", clear=1, minimum=30, draws=99,
    )  # fmt: skip
    assert isinstance(study, package.EventStudy)
    assert (set(study.events["issuer"]), set(study.events["direction"])) == ({"Alibaba"}, {1})
    assert list(study.abnormal.columns) == list(range(-5, 11))
    assert study.tests["p_value"].dropna().between(0.0, 1.0).all()
    with pytest.raises(package.NewsbtError, match="several listings"):
        package.events(workspace=workspace, benchmark="Alibaba")
