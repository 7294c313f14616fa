"""Trading calendars from exchange_calendars, corrected by the workspace's overlay."""

from __future__ import annotations

import datetime as dt
import functools
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from newsbt.adapters.workspace import read_toml
from newsbt.errors import InputError, UnknownNameError
from newsbt.sessions import Overlay, VenueCalendar, apply_overlay, parse_overlay
from newsbt.universe import VENUES

__all__ = ["load_calendars"]


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
        Both included.

    Raises
    ------
    UnknownNameError
        For a venue without a calendar here.
    InputError
        For a period that the library does not know.
    SettingsError
        For an overlay that cannot be used.
    """
    overlays: dict[str, Overlay] = {}
    if overlay_path is not None:
        overlays = parse_overlay(read_toml(overlay_path), str(overlay_path))
    for venue in (*overlays, *venues):
        if venue not in VENUES:
            raise UnknownNameError("venue", venue, VENUES)
    return {
        venue: apply_overlay(_library_calendar(venue, start, end), overlays.get(venue, Overlay()))
        for venue in venues
    }


@functools.lru_cache(maxsize=32)
def _library_calendar(venue: str, start: dt.date, end: dt.date) -> VenueCalendar:
    import exchange_calendars

    try:
        with warnings.catch_warnings():
            # The library's own use of pandas; nothing a caller could change.
            warnings.simplefilter("ignore", DeprecationWarning)
            found = exchange_calendars.get_calendar(venue, start=start.isoformat(), end=end.isoformat())
    except ValueError as error:
        raise InputError(f"there is no calendar of {venue} from {start} to {end}: {error}") from error
    days = found.sessions.to_numpy().astype("datetime64[D]").astype(np.int64)
    opens, closes = (
        column.dt.tz_localize(None).to_numpy().astype("datetime64[ns]").astype(np.int64)
        for column in (found.opens, found.closes)
    )
    return VenueCalendar(venue, str(found.tz), days, opens, closes)
