"""Room for the runs of the compiled engine, kept from one call to the next (pure)."""

from __future__ import annotations

import math
import mmap
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from newsbt.kernel.desk import DESK
from newsbt.kernel.market import Market
from newsbt.kernel.marks import BLOCK
from newsbt.kernel.run_state import ACCOUNT, Space

__all__ = ["lent_space"]

#: Most points that go through the same steps at a time, and most bars of all of them, which need room.
TOGETHER, BARS_TOGETHER = 64, 8_000_000
#: Spaces that nobody uses: a run does not read what another has left in one, whatever market it was of.
#: As many as threads mostly ask at once.
FREE: deque[Space] = deque(maxlen=8)
LOCK = threading.Lock()


@contextmanager
def lent_space(market: Market, points: int) -> Iterator[Space]:
    """Lend space for so many points, or for the first of rounds of the same length, or nearly.

    Threads that ask at once have one each. To take new pages of memory from the system for every call would
    cost more than the runs of a short one.
    """
    most = max(min(TOGETHER, BARS_TOGETHER // max(len(market.bars), 1)), 1)
    runs = max(-(-points // max(-(-points // most), 1)), 1)
    shapes = _shapes(market, most if runs > 1 else 1)
    whole = _free(shapes) or _new(shapes)
    first: list[Any] = [array[:runs] for array in whole]
    yield Space(*first)
    with LOCK:
        FREE.append(whole)


def _shapes(market: Market, runs: int) -> dict[str, tuple[Any, tuple[int, ...]]]:
    """Kind and shape of every array of a space."""
    steps, listings = market.bar_at.shape
    # A bar is looked at after the one before, at a date drawn at random, and after a margin call.
    entries = 3 * len(market.bars) + len(market.news) + len(market.events) + 2 * listings
    return {
        "account": (ACCOUNT, (runs,)),
        "desks": (DESK, (runs, listings)),
        "active": (np.int64, (runs, listings)),
        "path": (np.float64, (runs, steps)),
        "exposure": (np.float64, (runs, steps)),
        "due_head": (np.int32, (runs, steps)),
        "due_marks": (np.int64, (runs, -(-steps // BLOCK))),
        "due": (np.int32, (runs, entries, 4)),
    }


def _free(shapes: dict[str, tuple[Any, tuple[int, ...]]]) -> Space | None:
    """Take a free space of these shapes; None if there is none."""
    with LOCK:
        for place, space in enumerate(FREE):
            if all(getattr(space, name).shape == shape for name, (_, shape) in shapes.items()):
                del FREE[place]
                return space
    return None


def _new(shapes: dict[str, tuple[Any, tuple[int, ...]]]) -> Space:
    found: dict[str, Any] = {}
    for name, (kind, shape) in shapes.items():
        # Pages straight from the system: of most entries only the first few are ever touched, and numpy would
        # ask for huge pages, one for each run.
        room = np.frombuffer(mmap.mmap(-1, math.prod(shape) * np.dtype(kind).itemsize), dtype=kind)
        array = room.reshape(shape)
        found[name] = array.view(np.recarray) if np.dtype(kind).names else array
    return Space(**found)
