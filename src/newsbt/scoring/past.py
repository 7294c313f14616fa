"""How prices answered earlier news: what a model that learns from reactions may ask (pure)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newsbt.clock import catalyst_arrays, known_at
from newsbt.records import Catalyst, Entry, FloatArray, IntArray
from newsbt.scoring.fanout import fan_out
from newsbt.scoring.placement import Verdict, place
from newsbt.scoring.settings import SignalSettings
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing, Universe

__all__ = ["PastMarket", "Reactions"]

#: Sessions before an event whose abnormal returns give the unit of its reaction, and the fewest of them.
VOLATILITY_SESSIONS, FEWEST_SESSIONS = 60, 20
MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Reactions:
    """Abnormal returns after catalysts; arrays have shape (rows,).

    Parameters
    ----------
    catalyst : array of int64
        Position in the sequence that was asked about.
    symbol : array of str
        The listing.
    day : array of int64
        Its first tradable session, days since 1970-01-01 by the venue's local date.
    ended_ns : array of int64
        Close of the last session of the reaction, UTC nanoseconds: nothing of it is known before.
    value : array of float64
        Log return from the first tradable open (or close) to that close, less the mean of the other
        issuers' listings of the venue over the same time, over the standard deviation of such daily
        differences in the 60 sessions before, times the root of the number of sessions.
    """

    catalyst: IntArray
    symbol: NDArray[np.object_]
    day: IntArray
    ended_ns: IntArray
    value: FloatArray


@dataclass(frozen=True)
class PastMarket:
    """Prices of a run for models that learn from them.

    It holds the whole run: a model must use a reaction for those catalysts only that were known at or after
    its :attr:`Reactions.ended_ns`. ``newsbt leakcheck`` finds one that does not.

    Parameters
    ----------
    universe, listings, calendars, bars
        As for :func:`newsbt.scoring.pipeline.build_signals`.
    entry : {"open", "close"}
        Where a reaction begins.
    latency : timedelta
        Of the run.
    """

    universe: Universe
    listings: Sequence[Listing]
    calendars: Mapping[str, VenueCalendar]
    bars: Mapping[str, pd.DataFrame]
    entry: Entry = "open"
    latency: dt.timedelta = dt.timedelta(minutes=5)

    def known_at(self, catalysts: Sequence[Catalyst]) -> IntArray:
        """When each catalyst was public for certain, UTC nanoseconds; see :mod:`newsbt.clock`."""
        arrays = catalyst_arrays(catalysts, self.universe, tuple(self.calendars))
        return known_at(*arrays, tuple(self.calendars.values()), self.latency // MICROSECOND * 1000)

    def reactions(self, catalysts: Sequence[Catalyst], sessions: int) -> Reactions:
        """Reactions over `sessions` sessions, of each listing of the run that a catalyst reaches.

        A listing without enough history or without prices to the end has no row, and so has one on a
        venue where no other issuer is part of the run.
        """
        symbols = [item.symbol for item in self.listings]
        fan = fan_out(catalysts, self.universe, symbols, 0.0)
        placed = place(
            self.known_at(catalysts), fan.catalyst, fan.listing, listings=self.listings,
            calendars=self.calendars, bars=self.bars, start=None, end=None,
            settings=SignalSettings(entry=self.entry, latency=self.latency),
        )  # fmt: skip
        rows = np.flatnonzero(placed.verdict == Verdict.TRADABLE)
        ended = np.zeros(len(rows), dtype=np.int64)
        value = np.full(len(rows), math.nan)
        for venue in dict.fromkeys(item.venue for item in self.listings):
            here = [at for at, item in enumerate(self.listings) if item.venue == venue]
            mine = np.flatnonzero(np.isin(fan.listing[rows], here))
            column = np.searchsorted(here, fan.listing[rows[mine]])
            ended[mine], value[mine] = _reactions(
                [self.listings[at] for at in here], self.calendars[venue], self.bars,
                placed.day[rows[mine]], column, sessions, self.entry,
            )  # fmt: skip
        kept = np.isfinite(value)
        rows = rows[kept]
        return Reactions(
            fan.catalyst[rows],
            np.array(symbols, dtype=object)[fan.listing[rows]],
            placed.day[rows],
            ended[kept],
            value[kept],
        )


def _reactions(
    listings: Sequence[Listing], calendar: VenueCalendar, bars: Mapping[str, pd.DataFrame], day: IntArray,
    column: IntArray, sessions: int, entry: Entry,
) -> tuple[IntArray, FloatArray]:  # fmt: skip
    """End and size of the reactions of listings of one venue; NaN where there is none."""
    to_open, to_close = _log_indices(listings, calendar, bars)
    issuers = np.array([item.issuer for item in listings])
    others = (issuers[:, None] != issuers).astype(np.float64)
    daily = _less_others(np.diff(to_close, axis=0, prepend=math.nan), others)
    spread = pd.DataFrame(daily).rolling(VOLATILITY_SESSIONS, FEWEST_SESSIONS).std().to_numpy()
    first = np.searchsorted(calendar.days, day)
    last = first + sessions - (entry == "open")
    inside = last < len(calendar.days)
    ended = np.where(inside, calendar.closes[np.minimum(last, len(calendar.days) - 1)], 0)
    value = np.full(len(day), math.nan)
    began = to_open if entry == "open" else to_close
    rows = np.flatnonzero(inside & (first > 0))
    moved = to_close[last[rows]] - began[first[rows]]
    abnormal = _less_others(moved, others)[np.arange(len(rows)), column[rows]]
    value[rows] = abnormal / (spread[first[rows] - 1, column[rows]] * math.sqrt(sessions))
    return ended, value


def _log_indices(
    listings: Sequence[Listing], calendar: VenueCalendar, bars: Mapping[str, pd.DataFrame]
) -> tuple[FloatArray, FloatArray]:
    """Log total return index of each listing at the opens and at the closes, shape (sessions, listings)."""
    shape = (len(calendar.days), len(listings))
    to_open, to_close = np.full(shape, math.nan), np.full(shape, math.nan)
    for column, listing in enumerate(listings):
        frame = bars.get(listing.symbol)
        if frame is None or frame.empty:
            continue
        days = frame.index.to_numpy().astype("datetime64[D]").astype(np.int64)
        at = np.searchsorted(calendar.days, days)
        known = (at < shape[0]) & (calendar.days[np.minimum(at, shape[0] - 1)] == days)
        paid = frame["dividend"].to_numpy(np.float64) if "dividend" in frame else np.zeros(len(frame))
        opens, closes = frame["open"].to_numpy(np.float64), frame["close"].to_numpy(np.float64)
        before = np.concatenate([[math.nan], closes[:-1]])
        index = np.nancumsum(np.log((closes + paid) / before))
        opening = np.concatenate([[math.nan], index[:-1]]) + np.log((opens + paid) / before)
        to_close[at[known], column], to_open[at[known], column] = index[known], opening[known]
    return to_open, to_close


def _less_others(moves: FloatArray, others: FloatArray) -> FloatArray:
    """`moves` less the mean of the other issuers' that have one, shape (sessions, listings)."""
    there = np.isfinite(moves)
    total = np.where(there, moves, 0.0) @ others
    count = there.astype(np.float64) @ others
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(moves - total / count)
