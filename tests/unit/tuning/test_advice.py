"""What a finished search is warned of."""

import dataclasses

import pandas as pd
import pytest

from newsbt.params import COMMON
from newsbt.runs import RunSpec
from newsbt.tuning.advice import advice
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.objective import parse_objectives
from newsbt.tuning.request import TuneResult, Tuning


def cut(hold, stop, *, stopped="trials", search="grid", where=()):
    axes = parse_axes(["hold=1:3", "stop=0.1,0.2"], COMMON)
    trials = pd.DataFrame({"hold": hold, "stop": stop, "objective": 1.0, "trades": 100.0})
    tuning = Tuning(RunSpec("drift"), ("hold=1:3", "stop=0.1,0.2"), where=where, search=search)
    return TuneResult("t", tuning, axes, parse_objectives(["sharpe"]), trials, 0, stopped, "fast", 1.0, 1.0)


def told(result):
    return [item.message for item in advice(result) if item.code == "grid-cut-short"]


def test_a_grid_that_ended_early_has_seen_a_corner():
    assert told(cut([1, 1, 2], [0.1, 0.2, 0.1])) == [
        "it ended after 3 of 6 points, with 2 of 3 values of hold"
    ]
    assert told(cut([1, 1, 2], [0.1, 0.2, 0.1], stopped="time"))


@pytest.mark.parametrize(
    "result",
    [
        cut([1, 1, 2, 2, 3, 3], [0.1, 0.2] * 3, stopped="exhausted"),
        cut([1, 1, 2], [0.1, 0.2, 0.1], search="random"),
        cut([1, 2, 3, 3], [0.1, 0.1, 0.1, 0.2]),  # every value was tried
    ],
)
def test_others_are_not_warned(result):
    assert told(result) == []


def test_no_trial_no_warning():
    empty = cut([], [])
    assert advice(dataclasses.replace(empty, best=None)) == ()
