"""On which session each row of a fan-out may first trade, and whether it can there (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from newsbt.clock import BEFORE_RANGE, first_session, tradable_at
from newsbt.records import IntArray
from newsbt.scoring.fanout import NOWHERE
from newsbt.scoring.settings import SignalSettings
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["NO_TIME", "Placement", "Verdict", "place", "price_days"]

#: Stands for "no day" and "no time" in integer arrays; numpy's NaT.
NO_TIME: int = np.iinfo(np.int64).min

EPOCH = dt.date(1970, 1, 1)


class Verdict(IntEnum):
    """What stands in the way of a trade on the session."""

    TRADABLE = 0
    NOWHERE = 1
    BEFORE_CALENDAR = 2
    AFTER_CALENDAR = 3
    BEFORE_RUN = 4
    AFTER_RUN = 5
    NO_PRICES = 6
    BEFORE_PRICES = 7
    AFTER_PRICES = 8
    GAP = 9


@dataclass(frozen=True)
class Placement:
    """Sessions of the rows; arrays have shape (rows,).

    Parameters
    ----------
    day : array of int64
        Local date of the session in days since 1970-01-01, or :data:`NO_TIME`.
    tradable_ns : array of int64
        Its open (or close), UTC nanoseconds, or :data:`NO_TIME`.
    verdict : array of int64
        A :class:`Verdict`. A row is never moved to another session because of it.
    """

    day: IntArray
    tradable_ns: IntArray
    verdict: IntArray


def price_days(frame: pd.DataFrame | None) -> IntArray:
    """Sessions of a frame of bars, in days since 1970-01-01; empty for no frame."""
    if frame is None or frame.empty:
        return np.empty(0, dtype=np.int64)
    return frame.index.to_numpy().astype("datetime64[D]").astype(np.int64)


def place(
    known_ns: IntArray,
    catalyst: IntArray,
    listing: IntArray,
    *,
    listings: Sequence[Listing],
    calendars: Mapping[str, VenueCalendar],
    bars: Mapping[str, pd.DataFrame],
    start: dt.date | None,
    end: dt.date | None,
    settings: SignalSettings,
) -> Placement:
    """Find the first tradable session of every row.

    Parameters
    ----------
    known_ns : array of int64, shape (catalysts,)
        When each catalyst was known, UTC nanoseconds.
    catalyst, listing : array of int64, shape (rows,)
        Positions of the row's catalyst in `known_ns` and of its listing in `listings` (or ``NOWHERE``).
    start, end : date or None
        First and last session of the run, inclusive.

    Returns
    -------
    Placement
        With the calendar's session even where the prices lack it or the run leaves it out.
    """
    first = NO_TIME if start is None else (start - EPOCH).days
    last = np.iinfo(np.int64).max if end is None else (end - EPOCH).days
    cutoff_ns = settings.cutoff // dt.timedelta(microseconds=1) * 1000
    day = np.full(len(listing), NO_TIME)
    tradable = np.full(len(listing), NO_TIME)
    verdict = np.full(len(listing), int(Verdict.NOWHERE))
    # Sessions are worked out once for each catalyst and venue, then copied to the rows.
    by_venue = {
        venue: first_session(calendars[venue], known_ns, settings.entry, cutoff_ns)
        for venue in dict.fromkeys(item.venue for item in listings)
    }
    order = np.argsort(listing, kind="stable")
    bounds = np.searchsorted(listing[order], np.arange(len(listings) + 1))
    for at, item in enumerate(listings):
        rows = order[bounds[at] : bounds[at + 1]]
        calendar = calendars[item.venue]
        session = by_venue[item.venue][catalyst[rows]]
        inside = session >= 0
        day[rows[inside]] = calendar.days[session[inside]]
        tradable[rows[inside]] = tradable_at(calendar, session[inside], settings.entry)
        verdict[rows] = np.where(
            inside,
            _verdict(day[rows], first, last, price_days(bars.get(item.symbol))),
            np.where(session == BEFORE_RANGE, Verdict.BEFORE_CALENDAR, Verdict.AFTER_CALENDAR),
        )
    return Placement(day, tradable, np.where(listing == NOWHERE, int(Verdict.NOWHERE), verdict))


def _verdict(day: IntArray, first: int, last: int, prices: IntArray) -> IntArray:
    """Judge sessions of one listing against the period of the run and the days it has prices for."""
    if not len(prices):
        found = np.full(len(day), int(Verdict.NO_PRICES))
    else:
        at = np.minimum(np.searchsorted(prices, day), len(prices) - 1)
        found = np.select(
            [day < prices[0], day > prices[-1], prices[at] != day],
            [int(Verdict.BEFORE_PRICES), int(Verdict.AFTER_PRICES), int(Verdict.GAP)],
            int(Verdict.TRADABLE),
        ).astype(np.int64)
    outside = np.where(day < first, int(Verdict.BEFORE_RUN), int(Verdict.AFTER_RUN))
    return np.where((day < first) | (day > last), outside, found)
