"""Numbers, times and texts as a page carries them (pure)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

__all__ = [
    "LONGEST",
    "as_text",
    "days_text",
    "local_times",
    "milliseconds",
    "minus",
    "numbers",
    "rounded",
    "unit_text",
]

#: Characters of a text that a page shows; how many more there are is said.
LONGEST = 400
HONG_KONG, NEW_YORK = ZoneInfo("Asia/Hong_Kong"), ZoneInfo("America/New_York")


def numbers(values: Any, digits: int = 6) -> list[float | None]:
    """`values` to so many significant digits; None for what is not finite."""
    return [rounded(value, digits) for value in np.asarray(values, dtype=np.float64).tolist()]


def rounded(value: float | int | None, digits: int = 6) -> float | None:
    """`value` to so many significant digits; None for None and what is not finite."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{digits}g}")


def milliseconds(values: Any) -> list[int | None]:
    """Times as milliseconds since 1970-01-01 UTC, the unit of a browser; None where missing."""
    index = pd.DatetimeIndex(pd.to_datetime(values, utc=True)).as_unit("ns")
    return [
        None if missing else int(stamp) // 1_000_000
        for stamp, missing in zip(index.asi8, index.isna(), strict=True)
    ]


def days_text(values: Any) -> list[str]:
    """Dates as ``2025-01-31``; empty where missing."""
    index = pd.DatetimeIndex(pd.to_datetime(values))
    return ["" if pd.isna(stamp) else f"{stamp:%Y-%m-%d}" for stamp in index]


def local_times(values: Iterable[Any]) -> list[tuple[str, str]]:
    """Each UTC time in Hong Kong and in New York, ``2025-01-31 09:30``; two empty texts where missing."""
    found = []
    for value in values:
        stamp = pd.Timestamp(value)
        if pd.isna(stamp):
            found.append(("", ""))
            continue
        utc = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp
        found.append(
            (f"{utc.tz_convert(HONG_KONG):%Y-%m-%d %H:%M}", f"{utc.tz_convert(NEW_YORK):%Y-%m-%d %H:%M}")
        )
    return found


def as_text(value: object) -> str:
    """`value` as a text of at most :data:`LONGEST` characters; empty for what is missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NaT:
        return ""
    text = str(value)
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text):,} characters)"


def minus(text: str) -> str:
    """`text` of a number with a true minus sign."""
    return f"−{text[1:]}" if text.startswith("-") else text


def unit_text(unit: str, base: str) -> str:
    """The unit that a formatted value has: fractions are written as percentages."""
    return {"fraction": "", "base currency": base}.get(unit, unit.replace("fraction", "").strip())
