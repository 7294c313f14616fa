"""Axes as users write them: exact decimals, both ends, bounds, and what is refused with which sentence."""

import numpy as np
import pandas as pd
import pytest

from newsbt.errors import InputError, ParameterError, UnknownNameError
from newsbt.params import COMMON, Param
from newsbt.tuning.axes import Axis, parse_axes, parse_axis

KNOWN = {
    **COMMON,
    "run.entry": Param("entry", "open", choices=("open", "close")),
    "run.hold": Param("hold", 1),
    "signal.gain": Param("gain", 1.0, 0, 10),
    "flip": Param("flip", False),
    "free": Param("free", None),
    "broker.commission": Param("commission", None),
    "run.latency": Param("latency", "5min"),
}


@pytest.mark.parametrize(
    ("text", "values"),
    {
        "hold=1:5": (1, 2, 3, 4, 5),
        "hold=1:20:6": (1, 7, 13, 19),
        " hold = 3 : 3 ": (3,),
        "hold=10,1,5": (10, 1, 5),
        "stop=0.02:0.10:0.01": (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1),
        "stop=0:0.3:0.1": (0.0, 0.1, 0.2, 0.3),
        "stop=0:1e-2:5e-3": (0.0, 0.005, 0.01),
        "stop=0.1": (0.1,),
        "stop=0.1:0.1": (0.1,),
        "free=1:3": (1, 2, 3),
        "free=1:2:0.5": (1.0, 1.5, 2.0),
        "entry=open,close": ("open", "close"),
        "flip=yes,no": (True, False),
        "broker.commission=0.001,ibkr_tiered": (0.001, "ibkr_tiered"),
        "latency=0min,1:30": ("0min", "1:30"),
    }.items(),
)
def test_values_are_the_ones_written(text, values):
    axis = parse_axis(text, KNOWN)
    assert axis.values == values  # noqa: PD011
    assert [type(value) for value in axis.values] == [type(value) for value in values]  # noqa: PD011
    assert not axis.continuous
    assert axis.size == len(values)


def test_a_number_without_a_step_is_continuous():
    axis = parse_axis("stop=0.02:0.1", KNOWN)
    assert axis == Axis("stop", "float", 0.02, 0.1)
    assert axis.continuous
    assert axis.size is None
    assert axis.from_unit(np.array([0.0, 0.5])).tolist() == [0.02, pytest.approx(0.06)]


def test_a_bare_run_field_becomes_one_unless_the_strategy_has_the_name():
    assert parse_axis("entry=open", KNOWN).name == "run.entry"
    assert parse_axis("run.entry=open", KNOWN).name == "run.entry"
    assert parse_axis("hold=2", KNOWN).name == "hold"
    assert parse_axis("run.hold=2", KNOWN).name == "run.hold"


def test_columns_have_the_dtype_of_their_kind():
    kinds = {"hold=1:3": "int64", "stop=0:1:0.5": "float64", "entry=open": "str", "flip=yes": "bool"}
    for text, dtype in kinds.items():
        axis = parse_axis(text, KNOWN)
        assert axis.column(np.array([0])).dtype == dtype
        assert axis.column(np.array([], dtype=np.int64)).dtype == dtype
    mixed = parse_axis("broker.commission=0.001,ibkr_tiered", KNOWN)
    assert mixed.column(np.array([1, 0])).tolist() == ["ibkr_tiered", 0.001]


def test_positions_find_values_and_nothing_else():
    axis = parse_axis("hold=10,1,5", KNOWN)
    assert axis.positions(pd.Series([5, 10, 7])).tolist() == [2, 0, -1]
    words = parse_axis("broker.commission=0.001,ibkr_tiered", KNOWN)
    assert words.positions(pd.Series([0.001, "ibkr_tiered", "x"], dtype=object)).tolist() == [0, 1, -1]


def test_a_unit_interval_gives_each_value_an_equal_share():
    axis = parse_axis("hold=1:4", KNOWN)
    assert axis.from_unit(np.array([0, 0.2499, 0.25, 0.5, 0.75, 1 - 1e-16])).tolist() == [1, 1, 2, 3, 4, 4]


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("hold", InputError, "is no axis"),
        ("hold=", InputError, "is no axis"),
        ("=1:2", InputError, "is no axis"),
        ("hodl=1", UnknownNameError, "did you mean 'hold'"),
        ("signal.gian=1", UnknownNameError, "did you mean 'signal.gain'"),
        ("hold=0:5", ParameterError, "hold is 0; write a whole number, 1 to 250"),
        ("hold=1:300", ParameterError, "hold is 300; write a whole number, 1 to 250"),
        ("signal.gain=1,11", ParameterError, "signal.gain is '11'; write a number, 0 to 10"),
        ("hold=1.5:3", ParameterError, "whole number"),
        ("hold=1:5:0.5", ParameterError, "whole step"),
        ("hold=5:1", InputError, "runs downwards; write 1:5"),
        ("hold=1:5:0", InputError, "step 0; write a step above 0"),
        ("stop=0.1:0.2:-0.1", InputError, "write a step above 0"),
        ("hold=1,1", InputError, "1 is there twice"),
        ("stop=0.10,0.1", InputError, "0.1 is there twice"),
        ("hold=1,,2", InputError, "a value is empty"),
        ("hold=1:2:3:4", InputError, "4 parts"),
        ("hold=a:b", InputError, "'a' is not a number"),
        ("stop=nan:1", InputError, "'nan' is not a number"),
        ("stop=:1", InputError, "'' is not a number"),
        ("hold=1:1e400000", InputError, "is not a number"),
        ("hold=1:5,7", ParameterError, "'1:5'"),
        ("entry=opne", ParameterError, "open, close"),
        ("flip=perhaps", ParameterError, "yes or no"),
        ("stop=0:1:1e-9", InputError, "more than 1,000,000 values"),
        ("stop=0.5:0.5000000000000001:1e-17", InputError, "too small"),
    ],
)
def test_what_is_no_axis_is_refused_in_one_sentence(text, error, says):
    with pytest.raises(error) as caught:
        parse_axis(text, KNOWN)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_parameter_is_tuned_once():
    assert [axis.name for axis in parse_axes(["hold=1:2", "entry=open"], KNOWN)] == ["hold", "run.entry"]
    with pytest.raises(InputError, match=r"run\.entry is given 2 times"):
        parse_axes(["entry=open", "run.entry=close"], KNOWN)
    with pytest.raises(InputError, match="nothing is tuned"):
        parse_axes([], KNOWN)
