"""Sessions of one venue as arrays, and the overlay that corrects them (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from newsbt.errors import SettingsError
from newsbt.records import IntArray

__all__ = ["Overlay", "PartialDay", "VenueCalendar", "apply_overlay", "local_midnights", "parse_overlay"]

EPOCH = dt.date(1970, 1, 1)
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
    open: dt.time | None
    close: dt.time | None
    verified: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a calendar library gets wrong about one venue."""

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
    """
    zone = ZoneInfo(timezone)
    stamps = [
        dt.datetime.combine(EPOCH + dt.timedelta(days=day), dt.time(), tzinfo=zone).timestamp()
        for day in range(first_day, last_day + 1)
    ]
    return np.array(stamps, dtype=np.int64) * 1_000_000_000


def apply_overlay(calendar: VenueCalendar, overlay: Overlay) -> VenueCalendar:
    """Take closures out and move the opens and closes of partial days; days out of range do not matter."""
    zone = ZoneInfo(calendar.timezone)
    opens, closes = calendar.opens.copy(), calendar.closes.copy()
    for partial in overlay.partial:
        at = calendar.index_of(partial.day)
        if at < 0:
            continue
        for stamps, time in ((opens, partial.open), (closes, partial.close)):
            if time is not None:
                moment = dt.datetime.combine(partial.day, time, tzinfo=zone)
                stamps[at] = int(moment.timestamp()) * 1_000_000_000
    shut = np.array([(day - EPOCH).days for day in overlay.closures], dtype=np.int64)
    kept = ~np.isin(calendar.days, shut)
    return replace(calendar, days=calendar.days[kept], opens=opens[kept], closes=closes[kept])


def parse_overlay(table: Mapping[str, Any], where: str) -> dict[str, Overlay]:
    """Read the overlay of every venue from the parsed TOML `table`.

    Parameters
    ----------
    table : mapping
        ``[[VENUE.closure]]`` with date, and ``[[VENUE.partial]]`` with date and open, close or both.
    where : str
        Path for error messages.

    Raises
    ------
    SettingsError
        For an unknown key, a date that is none, a time that is none, a partial day without a time.
    """
    return {venue: _overlay(rows, f"{where}: [{venue}]") for venue, rows in table.items()}


def _overlay(rows: object, place: str) -> Overlay:
    if not isinstance(rows, Mapping) or not set(rows) <= {"closure", "partial"}:
        raise SettingsError(f"{place} may hold [[VENUE.closure]] and [[VENUE.partial]] only")
    closures = tuple(_day(row, f"{place} closure") for row in _rows(rows, "closure", place))
    partial = tuple(_partial(row, f"{place} partial") for row in _rows(rows, "partial", place))
    return Overlay(closures, partial)


def _rows(rows: Mapping[str, Any], name: str, place: str) -> Sequence[Mapping[str, Any]]:
    found = rows.get(name, [])
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        raise SettingsError(f"{place} {name} is no list of tables; write [[VENUE.{name}]] above each")
    return found


def _day(row: Mapping[str, Any], place: str) -> dt.date:
    value = row.get("date")
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise SettingsError(f"{place} has date = {value!r}; write a date such as 2023-09-01, without quotes")
    if row.get("verified") not in VERIFIED:
        raise SettingsError(f"{place} of {value} has no verified; write yes, partial or no, in quotes")
    return value


def _partial(row: Mapping[str, Any], place: str) -> PartialDay:
    day = _day(row, place)
    times = {}
    for name in ("open", "close"):
        value = row.get(name)
        if value is not None and not isinstance(value, dt.time):
            raise SettingsError(f"{place} of {day} has {name} = {value!r}; write a time such as 13:30:00")
        times[name] = value
    if times["open"] is None and times["close"] is None:
        raise SettingsError(f"{place} of {day} has neither open nor close; write one, or a closure")
    if times["open"] and times["close"] and times["open"] >= times["close"]:
        raise SettingsError(f"{place} of {day} opens at {times['open']}, not before its close")
    return PartialDay(day, times["open"], times["close"], row["verified"])
