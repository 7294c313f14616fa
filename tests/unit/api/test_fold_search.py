"""The search of one training window in the real engine: trials as by hand, counted, in time, interrupted."""

import time

import pytest

import newsbt
from newsbt.adapters.plugins import describe
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.workspace import Workspace
from newsbt.api.backtest import backtest
from newsbt.api.fold_search import FoldSearch, run_point
from newsbt.api.inputs import gather
from newsbt.api.ledger import open_trial_log
from newsbt.api.walkforward import Windows, walk_forward
from newsbt.runs import RunSpec
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.folds import parse_plan
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.space import Space

RETURN = parse_objective("total_return")
SPEC = RunSpec("drift", symbols=("BABA",), params={"weight": 0.5})
PLAN = parse_plan("train=3m,test=4m")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("folds") / "mine"
    init_workspace(folder)
    return Workspace(folder.resolve())


@pytest.fixture(scope="module")
def space(place):
    known = {param.name: param for param in describe(place.strategy("drift")).params}
    return Space(parse_axes(["hold=2,5,9"], known))


@pytest.fixture(scope="module")
def windows(place, space):
    return Windows(SPEC, place, space, PLAN)


def test_the_trials_are_backtests_of_the_window(place, space, windows):
    (fold,) = windows.folds
    given = windows.training(fold)
    trials = FoldSearch(place, space, RETURN, engine="backtrader")(fold, given)
    assert trials["hold"].tolist() == [2, 5, 9]
    assert trials["trial"].tolist() == [0, 1, 2]
    for hold, found in zip(trials["hold"], trials["objective"], strict=True):
        spec = RunSpec(**{**vars(given.spec), "params": {"weight": 0.5, "hold": hold}})
        assert found == backtest(spec, given.inputs, "alone").metrics["total_return"]


def test_a_point_runs_as_the_command_would(place):
    spec = RunSpec(**{**vars(SPEC), "params": {"weight": 0.5, "hold": 7}})
    found = run_point(place, "backtrader")(SPEC, {"hold": 7})
    assert found.metrics == backtest(spec, gather(spec, place), "alone").metrics
    assert found.spec == spec


def test_a_limit_in_trials_and_one_in_time(place, space, windows):
    (fold,) = windows.folds
    given = windows.training(fold)
    search = FoldSearch(place, space, RETURN, search="random", trials=2, engine="backtrader")
    assert len(search(fold, given)) == 2
    # A deadline that has passed still leaves something to choose from.
    late = FoldSearch(place, space, RETURN, deadline=time.monotonic() - 5, engine="backtrader")
    assert 1 <= len(late(fold, given)) <= 3


def test_every_trial_of_every_window_is_counted(place, space, monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSBT_LEDGER", str(tmp_path / "ledger.sqlite"))
    log = open_trial_log(place)
    windows = Windows(SPEC, place, space, parse_plan("train=3m,test=2m"))
    told = []
    search = FoldSearch(
        place,
        space,
        RETURN,
        engine="backtrader",
        log=log,
        progress=lambda fold, state: told.append(fold.number),
    )
    found = walk_forward(windows, space, RETURN, search=search, test=run_point(place, "backtrader"))
    assert len(found.folds) == 2
    assert len(found.trials) == 6
    assert log.findings == []
    assert log.ledger.trial_count() == 6
    assert sorted(set(told)) == [1, 2]
    assert search.failures.listed() == []


def test_ctrl_c_in_the_first_window_ends_it(place, space, windows):
    def stop(fold, state):
        raise KeyboardInterrupt

    (fold,) = windows.folds
    search = FoldSearch(place, space, RETURN, engine="backtrader", progress=stop)
    with pytest.raises(KeyboardInterrupt):
        search(fold, windows.training(fold))


def test_from_a_notebook(place, tmp_path):
    options = {"symbols": "BABA", "workspace": place.root, "ledger": "none", "engine": "backtrader"}
    found = newsbt.walk_forward(
        "drift", "train=3m,test=4m", params={"hold": [2, 5, 9]}, objective="total_return", **options
    )
    assert found.path is None
    assert found.names == ("hold",)
    assert len(found.walk.folds) == 1
    assert found.walk.point(found.names)["hold"] in (2, 5, 9)
    assert found.manifest["chosen_point"] == found.walk.point(["hold"])
    with pytest.raises(newsbt.NewsbtError, match="plan has no test"):
        newsbt.walk_forward("drift", "train=3m", params={"hold": [2, 5]}, **options)
    with pytest.raises(newsbt.NewsbtError, match="there is no engine 'quick'"):
        newsbt.walk_forward(
            "drift", "train=3m,test=4m", params={"hold": [2]}, **{**options, "engine": "quick"}
        )
