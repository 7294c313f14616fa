"""When a story was public, and the first session of each venue that could trade it (pure).

A story has one moment, ``known_at``, by which it was public for certain:

========  ==========================================================================================
minute    the moment of publication, plus the run's latency
session   the end of the part of the venue's day it came in: the open for a story before the open, the
          close for one in session (a lunch break is in session), the end of the local day for one after
          the close or on a day without a session; the venue is that of the story's first symbol
day       the end of the local day, in the offset the row was written in
========  ==========================================================================================

Latency is added to exact times only: the other two are upper bounds already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsbt.records import Catalyst, Entry, IntArray
from newsbt.sessions import VenueCalendar, local_midnights
from newsbt.universe import Universe

__all__ = [
    "AFTER_RANGE",
    "BEFORE_RANGE",
    "CUTOFF_NS",
    "PRECISIONS",
    "catalyst_arrays",
    "first_session",
    "known_at",
    "tradable_at",
]

#: No session: known before the calendar's first day, so an earlier session may have come first.
BEFORE_RANGE: Final = -1
#: No session: none of the calendar is left.
AFTER_RANGE: Final = -2
#: How long before the close an order for the closing auction must be in: ten minutes (NYSE 15:50).
CUTOFF_NS: Final = 600_000_000_000
PRECISIONS: Final = {"minute": 0, "session": 1, "day": 2}

DAY_NS = 86_400_000_000_000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


def catalyst_arrays(
    catalysts: Sequence[Catalyst], universe: Universe, venues: Sequence[str]
) -> tuple[IntArray, NDArray[np.int8], IntArray, IntArray]:
    """Times and venues of `catalysts` as arrays of shape (n,), for :func:`known_at`.

    Returns
    -------
    published_ns : array of int64
        Publication, UTC nanoseconds.
    precision : array of int8
        Codes of :data:`PRECISIONS`.
    utc_offset_ns : array of int64
        Offset the row was written in, nanoseconds east of UTC.
    venue : array of int64
        Position in `venues` of the venue of the first symbol; -1 where there is no calendar for it.
    """
    place = {name: at for at, name in enumerate(venues)}
    count = len(catalysts)
    published = (((item.published_at - EPOCH) // MICROSECOND) * 1000 for item in catalysts)
    offsets = ((item.published_at.utcoffset() or dt.timedelta(0)) // MICROSECOND * 1000 for item in catalysts)
    known: dict[str, int] = {"": -1}
    firsts = [item.symbols[0] if item.symbols else "" for item in catalysts]
    for name in set(firsts) - {""}:
        known[name] = place.get(universe.venue_of(name), -1)
    return (
        np.fromiter(published, dtype=np.int64, count=count),
        np.fromiter((PRECISIONS[item.time_precision] for item in catalysts), dtype=np.int8, count=count),
        np.fromiter(offsets, dtype=np.int64, count=count),
        np.fromiter((known[name] for name in firsts), dtype=np.int64, count=count),
    )


def known_at(
    published_ns: IntArray,
    precision: NDArray[np.int8],
    utc_offset_ns: IntArray,
    venue: IntArray,
    calendars: Sequence[VenueCalendar],
    latency_ns: int,
) -> IntArray:
    """Latest moment by which each story was public, UTC nanoseconds; see the module's docstring.

    Parameters
    ----------
    published_ns, precision, utc_offset_ns, venue : arrays of shape (n,)
        As :func:`catalyst_arrays` gives them; a session row without a venue is treated as a day row.
    calendars : sequence of VenueCalendar
        What `venue` points into. A day outside their range counts as one without a session.
    latency_ns : int
        Nanoseconds from publication to the first order, for exact times.
    """
    exact = precision == PRECISIONS["minute"]
    local = published_ns + utc_offset_ns
    end_of_day = (local // DAY_NS + 1) * DAY_NS - utc_offset_ns
    known = np.where(exact, published_ns + latency_ns, end_of_day)
    for place, calendar in enumerate(calendars):
        rows = np.flatnonzero((precision == PRECISIONS["session"]) & (venue == place))
        if len(rows):
            known[rows] = _end_of_part(calendar, published_ns[rows])
    return known


def _end_of_part(calendar: VenueCalendar, published_ns: IntArray) -> IntArray:
    """End of the part of the venue's day that each moment lies in."""
    # A zone is less than a day away from UTC, so two days of margin hold every local date.
    first, last = int(published_ns.min()) // DAY_NS - 2, int(published_ns.max()) // DAY_NS + 2
    midnights = local_midnights(calendar.timezone, first, last + 1)
    place = np.searchsorted(midnights, published_ns, side="right") - 1
    end_of_day = midnights[place + 1]
    if not len(calendar.days):
        return end_of_day
    at = np.clip(np.searchsorted(calendar.days, place + first), 0, len(calendar.days) - 1)
    session = calendar.days[at] == place + first
    opens, closes = calendar.opens[at], calendar.closes[at]
    part = np.where(published_ns < opens, opens, np.where(published_ns < closes, closes, end_of_day))
    return np.where(session, part, end_of_day)


def first_session(
    calendar: VenueCalendar, known_ns: IntArray, entry: Entry, cutoff_ns: int = CUTOFF_NS
) -> IntArray:
    """Position of the first session of `calendar` that can trade what is known at `known_ns`.

    Parameters
    ----------
    calendar : VenueCalendar
        Of the listing's own venue.
    known_ns : array of int64, shape (n,)
        UTC nanoseconds.
    entry : {"open", "close"}
        The first open at or after `known_ns`, or the first close less the cut-off at or after it.
    cutoff_ns : int
        Nanoseconds before the close.

    Returns
    -------
    array of int64, shape (n,)
        :data:`BEFORE_RANGE` where it was known before the calendar's first day began,
        :data:`AFTER_RANGE` where no session is left. Never moved backwards.
    """
    if not len(calendar.days):
        return np.full(len(known_ns), AFTER_RANGE, dtype=np.int64)
    edges = calendar.opens if entry == "open" else calendar.closes - cutoff_ns
    at = np.searchsorted(edges, known_ns, side="left").astype(np.int64)
    at[at == len(edges)] = AFTER_RANGE
    begin = local_midnights(calendar.timezone, int(calendar.days[0]), int(calendar.days[0]))[0]
    at[known_ns < begin] = BEFORE_RANGE
    return at


def tradable_at(calendar: VenueCalendar, index: IntArray, entry: Entry) -> IntArray:
    """Open (or close) of the sessions at `index`, UTC nanoseconds; `index` must hold sessions only."""
    return (calendar.opens if entry == "open" else calendar.closes)[index]
