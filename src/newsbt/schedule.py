"""Values that hold from a date on: fees, ticks and whatever else changes by decree (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from newsbt.errors import SettingsError, UnknownNameError

__all__ = ["VERIFIED", "Period", "Schedule", "known_keys", "parse_schedule"]

T = TypeVar("T")
VERIFIED = ("yes", "partial", "no")
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period(Generic[T]):
    """A value and the days it is in force.

    Parameters
    ----------
    first : date
        First day.
    last : date or None
        Last day; None while nothing has followed it.
    value : object
        What holds.
    source : str
        Where it is written.
    verified : {"yes", "partial", "no"}
        Whether a primary page was read, only secondary ones agree, or neither.
    """

    first: dt.date
    last: dt.date | None
    value: T
    source: str
    verified: str

    def __str__(self) -> str:
        """Days as a reader writes them."""
        return f"from {self.first} on" if self.last is None else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Schedule(Generic[T]):
    """Periods without gap or overlap, ascending.

    Parameters
    ----------
    name : str
        Table it was read from, for messages: ``"fee.XHKG.stamp_duty"``.
    where : str
        File, for messages.
    periods : tuple of Period
        At least one.
    """

    name: str
    where: str
    periods: tuple[Period[T], ...]

    def at(self, day: dt.date) -> Period[T]:
        """Period of `day`.

        Raises
        ------
        SettingsError
            For a day before the first entry or after a last one that ends.
        """
        for period in reversed(self.periods):
            if period.first <= day:
                if period.last is None or day <= period.last:
                    return period
                break
        first, last = self.periods[0].first, self.periods[-1].last
        reach = f"{first} to {last}" if last else f"{first} on"
        raise SettingsError(
            f"{self.where}: [{self.name}] says nothing of {day}, it reaches from {reach}; add an entry to"
            f" [[{self.name}.schedule]]"
        )


def parse_schedule(
    rows: object, name: str, where: str, read: Callable[[Mapping[str, Any], str], T]
) -> Schedule[T]:
    """Read ``[[NAME.schedule]]``, in any order.

    Parameters
    ----------
    rows : object
        List of tables with `effective`, `source`, `verified`, optionally `until` (last day, inclusive), and
        what `read` takes.
    name, where : str
        Table and file for messages.
    read : callable
        Given the other keys of an entry and its place, the value.

    Raises
    ------
    SettingsError
        For no entry, a missing or wrong key, two entries that overlap, or days between two entries that
        neither covers.
    """
    if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
        raise SettingsError(
            f"{where}: [{name}] has no entries; write [[{name}.schedule]] with effective = ..."
        )
    periods = sorted((_period(row, name, where, read) for row in rows), key=lambda period: period.first)
    closed = [
        _ended(period, following, name, where)
        for period, following in zip(periods, [*periods[1:], None], strict=True)
    ]
    return Schedule(name, where, tuple(closed))


def known_keys(row: Mapping[str, Any], allowed: tuple[str, ...], place: str) -> None:
    """Refuse a key that is not `allowed`; UnknownNameError with the nearest."""
    for key in row:
        if key not in allowed:
            raise UnknownNameError("key", key, allowed, where=place)


def _period(
    row: Mapping[str, Any], name: str, where: str, read: Callable[[Mapping[str, Any], str], T]
) -> Period[T]:
    place = f"{where}: [[{name}.schedule]]"
    first = _day(row.get("effective"), "effective", place)
    place = f"{place} of {first}"
    last = _day(row["until"], "until", place) if "until" in row else None
    if last is not None and last < first:
        raise SettingsError(f"{place} has until = {last}, before its first day; write a later day")
    source, verified = row.get("source"), row.get("verified")
    if not isinstance(source, str) or not source.strip():
        raise SettingsError(f"{place} has no source; write in quotes where the figure is from")
    if verified not in VERIFIED:
        raise SettingsError(f"{place} has verified = {verified!r}; write yes, partial or no, in quotes")
    own = ("effective", "until", "source", "verified")
    return Period(first, last, read({k: v for k, v in row.items() if k not in own}, place), source, verified)


def _ended(period: Period[T], following: Period[T] | None, name: str, where: str) -> Period[T]:
    """`period` with the last day it has by the one that follows."""
    if following is None:
        return period
    place = f"{where}: [[{name}.schedule]]"
    if following.first == period.first or (period.last and period.last >= following.first):
        raise SettingsError(
            f"{place} has two entries for {following.first}; let one end before the other is effective"
        )
    eve = following.first - ONE_DAY
    if period.last and period.last < eve:
        raise SettingsError(
            f"{place} says nothing of {period.last + ONE_DAY} to {eve}; move until or add an entry"
        )
    return Period(period.first, eve, period.value, period.source, period.verified)


def _day(value: object, key: str, place: str) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise SettingsError(f"{place} has {key} = {value!r}; write a date such as 2025-06-30, without quotes")
    return value
