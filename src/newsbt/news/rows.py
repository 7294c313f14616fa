"""One news item as a row of a news file, and back (pure)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, Final, cast

from newsbt.news.items import ItemPrecision, NewsItem

__all__ = ["COLUMNS", "REQUIRED", "from_row", "time_text", "to_row", "to_texts"]

#: Columns of a news file, in their order.
COLUMNS: Final = tuple(NewsItem.__dataclass_fields__)
REQUIRED: Final = ("id", "published_at", "precision", "title")
TIMES: Final = ("published_at", "fetched_at")
PRECISIONS: Final = ("second", "minute", "day")


def time_text(moment: dt.datetime) -> str:
    """ISO 8601 in UTC with Z, to the microsecond where there are any."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"


def to_row(item: NewsItem) -> dict[str, Any]:
    """Values for JSON: times as texts, tickers as a list, empty ones left out."""
    row: dict[str, Any] = {}
    for name in COLUMNS:
        value = getattr(item, name)
        if isinstance(value, dt.datetime):
            row[name] = time_text(value)
        elif value:
            row[name] = list(value) if name == "tickers" else value
    return row


def to_texts(item: NewsItem) -> dict[str, str]:
    """Cells for CSV: every column, tickers with ``;`` between."""
    row = to_row(item)
    return {
        name: ";".join(row[name]) if name == "tickers" and name in row else str(row.get(name, ""))
        for name in COLUMNS
    }


def from_row(row: Mapping[str, Any]) -> NewsItem:
    """The item that :func:`to_row` or :func:`to_texts` wrote; times may be datetimes, too.

    Raises
    ------
    ValueError
        For a value that is missing or of another kind; the message says which.
    """
    values: dict[str, Any] = {}
    for name in COLUMNS:
        value = row.get(name)
        if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
            if name in REQUIRED:
                raise ValueError(f"{name} is missing")
        elif name in TIMES:
            values[name] = _moment(name, value)
        elif name == "tickers":
            values[name] = _tickers(value)
        elif name == "line":
            values[name] = _whole(value)
        elif isinstance(value, str):
            values[name] = value
        else:
            raise ValueError(f"{name} holds {type(value).__name__}, and should hold a text")
    if values["precision"] not in PRECISIONS:
        raise ValueError(
            f"precision is {values['precision']!r}, and should be one of {', '.join(PRECISIONS)}"
        )
    values["precision"] = cast(ItemPrecision, values["precision"])
    return NewsItem(**values)


def _moment(name: str, value: object) -> dt.datetime:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{name} is {value!r}, and should be as 2025-02-11T14:21:08Z") from error
    if not isinstance(value, dt.datetime):
        raise ValueError(f"{name} holds {type(value).__name__}, and should hold a time")
    if value.tzinfo is None:
        raise ValueError(f"{name} is {value.isoformat()}, without its UTC offset")
    try:
        return value.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError(f"{name} is {value.isoformat()}, which is not in the years 1 to 9999") from error


def _tickers(value: object) -> tuple[str, ...]:
    parts = value.split(";") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError("tickers should hold texts")
    return tuple(part for part in parts if part)


def _whole(value: object) -> int:
    try:
        return int(cast(Any, value))
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"line is {value!r}, and should be a whole number") from error
