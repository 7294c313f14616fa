"""Room for runs: one for each caller, kept for the next."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine_tools import make_tape, make_world
from newsbt.engine import spaces
from newsbt.engine.packing import pack
from newsbt.engine.spaces import lent_space
from newsbt.kernel.market import Market


@pytest.fixture(scope="module")
def market() -> Market:
    """One listing."""
    return pack(make_world([make_tape([(10.0, 11.0, 9.0, 10.0)] * 5)]))


@pytest.fixture(autouse=True)
def nothing_free() -> None:
    """Whatever ran before."""
    spaces.FREE.clear()


def test_two_at_once_share_nothing_and_the_next_gets_what_is_free(market: Market) -> None:
    """The pages of memory that a call has touched serve the next one, and not of another kind of market."""
    with lent_space(market, 3) as one, lent_space(market, 3) as two:
        assert not any(np.shares_memory(a, b) for a, b in zip(one, two, strict=True))
    with lent_space(market._replace(bars=market.bars[:2]), 3) as other:
        assert not any(np.shares_memory(other.due, space.due) for space in (one, two))
    with lent_space(market, 3) as again:
        assert any(np.shares_memory(again.path, space.path) for space in (one, two))


def test_no_more_is_kept_than_can_be_used_at_once(market: Market) -> None:
    """However many callers there were at a time."""
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(lent_space(market, 3))
    assert len(spaces.FREE) == spaces.FREE.maxlen


def test_a_space_that_was_in_use_when_something_failed_is_not_used_again(market: Market) -> None:
    """Another thread may still write into it."""
    with pytest.raises(KeyboardInterrupt), lent_space(market, 1):
        raise KeyboardInterrupt
    assert not spaces.FREE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1_000))
def test_rounds_are_of_nearly_the_same_length(market: Market, points: int) -> None:
    """As few rounds as there can be, and the last one lacks less than there are rounds."""
    with lent_space(market, points) as space:
        runs = len(space.account)
    rounds = -(-points // spaces.TOGETHER)
    assert 1 <= runs <= spaces.TOGETHER
    assert rounds == 0 or rounds * runs - points < rounds
    assert all(len(array) == runs for array in space)
