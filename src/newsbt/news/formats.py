"""The formats that entries come in, found by what an entry holds (pure)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newsbt.news import api_shapes
from newsbt.news.items import NewsItem
from newsbt.news.outcome import EntryError, Reading
from newsbt.news.rows import from_row
from newsbt.news.tables import table_row

__all__ = ["FORMATS", "TABLE", "XML_FORMATS", "Format", "detect"]

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    """How entries of one origin are recognised and read.

    Parameters
    ----------
    name : str
        As ``--format`` takes it.
    fits : callable
        Whether an entry looks like one of this format.
    parse : callable
        Entry, reading and line to an item; EntryError where there is none.
    """

    name: str
    fits: Callable[[Entry], bool]
    parse: Callable[[Entry, Reading, int], NewsItem]


def _has(*keys: str) -> Callable[[Entry], bool]:
    return lambda entry: all(key in entry for key in keys)


def _is_yfinance(entry: Entry) -> bool:
    content = entry.get("content")
    nested = isinstance(content, Mapping) and ("pubDate" in content or "contentType" in content)
    return nested or ("providerPublishTime" in entry and "title" in entry)


def _is_gdelt(entry: Entry) -> bool:
    names = {key.lower() for key in entry}
    return {"url", "seendate"} <= names or {"url", "mobileurl", "date", "title"} <= names


def _is_jsonfeed(entry: Entry) -> bool:
    dated = "date_published" in entry or "date_modified" in entry
    return "id" in entry and dated and any(key in entry for key in ("content_html", "content_text", "url"))


def _own(entry: Entry, reading: Reading, line: int) -> NewsItem:
    """An item as it stands in a news file; only a poll adds when it saw it."""
    del line
    try:
        item = from_row(entry)
    except ValueError as error:
        raise EntryError("bad-value", str(error)) from error
    return item if reading.seen_at is None else dataclasses.replace(item, fetched_at=reading.seen_at)


TABLE: Final = "table"
#: Formats of XML, which are known by their root element.
XML_FORMATS: Final = ("rss", "atom")
FORMATS: Final[dict[str, Format]] = {
    form.name: form
    for form in (
        Format("news", _has("id", "published_at", "precision", "title"), _own),
        Format("yfinance", _is_yfinance, api_shapes.yfinance),
        Format("alphavantage", _has("title", "time_published"), api_shapes.alphavantage),
        Format("finnhub", _has("headline", "datetime", "related"), api_shapes.finnhub),
        Format("gdelt", _is_gdelt, api_shapes.gdelt),
        Format("jsonfeed", _is_jsonfeed, api_shapes.jsonfeed),
        Format(TABLE, lambda entry: True, table_row),
    )
}


def detect(samples: Sequence[Entry]) -> Format:
    """The format that most of `samples` fit; the table of any columns where none does."""
    counts = {form.name: sum(map(form.fits, samples)) for form in FORMATS.values() if form.name != TABLE}
    best = max(counts, key=lambda name: counts[name])
    return FORMATS[best if 2 * counts[best] > len(samples) else TABLE]
