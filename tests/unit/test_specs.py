"""A specification goes through JSON and back; the id of a run depends on it and on the time alone."""

import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.errors import InputError
from newsbt.runs import RunSpec
from newsbt.specs import run_id, spec_from_json, spec_to_json

NOON = dt.datetime(2025, 2, 12, 12, 0, tzinfo=dt.UTC)
VALUES = st.one_of(
    st.integers(-100, 100), st.floats(allow_nan=False, allow_infinity=False), st.text(), st.booleans()
)

SPECS = st.builds(
    RunSpec,
    strategy=st.text(min_size=1),
    params=st.dictionaries(st.text(), VALUES, max_size=3),
    signal_params=st.dictionaries(st.text(), VALUES, max_size=3),
    symbols=st.lists(st.text()).map(tuple),
    start=st.none() | st.dates(),
    end=st.none() | st.dates(),
    catalysts=st.lists(st.text()).map(tuple),
    cash=st.floats(1, 1e12),
    latency=st.integers(0, 10**6).map(lambda s: dt.timedelta(seconds=s)),
    seed=st.integers(0, 2**32 - 1),
)


@given(SPECS)
def test_a_specification_survives_json(spec):
    assert spec_from_json(json.loads(json.dumps(spec_to_json(spec))), "run.json") == spec


def test_missing_fields_take_their_defaults():
    assert spec_from_json({"strategy": "drift"}, "run.json") == RunSpec("drift")


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"strategy": "drift", "speed": 3},
        {"strategy": "drift", "start": "yesterday"},
        {"strategy": "drift", "start": 3},
        {"strategy": "drift", "latency": "long"},
        {"strategy": "drift", "latency": 5},
        {"strategy": "drift", "symbols": 5},
    ],
)
def test_a_damaged_specification_names_its_file(table):
    with pytest.raises(InputError):
        spec_from_json(table, "run.json")


@given(SPECS)
def test_an_id_is_a_plain_name_of_a_folder(spec):
    assert re.fullmatch(r"[A-Za-z0-9._-]+-20250212T120000Z-[0-9a-f]{8}", run_id(spec, NOON))
    assert not run_id(spec, NOON).startswith((".", "-"))


def test_an_id_tells_specifications_times_and_zones_apart():
    first = run_id(RunSpec("drift"), NOON)
    assert first == run_id(RunSpec("drift"), NOON.astimezone(dt.timezone(dt.timedelta(hours=8))))
    assert first != run_id(RunSpec("drift", {"hold": 3}), NOON)
    assert first != run_id(RunSpec("drift"), NOON + dt.timedelta(seconds=1))
