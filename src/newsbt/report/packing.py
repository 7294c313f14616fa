"""Long columns of a page in few characters: differences of numbers and times, texts once (pure).

The script of a page takes them apart again: ``unpacked`` in ``chart.js``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["TIMES", "pack_page", "packed_counts", "packed_numbers", "packed_texts", "packed_times"]

#: Fewer values than this are left as they are.
LEAST = 32
#: Significant digits that a price keeps at its lowest, and decimals at least.
DIGITS, DECIMALS = 4, 2
#: Names of columns that hold milliseconds, and prices.
TIMES = frozenset({"t", "benchmark_t", "opened", "closed"})
PRICES = frozenset({"open", "high", "low", "close"})


def pack_page(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` of a run's page with its long columns packed.

    Equal lists of times of the listings are there once, in ``times``; a listing names its own by position.
    """
    found = {name: _packed(value) for name, value in data.items()}
    times: list[list[int | None]] = []
    listings = []
    for item in data["listings"]:
        if item["t"] not in times:
            times.append(item["t"])
        prices = {name: packed_numbers(item[name]) for name in PRICES & set(item)}
        volume = {name: packed_counts(item[name]) for name in ("volume",) if name in item}
        listings.append({**item, **prices, **volume, "t": times.index(item["t"])})
    return {**found, "listings": listings, "times": [packed_times(column) for column in times]}


def packed_times(values: Sequence[int | None]) -> Any:
    """Milliseconds as differences in minutes, seconds or milliseconds, whichever is exact."""
    if len(values) < LEAST:
        return values
    unit = next(step for step in (60_000, 1000, 1) if all((value or 0) % step == 0 for value in values))
    return {"of": 1, "by": unit, "d": _differences([None if v is None else v // unit for v in values])}


def packed_numbers(values: Sequence[float | None], digits: int = DIGITS) -> Any:
    """Numbers as differences in units of the last digit.

    The smallest keeps `digits` significant digits, and all of them :data:`DECIMALS` decimals.
    """
    known = [abs(value) for value in values if value]
    if len(values) < LEAST or not known:
        return values
    places = min(max(digits - 1 - math.floor(math.log10(min(known))), DECIMALS), 9)
    scaled = [None if value is None else round(value * 10**places) for value in values]
    return {"of": 10**places, "by": 1, "d": _differences(scaled)}


def packed_counts(values: Sequence[int]) -> Any:
    """Whole numbers as differences."""
    return values if len(values) < LEAST else {"of": 1, "by": 1, "d": _differences(list(values))}


def packed_texts(values: Sequence[str]) -> Any:
    """Texts that come again and again as a list of the different ones and positions in it."""
    unique = list(dict.fromkeys(values))
    if len(values) < LEAST or 2 * len(unique) > len(values):
        return values
    place = {text: position for position, text in enumerate(unique)}
    return {"texts": unique, "at": [place[text] for text in values]}


def _packed(value: Any) -> Any:
    """A table of columns with those packed that gain from it."""
    if not isinstance(value, Mapping):
        return value
    return {name: _column(name, column) for name, column in value.items()}


def _column(name: str, column: Any) -> Any:
    if not isinstance(column, list) or not column:
        return column
    if name in TIMES:
        return packed_times(column)
    return packed_texts(column) if all(isinstance(item, str) for item in column) else column


def _differences(values: Sequence[int | None]) -> list[int | None]:
    """Each value less the last known one before it, the first as it is; None stays."""
    found: list[int | None] = []
    last = 0
    for value in values:
        found.append(None if value is None else value - last)
        last = last if value is None else value
    return found
