"""Steps as bits: what is marked is found, in order, and nothing else."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsbt.kernel import marks
from newsbt.kernel.compile import allocating
from newsbt.kernel.marks import BLOCK, first_mark, later, mark, marked
from newsbt.records import IntArray

BLOCKS = 3


@allocating
def found_in(steps: IntArray, blocks: int) -> IntArray:
    """Mark steps and go through the marks of every block."""
    bits = np.zeros(blocks, dtype=np.int64)
    for step in steps:
        mark(bits, step)
    found = np.full(blocks * BLOCK, -1, dtype=np.int64)
    count = 0
    for block in range(blocks):
        left = bits[block]
        while left != 0:
            place = first_mark(left)
            if marked(bits[block], place):
                found[count] = block * BLOCK + place
                count += 1
            left = later(left, place)
    return found[:count]


@settings(deadline=None)
@given(st.lists(st.integers(0, BLOCKS * BLOCK - 1)))
@example([BLOCK - 1])
@example([0, BLOCK - 1, BLOCK, 2 * BLOCK - 1])
def test_every_mark_is_found_once_and_in_order(steps: list[int]) -> None:
    """The last step of a block, whose bit is the sign of the number, is one like the others."""
    array = np.array(steps, dtype=np.int64)
    assert found_in(array, BLOCKS).tolist() == sorted(set(steps))


def test_the_place_of_the_first_mark_without_compilation() -> None:
    """Plain Python counts as the processor does."""
    for place in range(BLOCK):
        assert marks._lowest(int(np.int64(-1) << np.int64(place))) == place
