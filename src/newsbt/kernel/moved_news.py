"""One point over one market with its news moved or its scores changed, many times over, compiled."""

from __future__ import annotations

import numpy as np

from newsbt.kernel.compile import allocating
from newsbt.kernel.lend import lend
from newsbt.kernel.market import Market, Records
from newsbt.kernel.measure import Span
from newsbt.kernel.run_state import Log, Space
from newsbt.kernel.sweep import rooms_of, run_points
from newsbt.records import FloatArray, IntArray

__all__ = ["sweep_news"]


@allocating
def put_news(market: Market, news: Records, known: IntArray, bars: IntArray, scores: FloatArray) -> None:
    """Write into the news, listings and moments of `market` the `news` at other `bars` and with `scores`.

    What was public before the close of a signal's own session stays as long before that of the new one.
    """
    order = np.argsort(bars)
    for row in range(len(order)):
        source, target, old = order[row], market.news[row], news[order[row]]
        bar = bars[source]
        target.bar = bar
        target.number = market.bars[bar].number
        target.score = scores[source]
        target.first_known, target.end_known = old.first_known, old.end_known
        target.source = old.source
        later = market.closes_at[bar] - market.closes_at[old.bar]
        for place in range(old.first_known, old.end_known):
            market.known[place] = known[place] + later if known[place] >= 0 else known[place]
    row = 0
    for place in range(len(market.listings)):
        line = market.listings[place]
        line.first_news = row
        while row < len(order) and market.news[row].bar < line.end:
            row += 1
        line.end_news = row


@allocating
def sweep_news(
    market: Market,
    span: Span,
    kind: int,
    point: Records,
    space: Space,
    log: Log,
    news: Records,
    known: IntArray,
    bars: IntArray,
    scores: FloatArray,
    out: FloatArray,
) -> None:
    """Run one point on every arrangement of the news and write its metrics.

    Parameters
    ----------
    market : Market
        Its news, listings and known moments are written over: give copies.
    span, kind, space, log
        As for :func:`newsbt.kernel.sweep.sweep`.
    point : records, shape (1,)
    news, known : records and array
        The run's own.
    bars : array of int64, shape (worlds, signals)
        Flat bar of each signal, in the order of `news`; a bar has at most one signal.
    scores : array, shape (worlds, signals)
    out : array, shape (worlds, metrics)
    """
    rooms = rooms_of(market, span, point, space, log)
    for world in range(len(bars)):
        put_news(market, news, known, bars[world], scores[world])
        rooms.shared.first_key[0] = -1
        run_points(lend(rooms), lend(span), kind, 0, 1, out[world:], out[:0])
