"""A signal that learns sees all earlier prices, and what is traded stays the same."""

import datetime as dt

import pandas as pd
import pytest

from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.workspace import Workspace
from newsbt.api.groups import GroupedRuns
from newsbt.api.inputs import WARM_UP, gather
from newsbt.api.worlds import build_world
from newsbt.runs import RunSpec

START = dt.date(2025, 3, 3)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("learning") / "mine"
    init_workspace(folder)
    return Workspace(folder.resolve())


def spec(signal, **params):
    return RunSpec(
        strategy="drift", signal=signal, signal_params=params, symbols=("BABA", "JD", "PDD"), start=START
    )


def test_prices_begin_where_the_source_does_and_the_tapes_where_the_warm_up_does(place):
    plain, learning = gather(spec("taxonomy"), place), gather(spec("reaction"), place)
    first = pd.Timestamp(START - WARM_UP)
    assert min(frame.index[0] for frame in plain.book.bars.values()) >= first
    assert all(frame.index[0] < first for frame in learning.book.bars.values())
    one, other = (
        build_world(spec(kind), inputs)[1] for kind, inputs in (("taxonomy", plain), ("reaction", learning))
    )
    assert [len(tape.days) for tape in one.tapes] == [len(tape.days) for tape in other.tapes]


def test_a_search_over_signals_gives_what_each_gives_alone(place):
    groups = GroupedRuns(spec("taxonomy"), place)
    found = groups.prepare(groups.spec_of({"run.signal": "reaction"}))
    alone = build_world(found.spec, gather(found.spec, place))
    assert found.inputs.whole
    pd.testing.assert_frame_equal(found.audit, alone[0])


def test_an_ensemble_learns_where_one_of_its_models_does(place):
    assert gather(spec("ensemble", models="taxonomy+reaction"), place).whole
    asked = gather(spec("ensemble", models="taxonomy+surprise"), place)
    assert not asked.whole
    assert {"signals/ensemble.py", "signals/taxonomy.py", "signals/surprise.py"} <= set(asked.hashes)
    assert "data/taxonomy.toml" in asked.hashes
