"""What becomes of an entry of a feed: an item, or the reason why there is none (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

__all__ = ["CODES", "Broken", "EntryError", "Reading", "Rejected"]

#: Why an entry is not imported, by code.
CODES: Final[dict[str, str]] = {
    "broken": "the entry cannot be taken apart",
    "bad-bytes": "bytes that are no text in the file's encoding",
    "too-large": "an entry larger than any news",
    "no-title": "neither a title nor a description",
    "no-time": "no time of publication",
    "no-offset": "a time without its UTC offset",
    "bad-time": "a time that cannot be read, or does not exist",
    "bad-value": "a value of another kind than the format has",
    "changed-duplicate": "the id of an earlier entry with another text or time",
}


class EntryError(Exception):
    """An entry that cannot become an item; caught where entries are read.

    Parameters
    ----------
    code : str
        One of :data:`CODES`.
    reason : str
        What is wrong with it and what to do, for people.
    """

    def __init__(self, code: str, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(code, reason)


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in place of an entry that could not even be taken apart."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that was not imported.

    Parameters
    ----------
    code : str
        One of :data:`CODES`.
    reason : str
        For people.
    file, line
        Where it stands; `line` is the line, or the position of the entry, counted from 1.
    title : str
        What there is of its title, shortened; may be empty.
    """

    code: str
    reason: str
    file: str
    line: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the entries of one file are read.

    Parameters
    ----------
    file : str
        Its name, for the items.
    now : datetime
        Aware: what counts as the future.
    timezone : ZoneInfo or None
        Of times without an offset; without it they are refused.
    seen_at : datetime or None
        When a poll saw the entries; such an entry without a time has this one.
    midnight_is_day : bool
        Whether midnight to the second means that only the day is known.
    columns : mapping
        For tables: our name to theirs.
    time_format : str
        For tables: how ``strptime`` reads a time; empty for the usual forms.
    feed : str
        For tables: what the items' `feed` is.
    """

    file: str
    now: dt.datetime
    timezone: ZoneInfo | None = None
    seen_at: dt.datetime | None = None
    midnight_is_day: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    time_format: str = ""
    feed: str = "table"
