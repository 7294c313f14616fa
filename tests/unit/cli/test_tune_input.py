"""``newsbt tune`` and ``run --from`` with input that cannot be: one sentence, status 2, nothing left."""

import json

import pytest

from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.trials import TrialStore
from newsbt.cli.main import main


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tune-input") / "mine"
    init_workspace(folder)
    return folder


@pytest.fixture
def refused(place, monkeypatch, capsys):
    def call(*args):
        monkeypatch.chdir(place)
        before = sorted(place.rglob("*"))
        with pytest.raises(SystemExit) as end:
            main([str(arg) for arg in args])
        said = capsys.readouterr()
        assert end.value.code == 2
        assert said.out == ""
        (line,) = said.err.splitlines()
        after = [path for path in sorted(place.rglob("*")) if "__pycache__" not in path.parts]
        assert after == [path for path in before if "__pycache__" not in path.parts]
        return line.removeprefix("newsbt: ")

    return call


HUGE = [f"--param={axis}" for axis in ("hold=1:250", *(f"{x}=0:1:0.01" for x in ("stop", "take", "trail")))]
HOLD = ("drift", "--param", "hold=1:3")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("drift",), "nothing is tuned; write --param NAME=LOW:HIGH for one of hold (1 to 250)"),
        (("--param", "hold=1:3"), "no strategy is named"),
        (("drfit", "--param", "hold=1:3"), "did you mean 'drift'?"),
        (("drift", "--param", "hld=1:3"), "no parameter 'hld' in --param; did you mean 'hold'?"),
        (("drift", "--param", "hold=0:3"), "hold is 0; write a whole number, 1 to 250"),
        (("drift", "--param", "hold=3:1"), "runs downwards"),
        (("drift", "--param", "hold"), "is no axis"),
        (("drift", "--param", "stop=0:0.1"), "has no step, which a grid needs"),
        ((*HOLD, "--param", "hold=2:4"), "is given 2 times"),
        (("drift", "--param", "signal.scale=0.5,1"), "no parameter 'signal.scale'"),
        (
            ("drift", "--param", "signal=catalogue,taxonomy", "--param", "signal.scale=0.5,1"),
            "signal catalogue has no such parameter",
        ),
        (("drift", "--param", "broker.commission=0:0.5:0.1"), "write a number, 0 to 0.0999"),
        (("drift", "--param", "entry=open,noon"), "entry is 'noon'; write open, close"),
        ((*HOLD, "--where", "take > stop"), "no parameter 'take' in --where"),
        ((*HOLD, "--where", "hold > 5"), "none of 3 points meets --where"),
        ((*HOLD, "--where", "hold >"), "--where"),
        ((*HOLD, "--search", "gird"), "did you mean 'grid'?"),
        ((*HOLD, "--objective", "shrp"), "did you mean 'sharpe'?"),
        ((*HOLD, "--objective", "sharpe", "--objective", "sharpe"), "is there twice"),
        ((*HOLD, "--trials", "0"), "--trials is 0; write a number from 1 on"),
        ((*HOLD, "--jobs", "-1"), "--jobs is -1"),
        ((*HOLD, "--time-limit", "soon"), "--time-limit is 'soon'"),
        ((*HOLD, "--time-limit", "0"), "--time-limit is '0', no time for any trial"),
        ((*HOLD, "--engine", "slow"), "no engine 'slow'"),
        ((*HOLD, "--resume", "results/x"), "--resume goes on with a tuning as it was begun"),
        (("--resume", "results/x", "--search", "tpe"), "--resume goes on with a tuning as it was begun"),
        (("--resume", "results/x", "--engine", "fast"), "--resume goes on with a tuning as it was begun"),
        ((*HOLD, "--set", "hold=5"), "hold is searched (--param) and given a value as well"),
        ((*HOLD, "--set", "drift.hold=5"), "hold is searched (--param) and given a value as well"),
        (("drift", "--param", "entry=open,close", "--entry", "open"), "entry is searched (--param)"),
        (("drift", "--param", "run.entry=open,close", "--set", "run.entry=open"), "run.entry is searched"),
        (("--resume", "results"), "is no folder of a tuning"),
        (("--resume", "results/nothing"), "is not there"),
        ((*HOLD, "--symbols", "Nothing"), "'Nothing'"),
        (("drift", *HUGE), "the grid has 257,575,250 points"),
    ],
)  # fmt: skip
def test_what_tune_refuses(refused, args, words):
    assert words in refused("tune", *args)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--from", "results/nothing"), "is not there"),
        (("--from", "results"), "is no folder of a tuning"),
        (("drift", "--from", "results/x"), "leave STRATEGY and --preset out"),
        (("drift", "--trial", "3"), "--trial 3 needs the tuning"),
        (("--from", "results/x#one"), "names no trial"),
        (("--from", "results/x#1", "--trial", "2"), "names no trial"),
    ],
)
def test_what_run_from_refuses(refused, args, words):
    assert words in refused("run", *args)


def test_a_tuning_without_a_trial_or_with_a_damaged_header(refused, place):
    header = {"spec": {"strategy": "drift"}, "params": ["hold=1:3"], "axes": []}
    TrialStore.create(place / "results" / "empty", header).close()
    assert "has no finished trial" in refused("run", "--from", "results/empty")
    path = place / "results" / "empty.unfinished" / "tune.json"
    path.write_text(json.dumps({"format": 1, "params": ["hold=1:3"]}))
    assert "the tuning cannot be read" in refused("run", "--from", "results/empty")
    path.write_text("{")
    assert "is damaged" in refused("tune", "--resume", "results/empty")
