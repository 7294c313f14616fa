"""Entries of interfaces that answer in JSON: yfinance, Finnhub, Alpha Vantage, GDELT, JSON Feed (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from newsbt.news import times
from newsbt.news.entries import CRAWLED, digest, item_of, missing_time, text_at
from newsbt.news.items import NewsItem
from newsbt.news.outcome import EntryError, Reading
from newsbt.news.resolve import Moment
from newsbt.news.texts import tidy_tokens

__all__ = ["alphavantage", "finnhub", "gdelt", "jsonfeed", "yfinance"]

Entry = Mapping[str, Any]
UTC: Final = ZoneInfo("UTC")


def yfinance(entry: Entry, reading: Reading, line: int) -> NewsItem:
    """An entry of ``Ticker.news``, nested (yfinance 0.2.55 on) or flat.

    Time: ``pubDate``, ISO 8601 with Z; flat: ``providerPublishTime``, seconds since 1970. ``displayTime``,
    when the page was last shown as new, is not used; where it differs, a note says so.

    Raises
    ------
    EntryError
        See :data:`newsbt.news.outcome.CODES`.
    """
    content = entry.get("content")
    if not isinstance(content, Mapping):
        return _yfinance_flat(entry, reading, line)
    moment = _time(reading, lambda: times.iso(text_at(content, "pubDate"), None, "pubDate"))
    notes = []
    shown = text_at(content, "displayTime")
    if shown and shown != text_at(content, "pubDate"):
        notes.append(f"shown again at {shown[:40]}: the text may be of that version")
    canonical, clicked = _part(content, "canonicalUrl"), _part(content, "clickThroughUrl")
    url = text_at(canonical, "url") or text_at(clicked, "url")
    found = _part(content, "finance").get("stockTickers")
    tickers = (
        [part.get("symbol") for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []
    )
    name = text_at(content, "id") or text_at(entry, "id")
    return item_of(
        reading,
        line,
        id_=_given_id("yf", name, url, text_at(content, "title")),
        moment=moment,
        title=text_at(content, "title"),
        summary=text_at(content, "summary") or text_at(content, "description"),
        url=url,
        source=text_at(_part(content, "provider"), "displayName"),
        feed="yfinance",
        language=text_at(canonical, "lang") or text_at(clicked, "lang"),
        tickers=[ticker for ticker in tickers if isinstance(ticker, str)],
        notes=[*notes, *_first_put_out(url, moment)],
    )


def _yfinance_flat(entry: Entry, reading: Reading, line: int) -> NewsItem:
    moment = _time(reading, lambda: _epoch(entry, "providerPublishTime", reading))
    url = text_at(entry, "link")
    return item_of(
        reading,
        line,
        id_=_given_id("yf", text_at(entry, "uuid"), url, text_at(entry, "title")),
        moment=moment,
        title=text_at(entry, "title"),
        summary=text_at(entry, "summary"),
        url=url,
        source=text_at(entry, "publisher"),
        feed="yfinance",
        tickers=_texts(entry.get("relatedTickers")),
        notes=_first_put_out(url, moment),
    )


def finnhub(entry: Entry, reading: Reading, line: int) -> NewsItem:
    """An entry of company or market news; time: ``datetime``, seconds since 1970 in UTC.

    Raises
    ------
    EntryError
        See :data:`newsbt.news.outcome.CODES`.
    """
    return item_of(
        reading,
        line,
        # Some of its sources have the id 0.
        id_=_given_id(
            "fh", text_at(entry, "id").lstrip("0"), text_at(entry, "url"), text_at(entry, "headline")
        ),
        moment=_time(reading, lambda: _epoch(entry, "datetime", reading)),
        title=text_at(entry, "headline"),
        summary=text_at(entry, "summary"),
        url=text_at(entry, "url"),
        source=text_at(entry, "source"),
        feed="finnhub",
        tickers=text_at(entry, "related").split(","),
    )


def alphavantage(entry: Entry, reading: Reading, line: int) -> NewsItem:
    """An entry of ``NEWS_SENTIMENT``; time: ``time_published``, digits without an offset, in UTC.

    The documentation names no zone. The stamp is the interface's own and may be when it took the story in;
    every item carries a note. Its sentiment scores are not read.

    Raises
    ------
    EntryError
        See :data:`newsbt.news.outcome.CODES`.
    """
    rated = entry.get("ticker_sentiment")
    rated = rated if isinstance(rated, list) else []
    return item_of(
        reading,
        line,
        id_=f"av-{digest(text_at(entry, 'url') or text_at(entry, 'title'))}",
        moment=_time(reading, lambda: times.compact(text_at(entry, "time_published"), UTC, "time_published")),
        title=text_at(entry, "title"),
        summary=text_at(entry, "summary"),
        url=text_at(entry, "url"),
        source=text_at(entry, "source") or text_at(entry, "source_domain"),
        feed="alphavantage",
        tickers=[text_at(part, "ticker") for part in rated if isinstance(part, Mapping)],
        notes=["time taken as UTC, and perhaps when the feed took it in"],
    )


def gdelt(entry: Entry, reading: Reading, line: int) -> NewsItem:
    """An article of a GDELT list, from JSON or CSV; time: ``seendate``, in UTC.

    That is the quarter of an hour in which GDELT saw the article, after its publication; precision is
    ``minute`` and every item carries a note. GDELT's own CSV names the columns URL, MobileURL, Date, Title.

    Raises
    ------
    EntryError
        See :data:`newsbt.news.outcome.CODES`.
    """
    named = {key.lower(): value for key, value in entry.items()}
    key = "seendate" if "seendate" in named else "date"
    raw = text_at(named, key)
    read = times.iso if "-" in raw else times.compact
    moment = _time(reading, lambda: read(raw, UTC, key))
    url = text_at(named, "url") or text_at(named, "mobileurl") or text_at(named, "url_mobile")
    return item_of(
        reading,
        line,
        id_=f"gdelt-{digest(url or text_at(named, 'title'))}",
        # Its grid of quarters makes a midnight of every hundredth stamp.
        moment=Moment(moment.at, "minute", note=moment.note),
        title=tidy_tokens(text_at(named, "title")),
        url=url,
        source=text_at(named, "domain"),
        feed="gdelt",
        language=text_at(named, "language"),
        notes=[CRAWLED],
    )


def jsonfeed(entry: Entry, reading: Reading, line: int) -> NewsItem:
    """An item of a JSON Feed (jsonfeed.org, versions 1 and 1.1).

    Time: ``date_published``, ISO 8601; without it ``date_modified``, with a note that it is the time of the
    last change.

    Raises
    ------
    EntryError
        See :data:`newsbt.news.outcome.CODES`.
    """
    notes = []
    published, modified = text_at(entry, "date_published"), text_at(entry, "date_modified")
    if not published and modified:
        notes.append("the time of its last change; the feed gives no time of publication")
    elif modified and modified != published:
        notes.append(f"updated {modified[:40]}: the text may be of that version")
    name = "date_published" if published or not modified else "date_modified"
    url = text_at(entry, "url") or text_at(entry, "external_url")
    return item_of(
        reading,
        line,
        id_=f"jsonfeed-{digest(text_at(entry, 'id'), url or text_at(entry, 'title'))}",
        moment=_time(reading, lambda: times.universal(published or modified, reading.timezone, name)),
        title=text_at(entry, "title"),
        summary=text_at(entry, "summary") or text_at(entry, "content_text") or text_at(entry, "content_html"),
        url=url,
        feed="jsonfeed",
        language=text_at(entry, "language"),
        notes=notes,
    )


_YAHOO_CLOCK: Final = re.compile(r"finance\.yahoo\.com/\S*-([01]\d|2[0-3])([0-5]\d)([0-5]\d)\d{3}\.html$")
#: A stamp that is later than that by more is one of a later version.
SLACK_S: Final = 300


def _first_put_out(url: str, moment: Moment) -> list[str]:
    """A note where the clock time in a Yahoo address, of its first version, is not the stamp's."""
    match = _YAHOO_CLOCK.search(url)
    if match is None:
        return []
    first = 3600 * int(match[1]) + 60 * int(match[2]) + int(match[3])
    later = (int(moment.at.timestamp()) - first) % 86_400
    if min(later, 86_400 - later) <= SLACK_S:
        return []
    return [f"its address says {match[1]}:{match[2]}:{match[3]} UTC: perhaps an update of an earlier story"]


def _time(reading: Reading, read: Callable[[], Moment]) -> Moment:
    """What `read` gives, or when a poll saw an entry that has no time."""
    try:
        return read()
    except EntryError as error:
        return missing_time(reading, error)


def _epoch(entry: Entry, key: str, reading: Reading) -> Moment:
    """Seconds since 1970; a table written from such entries may hold a written time instead."""
    value = entry.get(key)
    if value is None or value == "":
        raise EntryError("no-time", f"there is no {key}")
    if isinstance(value, str) and not value.strip().lstrip("-").replace(".", "", 1).isdigit():
        return times.universal(value, reading.timezone, key)
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        return times.epoch(value, key)
    return times.universal(value, reading.timezone, key)


def _part(entry: Entry, key: str) -> Entry:
    part = entry.get(key)
    return part if isinstance(part, Mapping) else {}


def _texts(value: object) -> list[str]:
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []


def _given_id(prefix: str, name: str, *else_: str) -> str:
    """The feed's own id where it is one word, else what stands for the rest."""
    plain = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and len(name) <= 64
    return f"{prefix}-{name}" if plain else f"{prefix}-{digest(name, *else_)}"
