"""A world's news as a placebo moves them, and a world with its news moved (pure)."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np

from newsbt.engine.packing import pack_news
from newsbt.engine.world import EPOCH, HISTORY, World
from newsbt.evidence.placebo.layout import NewsLayout, stories_of
from newsbt.records import FloatArray, IntArray, Signal

__all__ = ["moved_world", "news_layout"]


def news_layout(world: World) -> NewsLayout:
    """Signals of `world` on its bars, in the order of :func:`newsbt.engine.packing.pack_news`."""
    news, offsets = pack_news(world)
    tapes = world.tapes
    days = np.concatenate([tape.days for tape in tapes])
    usable = days >= (world.first_day - EPOCH).days
    usable[offsets[:-1]] = False  # a listing's first bar has no earlier price to decide on
    issuers = list(dict.fromkeys(tape.listing.issuer for tape in tapes))
    venues = list(dict.fromkeys(tape.listing.venue for tape in tapes))
    kinds = list(dict.fromkeys(tape.listing.kind for tape in tapes))
    return NewsLayout(
        bars=news["bar"].astype(np.int64),
        scores=news["score"].astype(np.float64),
        story=stories_of(
            [
                # News of one date shares what the market did on it.
                (*world.signals[int(row)].catalyst_ids, f"on {day}")
                for row, day in zip(news["source"], days[news["bar"]], strict=True)
            ]
        ),
        offsets=offsets,
        days=days,
        usable=usable,
        volatility=np.concatenate([_volatility(tape.close) for tape in tapes]),
        venue=np.array([venues.index(tape.listing.venue) for tape in tapes], dtype=np.int64),
        issuer=np.array([issuers.index(tape.listing.issuer) for tape in tapes], dtype=np.int64),
        fund=np.array([kinds.index(tape.listing.kind) for tape in tapes], dtype=np.int64),
    )


def moved_world(world: World, bars: IntArray, scores: FloatArray) -> World:
    """`world` with each signal of its layout on another flat bar and with another score.

    A story keeps its catalysts; they are public as long before the close of their session as they were.
    """
    news, offsets = pack_news(world)
    place = np.searchsorted(offsets, bars, side="right") - 1
    old_place = np.searchsorted(offsets, news["bar"], side="right") - 1
    known, signals = dict(world.known_at), []
    for row in range(len(bars)):
        tape, old = world.tapes[place[row]], world.tapes[old_place[row]]
        bar, before = int(bars[row] - offsets[place[row]]), int(news["bar"][row] - offsets[old_place[row]])
        signal = world.signals[int(news["source"][row])]
        at = (tape.closes_at if world.entry == "close" else tape.opens_at)[bar]
        for name in signal.catalyst_ids:
            if name in world.known_at:
                later = int(tape.closes_at[bar] - old.closes_at[before])
                known[name] = world.known_at[name] + later
        signals.append(
            Signal(
                tape.listing.symbol,
                tape.day(bar),
                dt.datetime.fromtimestamp(int(at) / 1e9, dt.UTC),
                float(scores[row]),
                signal.half_life,
                signal.catalyst_ids,
            )
        )
    order = sorted(range(len(signals)), key=lambda row: (signals[row].tradable_at, int(place[row])))
    return dataclasses.replace(world, signals=tuple(signals[row] for row in order), known_at=known)


def _volatility(close: FloatArray) -> FloatArray:
    """Sample deviation of the :data:`HISTORY` daily returns before each bar; nan for fewer of them."""
    found = np.full(len(close), np.nan)
    if len(close) > HISTORY + 1:
        returns = np.diff(close) / close[:-1]
        windows = np.lib.stride_tricks.sliding_window_view(returns, HISTORY)
        found[HISTORY + 1 :] = windows.std(axis=1, ddof=1)[:-1]
    return found
