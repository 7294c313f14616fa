"""A walk-forward that was killed or interrupted goes on as if nothing had happened."""

import signal
import subprocess
import sys

import pytest

import newsbt
from newsbt.adapters.ledger import Ledger
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.trial_files import read_header
from newsbt.adapters.workspace import Workspace
from newsbt.api import fold_search
from newsbt.api.simple_tune import build_tuning
from newsbt.api.tunings import chosen_spec
from newsbt.api.walk import resume_walk, walk_tuning
from newsbt.errors import InputError
from newsbt.tuning.folds import parse_plan

PLAN = "train=3m,test=2m"
TABLES = ("folds.csv", "walk_equity.csv", "walk_trades.csv", "walk_fills.csv", "trials.parquet")
KILLED = """
import os, signal
from pathlib import Path
from newsbt.adapters.workspace import Workspace
from newsbt.api.simple_tune import build_tuning
from newsbt.api.walk import walk_tuning
from newsbt.tuning.folds import parse_plan

def die(fold, folds, state):
    if fold.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)

place = Workspace(Path({root!r}))
tuning = build_tuning(place, "drift", None, {{"symbols": "BABA"}}, params={{"hold": "2,5,9"}}, where=(),
    search="grid", objective="cagr", trials=None, engine="backtrader", fixed=None, signal_params=None)
walk_tuning(tuning, parse_plan({plan!r}), place, name="killed", progress=die)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("walks") / "mine"
    init_workspace(folder)
    return Workspace(folder.resolve())


@pytest.fixture
def counted(place, monkeypatch):
    """An empty ledger."""
    path = place.root / "data" / "counted.sqlite"
    path.unlink(missing_ok=True)
    monkeypatch.setenv("NEWSBT_LEDGER", str(path))
    return path


def asked(place, **more):
    options = {
        "params": {"hold": "2,5,9"}, "where": (), "search": "grid", "objective": "cagr", "trials": None,
        "engine": "backtrader", "fixed": None, "signal_params": None,
    }  # fmt: skip
    return build_tuning(place, "drift", None, {"symbols": "BABA"}, **{**options, **more})


@pytest.fixture(scope="module")
def whole(place):
    """The folder of the same walk-forward, never interrupted."""
    return walk_tuning(asked(place), parse_plan(PLAN), place, name="whole", ledger="none").path


def assert_same_tables(found, whole):
    assert sorted(path.name for path in found.iterdir()) == sorted(path.name for path in whole.iterdir())
    for name in TABLES:
        assert (found / name).read_bytes() == (whole / name).read_bytes(), name
    ours, theirs = read_header(found), read_header(whole)
    assert {**ours, "created_at": ""} == {**theirs, "created_at": ""}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_killed_in_the_second_window_it_ends_with_the_tables_of_one_that_was_not(place, counted, whole):
    code = KILLED.format(root=str(place.root), plan=PLAN)
    killed = subprocess.run([sys.executable, "-c", code], check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert Ledger.open(counted).trials().count >= 3 + 1  # the first window and its test
    assert not (place.results / "killed").exists()
    assert_same_tables(resume_walk(place.results / "killed", place).path, whole)
    assert not (place.results / "killed.unfinished").exists()
    assert Ledger.open(counted).trials().count == 2 * 3 + 2


def test_interrupted_in_a_window_it_goes_on_within_it(place, counted, whole, monkeypatch):
    monkeypatch.setattr(fold_search, "sweep", _one_at_a_time(fold_search.sweep))

    def stop(fold, folds, state):
        if fold.number == 2 and state.done == 2:
            raise KeyboardInterrupt

    found = walk_tuning(asked(place), parse_plan(PLAN), place, name="stopped", progress=stop)
    assert len(found.walk.folds) == 1
    assert found.path == place.results / "stopped.unfinished"
    assert not read_header(found.path)["finished"]
    assert chosen_spec(found.path, place)[0].params["hold"] == found.walk.point(["hold"])["hold"]
    seen = []
    again = resume_walk(
        place.results / "stopped",
        place,
        progress=lambda fold, folds, state: seen.append((fold.number, state.done)),
    )
    assert seen == [(2, 3)]
    assert_same_tables(again.path, whole)
    # Every trial and every test has been counted once.
    total = Ledger.open(counted).trials()
    assert (total.count, total.points) == (2 * 3 + 2, 2 * 3 + 2)
    kinds = Ledger.open(counted).summary()["searches"].groupby("kind")["points"].sum()
    assert kinds.to_dict() == {"walk-forward": 6, "walk-forward test": 2}


def test_interrupted_before_a_fold_was_finished_its_trials_are_kept(place, whole):
    def stop(fold, folds, state):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        walk_tuning(asked(place), parse_plan(PLAN), place, name="early", ledger="none", progress=stop)
    assert caught.value.args == (place.results / "early.unfinished",)
    found = newsbt.walk_forward(resume=place.results / "early", workspace=place.root, ledger="none")
    assert_same_tables(found.path, whole)


def test_what_cannot_be_gone_on_with(place, whole, monkeypatch):
    with pytest.raises(InputError, match="is a finished walk-forward; there is nothing to go on with"):
        resume_walk(whole, place)

    def stop(fold, folds, state):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        walk_tuning(asked(place), parse_plan(PLAN), place, name="changed", ledger="none", progress=stop)
    settings = place.root / "data" / "shorting.toml"
    before = settings.read_bytes()
    settings.write_bytes(before + b"\n# one line more\n")
    try:
        with pytest.raises(InputError, match=r"shorting\.toml changed since the trials"):
            resume_walk(place.results / "changed", place, ledger="none")
    finally:
        settings.write_bytes(before)


def test_one_that_cannot_choose_leaves_no_folder(place):
    with pytest.raises(InputError, match="has a defined sharpe"):
        walk_tuning(
            asked(place, params={"hold": "200,250"}, objective="sharpe"),
            parse_plan(PLAN),
            place,
            name="vain",
            ledger="none",
        )
    assert not list(place.results.glob("vain*"))


def _one_at_a_time(sweep):
    """`sweep` whose batches are of one point, so that an interrupt falls between two."""

    def slow(evaluator, *args, **how):
        from newsbt.api.sweep import Pace

        evaluator.pace = Pace(1, 1e-9)
        return sweep(evaluator, *args, **how)

    return slow
