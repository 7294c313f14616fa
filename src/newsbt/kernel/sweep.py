"""Many points over one market, compiled: metrics and, where asked for, daily returns of each."""

from __future__ import annotations

import numpy as np

from newsbt.kernel.compile import allocating
from newsbt.kernel.market import Market, Records
from newsbt.kernel.measure import Span, measure
from newsbt.kernel.run_state import Log, Run
from newsbt.kernel.simulate import simulate
from newsbt.records import FloatArray

__all__ = ["of_point", "room_of", "sweep"]

#: Longest window of a strategy, sessions.
WIDEST = 256


@allocating
def room_of(market: Market, points: Records, account: Records, desks: Records, log: Log) -> Run:
    """Make a run of the first point with fresh room for its lists."""
    listings, steps = market.bar_at.shape[1], market.bar_at.shape[0]
    # A bar is looked at after the one before, at a date drawn at random, and after a margin call.
    entries = 3 * len(market.bars) + len(market.news) + len(market.events) + 2 * listings
    return Run(
        market,
        points[:1],
        account,
        desks,
        np.empty(listings, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty(listings),
        np.empty(steps),
        np.empty(steps),
        np.empty(steps, dtype=np.int32),
        np.empty((entries, 3), dtype=np.int32),
        np.empty(steps, dtype=np.int32),
        np.empty((entries, 3), dtype=np.int32),
        np.full(5, -1, dtype=np.int64),
        np.empty(listings, dtype=np.int64),
        np.empty((3, WIDEST)),
        log,
    )


@allocating
def of_point(run: Run, points: Records, place: int) -> Run:
    """Give the run of another point in the same room."""
    return Run(
        run.market,
        points[place : place + 1],
        run.account,
        run.desks,
        run.active,
        run.work,
        run.ranked,
        run.groups,
        run.weights,
        run.path,
        run.exposure,
        run.due_head,
        run.due,
        run.first_head,
        run.first,
        run.first_key,
        run.basket,
        run.rooms,
        run.log,
    )


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
    account, desks : records, shapes (1,) and (listings,)
        Room for the state of one run; that of the last one is left in it.
    log : Log
        Of the last point, where it has room.
    out : array, shape (points, metrics)
    daily : array, shape (points, dates)
        Or (0, dates) where nobody wants them.
    """
    run = room_of(market, points, account, desks, log)
    days = len(span.last_steps) + 2
    equity, returns, room = np.empty(days), np.empty(days), np.empty(days)
    for place in range(len(points)):
        one = of_point(run, points, place)
        simulate(one, kind)
        measure(one, span, equity, returns, room, out[place])
        if len(daily):
            daily[place] = returns[: len(span.last_steps)]
