"""Written parts of a time to a moment in UTC: offsets, zones, clocks put forward and back (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from newsbt.news.items import ItemPrecision
from newsbt.news.outcome import EntryError

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONGEST",
    "Moment",
    "bounded",
    "given",
    "is_midnight",
    "resolved",
    "shown",
    "unreadable",
]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
#: Characters of the longest time.
LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was published, and how well that is known.

    Parameters
    ----------
    at : datetime
        Aware, UTC; for a day its start in the zone it was given in.
    precision : {"second", "minute", "day"}
        As far as it was written.
    midnight : bool
        Whether it was written as midnight exactly: perhaps only the day is known.
    note : str
        For people; may be empty.
    """

    at: dt.datetime
    precision: ItemPrecision
    midnight: bool = False
    note: str = ""


def shown(value: object) -> str:
    """`value` in quotes for a message, shortened."""
    text = str(value)
    return repr(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def resolved(
    fields: Sequence[str | None],
    fraction: str,
    offset: str,
    zone: ZoneInfo | None,
    text: str,
    name: str,
    word: str = "",
) -> Moment:
    """The moment of written parts.

    Parameters
    ----------
    fields : sequence of six str or None
        Year to second; those from the hour on are None where they are not written.
    fraction : str
        Microseconds.
    offset : str
        ``Z``, ``UTC``, ``GMT``, ``+0800``, ``-05:00``, or empty.
    zone : ZoneInfo or None
        Of a time without an offset.
    text, name : str
        The whole time as it was written and what to call it, for messages.
    word : str
        The zone's name as it was written, for the message where there is neither `offset` nor `zone`; may be
        empty.

    Raises
    ------
    EntryError
        ``bad-time`` for a moment that does not exist, ``no-offset`` for one without offset and zone.
    """
    year, month, day = (int(part or 0) for part in fields[:3])
    hour, minute, second = (int(part or 0) for part in fields[3:6])
    try:
        # A leap second is the next minute's first: no clock that trades knows 23:59:60.
        local = dt.datetime(year, month, day, hour, minute, min(second, 59), int(fraction))  # noqa: DTZ001
        local += dt.timedelta(seconds=1) if second == 60 else dt.timedelta(0)
    except (ValueError, OverflowError) as error:
        raise EntryError("bad-time", f"{name} is {shown(text)}, which does not exist") from error
    if second > 60 or not FIRST_YEAR <= year <= LAST_YEAR:
        problem = "does not exist" if second > 60 else f"is outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise EntryError("bad-time", f"{name} is {shown(text)}, which {problem}")
    precision: ItemPrecision = "day" if fields[3] is None else "minute" if fields[5] is None else "second"
    note = ""
    if offset:
        at = (local - _offset(offset, text, name)).replace(tzinfo=dt.UTC)
    elif zone is None and word:
        raise EntryError(
            "no-offset",
            f"{name} is {shown(text)}, and {word} is no zone with one meaning; say which with --timezone",
        )
    elif zone is None:
        raise EntryError(
            "no-offset",
            f"{name} is {shown(text)}, without its UTC offset; say with --timezone which zone it is, "
            "such as --timezone Asia/Hong_Kong",
        )
    else:
        at, note = _in_zone(local, zone, precision, text, name)
    return bounded(Moment(at, precision, precision != "day" and is_midnight(local), note), name)


def _offset(text: str, whole: str, name: str) -> dt.timedelta:
    if text.upper() in ("Z", "UTC", "GMT"):
        return dt.timedelta(0)
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise EntryError("bad-time", f"{name} is {shown(whole)}, and no zone is {text} from UTC")
    return (-1 if text[0] == "-" else 1) * dt.timedelta(hours=hours, minutes=minutes)


def _in_zone(
    local: dt.datetime, zone: ZoneInfo, precision: ItemPrecision, text: str, name: str
) -> tuple[dt.datetime, str]:
    """The later of two readings where clocks were put back; an error where they were put forward."""
    early, late = (local.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if early == late:
        return early, ""
    if early > late:
        if precision == "day":
            return late, ""
        raise EntryError("bad-time", f"{name} is {shown(text)}, which clocks in {zone.key} jumped over")
    if precision == "day":
        return early, ""
    return late, f"clocks in {zone.key} showed this time twice; the later is taken"


def is_midnight(local: dt.datetime) -> bool:
    """Whether it is midnight to the microsecond."""
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


def bounded(moment: Moment, name: str) -> Moment:
    """`moment`; EntryError outside the years that news can have."""
    if not FIRST_YEAR <= moment.at.year <= LAST_YEAR:
        raise EntryError(
            "bad-time", f"{name} is in the year {moment.at.year}, outside {FIRST_YEAR} to {LAST_YEAR}"
        )
    return moment


def given(text: str, name: str) -> str:
    """`text` without the spaces around; EntryError if it is empty or too long for a time."""
    stripped = text.strip()
    if not stripped:
        raise EntryError("no-time", f"{name} is empty")
    if len(stripped) > LONGEST:
        raise unreadable(stripped, name)
    return stripped


def unreadable(text: str, name: str) -> EntryError:
    """What to raise for a time in no form that is read."""
    return EntryError(
        "bad-time",
        f"{name} is {shown(text)}, which is no time that is read; write 2025-02-11T14:21:08+08:00, or "
        "give its form with --time-format",
    )
