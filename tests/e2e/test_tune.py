"""``newsbt tune`` as a user calls it: a grid, the run of its best, a kill, Ctrl-C, a limit of time."""

import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import newsbt
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.trial_files import read_trials

PERIOD = {"symbols": "9988.HK", "start": "2024-09-02", "end": "2024-12-31"}
OPTIONS = [word for name, value in PERIOD.items() for word in (f"--{name}", value)]
SMALL = ("tune", "drift", "--param", "hold=1:3", "--param", "stop=0.04,0.08", *OPTIONS)
LONG = {"hold": "1:60", "stop": "0:0.1:0.01", "side": "both,long"}
ENGINE = ("--engine", "backtrader")


def start(workspace, name, *more):
    """A search that takes long, in the background."""
    axes = [word for axis, values in LONG.items() for word in ("--param", f"{axis}={values}")]
    return subprocess.Popen(
        [sys.executable, "-m", "newsbt", "tune", "drift", *axes, *OPTIONS, *ENGINE, "--name", name, *more],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))},
    )


def wait_for_trials(workspace, name, count=1):
    """Until some have been written."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        written = list((workspace / "results" / f"{name}.unfinished" / "parts").glob("0*"))
        if len(written) >= count:
            return
        time.sleep(0.02)
    pytest.fail("no trial in a minute")


def test_a_grid_its_best_and_the_run_of_the_best(newsbt_json, workspace):
    answer = newsbt_json(*SMALL, "--name", "grid", "--verify", "3")
    folder = workspace / "results" / "grid"
    trials = read_trials(folder)
    assert trials["hold"].tolist() == [1, 1, 2, 2, 3, 3]
    assert trials["stop"].tolist() == [0.04, 0.08] * 3
    assert answer["trials"] == 6
    best = trials.loc[trials["sharpe"].idxmax()]
    assert answer["best"]["trial"] == best["trial"]
    assert answer["best"]["point"] == {"hold": best["hold"], "stop": best["stop"]}
    assert [row["difference"] for row in answer["verified"]] == ["", "", ""]
    assert sum(row is not None for row in answer["top"]) == trials["objective"].notna().sum()
    pictures = {path.suffix for path in folder.iterdir()}
    assert {".png", ".svg", ".parquet", ".json"} <= pictures

    (run,) = newsbt_json("run", "--from", "results/grid", "--no-figures")["runs"]
    assert run["metrics"]["sharpe"] == pytest.approx(best["sharpe"], rel=1e-9)
    assert run["metrics"]["final_equity"] == pytest.approx(best["final_equity"], rel=1e-9)
    assert run["spec"]["end"] == "2024-12-31"
    (third,) = newsbt_json("run", "--from", "results/grid#3", "--no-figures")["runs"]
    assert third["spec"]["params"] == {"hold": 2, "stop": 0.08}


@pytest.fixture
def newsbt_json(newsbt, workspace):
    def call(*args):
        done = newsbt(*args, "--json", cwd=workspace)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return call


def test_the_summary_of_a_search_with_two_objectives(newsbt, workspace):
    goals = ("--objective", "sharpe", "--objective", "max_drawdown")
    done = newsbt(*SMALL, "--where", "hold != 2", *goals, "--no-figures", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "4 trials" in done.stdout
    assert "Pareto front" in done.stdout
    assert "the best of 4 trials" in done.stdout
    assert "signals that reach the best trial rest on labels made after" in " ".join(done.stdout.split())
    assert "newsbt run --from results/tune-drift-" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_killed_search_goes_on_to_the_table_of_one_that_was_not(newsbt, workspace):
    search = ("--search", "tpe", "--trials", "60", "--no-figures")
    killed = start(workspace, "killed", *search)
    wait_for_trials(workspace, "killed")
    killed.kill()
    killed.communicate(timeout=30)
    kept = read_trials(workspace / "results" / "killed")
    assert 0 < len(kept) < 60
    done = newsbt("tune", "--resume", "results/killed", "--no-figures", cwd=workspace)
    assert done.returncode == 0, done.stderr
    whole = newsbt_tune(workspace, params=LONG, search="tpe", trials=60)
    found = read_trials(workspace / "results" / "killed")
    assert_frame_equal(found, whole.trials)
    assert_frame_equal(found.iloc[: len(kept)], kept)


def newsbt_tune(workspace, **how):
    return newsbt.tune("drift", workspace=workspace, engine="backtrader", **PERIOD, **how)


def test_ctrl_c_keeps_what_was_done(newsbt, workspace):
    search = start(workspace, "stopped", "--jobs", "2")
    wait_for_trials(workspace, "stopped")
    for _ in range(2):  # people press it twice
        search.send_signal(signal.SIGINT)
    out, err = search.communicate(timeout=60)
    assert search.returncode == 130
    assert "Traceback" not in err
    assert "interrupted; kept" in err
    assert "newsbt tune --resume results/stopped.unfinished" in out
    kept = len(read_trials(workspace / "results" / "stopped"))
    assert kept > 0
    done = newsbt(
        "tune", "--resume", "results/stopped.unfinished", "--trials", kept + 2, "--no-figures", cwd=workspace
    )
    assert done.returncode == 0, done.stderr
    assert len(read_trials(workspace / "results" / "stopped")) == kept + 2


def test_a_limit_of_time_ends_it_and_more_trials_go_on(workspace):
    first = newsbt_tune(workspace, params=LONG, time_limit="1s", save=True, name="timed")
    assert first.stopped == "time"
    assert 0 < len(first.trials) < 1320
    assert first.seconds < 10
    more = newsbt.tune(resume=first.path, workspace=workspace, trials=len(first.trials) + 3)
    assert more.stopped == "trials"
    assert more.path == first.path
    assert len(more.trials) == len(first.trials) + 3
    assert_frame_equal(more.trials.iloc[:-3], first.trials)


def test_trials_of_two_versions_of_a_strategy_are_not_mixed(tmp_path):
    place = tmp_path / "mine"
    init_workspace(place)
    found = newsbt_tune(place, params={"hold": "1:5"}, trials=2, save=True)
    file = place / "strategies" / "drift.py"
    file.write_text(file.read_text() + "\n# edited\n")
    with pytest.raises(newsbt.NewsbtError, match=r"strategies/drift\.py changed since"):
        newsbt.tune(resume=found.path, workspace=place)


def test_in_python(workspace):
    found = newsbt_tune(workspace, params={"hold": [2, 4], "stop": "0:0.08:0.04"}, where="hold * stop < 0.3")
    assert isinstance(found.trials, pd.DataFrame)
    assert len(found.trials) == 5
    assert found.best_point == {
        "hold": int(found.trials["hold"][found.best]),
        "stop": found.trials["stop"][found.best],
    }
    assert found.path is None
    single = newsbt.run("drift", params=found.best_point, workspace=workspace, **PERIOD)
    assert single.metrics["sharpe"] == pytest.approx(found.trials["sharpe"].max(), rel=1e-12)
