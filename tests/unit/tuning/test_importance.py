"""Shares of variance against functions whose shares are known, and slices by hand."""

import numpy as np
import pandas as pd
import pytest

from newsbt.params import COMMON
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.importance import importance, slices
from newsbt.tuning.space import Space


def test_an_additive_function_on_a_grid_is_split_exactly():
    # hold + 20 * stop + 3 * (side == "long"): variances of 1..5, of 0, 10, 20 and of 0, 3.
    axes = parse_axes(["stop=0:1:0.5", "hold=1:5", "side=long,short"], COMMON)
    trials = Space(axes).grid()
    trials["objective"] = trials["hold"] + 20 * trials["stop"] + 3 * (trials["side"] == "long")
    parts = {"stop": 200 / 3, "side": 9 / 4, "hold": 2.0}
    found = importance(trials, axes)
    assert list(found.index) == ["stop", "side", "hold"]
    for name, variance in parts.items():
        assert found[name] == pytest.approx(variance / sum(parts.values()), rel=1e-12)
    assert found.sum() == pytest.approx(1)


def test_an_interaction_belongs_to_no_axis():
    axes = parse_axes(["hold=1:2", "delay=0:1"], COMMON)
    trials = Space(axes).grid().assign(objective=[1.0, -1.0, -1.0, 1.0])
    assert importance(trials, axes).tolist() == [0.0, 0.0]


def test_continuous_axes_are_split_as_the_integrals_say():
    # f = 2 x + y on the unit square: variances 4/12 and 1/12. Deciles lose 1 % of each, chance adds 9/4999.
    rng = np.random.default_rng(0)
    axes = parse_axes(["stop=0:1", "take=0:1", "trail=0:1"], COMMON)
    trials = pd.DataFrame(rng.random((5000, 3)), columns=["stop", "take", "trail"])
    trials["objective"] = 2 * trials["stop"] + trials["take"]
    found = importance(trials, axes)
    assert found["stop"] == pytest.approx(0.8 * 0.99, abs=0.03)
    assert found["take"] == pytest.approx(0.2 * 0.99, abs=0.03)
    assert found["trail"] < 0.01


def test_results_that_do_not_differ_explain_nothing():
    axes = parse_axes(["hold=1:3"], COMMON)
    for results in ([1.0, 1.0, 1.0], [np.nan, np.nan, 1.0], [np.nan] * 3):
        assert importance(Space(axes).grid().assign(objective=results), axes).isna().all()


def test_undefined_results_are_left_out():
    axes = parse_axes(["hold=1:4"], COMMON)
    trials = Space(axes).grid().assign(objective=[1.0, np.nan, 3.0, np.inf])
    assert importance(trials, axes)["hold"] == 1.0


def test_a_slice_by_hand():
    axes = parse_axes(["side=short,long", "hold=1:5"], COMMON)
    trials = Space(axes).grid().assign(objective=[1.0, 2, 3, 4, 5, 10, 20, 30, 40, np.nan])
    found = slices(trials, axes[0]).set_index("value")
    assert list(found.index) == ["short", "long"]
    assert found.loc["short", ["worst", "lower", "median", "upper", "best"]].tolist() == [1, 2, 3, 4, 5]
    assert found.loc["long", ["worst", "lower", "median", "upper", "best"]].tolist() == [
        10,
        17.5,
        25,
        32.5,
        40,
    ]
    assert found["trials"].tolist() == [5, 5]
    assert found["undefined"].tolist() == [0, 1]
    hold = slices(trials, axes[1])
    assert hold["value"].tolist() == [1, 2, 3, 4, 5]
    assert hold["best"].tolist() == [10, 20, 30, 40, 5]


def test_a_continuous_slice_is_by_deciles():
    (axis,) = parse_axes(["stop=0:1"], COMMON)
    trials = pd.DataFrame({"stop": np.linspace(0, 1, 100)}).assign(objective=np.arange(100.0))
    found = slices(trials, axis)
    assert found["trials"].tolist() == [10] * 10
    assert found["best"].tolist() == [9.0 + 10 * group for group in range(10)]
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
