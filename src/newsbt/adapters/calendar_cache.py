"""Calendars of the library in the user's cache: it takes a quarter of a second to work them out."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import zipfile
from importlib.metadata import version
from pathlib import Path

import numpy as np

from newsbt.sessions import VenueCalendar

__all__ = ["keep_calendar", "kept_calendar"]

COLUMNS = ("days", "opens", "closes")


def kept_calendar(venue: str, start: dt.date, end: dt.date) -> VenueCalendar | None:
    """The calendar of a period as it was kept; None where it was not, or cannot be read."""
    try:
        with _file(venue, start, end).open("rb") as file, np.load(file, allow_pickle=False) as found:
            columns = [found[name] for name in COLUMNS]
            timezone = str(found["timezone"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    fits = {(column.dtype, column.shape) for column in columns} == {(np.dtype("i8"), columns[0].shape)}
    return VenueCalendar(venue, timezone, *columns) if fits and columns[0].ndim == 1 else None


def keep_calendar(calendar: VenueCalendar, start: dt.date, end: dt.date) -> None:
    """Keep a calendar for the next process; where nothing can be written, it is worked out again."""
    file = _file(calendar.venue, start, end)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as target:
            np.savez(
                target,
                timezone=np.array(calendar.timezone),
                **{name: getattr(calendar, name) for name in COLUMNS},
            )
        part.replace(file)
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


def _file(venue: str, start: dt.date, end: dt.date) -> Path:
    """Where the calendar of a period lies: another version of the library has files of its own."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    versions = f"{version('exchange_calendars')}-pandas-{version('pandas')}"
    return Path(home) / "newsbt" / "calendars" / versions / f"{venue}-{start}-{end}.npz"
