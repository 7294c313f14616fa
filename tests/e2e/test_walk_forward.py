"""A walk-forward through the command line: what it prints and leaves, and what a user may get wrong."""

import csv
import json

import pytest

ASK = ("tune", "drift", "--symbols", "BABA", "--param", "hold=2,5", "--ledger", "none")
PLAN = ("--walk-forward", "train=3m,test=2m")


@pytest.fixture(scope="module")
def folder(workspace):
    """Where the tuning of this file is."""
    return workspace / "results" / "walked"


def rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_walk_forward_then_run_what_it_chose(newsbt, refused, workspace, folder):
    done = newsbt(*ASK, *PLAN, "--objective", "cagr", "--name", "walked", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "2 folds" in done.stdout
    assert "Decay: cagr is" in done.stdout
    assert "Out of sample as one account, 2024-12-03 to 2025-04-02" in done.stdout
    assert "saved in results/walked" in done.stdout
    assert "signals traded in the test windows rest on labels made after" in " ".join(done.stdout.split())
    assert {path.name for path in folder.iterdir()} == {
        "tune.json",
        "folds.csv",
        "trials.parquet",
        "walk_equity.csv",
        "walk_fills.csv",
        "walk_trades.csv",
        "walk_forward.png",
        "walk_forward.svg",
        "tune.html",
    }
    folds = rows(folder / "folds.csv")
    assert [(row["train_end"], row["test_start"]) for row in folds] == [
        ("2024-12-02", "2024-12-03"),
        ("2025-02-02", "2025-02-03"),
    ]
    assert {row["hold"] for row in folds} <= {"2", "5"}
    assert [row["trials"] for row in folds] == ["2", "2"]

    # The tests are what `newsbt run` makes of the same days: the first one starts with the run's capital.
    first = folds[0]
    alone = newsbt(
        "run", "drift", "--symbols", "BABA", "--set", f"hold={first['hold']}", "--start", first["test_start"],
        "--end", first["test_end"], "--ledger", "none", "--no-figures", "--json", cwd=workspace,
    )  # fmt: skip
    metrics = json.loads(alone.stdout)["runs"][0]["metrics"]
    assert float(first["oos_return"]) == pytest.approx(metrics["total_return"], rel=1e-12)
    ends = [row for row in rows(folder / "walk_equity.csv") if row["fold"] == "1"]
    assert float(ends[-1]["equity"]) == pytest.approx(metrics["final_equity"], rel=1e-12)

    # And the point of the last fold is what runs next.
    next_one = newsbt(
        "run", "--from", "results/walked", "--ledger", "none", "--no-figures", "--json", cwd=workspace
    )
    assert next_one.returncode == 0, next_one.stderr
    spec = json.loads(next_one.stdout)["runs"][0]["spec"]
    assert str(spec["params"]["hold"]) == folds[-1]["hold"]
    again = refused("tune", "--resume", "results/walked", cwd=workspace)
    assert "results/walked is a finished walk-forward" in again


def test_json(newsbt, workspace):
    done = newsbt(
        *ASK, "--walk-forward", "train=3m,test=4m,anchored,purge=0", "--choose", "stable", "--no-figures",
        "--json", cwd=workspace,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["plan"] == "train=3m,test=4m,anchored,purge=0"
    assert found["choose"] == "stable"
    assert len(found["folds"]) == 1
    assert found["folds"][0]["point"] == found["point"]
    assert found["out_of_sample"] == found["metrics"]["sharpe"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--walk-forward", "24m,6m"], "--walk-forward cannot take '24m'"),
        (["--walk-forward", "train=24m,test=6m"], "needs more than the 240 days"),
        ([*PLAN, "--objective", "sharpe", "--objective", "calmar"], "there are 2 objectives"),
        ([*PLAN, "--choose", "luckiest"], "there is no choice 'luckiest'"),
        ([*PLAN, "--verify", "3"], "--verify"),
    ],
)
def test_bad_input_is_one_sentence(refused, workspace, more, message):
    assert message in refused(*ASK, *more, cwd=workspace)
