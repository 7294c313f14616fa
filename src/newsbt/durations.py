"""Spans of time as people write them: ``5min``, ``90s``, ``2h``, ``1d`` (pure)."""

from __future__ import annotations

import datetime as dt
import re

from newsbt.errors import InputError

__all__ = ["format_duration", "parse_duration"]

UNITS: dict[str, dt.timedelta] = {
    "s": dt.timedelta(seconds=1),
    "sec": dt.timedelta(seconds=1),
    "m": dt.timedelta(minutes=1),
    "min": dt.timedelta(minutes=1),
    "h": dt.timedelta(hours=1),
    "d": dt.timedelta(days=1),
}
LONGEST = dt.timedelta(days=365)


def parse_duration(text: str, name: str) -> dt.timedelta:
    """Read a span of time.

    Parameters
    ----------
    text : str
        A number and a unit (``s``, ``min``, ``h``, ``d``), or ``0``.
    name : str
        Of the setting, for the message.

    Raises
    ------
    InputError
        If `text` is none, is negative or is longer than a year.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", text.lower())
    if match:
        number, unit = float(match[1]), match[2]
        if unit in UNITS and number <= LONGEST / UNITS[unit]:
            return number * UNITS[unit]
        if number == 0 and not unit:
            return dt.timedelta(0)
    raise InputError(f"{name} is {text!r}; write a span from 0 to 365 days such as 5min, 90s, 2h or 1d")


def format_duration(span: dt.timedelta) -> str:
    """Write `span` in the largest unit that needs no fraction; :func:`parse_duration` reads it back."""
    for unit in ("d", "h", "min", "s"):
        if span and span % UNITS[unit] == dt.timedelta(0):
            return f"{span // UNITS[unit]}{unit}"
    return f"{span.total_seconds():f}s" if span else "0"
