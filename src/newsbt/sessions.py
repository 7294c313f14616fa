"""Sessions of one venue as arrays, and the overlay that corrects them (pure)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from newsbt.errors import SettingsError, UnknownNameError
from newsbt.records import IntArray

__all__ = ["Overlay", "PartialDay", "VenueCalendar", "apply_overlay", "local_midnights", "parse_overlay"]

EPOCH = dt.date(1970, 1, 1)
TEXTS = frozenset({"reason", "source", "verified"})
VERIFIED = ("yes", "partial", "no")


@dataclass(frozen=True)
class VenueCalendar:
    """Trading days of one venue, ascending, with their open and close.

    Parameters
    ----------
    venue : str
        ``"XNYS"`` or ``"XHKG"``.
    timezone : str
        IANA name of the venue's zone.
    days : array of int64, shape (n,)
        Local date of each session, in days since 1970-01-01.
    opens, closes : array of int64, shape (n,)
        First and last moment of continuous trading, UTC, nanoseconds since 1970-01-01.
    """

    venue: str
    timezone: str
    days: IntArray
    opens: IntArray
    closes: IntArray

    def index_of(self, day: dt.date) -> int:
        """Position of the session on `day`, or -1 where the venue is shut or out of range."""
        number = (day - EPOCH).days
        at = int(np.searchsorted(self.days, number))
        return at if at < len(self.days) and self.days[at] == number else -1

    def day(self, index: int) -> dt.date:
        """Local date of the session at `index`."""
        return EPOCH + dt.timedelta(days=int(self.days[index]))


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A session that opened late or closed early; times are local, None is as usual."""

    day: dt.date
    open: dt.time | None = None
    close: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a calendar library gets wrong about one venue.

    Parameters
    ----------
    closures : tuple of date
        Days shown as sessions that were none.
    partial : tuple of PartialDay
        Sessions with another open or close than shown.
    """

    closures: tuple[dt.date, ...] = ()
    partial: tuple[PartialDay, ...] = ()


def local_midnights(timezone: str, first_day: int, last_day: int) -> IntArray:
    """UTC nanoseconds at which each local day begins.

    Parameters
    ----------
    timezone : str
        IANA name.
    first_day, last_day : int
        Days since 1970-01-01, both included.

    Returns
    -------
    array of int64, shape (last_day - first_day + 1,)
    """
    return np.array(
        [
            _local_ns(EPOCH + dt.timedelta(days=day), dt.time(), timezone)
            for day in range(first_day, last_day + 1)
        ],
        dtype=np.int64,
    )


def apply_overlay(calendar: VenueCalendar, overlay: Overlay) -> VenueCalendar:
    """Take closures out and move the opens and closes of partial days.

    A day that `calendar` does not have, being out of its range or shut there too, changes nothing.

    Raises
    ------
    SettingsError
        For a partial day that would open at or after its close.
    """
    opens, closes = calendar.opens.copy(), calendar.closes.copy()
    for partial in overlay.partial:
        at = calendar.index_of(partial.day)
        if at < 0:
            continue
        if partial.open is not None:
            opens[at] = _local_ns(partial.day, partial.open, calendar.timezone)
        if partial.close is not None:
            closes[at] = _local_ns(partial.day, partial.close, calendar.timezone)
        if opens[at] >= closes[at]:
            raise SettingsError(
                f"the calendar overlay lets {calendar.venue} open on {partial.day} at or after its close that"
                " day; correct open or close, or write a closure"
            )
    shut = np.array([(day - EPOCH).days for day in overlay.closures], dtype=np.int64)
    kept = ~np.isin(calendar.days, shut)
    return replace(calendar, days=calendar.days[kept], opens=opens[kept], closes=closes[kept])


def parse_overlay(table: Mapping[str, Any], where: str) -> dict[str, Overlay]:
    """Read the overlay of every venue from the parsed TOML `table`.

    Parameters
    ----------
    table : mapping
        ``[[VENUE.closure]]`` with date, ``[[VENUE.partial]]`` with date and open, close or both; each with
        reason, source and verified (yes, partial or no), which are for readers.
    where : str
        Path for error messages.

    Raises
    ------
    SettingsError
        For an unknown or missing key, a date or time that is none, a day named twice, a partial day
        without a time or with its open not before its close.
    """
    return {venue: _overlay(rows, venue, where) for venue, rows in table.items()}


def _overlay(rows: object, venue: str, where: str) -> Overlay:
    if not isinstance(rows, Mapping) or not set(rows) <= {"closure", "partial"}:
        raise SettingsError(f"{where}: {venue} may hold [[{venue}.closure]] and [[{venue}.partial]] only")
    closures = tuple(_entry(row, place) for row, place in _rows(rows, "closure", venue, where))
    partial = tuple(_partial(row, place) for row, place in _rows(rows, "partial", venue, where))
    days = Counter([*closures, *(item.day for item in partial)])
    for day, count in days.items():
        if count > 1:
            raise SettingsError(f"{where}: {venue} names {day} {count} times; keep one entry")
    return Overlay(closures, partial)


def _rows(
    rows: Mapping[str, Any], name: str, venue: str, where: str
) -> Iterator[tuple[Mapping[str, Any], str]]:
    place = f"{where}: [[{venue}.{name}]]"
    found = rows.get(name, [])
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        raise SettingsError(
            f"{place} is no list of tables; write {place.removeprefix(where + ': ')} above each"
        )
    allowed = TEXTS | {"date"} | ({"open", "close"} if name == "partial" else set())
    for number, row in enumerate(found, start=1):
        which = f"{place} number {number}"
        for key in row:
            if key not in allowed:
                raise UnknownNameError("key", key, allowed, where=which)
        yield row, which


def _entry(row: Mapping[str, Any], place: str) -> dt.date:
    """Day of an entry whose texts are all there."""
    day = row.get("date")
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise SettingsError(f"{place} has date = {day!r}; write a date such as 2023-09-01, without quotes")
    for key in sorted(TEXTS):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise SettingsError(f"{place}, {day}, has no {key}; write it in quotes")
    if row["verified"] not in VERIFIED:
        raise SettingsError(f"{place}, {day}, has verified = {row['verified']!r}; write yes, partial or no")
    return day


def _partial(row: Mapping[str, Any], place: str) -> PartialDay:
    day = _entry(row, place)
    for key in ("open", "close"):
        if key in row and not isinstance(row[key], dt.time):
            raise SettingsError(
                f"{place}, {day}, has {key} = {row[key]!r}; write a time such as 13:30:00, without quotes"
            )
    opened, closed = row.get("open"), row.get("close")
    if opened is None and closed is None:
        raise SettingsError(f"{place}, {day}, has neither open nor close; write one, or make it a closure")
    if opened is not None and closed is not None and opened >= closed:
        raise SettingsError(f"{place}, {day}, opens at {opened}, which is not before its close at {closed}")
    return PartialDay(day, opened, closed)


def _local_ns(day: dt.date, time: dt.time, timezone: str) -> int:
    moment = dt.datetime.combine(day, time, tzinfo=ZoneInfo(timezone))
    return int(moment.timestamp()) * 1_000_000_000
