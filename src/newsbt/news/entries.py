"""What all formats share when an entry becomes an item: texts cleaned, ids, notes on times (pure)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

from newsbt.news.items import NewsItem
from newsbt.news.languages import language_tag
from newsbt.news.outcome import EntryError, Reading
from newsbt.news.resolve import Moment
from newsbt.news.texts import LONGEST_TITLE, LOST, plain_text, shortened

__all__ = [
    "CRAWLED",
    "FIRST_SEEN",
    "FUTURE",
    "MIDNIGHT",
    "content_key",
    "digest",
    "item_of",
    "missing_time",
    "text_at",
]

#: How far a feed's clock may be ahead of ours.
AHEAD: Final = dt.timedelta(minutes=5)
FUTURE: Final = "stamped in the future"
MIDNIGHT: Final = "stamped midnight exactly: perhaps only the day is known"
CRAWLED: Final = "stamped when the feed saw it, not when it was published"
DAY_ONLY: Final = "midnight read as the day"
FIRST_SEEN: Final = "the feed gives no time: when it was first seen"
LONGEST_URL: Final = 2_000
MOST_TICKERS: Final = 200


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for `parts`."""
    whole = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.sha256(whole).hexdigest()[:16]


def content_key(item: NewsItem) -> int:
    """A number for what an item says: title, summary and time, unless that is the poll's own."""
    time = "" if item.published_at == item.fetched_at else item.published_at.isoformat()
    return int(digest(item.title, item.summary, time), 16)


def text_at(record: Mapping[str, object], key: str) -> str:
    """The text at `key`: empty for nothing, numbers as text.

    Raises
    ------
    EntryError
        If a list or an object is there.
    """
    value = record.get(key)
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, int | float):
        return str(value)
    raise EntryError("bad-value", f"{key} holds {type(value).__name__}, and should hold a text")


def missing_time(reading: Reading, error: EntryError) -> Moment:
    """For an entry without a time: when the poll saw it; `error` again where there was no poll."""
    if reading.seen_at is None or error.code != "no-time":
        raise error
    return Moment(reading.seen_at, "second", note=FIRST_SEEN)


def item_of(
    reading: Reading,
    line: int,
    *,
    id_: str,
    moment: Moment,
    title: str,
    feed: str,
    summary: str = "",
    url: str = "",
    source: str = "",
    language: str = "",
    tickers: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> NewsItem:
    """The item of an entry whose parts have been found.

    Parameters
    ----------
    reading, line
        How and where it is read.
    id_ : str
        Stable, without spaces.
    moment : Moment
        When it was published.
    title, summary, url, source, language, tickers
        Raw, as the feed has them; cleaned here. An empty title is replaced by the start of the summary.
    feed : str
        The format.
    notes : sequence of str
        Further warnings.

    Raises
    ------
    EntryError
        ``no-title``.
    """
    remarks = [moment.note, *notes]
    summary = plain_text(summary)
    title = plain_text(title, LONGEST_TITLE)
    if not title:
        if not summary:
            raise EntryError(
                "no-title", "there is neither a title nor a description; nothing can be read from it"
            )
        title, remarks = shortened(summary, 200), [*remarks, "no title: the start of its description"]
    if LOST in title or LOST in summary:
        remarks.append("characters that could not be read")
    if moment.midnight and reading.midnight_is_day:
        moment = dataclasses.replace(moment, precision="day", midnight=False)
        remarks.append(DAY_ONLY)
    if moment.midnight:
        remarks.append(MIDNIGHT)
    if moment.at > reading.now + AHEAD:
        remarks.append(FUTURE)
    return NewsItem(
        id=_whole(id_),
        published_at=moment.at,
        precision=moment.precision,
        title=title,
        summary=summary,
        url=_address(url),
        source=plain_text(source, 200),
        feed=_whole(feed),
        language=language_tag(language, title),
        tickers=_symbols(tickers),
        fetched_at=reading.seen_at,
        file=reading.file,
        line=line,
        note=_whole("; ".join(remark for remark in remarks if remark)),
    )


def _whole(text: str) -> str:
    """`text` without halves of characters, which JSON may hold and no file can."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _address(url: str) -> str:
    """`url` without spaces and control characters; empty if it is longer than any address."""
    clean = re.sub(r"[\s\x00-\x1f\x7f\ud800-\udfff]+", "", url)
    return clean if len(clean) <= LONGEST_URL else ""


def _symbols(tickers: Sequence[str]) -> tuple[str, ...]:
    clean = (re.sub(r"[\s;,\x00-\x1f\ud800-\udfff]+", "", ticker)[:40] for ticker in tickers[:MOST_TICKERS])
    return tuple(dict.fromkeys(ticker for ticker in clean if ticker))
