"""Rows of tables with any columns: which column is what, and items out of rows (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from newsbt.news import times
from newsbt.news.entries import digest, item_of, missing_time, text_at
from newsbt.news.items import NewsItem
from newsbt.news.outcome import EntryError, Reading
from newsbt.news.resolve import Moment

__all__ = ["FIELDS", "guessed_columns", "plain_name", "table_row"]

#: What a column can be, and under which names it is found where nobody says: first come, first taken.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "published_at": (
        "published_at", "published_utc", "publishedat", "published", "published_date", "publication_date",
        "publish_date", "publish_time", "date_published", "date_gmt",
        "web_publication_date", "pubdate", "pub_date", "pub_time", "time_published",
        "datetime", "date_time", "datetime_utc", "time_utc", "timestamp", "time", "date", "created_at",
        "created", "发布时间", "發佈時間", "时间", "時間", "日期",
    ),
    "title": (
        "title", "headline", "news_title", "header", "subject", "web_title", "标题", "標題", "新闻标题",
    ),
    "summary": (
        "summary", "description", "abstract", "lead", "snippet", "content", "content_text", "content_html",
        "body", "text", "摘要", "新闻内容", "内容",
    ),
    "url": ("url", "link", "href", "article_url", "news_url", "web_url", "新闻链接", "链接", "網址"),
    "source": ("source", "publisher", "provider", "site", "domain", "文章来源", "来源", "來源"),
    "language": ("language", "lang"),
    "tickers": ("tickers", "ticker", "symbols", "symbol", "related"),
    "id": ("id", "uuid", "guid", "news_id"),
    "feed": (),
    "tz_check": ("tz_check",),
}  # fmt: skip
REQUIRED: Final = ("published_at", "title")
#: What a column `tz_check` says of a time that holds to the second.
CHECKED: Final = ("verified", "corrected", "yes", "true", "1")
UNCHECKED: Final = "its hour is not verified: only the day is used"
UTC: Final = ZoneInfo("UTC")
ROW_DIGITS: Final = 6
#: A column whose name says that its times are in UTC.
_SAYS_UTC: Final = re.compile(r"(^|[^a-z])(utc|gmt)($|[^a-z])", re.IGNORECASE)
_SPLIT: Final = re.compile(r"[|;,\s]+")


def guessed_columns(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Which column of a table is what.

    Parameters
    ----------
    names : iterable of str
        The table's columns.
    given : mapping
        Our name to theirs, as a user said; taken as it is, and what is not said is found by name. A column
        that a user gave away is given to nothing else.

    Returns
    -------
    dict
        Our name to theirs; without ``published_at`` or ``title`` where none is found.
    """
    mine = {plain_name(name): name for name in reversed(list(names))}
    found = dict(given)
    for field, candidates in FIELDS.items():
        if field in found:
            continue
        free = (mine[name] for name in candidates if name in mine and mine[name] not in found.values())
        name = next(free, None)
        if name is not None:
            found[field] = name
    return found


def table_row(entry: Mapping[str, Any], reading: Reading, line: int) -> NewsItem:
    """The item of a row, by ``reading.columns``.

    Time: a number counts seconds since 1970; a text is ISO 8601, RFC 822 or digits, or as
    ``reading.time_format`` says. Without an offset it is in UTC where the column's name says so, else in
    ``reading.timezone``, else refused. A row whose `tz_check` is none of :data:`CHECKED` keeps its day only:
    the day in ``reading.timezone``, else in UTC.

    Raises
    ------
    EntryError
        See :data:`newsbt.news.outcome.CODES`.
    """
    row = {field: _value(entry, name) for field, name in reading.columns.items()}
    if isinstance(publisher := row.get("source"), Mapping):
        row["source"] = publisher.get("name")  # as NewsAPI and Polygon have it
    for field in ("title", "summary"):
        if isinstance(part := row.get(field), Mapping):
            # As the New York Times and WordPress have them.
            row[field] = part.get("main", part.get("rendered"))
    source = text_at(row, "source")
    notes = []
    try:
        moment = _moment(row.get("published_at"), reading)
    except EntryError as error:
        moment = missing_time(reading, error)
    if (
        "tz_check" in row
        and text_at(row, "tz_check").strip().lower() not in CHECKED
        and moment.precision != "day"
    ):
        moment = _day_of(moment, reading.timezone or UTC)
        notes.append(UNCHECKED)
    title, url, name = text_at(row, "title"), text_at(row, "url"), text_at(row, "id").strip()
    # A short number is rather the row's than the story's, and so another story in another file.
    if not re.fullmatch(r"[^\s;,\x00-\x1f]{1,64}", name) or (name.isdigit() and len(name) <= ROW_DIGITS):
        name = f"table-{digest(name, url, title, str(row.get('published_at')), source)}"
    elif name.isdigit():
        name = f"table-{name}"
    return item_of(
        reading,
        line,
        id_=name,
        moment=moment,
        title=title,
        summary=text_at(row, "summary"),
        url=url,
        source=source,
        feed=text_at(row, "feed") or reading.feed,
        language=text_at(row, "language"),
        tickers=_tickers(row.get("tickers")),
        notes=notes,
    )


def _moment(value: object, reading: Reading) -> Moment:
    name = reading.columns["published_at"]
    zone = reading.timezone or (UTC if _SAYS_UTC.search(name) else None)
    if isinstance(value, str) and not value.strip():
        value = None
    if reading.time_format and isinstance(value, str):
        return times.formatted(value, reading.time_format, zone, name)
    return times.universal(value, zone, name)


def _day_of(moment: Moment, zone: ZoneInfo) -> Moment:
    return times.iso(moment.at.astimezone(zone).date().isoformat(), zone)


def _tickers(value: object) -> Sequence[str]:
    if isinstance(value, str):
        return _SPLIT.split(value.strip("[](){} \t").replace("'", "").replace('"', ""))
    return [part for part in value if isinstance(part, str)] if isinstance(value, list | tuple) else ()


def _value(entry: Mapping[str, Any], name: str) -> Any:
    """The value of a column; ``a.b`` is b of the object a where there is no column of that name."""
    if name in entry:
        return entry[name]
    value: Any = entry
    for part in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def plain_name(name: str) -> str:
    """`name` in lower case with underscores: ``publishedAt`` and ``Published at`` are ``published_at``."""
    return re.sub(r"[\s-]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip()).lower())
