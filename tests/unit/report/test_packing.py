"""Packed columns hold what they were made of."""

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.report.packing import packed_counts, packed_numbers, packed_texts, packed_times

PLAIN = st.one_of(st.none(), st.integers(-(10**14), 10**14))


def taken_apart(packed):
    """What the script of a page makes of a column."""
    if isinstance(packed, list):
        return packed
    if "texts" in packed:
        return [packed["texts"][place] for place in packed["at"]]
    sums = accumulate(step or 0 for step in packed["d"])
    return [
        None if step is None else total * packed["by"] / packed["of"]
        for step, total in zip(packed["d"], sums, strict=True)
    ]


@given(st.lists(PLAIN, min_size=32, max_size=60), st.sampled_from([1, 1000, 60_000]))
def test_times_are_exact(values, unit):
    times = [None if value is None else value // unit * unit for value in values]
    assert taken_apart(packed_times(times)) == times


@given(st.lists(st.one_of(st.none(), st.floats(0.01, 1e5)), min_size=32, max_size=60))
def test_numbers_keep_four_digits_of_the_smallest(values):
    back = taken_apart(packed_numbers(values))
    least = min((value for value in values if value is not None), default=1.0)
    for value, found in zip(values, back, strict=True):
        assert (value is None) == (found is None)
        if value is not None:
            assert found == pytest.approx(value, abs=max(least * 5e-4, 1e-12))


def test_prices_are_exact_to_the_cent():
    prices = np.round(np.linspace(60.1, 999.99, 40), 2).tolist()
    assert taken_apart(packed_numbers(prices)) == pytest.approx(prices, abs=1e-9)


def test_texts_that_come_again_are_there_once():
    texts = ["good news", "bad news"] * 20
    packed = packed_texts(texts)
    assert packed["texts"] == ["good news", "bad news"]
    assert taken_apart(packed) == texts
    assert packed_texts([str(number) for number in range(40)]) == [str(number) for number in range(40)]


@pytest.mark.parametrize("count", [3, 200])
def test_counts_come_back(count):
    values = [number * number % 97 for number in range(count)]
    assert taken_apart(packed_counts(values)) == values
