"""Room for runs: one for each caller, kept for the next."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine_tools import make_tape, make_world
from newsbt.engine.packing import pack
from newsbt.engine.spaces import TOGETHER, Spaces
from newsbt.kernel.market import Market


@pytest.fixture(scope="module")
def market() -> Market:
    """One listing."""
    return pack(make_world([make_tape([(10.0, 11.0, 9.0, 10.0)] * 5)]))


def test_two_at_once_share_nothing_and_the_next_gets_what_is_free(market: Market) -> None:
    """The pages of memory that a call has touched serve the next one."""
    spaces = Spaces(market)
    with spaces.lent(3) as one, spaces.lent(3) as two:
        assert not any(np.shares_memory(a, b) for a, b in zip(one, two, strict=True))
    with spaces.lent(1) as again:
        kept = [np.shares_memory(again.path, other.path) for other in (one, two)]
        assert sorted(kept) == [False, True]


def test_a_space_that_was_in_use_when_something_failed_is_not_used_again(market: Market) -> None:
    """Another thread may still write into it."""
    spaces = Spaces(market)
    with pytest.raises(KeyboardInterrupt), spaces.lent(1) as lost:
        raise KeyboardInterrupt
    with spaces.lent(1) as fresh:
        assert not np.shares_memory(fresh.path, lost.path)


@given(st.integers(0, 1_000))
def test_rounds_are_of_nearly_the_same_length(market: Market, points: int) -> None:
    """As few rounds as there can be, and the last one lacks less than there are rounds."""
    with Spaces(market).lent(points) as space:
        runs = len(space.account)
    rounds = -(-points // TOGETHER)
    assert 1 <= runs <= TOGETHER
    assert rounds == 0 or rounds * runs - points < rounds
    assert all(len(array) == runs for array in space)
