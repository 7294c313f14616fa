"""Grids by hand, slices of very large ones, constraints and messages."""

import itertools

import numpy as np
import pytest

from newsbt.errors import InputError, UnknownNameError
from newsbt.params import COMMON, Param
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.constraints import parse_where
from newsbt.tuning.space import Space

KNOWN = {
    **COMMON,
    "run.entry": Param("entry", "open", choices=("open", "close")),
    "broker.commission": Param("commission", None),
    **{name: Param(name, 0, 0, 999_999) for name in "abcd"},
}


def space(*texts, where=()):
    axes = parse_axes(texts, KNOWN)
    return Space(axes, [parse_where(text, [axis.name for axis in axes]) for text in where])


def test_the_first_axis_is_slowest():
    found = space("hold=1:2", "stop=0.1,0.3,0.2", "entry=open,close").grid()
    expected = list(itertools.product([1, 2], [0.1, 0.3, 0.2], ["open", "close"]))
    assert list(found.itertuples(index=False, name=None)) == expected
    assert list(found.columns) == ["hold", "stop", "run.entry"]


def test_constraints_leave_rows_out_and_do_not_move_the_numbers():
    limited = space("take=0.1:0.3:0.1", "stop=0.1:0.3:0.1", where=["take > stop"])
    assert limited.size == 9
    assert limited.grid().to_numpy().tolist() == [[0.2, 0.1], [0.3, 0.1], [0.3, 0.2]]
    assert limited.grid(3, 6).to_numpy().tolist() == [[0.2, 0.1]]
    assert limited.grid(0, 3).empty


def test_a_slice_far_inside_a_very_large_grid():
    big = space("a=0:999", "b=0:999", "c=0:999", "d=0:999999")
    assert big.size == 10**15
    found = big.grid(123_456_789_999_998, 123_456_790_000_001)
    assert found.to_numpy().tolist() == [[123, 456, 789, 999998], [123, 456, 789, 999999], [123, 456, 790, 0]]


def test_grids_beyond_64_bits_are_addressed_too():
    huge = space("a=0:99999", "b=0:99999", "c=0:99999", "d=0:99999")
    assert huge.size == 10**20
    assert huge.grid(10**20 - 2).to_numpy().tolist() == [[99999] * 3 + [99998], [99999] * 4]
    assert huge.grid(10**20).empty
    assert list(huge.grid(10**20).columns) == ["a", "b", "c", "d"]


def test_points_by_number_are_the_grid():
    small = space("hold=1:3", "stop=0:1:0.5", "entry=open,close")
    numbers = np.array([17, 0, 5], dtype=np.int64)
    assert small.points(numbers).equals(small.grid().iloc[numbers].reset_index(drop=True))


def test_a_grid_needs_steps_and_says_so():
    with pytest.raises(InputError, match=r"stop=0\.1:0\.5 has no step.*stop=0\.1:0\.5:0\.04"):
        space("hold=1:3", "stop=0.1:0.5").grid()
    assert space("hold=1:3", "stop=0.1:0.5").size is None


def test_a_constraint_is_checked_before_anything_runs():
    with pytest.raises(UnknownNameError, match="did you mean 'open'"):
        space("entry=open,close", where=["entry == 'opne'"])
    with pytest.raises(InputError, match="no condition"):
        space("hold=1:3", where=["hold + 1"])
    with pytest.raises(InputError, match="words have no order"):
        space("broker.commission=0.001,zero", where=["broker.commission > 0"])


def test_a_space_is_told_in_words():
    text = space("hold=1:20", "stop=0.1:0.5", "entry=open,close", where=["hold > 2"]).describe()
    assert text == "hold (20) x stop (0.1 to 0.5) x run.entry (2): continuous, where hold > 2"
    assert space("a=0:999", "b=0:999").describe() == "a (1000) x b (1000): 1,000,000 combinations"


def test_there_is_no_space_without_axes():
    with pytest.raises(InputError, match="nothing is tuned"):
        Space(())
