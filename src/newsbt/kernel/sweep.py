"""Many points over one market, compiled: metrics and, where asked for, daily returns of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.agenda import same_agenda
from newsbt.kernel.compile import allocating, compiled, outlined
from newsbt.kernel.lend import lend
from newsbt.kernel.market import Market, Records
from newsbt.kernel.marks import BLOCK
from newsbt.kernel.measure import Span, measure
from newsbt.kernel.run_state import Log, Run
from newsbt.kernel.simulate import advance, advance_with_care, close_run, open_run
from newsbt.records import FloatArray, IntArray

__all__ = ["rooms_of", "run_points", "sweep"]

#: Longest window of a strategy, sessions.
WIDEST = 256


class Rooms(NamedTuple):
    """What several runs at a time need: the first axis of an array is the run's, where it has its own.

    Parameters
    ----------
    account, desks, active, path, exposure, due_head, due_marks, due
        Of each run; see :class:`newsbt.kernel.run_state.Run`.
    daily, returns, spare : array
        For the metrics; see :func:`newsbt.kernel.measure.measure`.
    shared : Run
        Of the first of them, with what they share.
    """

    account: Records
    desks: Records
    active: IntArray
    path: FloatArray
    exposure: FloatArray
    due_head: NDArray[np.int32]
    due_marks: IntArray
    due: NDArray[np.int32]
    daily: FloatArray
    returns: FloatArray
    spare: FloatArray
    shared: Run


@allocating
def rooms_of(
    market: Market, span: Span, points: Records, account: Records, desks: Records, log: Log
) -> Rooms:
    """Make room for as many runs as there are accounts."""
    runs, listings, steps = len(account), market.bar_at.shape[1], market.bar_at.shape[0]
    # A bar is looked at after the one before, at a date drawn at random, and after a margin call.
    entries = 3 * len(market.bars) + len(market.news) + len(market.events) + 2 * listings
    blocks = (steps + BLOCK - 1) // BLOCK
    active, due_marks = np.empty((runs, listings), dtype=np.int64), np.empty((runs, blocks), dtype=np.int64)
    path, exposure = np.empty((runs, steps)), np.empty((runs, steps))
    due_head, due = np.empty((runs, steps), dtype=np.int32), np.empty((runs, entries, 4), dtype=np.int32)
    shared = Run(
        market,
        points,
        account,
        desks[0],
        active[0],
        np.empty(listings, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty(listings),
        path[0],
        exposure[0],
        due_head[0],
        due_marks[0],
        due[0],
        np.empty(steps, dtype=np.int32),
        np.empty(blocks, dtype=np.int64),
        np.empty((entries, 4), dtype=np.int32),
        np.full(5, -1, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty((3, WIDEST)),
        log,
    )
    days = len(span.last_steps) + 2
    daily, returns, spare = np.empty(days), np.empty(days), np.empty(2 * days)
    return Rooms(
        account, desks, active, path, exposure, due_head, due_marks, due, daily, returns, spare, shared
    )


@compiled
def _run_in(rooms: Rooms, room: int, place: int) -> Run:
    """Give the run of one of the points in one of the rooms."""
    shared = rooms.shared
    return Run(
        shared.market,
        shared.point[place:],
        rooms.account[room:],
        rooms.desks[room],
        rooms.active[room],
        shared.work,
        shared.ranked,
        shared.groups,
        shared.weights,
        rooms.path[room],
        rooms.exposure[room],
        rooms.due_head[room],
        rooms.due_marks[room],
        rooms.due[room],
        shared.first_head,
        shared.first_marks,
        shared.first,
        shared.first_key,
        shared.basket,
        shared.rooms,
        shared.log,
    )


@outlined
def run_points(
    rooms: Rooms, span: Span, kind: int, first: int, count: int, out: FloatArray, daily: FloatArray
) -> None:
    """Run `count` points from the `first` on, and write their metrics and, where wanted, daily returns.

    They go through the same steps together: their bars lie in the processor's cache, and what happened to one
    point mostly happens to the next.
    """
    steps, written = len(rooms.shared.path), len(rooms.shared.log.steps) > 0
    if not written:
        for room in range(count):
            open_run(lend(_run_in(rooms, room, first + room)), kind, False)
        for begin in range(0, steps, BLOCK):
            for room in range(count):
                advance(lend(_run_in(rooms, room, first + room)), kind, begin, min(begin + BLOCK, steps))
    for room in range(count):
        run = lend(_run_in(rooms, room, first + room))
        if written or not close_run(run):
            open_run(run, kind, True)
            advance_with_care(run, kind)
        measure(run, span, rooms.daily, rooms.returns, rooms.spare, out[room])
        if len(daily):
            for date in range(len(span.last_steps)):
                daily[room, date] = rooms.returns[date]


@allocating
def sweep(
    market: Market,
    span: Span,
    kind: int,
    points: Records,
    account: Records,
    desks: Records,
    log: Log,
    out: FloatArray,
    daily: FloatArray,
) -> None:
    """Run every point and write its metrics and its daily returns.

    Parameters
    ----------
    market, span : Market, Span
    kind : int
        Code of the strategy.
    points : records, shape (points,)
    account, desks : records, shapes (runs,) and (runs, listings)
        Room for the state of so many runs at a time; that of the last ones is left in it.
    log : Log
        Of the last point, where it has room; then there is one run at a time.
    out : array, shape (points, metrics)
    daily : array, shape (points, dates)
        Or (0, dates) where nobody wants them.
    """
    rooms, runs = rooms_of(market, span, points, account, desks, log), len(account)
    first = 0
    while first < len(points):
        count = 1
        while count < min(runs, len(points) - first) and same_agenda(points[first], points[first + count]):
            count += 1
        run_points(lend(rooms), lend(span), kind, first, count, out[first:], daily[first:])
        first += count
