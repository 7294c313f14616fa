"""Equal trials have equal fingerprints however they came about; different ones differ."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from newsbt.runs import RunSpec
from newsbt.tuning.fingerprint import describe_trial, fingerprint, fingerprints

DEFAULTS = {"hold": 10, "stop": 0.0, "side": "both", "signal.half_life": 5.0}
SPEC = RunSpec("drift", {"stop": 0.05}, symbols=("Alibaba",))


def of(spec, code=""):
    return fingerprint(describe_trial(spec, code), DEFAULTS)


def test_a_point_of_a_search_is_the_run_with_its_values():
    batch = pd.DataFrame(
        {
            "hold": [3, 10, 3],
            "side": ["long", "both", "both"],
            "signal.half_life": [5.0, 2.0, 5.0],
            "run.entry": ["open", "close", "open"],
            "run.cash": [1e6, 1e6, 5e5],
        }
    )
    found = fingerprints(describe_trial(SPEC), batch, DEFAULTS)
    runs = [
        dataclasses.replace(SPEC, params={"stop": 0.05, "hold": 3, "side": "long"}),
        dataclasses.replace(SPEC, signal_params={"half_life": 2}, entry="close"),
        dataclasses.replace(SPEC, params={"side": "both", "hold": 3, "stop": 0.05}, cash=500_000),
    ]
    assert list(found) == [of(run) for run in runs]
    assert len(set(found)) == 3


def test_a_column_wins_over_the_specification():
    batch = pd.DataFrame({"stop": [0.05, 0.0]})
    found = fingerprints(describe_trial(SPEC), batch, DEFAULTS)
    assert list(found) == [of(SPEC), of(dataclasses.replace(SPEC, params={}))]


@pytest.mark.parametrize(
    "change",
    [
        {"strategy": "fade"},
        {"params": {"stop": 0.06}},
        {"params": {"stop": -0.05}},
        {"params": {"take": 0.05}},
        {"signal": "taxonomy"},
        {"signal_params": {"stop": 0.05}},
        {"symbols": ("Alibaba", "JD.com")},
        {"start": dt.date(2020, 1, 2)},
        {"end": dt.date(2020, 1, 2)},
        {"latency": dt.timedelta(minutes=6)},
        {"entry": "close"},
        {"broker": "zero"},
        {"seed": 1},
    ],
)
def test_what_is_chosen_makes_another_trial(change):
    assert of(dataclasses.replace(SPEC, **change)) != of(SPEC)


def test_an_edited_strategy_is_another_trial_and_a_benchmark_is_not():
    assert of(SPEC, "old") != of(SPEC, "new")
    assert of(dataclasses.replace(SPEC, benchmark="HSI")) == of(SPEC)


def test_values_change_places_and_are_told_apart():
    one = fingerprints({}, pd.DataFrame({"a": [1, 2], "b": [2, 1]}))
    assert one[0] != one[1]


def test_kinds_of_numbers_are_one_kind():
    frames = [pd.DataFrame({"a": [value]}) for value in (1, 1.0, np.int32(1), np.float32(1), True)]
    frames.append(pd.DataFrame({"a": pd.Series([1], dtype=object)}))
    assert len({int(fingerprints({}, frame)[0]) for frame in frames}) == 1
    assert fingerprint({"a": -0.0}) == fingerprint({"a": 0.0}) != fingerprint({"a": "0.0"})


def test_fingerprints_are_even_and_do_not_meet():
    """Of 200,000 points none meet, and each of the 64 bits is set in half of them (five deviations)."""
    hold, stop = np.divmod(np.arange(200_000), 1000)
    found = fingerprints(describe_trial(SPEC), pd.DataFrame({"hold": hold, "stop": stop / 1000}))
    assert len(np.unique(found)) == 200_000
    shares = ((found[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)).mean(axis=0)
    assert np.abs(shares - 0.5).max() < 5 * 0.5 / np.sqrt(200_000)
