"""Positions that a run ends with in listings whose prices ended long before it (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from newsbt.engine.journal import Journal
from newsbt.engine.world import Tape, World
from newsbt.records import Finding
from newsbt.sessions import VenueCalendar

__all__ = ["check_price_ends"]

#: A source may be up to a week of sessions behind.
LATE_SESSIONS: Final = 5


def check_price_ends(journal: Journal, world: World, calendars: Mapping[str, VenueCalendar]) -> list[Finding]:
    """Name what is held at the end at a price more than :data:`LATE_SESSIONS` sessions old.

    Parameters
    ----------
    journal : Journal
        Of a run that has ended.
    world : World
        What it traded.
    calendars : mapping of venue to VenueCalendar
        Reaching to the last step of the run.

    Returns
    -------
    list of Finding
        ``prices-end`` (warning), in the order of the listings: symbol, last session, size and value of the
        position in base currency. Empty where nothing is held in such a listing.
    """
    held: dict[str, int] = {}
    for fill in journal.fills:
        held[fill.symbol] = held.get(fill.symbol, 0) + fill.size
    end = journal.steps[-1].at if journal.steps else 0
    return [
        _finding(tape, size, late, world.base)
        for tape in world.tapes
        if (size := held.get(tape.listing.symbol, 0))
        and (late := _sessions_after(tape, calendars[tape.listing.venue], end)) > LATE_SESSIONS
    ]


def _sessions_after(tape: Tape, calendar: VenueCalendar, end: int) -> int:
    """Sessions of the venue that closed after the last bar and by `end` (UTC nanoseconds)."""
    return int(np.count_nonzero((calendar.closes > tape.closes_at[-1]) & (calendar.closes <= end)))


def _finding(tape: Tape, size: int, late: int, base: str) -> Finding:
    last = len(tape) - 1
    value = abs(size) * float(tape.close[last]) * float(tape.fx[last])
    side = "long" if size > 0 else "short"
    return Finding(
        "prices-end",
        "warning",
        f"{tape.listing.symbol} {tape.day(last)}",
        f"this is its last session with a price, {late} sessions before the end of the run, and"
        f" {abs(size):,} shares {side}, worth {value:,.2f} {base} at that price, are still held",
        f"add later prices, leave the listing out, or end the run with --end {tape.day(last)}",
    )
