"""Training and test windows of a walk-forward: ``train=24m,test=6m`` as days on the calendar (pure)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from newsbt.errors import InputError

__all__ = ["EXAMPLE", "LEAST_TEST", "Fold", "Plan", "Span", "folds", "leftover", "parse_plan"]

EXAMPLE: Final = "train=24m,test=6m"
#: Share of a whole test window (in calendar days) that the last one must have to be kept.
LEAST_TEST: Final = 0.5
#: Longest window, in units of each kind: a century.
LONGEST: Final = {"d": 36_525, "w": 5_218, "m": 1_200, "y": 100}
MOST_PURGED: Final = 10_000
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time on the calendar.

    Parameters
    ----------
    months : int
        Calendar months: from the 31st, one month leads to the last day of a shorter month.
    days : int
        Calendar days, added after the months.
    """

    months: int = 0
    days: int = 0

    def after(self, day: dt.date, times: int = 1) -> dt.date:
        """The day that lies this span, or a number of them, after `day`.

        Months are counted from `day` itself, so that 2024-01-31 leads to 2024-02-29 and then to 2024-03-31.

        Raises
        ------
        OverflowError
            Beyond the year 9999.
        """
        number = day.year * 12 + day.month - 1 + self.months * times
        year, month = divmod(number, 12)
        if not dt.MINYEAR <= year <= dt.MAXYEAR:
            raise OverflowError(f"year {year}")
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last)) + self.days * times * DAY

    def __add__(self, other: Span) -> Span:
        """Both, one after the other."""
        return Span(self.months + other.months, self.days + other.days)

    def __mul__(self, times: int) -> Span:
        """Several, one after the other."""
        return Span(self.months * times, self.days * times)

    def __str__(self) -> str:
        """As :func:`parse_plan` reads it."""
        return f"{self.months}m" if self.months else f"{self.days}d"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a walk-forward cuts the period.

    Parameters
    ----------
    train, test : Span
        Lengths of the windows; test windows follow each other without a gap.
    anchored : bool
        Every training window starts on the first day and grows; otherwise it keeps its length and rolls.
    embargo : Span
        Events that come this soon after a test window are kept out of later training.
    purge : int or None
        Sessions that an event works for: one whose window reaches into the test is kept out of training. None
        takes the longest holding time that is searched.
    """

    train: Span
    test: Span
    anchored: bool = False
    embargo: Span = Span()
    purge: int | None = None

    def __str__(self) -> str:
        """As :func:`parse_plan` reads it."""
        parts = [f"train={self.train}", f"test={self.test}"]
        parts += ["anchored"] if self.anchored else []
        parts += [f"embargo={self.embargo}"] if self.embargo != Span() else []
        parts += [f"purge={self.purge}"] if self.purge is not None else []
        return ",".join(parts)


@dataclass(frozen=True, slots=True)
class Fold:
    """One training window and the test window that follows it; all days are included.

    Parameters
    ----------
    number : int
        From 1.
    train_start, train_end, test_start, test_end : date
        ``train_end`` is the day before ``test_start``.
    """

    number: int
    train_start: dt.date
    train_end: dt.date
    test_start: dt.date
    test_end: dt.date

    def __str__(self) -> str:
        """For a message."""
        return f"fold {self.number} (training {self.train_start} to {self.train_end})"


def parse_plan(text: str, who: str = "--walk-forward") -> Plan:
    """Read ``train=24m,test=6m[,anchored][,embargo=5d][,purge=10]``.

    Parameters
    ----------
    text : str
        Lengths have a unit: ``d``, ``w``, ``m`` (calendar months) or ``y``; `purge` counts sessions.
    who : str
        For messages.

    Raises
    ------
    InputError
        Naming the part that cannot be read.
    """
    spans: dict[str, Span] = {}
    anchored, purge = False, None
    seen: set[str] = set()
    for part in text.split(","):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if name not in ("train", "test", "embargo", "purge", "anchored"):
            raise InputError(
                f"{who} cannot take {part.strip()!r}; write such as {EXAMPLE}, and after it anchored,"
                " embargo=5d, purge=10 if wanted"
            )
        if name in seen:
            raise InputError(f"{who} has {name} twice; write it once")
        seen.add(name)
        if name == "anchored":
            if equals:
                raise InputError(f"{who}: anchored takes no value; write it alone")
            anchored = True
        elif name == "purge":
            purge = _sessions(value, who)
        else:
            spans[name] = _span(name, value, who)
    missing = [name for name in ("train", "test") if name not in spans]
    if missing:
        raise InputError(f"{who} has no {' and no '.join(missing)}; write such as {EXAMPLE}")
    return Plan(spans["train"], spans["test"], anchored, spans.get("embargo", Span()), purge)


def folds(first_day: dt.date, last_day: dt.date, plan: Plan) -> tuple[Fold, ...]:
    """Cut the days from `first_day` to `last_day` into folds.

    Parameters
    ----------
    first_day, last_day : date
        Both included.
    plan : Plan

    Returns
    -------
    tuple of Fold
        Ascending. Test windows follow each other without gap or overlap, the first one after one training
        window. The last one may be shorter: it is kept from :data:`LEAST_TEST` of its length on, and
        otherwise left out (see :func:`leftover`).

    Raises
    ------
    InputError
        If not even one fold fits.
    """
    found: list[Fold] = []
    while True:
        number = len(found)
        try:
            start = (plan.train + plan.test * number).after(first_day)
            end = (plan.train + plan.test * (number + 1)).after(first_day) - DAY
        except OverflowError:
            break
        kept = min(end, last_day)
        if (kept - start).days + 1 < LEAST_TEST * ((end - start).days + 1):
            break
        train_start = first_day if plan.anchored else (plan.test * number).after(first_day)
        found.append(Fold(number + 1, train_start, start - DAY, start, kept))
        if kept == last_day:
            break
    if not found:
        days = (last_day - first_day).days + 1
        raise InputError(
            f"--walk-forward {plan} needs more than the {days} days from {first_day} to {last_day};"
            " write shorter windows, or a longer period"
        )
    return tuple(found)


def leftover(found: tuple[Fold, ...], last_day: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day after the last test window, which no fold tests; None where there are none."""
    end = found[-1].test_end
    return (end + DAY, last_day) if end < last_day else None


def _span(name: str, value: str, who: str) -> Span:
    match = re.fullmatch(r"(\d{1,6})\s*([dwmy])", value.lower())
    if match is None:
        raise InputError(f"{who}: {name} is {value!r}; write a number and d, w, m or y, such as 6m")
    count, unit = int(match[1]), match[2]
    if not count and name != "embargo":
        raise InputError(f"{who}: {name} is {value}; write a length above 0")
    if count > LONGEST[unit]:
        raise InputError(f"{who}: {name} is {value}; write at most {LONGEST[unit]}{unit}, a century")
    return {"d": Span(0, count), "w": Span(0, 7 * count), "m": Span(count), "y": Span(12 * count)}[unit]


def _sessions(value: str, who: str) -> int:
    if not re.fullmatch(r"\d{1,5}", value) or int(value) > MOST_PURGED:
        raise InputError(f"{who}: purge is {value!r}; write a number of sessions from 0 to {MOST_PURGED:,}")
    return int(value)
