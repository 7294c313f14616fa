"""One cell of a catalogue at a time: text to value, or what is wrong and what to write instead (pure)."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
import unicodedata
from collections.abc import Iterable

__all__ = [
    "CellError",
    "read_choice",
    "read_direction",
    "read_id",
    "read_number",
    "read_strength",
    "read_symbols",
    "read_text",
    "read_time",
    "read_yes_no",
    "write_number",
]

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
#: A date in front, and perhaps a time: enough to say that they do not exist.
ISO_START = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_SHOWN = 60


class CellError(ValueError):
    """What is wrong with one cell.

    Parameters
    ----------
    code : str
        Of the rule in :data:`newsbt.catalysts.rules.RULES`.
    message : str
        What is wrong; goes on from the column's name.
    action : str
        What to write instead.
    """

    def __init__(self, code: str, message: str, action: str) -> None:
        self.code, self.message, self.action = code, message, action
        super().__init__(code, message, action)


def read_text(text: str) -> str:
    r"""`text` with line breaks as ``\n``; CellError for control characters other than those and tabs."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for at, char in enumerate(text, start=1):
        if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t":
            message = f"has the control character U+{ord(char):04X} at position {at}"
            raise CellError("bad-text", message, "delete it")
    return text


def read_id(text: str) -> str:
    """An id: no ``;``, because files of results list ids so, and no spaces."""
    read_text(text)
    if ";" in text or any(char.isspace() for char in text):
        raise CellError("bad-id", f"{_shown(text)} has a ';' or a space", "write it with - or _ instead")
    return text


def read_time(text: str) -> dt.datetime:
    """A moment with its offset: what ``datetime.fromisoformat`` takes, in the years 1900 to 2199.

    Raises
    ------
    CellError
        ``bad-time``, ``impossible-date`` or ``no-offset``.
    """
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        if not _exists(text):
            action = "correct the date or time"
            raise CellError("impossible-date", f"{_shown(text)} does not exist", action) from error
        action = "write it as 2025-02-11T14:21:08+08:00, or with Z for UTC"
        raise CellError("bad-time", f"{_shown(text)} is not ISO 8601", action) from error
    if moment.utcoffset() is None:
        action = "add an offset such as +08:00 for Hong Kong, -05:00 for New York in winter, or Z for UTC"
        if len(text) <= len("2025-02-11"):
            action = "write a time with an offset too, such as 2025-02-11T16:00:00+08:00"
        raise CellError("no-offset", f"{_shown(text)} has no UTC offset", action)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise CellError("bad-time", f"{_shown(text)} is in the year {moment.year}", "correct the year")
    return moment


def read_choice(text: str, choices: Iterable[str], code: str) -> str:
    """`text`, if it is one of `choices`; the error names the nearest one, or all of them."""
    allowed = tuple(choices)
    if text in allowed:
        return text
    near = difflib.get_close_matches(text.lower(), allowed, n=1)
    action = f"write {near[0]}" if near else f"write one of {', '.join(allowed)}"
    raise CellError(code, f"{_shown(text)} does not exist", action)


def read_symbols(text: str) -> tuple[str, ...]:
    """Names separated by ``;``; spaces around them and empty ones do not count."""
    names = tuple(part.strip() for part in read_text(text).split(";") if part.strip())
    if not names:
        raise CellError("bad-symbols", f"{_shown(text)} names nobody", "write BABA;9988.HK or Alibaba")
    return names


def read_direction(text: str) -> int:
    """-1, 0 or 1."""
    value = _number(text)
    if value not in (-1.0, 0.0, 1.0):
        action = "write -1, 0 or 1, or leave it empty; how strong it is goes into strength"
        raise CellError("bad-direction", f"{_shown(text)} is none of -1, 0, 1", action)
    return int(value)


def read_strength(text: str) -> float:
    """A number from 0 to 1."""
    value = _number(text)
    if not 0.0 <= value <= 1.0:
        action = "write 0.5 for half strength, or leave it empty; the sign goes into direction"
        raise CellError("bad-strength", f"{_shown(text)} is no number from 0 to 1", action)
    return value


def read_yes_no(text: str) -> bool:
    """``yes`` or ``no``."""
    if text not in ("yes", "no"):
        raise CellError("bad-scheduled", f"{_shown(text)} is neither yes nor no", "write yes or no")
    return text == "yes"


def read_number(text: str) -> float:
    """A plain finite number, with a point and without separators or units."""
    value = _number(text)
    if not math.isfinite(value):
        action = "write it as 1234.5, without separators or units, or leave it empty"
        raise CellError("bad-number", f"{_shown(text)} is no plain number", action)
    return value


def write_number(value: float) -> str:
    """The shortest text that reads back equal: ``0.5``, ``1``, ``161.456``."""
    return repr(float(value)).removesuffix(".0")


def _number(text: str) -> float:
    """Value of `text`, NaN where it is none; stricter than ``float``, which takes ``1_0`` and ``nan``."""
    return float(text) if NUMBER.fullmatch(text) else math.nan


def _exists(text: str) -> bool:
    """False where `text` begins with a date or time that no calendar or clock has; True if in doubt."""
    found = ISO_START.match(text)
    if found is None:
        return True
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        return False
    return True


def _shown(text: str) -> str:
    """`text` in quotes, cut where it is long."""
    return repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}...")
