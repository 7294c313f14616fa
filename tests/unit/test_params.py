"""Parameters: kinds, bounds, and messages that help."""

import math

import pytest

from newsbt.errors import ParameterError, UnknownNameError
from newsbt.params import COMMON, Param, check_params, make_param

PARAMS = (
    Param("hold", 5, 1, 250),
    Param("stop", 0.0, 0, 1),
    Param("side", "both", choices=("both", "long", "short")),
    Param("loud", False),
    Param("label", "x"),
    Param("extra", None),
    Param("free", 1.0),
)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("hold", "7", 7),
        ("hold", 7.0, 7),
        ("hold", "1", 1),
        ("hold", " 250 ", 250),
        ("stop", "0.05", 0.05),
        ("stop", 1, 1.0),
        ("stop", "5e-2", 0.05),
        ("side", "long", "long"),
        ("loud", "yes", True),
        ("loud", "0", False),
        ("loud", True, True),
        ("label", "a=b", "a=b"),
        ("extra", "3", 3),
        ("extra", "3.5", 3.5),
        ("extra", "true", True),
        ("extra", "word", "word"),
    ],
)
def test_a_value_takes_the_kind_of_its_default(name, given, expected):
    value = check_params(PARAMS, {name: given}, "strategy x")[name]
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("hold", "0"),
        ("hold", "251"),
        ("hold", "2.5"),
        ("hold", "two"),
        ("hold", ""),
        ("hold", True),
        ("hold", "nan"),
        ("hold", "inf"),
        ("stop", "-0.01"),
        ("stop", "1.01"),
        ("stop", "nan"),
        ("stop", math.inf),
        ("stop", [1]),
        ("side", "Long"),
        ("side", ""),
        ("loud", "maybe"),
        ("free", "inf"),
        ("extra", "nan"),
        ("extra", [1]),
    ],
)
def test_a_wrong_value_is_refused_with_who_name_and_value(name, given):
    with pytest.raises(ParameterError) as caught:
        check_params(PARAMS, {name: given}, "strategy x")
    message = str(caught.value)
    assert message.startswith(f"strategy x: {name} is ")
    assert "; write " in message


def test_the_message_says_the_bounds():
    with pytest.raises(ParameterError, match=r"hold is '300'; write a whole number, 1 to 250$"):
        check_params(PARAMS, {"hold": "300"}, "strategy drift")
    with pytest.raises(ParameterError, match=r"write both, long, short$"):
        check_params(PARAMS, {"side": "down"}, "strategy drift")


def test_an_unknown_parameter_gets_the_nearest_name():
    with pytest.raises(UnknownNameError, match=r"did you mean 'hold'\?"):
        check_params(PARAMS, {"hodl": "3"}, "strategy drift")


def test_only_what_was_given_comes_back():
    assert check_params(PARAMS, {}, "x") == {}


def test_common_parameters_need_no_bounds():
    param = make_param("stop", 0, None)
    assert (param.default, type(param.default), param.low, param.high) == (0.0, float, 0, 1)
    assert param.description == COMMON["stop"].description


def test_a_file_of_plain_backtrader_may_mean_something_else_by_a_common_name():
    assert make_param("stop", 500, None, common=False).high is None
    with pytest.raises(ValueError, match="stop is 500"):
        make_param("stop", 500, None)


def test_a_default_that_a_common_parameter_cannot_have_is_named():
    with pytest.raises(ValueError, match="hold is 'ten'; write a whole number, 1 to 250"):
        make_param("hold", "ten", None)
    with pytest.raises(ValueError, match="stop is 'x'; write a number, 0 to 1"):
        make_param("stop", "x", None)


def test_bounds_that_run_down_are_named():
    with pytest.raises(ValueError, match="bounds of depth run from 9 down to 1; write the lower one first"):
        make_param("depth", 3, (9, 1, "how deep"))


@pytest.mark.parametrize("bounds", [(1,), (1, "a"), (1, 2, 3), "text", 5, ((1, 2), "d"), ("a", "b", "c")])
def test_malformed_bounds_are_named(bounds):
    with pytest.raises(ValueError, match="bounds of depth"):
        make_param("depth", 3, bounds)


@pytest.mark.parametrize(
    ("param", "words"),
    [
        (Param("a", 1, 1, 9), "1 to 9"),
        (Param("a", 1, 1), "1 or more"),
        (Param("a", 1, None, 9), "9 or less"),
        (Param("a", 1), "any"),
        (Param("a", True), "yes or no"),
        (Param("a", "x"), "text"),
        (Param("a", "x", choices=("x", "y")), "x, y"),
    ],
)
def test_accepted_values_in_words(param, words):
    assert param.accepts == words
