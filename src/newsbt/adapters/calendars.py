"""Trading calendars from exchange_calendars, corrected by the workspace's overlay."""

from __future__ import annotations

import datetime as dt
import functools
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from newsbt.adapters.calendar_cache import keep_calendar, kept_calendar
from newsbt.adapters.workspace import read_toml
from newsbt.errors import InputError, UnknownNameError
from newsbt.sessions import EPOCH, Overlay, VenueCalendar, apply_overlay, parse_overlay
from newsbt.universe import VENUES

__all__ = ["FIRST_DAY", "LAST_DAY", "load_calendars"]

#: First and last day for which every venue's holidays are known (lunar ones are computed ahead).
FIRST_DAY, LAST_DAY = dt.date(1960, 1, 1), dt.date(2049, 12, 31)
#: Longer than any run of days without a session since 1960, so that the library never finds none.
MARGIN = dt.timedelta(days=21)


def load_calendars(
    venues: Sequence[str], overlay_path: Path | None, start: dt.date, end: dt.date
) -> dict[str, VenueCalendar]:
    """Sessions of `venues` from `start` to `end`.

    Parameters
    ----------
    venues : sequence of str
        ``"XNYS"``, ``"XHKG"``.
    overlay_path : Path or None
        Corrections; None for none.
    start, end : date
        Both included. A period without a session gives empty arrays.

    Returns
    -------
    dict of venue to VenueCalendar
        In the order of `venues`. Cached within the process; the overlay is read each time.

    Raises
    ------
    UnknownNameError
        For a venue without a calendar here, asked for or named by the overlay.
    InputError
        For a period that ends before it starts, or reaches beyond :data:`FIRST_DAY` or :data:`LAST_DAY`.
    SettingsError
        For an overlay that cannot be used.
    """
    if end < start:
        raise InputError(f"a calendar from {start} to {end} ends before it starts; swap the two days")
    if start < FIRST_DAY or end > LAST_DAY:
        raise InputError(
            f"there are no calendars from {start} to {end}; holidays are known from {FIRST_DAY} to"
            f" {LAST_DAY}, choose a period inside"
        )
    overlays: dict[str, Overlay] = {}
    if overlay_path is not None:
        overlays = parse_overlay(read_toml(overlay_path), str(overlay_path))
    for venue in overlays:
        if venue not in VENUES:
            raise UnknownNameError("venue", venue, VENUES, where=str(overlay_path))
    for venue in venues:
        if venue not in VENUES:
            raise UnknownNameError("venue", venue, VENUES)
    return {
        venue: apply_overlay(_library_calendar(venue, start, end), overlays.get(venue, Overlay()))
        for venue in venues
    }


@functools.lru_cache(maxsize=32)
def _library_calendar(venue: str, start: dt.date, end: dt.date) -> VenueCalendar:
    """The library's sessions, from the user's cache where they are."""
    found = kept_calendar(venue, start, end)
    if found is None:
        found = _ask_library(venue, start, end)
        keep_calendar(found, start, end)
    return found


def _ask_library(venue: str, start: dt.date, end: dt.date) -> VenueCalendar:
    """Ask the library for a little more, which always holds a session, and cut it to size."""
    import exchange_calendars

    first, last = max(start - MARGIN, FIRST_DAY), min(end + MARGIN, LAST_DAY)
    with warnings.catch_warnings():
        # The library's own use of pandas; nothing a caller could change.
        warnings.simplefilter("ignore", DeprecationWarning)
        found = exchange_calendars.get_calendar(venue, start=first.isoformat(), end=last.isoformat())
    days = found.sessions.to_numpy().astype("datetime64[D]").astype(np.int64)
    inside = (days >= (start - EPOCH).days) & (days <= (end - EPOCH).days)
    opens, closes = (
        column.dt.tz_localize(None).to_numpy().astype("datetime64[ns]").astype(np.int64)[inside]
        for column in (found.opens, found.closes)
    )
    return VenueCalendar(venue, str(found.tz), days[inside], opens, closes)
