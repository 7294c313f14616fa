"""One story as a feed gave it, before anybody has said whom it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["ItemPrecision", "NewsItem"]

ItemPrecision: TypeAlias = Literal["second", "minute", "day"]


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A headline with its moment and its origin.

    Parameters
    ----------
    id : str
        The same for the same story of the same feed whenever it is read again.
    published_at : datetime
        Aware, UTC. For a `precision` of ``"day"`` the start of that day in the feed's own zone.
    precision : {"second", "minute", "day"}
        How well the moment is known.
    title, summary : str
        Plain text: no markup, no entities, white space collapsed; `summary` may be empty.
    url, source : str
        Address and publisher, empty where the feed has none.
    feed : str
        Format it was read from (``"rss2"``, ``"gdelt"``).
    language : str
        BCP 47 tag (``"en"``, ``"zh-Hans"``, ``"zh-Hant"``, ``"zh"``), empty where unknown.
    tickers : tuple of str
        Symbols that the feed itself attaches.
    fetched_at : datetime or None
        Aware, UTC: when a poll first saw it; None for files that somebody else collected.
    revises : str
        `id` of the item of which this one is a later version, empty for a first version.
    file, line
        Where it was read: file name, and line or position of the entry, counted from 1.
    note : str
        Warnings about this item's time, for people.
    """

    id: str
    published_at: dt.datetime
    precision: ItemPrecision
    title: str
    summary: str = ""
    url: str = ""
    source: str = ""
    feed: str = ""
    language: str = ""
    tickers: tuple[str, ...] = ()
    fetched_at: dt.datetime | None = None
    revises: str = ""
    file: str = ""
    line: int = 0
    note: str = ""
