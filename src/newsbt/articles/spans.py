"""Stretches of days that date words stand for, and the calendar arithmetic behind them (pure)."""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "DayUnit",
    "When",
    "add_months",
    "business_days_before",
    "day",
    "month",
    "month_part",
    "moved",
    "shift",
    "weekday_on_or_before",
    "weeks_from",
    "year",
    "year_part",
]

DayUnit: TypeAlias = Literal["day", "days", "week", "month", "quarter", "year", "open"]
MIN, MAX = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class When:
    """The days on one of which something happened, as far as the words say.

    Parameters
    ----------
    first, last : date
        Both inclusive, `first` not after `last`; equal where the day is known.
    unit : {"day", "days", "week", "month", "quarter", "year", "open"}
        How well the words know it; ``"open"``: no more than a bound.
    """

    first: dt.date
    last: dt.date
    unit: DayUnit = "day"

    @property
    def days(self) -> int:
        """Number of days it spans, 1 for a day."""
        return (self.last - self.first).days + 1

    def holds(self, date: dt.date) -> bool:
        """Whether `date` is one of the days."""
        return self.first <= date <= self.last

    def meet(self, other: When) -> When | None:
        """Days of both, with the finer unit; None where there is none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        if first > last:
            return None
        finer = self if self.days <= other.days else other
        return When(first, last, "day" if first == last else finer.unit)

    def until(self, latest: dt.date) -> When:
        """The same, cut off after `latest`; itself where it lies wholly after that."""
        return When(self.first, min(self.last, latest), self.unit) if self.first <= latest else self


def clamp(date: dt.date) -> dt.date:
    """`date` within the years a catalogue may hold."""
    return min(max(date, MIN), MAX)


def shift(date: dt.date, days: int) -> dt.date:
    """`date` plus `days`, within the years a catalogue may hold."""
    number = min(max(date.toordinal() + days, MIN.toordinal()), MAX.toordinal())
    return dt.date.fromordinal(number)


def day(date: dt.date, days: int = 0) -> When:
    """One day, `days` after `date`."""
    moved = shift(date, days)
    return When(moved, moved)


def add_months(date: dt.date, months: int) -> dt.date:
    """The same day `months` later, or the last of that month where it is shorter."""
    index = min(max(date.year * 12 + date.month - 1 + months, MIN.year * 12), MAX.year * 12 + 11)
    year_, month_ = divmod(index, 12)
    return dt.date(year_, month_ + 1, min(date.day, _calendar.monthrange(year_, month_ + 1)[1]))


def month(year_: int, month_: int) -> When:
    """A calendar month."""
    first = dt.date(year_, month_, 1)
    return When(first, dt.date(year_, month_, _calendar.monthrange(year_, month_)[1]), "month")


def month_part(whole: When, part: str) -> When:
    """``early`` (to the 10th), ``mid`` (to the 20th) or ``late`` (to the end) of a month; else all of it."""
    at = {"early": (1, 10), "mid": (11, 20), "late": (21, whole.last.day)}.get(part)
    if at is None:
        return whole
    return When(whole.first.replace(day=at[0]), whole.first.replace(day=at[1]), "days")


def year(year_: int) -> When:
    """A calendar year."""
    return When(dt.date(year_, 1, 1), dt.date(year_, 12, 31), "year")


def year_part(whole: When, part: str) -> When:
    """``early`` (to March), ``mid`` (May to August), ``late`` (from October) of a year; else all of it."""
    at = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}.get(part)
    if at is None:
        return whole
    return When(month(whole.first.year, at[0]).first, month(whole.first.year, at[1]).last, "quarter")


def weeks_from(date: dt.date, weeks: int) -> When:
    """The week, Monday to Sunday, `weeks` after the one that `date` lies in."""
    monday = shift(date, 7 * weeks - date.weekday())
    return When(monday, shift(monday, 6), "week")


def weekday_on_or_before(date: dt.date, weekday: int) -> dt.date:
    """The latest such weekday (0 is Monday) of the seven days that end on `date`."""
    return shift(date, -((date.weekday() - weekday) % 7))


def business_days_before(date: dt.date, count: int) -> dt.date:
    """The day `count` weekdays before `date`; holidays are not known here."""
    while count:
        date = shift(date, -1)
        count -= date.weekday() < 5
        if date <= MIN:
            break
    return date


def moved(date: dt.date, unit: str, count: int, vague: bool) -> When:
    """`count` units from `date`; what is counted in weeks or more is known to that unit only."""
    if unit == "day":
        slack = 1 + abs(count) // 2 if vague else 0
        first, last = shift(date, count - slack), shift(date, count + slack)
        return When(first, last, "days" if slack else "day")
    if unit == "week":
        middle = shift(date, 7 * count)
        slack = 7 * abs(count) // 2 if vague else 3
        return When(shift(middle, -slack), shift(middle, slack), "week")
    if unit == "month":
        moved = add_months(date, count)
        first = add_months(moved, -1) if vague else moved
        last = add_months(moved, 1) if vague else moved
        return When(month(first.year, first.month).first, month(last.year, last.month).last, "month")
    years = count * 10 if unit == "decade" else count
    moved = add_months(date, 12 * years)
    return When(add_months(moved, -6), add_months(moved, 6), "year")
