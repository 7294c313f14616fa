"""``newsbt placebo`` through the real command line, and ``newsbt.placebo``."""

import json

import pandas as pd
import pytest

import newsbt as package

KINDS = {"dates", "signs", "issuers", "shift"}


def test_a_test_is_said_saved_and_the_same_for_the_same_seed(newsbt, workspace, tmp_path):
    call = ("placebo", "drift", "--worlds", "60", "--seed", "3", "--out", tmp_path)
    done = newsbt(*call, "--name", "one", cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in done.stdout.splitlines() if len(line) > 80 and str(tmp_path) not in line] == []
    for words in (
        "60 worlds of each kind",
        "as good",
        "are kept",
        "broken",
        "stories",
        "100% of the signals rest on",
    ):
        assert words in done.stdout
    folder = tmp_path / "one"
    assert {path.name for path in folder.iterdir()} == {
        "placebo.json", "null.csv", "null.parquet", "placebo.png", "placebo.svg",
    }  # fmt: skip
    info = json.loads((folder / "placebo.json").read_text(encoding="utf-8"))
    null = pd.read_csv(folder / "null.csv")
    assert set(info["kinds"]) == KINDS
    for kind, found in info["kinds"].items():
        figures = null.loc[null["kind"] == kind, "sharpe"]
        assert len(figures) == 60
        assert found["as_good"] == int((figures >= info["metrics"]["sharpe"] - 1e-9).sum())
        assert found["p_value"] == (1 + found["as_good"]) / 61
    again = newsbt(*call, "--json", "--no-figures", cwd=workspace)
    assert {**json.loads(again.stdout), "saved": ""} == {**info, "saved": ""}


def test_a_finished_run_gives_its_own_figures(newsbt, workspace, tmp_path):
    run = newsbt(
        "run",
        "decay",
        "--symbols",
        "Alibaba",
        "--name",
        "r",
        "--out",
        tmp_path,
        "--no-figures",
        "--no-hindsight-check",
        cwd=workspace,
    )
    assert run.returncode == 0, run.stderr
    metrics = json.loads((tmp_path / "r" / "metrics.json").read_text(encoding="utf-8"))
    call = (
        "placebo",
        "--run",
        tmp_path / "r",
        "--worlds",
        "20",
        "--kind",
        "dates,shift",
        "--no-figures",
        "--json",
    )
    done = newsbt(*call, "--statistic", "total_return", "--out", tmp_path, cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    info = json.loads(done.stdout)
    assert info["metrics"] == pytest.approx(metrics, rel=1e-7)
    assert set(info["kinds"]) == {"dates", "shift"}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("drift", "--kind", "date"), "dates"),
        (("drift", "--statistic", "sharp"), "sharpe"),
        (("drift", "--worlds", "5"), "take 19 to"),
        (("hold",), "whatever the news"),
        (("drift", "--symbols", "PDD", "--kind", "issuers"), "other issuers"),
        (("drift", "--run", "nothing"), "leave them out"),
    ],
)
def test_what_cannot_be_tested_is_refused(refused, workspace, args, words):
    assert words in refused("placebo", *args, cwd=workspace)


def test_backtrader_gives_the_same_worlds_and_says_that_they_are_fewer(workspace, monkeypatch):
    monkeypatch.setattr("newsbt.api.placebo.MOST_IN_BACKTRADER", 19)
    how = {
        "workspace": workspace,
        "symbols": "BABA",
        "kind": "signs",
        "start": "2025-01-02",
        "end": "2025-02-28",
    }
    fast = package.placebo("drift", worlds=19, **how)
    slow = package.placebo("drift", worlds=30, engine="backtrader", **how)
    assert (fast.engine, slow.engine, slow.worlds, slow.asked) == ("fast", "backtrader", 19, 30)
    wanted, found = (item.null.drop(columns="kind").astype(float) for item in (fast, slow))
    pd.testing.assert_frame_equal(wanted, found, rtol=1e-7, atol=1e-12)
