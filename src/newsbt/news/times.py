"""Times as feeds write them, to UTC by stated rules; never a guess at an offset (pure)."""

from __future__ import annotations

import datetime as dt
import math
import re
from email.utils import parsedate_tz
from typing import Final
from zoneinfo import ZoneInfo

from newsbt.news.outcome import EntryError
from newsbt.news.resolve import Moment, bounded, given, is_midnight, resolved, shown, unreadable
from newsbt.news.written import written
from newsbt.news.zones import offset_of

__all__ = ["compact", "epoch", "formatted", "iso", "rfc822", "universal"]

#: From these sizes on a number counts milliseconds, microseconds, nanoseconds since 1970.
UNITS: Final = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3))

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?\s*(Z|[+-]\d{2}:?\d{2})?")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_RFC = re.compile(r"(?:[A-Za-z]{3,9}\.?,?\s+)?\d{1,2}[\s-][A-Za-z]{3,9}\.?[\s-]\d{2,4}\b.*", re.DOTALL)
_NAMED_ZONE = re.compile(r"\s\(?([A-Za-z]{1,5})\)?\s*$")
_HALF = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_NUMBERED_ZONE = re.compile(r"\s([+-]\d{2}:?\d{2})(?:\s*\([^()]*\))?$")


def iso(text: str, zone: ZoneInfo | None, name: str = "the time") -> Moment:
    """ISO 8601, as ``2025-02-11T14:21:08Z``, ``2025-02-11 14:21`` or ``2025-02-11``.

    Parameters
    ----------
    text : str
        The time. Fractions of a second beyond microseconds are cut.
    zone : ZoneInfo or None
        Of times without an offset.
    name : str
        What to call it in messages.

    Raises
    ------
    EntryError
        ``no-time``, ``bad-time``, or ``no-offset`` for a time without an offset where `zone` is None.
    """
    match = _ISO.fullmatch(given(text, name))
    if match is None:
        raise unreadable(text, name)
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    fields = [year, month, day, hour, minute, second]
    return resolved(fields, (fraction or "").ljust(6, "0")[:6], offset or "", zone, text, name)


def compact(text: str, zone: ZoneInfo | None, name: str = "the time") -> Moment:
    """Digits without separators, as ``20240728T150900`` or ``20260416T143000Z``; errors as :func:`iso`."""
    match = _COMPACT.fullmatch(given(text, name))
    if match is None:
        raise unreadable(text, name)
    *fields, offset = match.groups()
    return resolved(fields, "0", offset or "", zone, text, name)


def epoch(value: float | str, name: str = "the time") -> Moment:
    """Seconds since 1970 in UTC; larger numbers count milliseconds, microseconds or nanoseconds.

    Raises
    ------
    EntryError
        ``no-time`` for zero or less, which is how a missing time looks; ``bad-time``.
    """
    try:
        number = float(value)
    except (ValueError, OverflowError) as error:
        raise unreadable(str(value), name) from error
    if not math.isfinite(number):
        raise unreadable(str(value), name)
    if number <= 0:
        raise EntryError("no-time", f"{name} is {shown(value)}, which is how a missing time looks")
    seconds = next((number / per for least, per in UNITS if number >= least), number)
    try:
        at = dt.datetime.fromtimestamp(round(seconds, 6), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise unreadable(str(value), name) from error
    return bounded(Moment(at, "second", is_midnight(at)), name)


def rfc822(text: str, zone: ZoneInfo | None, name: str = "the time", *, chinese: bool = False) -> Moment:
    """RFC 822, as ``Thu, 27 Feb 2025 17:03:00 +0800``; the day's name is not looked at.

    Zone names: those of RFC 822 (GMT, EST, EDT, CST, ...) and a few with one meaning (HKT, JST, CET, ...).
    Any other is as if there were none. CST is North America's, but in a feed that is `chinese` it may be
    China's, 14 hours away, and counts as none.

    Raises
    ------
    EntryError
        As :func:`iso`.
    """
    stamp = given(text, name)
    clock = re.search(r"\d:\d\d(:\d\d)?", stamp)
    parts = parsedate_tz(stamp if clock else f"{stamp} 00:00") if _RFC.fullmatch(stamp) else None
    word_form = written(stamp, zone, name, chinese=chinese) if parts is None or _HALF.search(stamp) else None
    if word_form is not None:
        return word_form
    if parts is None:
        raise unreadable(text, name)
    number, named = _NUMBERED_ZONE.search(stamp), _NAMED_ZONE.search(stamp)
    word = named[1].upper() if named else ""
    offset = number[1] if number else offset_of(word, chinese=chinese)
    if word in ("AM", "PM"):
        raise unreadable(text, name)
    fields = [str(part) for part in parts[:6]]
    if clock is None:
        fields[3:] = []
    elif clock[1] is None:
        fields[5:] = []
    return resolved([*fields, *[None] * (6 - len(fields))], "0", offset, zone, text, name, word)


def formatted(text: str, pattern: str, zone: ZoneInfo | None, name: str = "the time") -> Moment:
    """A time as ``strptime`` reads it with `pattern`; errors as :func:`iso`."""
    try:
        value = dt.datetime.strptime(given(text, name), pattern)  # noqa: DTZ007 - the offset is added below
    except ValueError as error:
        raise EntryError("bad-time", f"{name} is {shown(text)}, which is not as {pattern!r}") from error
    has_time = any(mark in pattern for mark in ("%H", "%I", "%X", "%c", "%s"))
    seconds = any(mark in pattern for mark in ("%S", "%X", "%c", "%s"))
    fields: list[str | None] = [str(value.year), str(value.month), str(value.day)]
    fields += [str(value.hour), str(value.minute)] if has_time else [None, None]
    fields += [str(value.second)] if seconds else [None]
    offset = value.strftime("%z")[:5] if value.tzinfo is not None else ""
    return resolved(fields, str(value.microsecond).rjust(6, "0"), offset, zone, text, name)


def universal(value: object, zone: ZoneInfo | None, name: str = "the time") -> Moment:
    """A time in any form: a datetime or date, ISO 8601, RFC 822, digits, a number of seconds, or words.

    Forms in which day and month cannot be told apart (``02/11/2025``) are refused. CST, which is North
    America's or China's, counts as no zone. For words see :func:`newsbt.news.written.written`.

    Raises
    ------
    EntryError
        As :func:`iso`.
    """
    if isinstance(value, dt.datetime):
        return _of_datetime(value, zone, name)
    if isinstance(value, dt.date):
        return iso(value.isoformat(), zone, name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        if value is None:
            raise EntryError("no-time", f"{name} is empty")
        raise EntryError("bad-value", f"{name} holds {type(value).__name__}, and should hold a time")
    text = str(value).strip()
    digits = re.fullmatch(r"\d{9,19}(\.\d+)?", text) and not re.match(r"(19|20)\d{12}$", text)
    if digits or not isinstance(value, str):
        return epoch(value, name)
    if _ISO.fullmatch(text):
        return iso(text, zone, name)
    if _COMPACT.fullmatch(text):
        return compact(text, zone, name)
    stamp = given(text, name)
    if _RFC.fullmatch(stamp):
        return rfc822(stamp, zone, name, chinese=True)
    found = written(stamp, zone, name, chinese=True)
    if found is None:
        raise unreadable(stamp, name)
    return found


def _of_datetime(value: dt.datetime, zone: ZoneInfo | None, name: str) -> Moment:
    if value != value:  # NaT of pandas is a datetime and equals nothing
        raise EntryError("no-time", f"{name} is empty")
    plain = value if type(value) is dt.datetime else dt.datetime.fromisoformat(value.isoformat()[:26])
    if value.tzinfo is not None:
        at = value.astimezone(dt.UTC)
        at = at if type(at) is dt.datetime else dt.datetime.fromtimestamp(at.timestamp(), dt.UTC)
        return bounded(Moment(at, "second", is_midnight(value)), name)
    fields = [str(getattr(plain, part)) for part in ("year", "month", "day", "hour", "minute", "second")]
    return resolved(fields, str(plain.microsecond).rjust(6, "0"), "", zone, value.isoformat(), name)
