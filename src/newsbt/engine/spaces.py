"""Room for the runs of the compiled engine, kept from one call to the next (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from newsbt.engine.packing import records
from newsbt.kernel.desk import DESK
from newsbt.kernel.market import Market
from newsbt.kernel.marks import BLOCK
from newsbt.kernel.run_state import ACCOUNT, Space

__all__ = ["Spaces"]

#: Most points that go through the same steps at a time, and most bars of all of them, which need room.
TOGETHER, BARS_TOGETHER = 64, 8_000_000


class Spaces:
    """The spaces of one market. Threads that use it at once have one each.

    To take new pages of memory from the system for every call would cost more than the runs of a short one.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._most = max(min(TOGETHER, BARS_TOGETHER // max(len(market.bars), 1)), 1)
        self._free: list[Space] = []

    @contextmanager
    def lent(self, points: int) -> Iterator[Space]:
        """Lend space for so many points, or for the first of rounds of the same length, or nearly."""
        rounds = max(-(-points // self._most), 1)
        try:
            whole = self._free.pop()
        except IndexError:
            whole = self._new()
        runs = max(-(-points // rounds), 1)
        first: list[Any] = [array[:runs] for array in whole]
        yield Space(*first)
        self._free.append(whole)

    def _new(self) -> Space:
        market, runs = self._market, self._most
        steps, listings = market.bar_at.shape
        # A bar is looked at after the one before, at a date drawn at random, and after a margin call.
        entries = 3 * len(market.bars) + len(market.news) + len(market.events) + 2 * listings
        return Space(
            account=records(runs, ACCOUNT),
            desks=records(runs * listings, DESK).reshape(runs, listings),
            active=np.empty((runs, listings), dtype=np.int64),
            path=np.empty((runs, steps)),
            exposure=np.empty((runs, steps)),
            due_head=np.empty((runs, steps), dtype=np.int32),
            due_marks=np.empty((runs, -(-steps // BLOCK)), dtype=np.int64),
            due=np.empty((runs, entries, 4), dtype=np.int32),
        )
