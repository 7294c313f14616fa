"""Many points over one market, compiled: metrics and, where asked for, daily returns of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from newsbt.kernel.agenda import same_agenda
from newsbt.kernel.compile import allocating, compiled, outlined
from newsbt.kernel.lend import lend
from newsbt.kernel.market import Market, Records
from newsbt.kernel.marks import BLOCK
from newsbt.kernel.measure import Span, measure
from newsbt.kernel.run_state import Log, Run, Space
from newsbt.kernel.simulate import advance, advance_with_care, close_run, open_run
from newsbt.records import FloatArray

__all__ = ["rooms_of", "run_points", "sweep"]

#: Longest window of a strategy, sessions.
WIDEST = 256
#: Steps that one point after another goes through: their bars stay in the processor's cache.
STRETCH = 2 * BLOCK


class Rooms(NamedTuple):
    """What several runs at a time need.

    Parameters
    ----------
    space : Space
        What each of them has of its own.
    daily, returns, spare : array
        For the metrics; see :func:`newsbt.kernel.measure.measure`.
    shared : Run
        The first of them, with what they share.
    """

    space: Space
    daily: FloatArray
    returns: FloatArray
    spare: FloatArray
    shared: Run


@allocating
def rooms_of(market: Market, span: Span, points: Records, space: Space, log: Log) -> Rooms:
    """Make room for what the runs of a space share."""
    listings, steps = market.bar_at.shape[1], market.bar_at.shape[0]
    shared = Run(
        market,
        points,
        space.account,
        space.desks[0],
        space.active[0],
        np.empty(listings, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty(listings),
        space.path[0],
        space.exposure[0],
        space.due_head[0],
        space.due_marks[0],
        space.due[0],
        np.empty(steps, dtype=np.int32),
        np.empty(space.due_marks.shape[1], dtype=np.int64),
        np.empty((space.due.shape[1], 4), dtype=np.int32),
        np.full(5, -1, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty((3, WIDEST)),
        log,
    )
    days = len(span.last_steps) + 2
    return Rooms(space, np.empty(days), np.empty(days), np.empty(2 * days), shared)


@compiled
def _run_in(rooms: Rooms, room: int, place: int) -> Run:
    """Give the run of one of the points in one of the rooms."""
    space, shared = rooms.space, rooms.shared
    return Run(
        shared.market,
        shared.point[place:],
        space.account[room:],
        space.desks[room],
        space.active[room],
        shared.work,
        shared.ranked,
        shared.groups,
        shared.weights,
        space.path[room],
        space.exposure[room],
        space.due_head[room],
        space.due_marks[room],
        space.due[room],
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
        for begin in range(0, steps, STRETCH):
            for room in range(count):
                advance(lend(_run_in(rooms, room, first + room)), kind, begin, min(begin + STRETCH, steps))
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
    space: Space,
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
    space : Space
        For so many runs at a time; the state of the last ones is left in it.
    log : Log
        Of the last point, where it has room; then there is one run at a time.
    out : array, shape (points, metrics)
    daily : array, shape (points, dates)
        Or (0, dates) where nobody wants them.
    """
    rooms, runs = rooms_of(market, span, points, space, log), len(space.account)
    first = 0
    while first < len(points):
        count = 1
        while count < min(runs, len(points) - first) and same_agenda(points[first], points[first + count]):
            count += 1
        run_points(lend(rooms), lend(span), kind, first, count, out[first:], daily[first:])
        first += count
