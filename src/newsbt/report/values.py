"""Numbers, times and texts as a page carries them (pure)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

__all__ = [
    "LONGEST",
    "as_text",
    "days_text",
    "milliseconds",
    "minus",
    "numbers",
    "rounded",
    "unit_text",
]

#: Characters of a text that a page shows; how many more there are is said.
LONGEST = 400


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


def as_text(value: object) -> str:
    """`value` as a text of at most :data:`LONGEST` characters; empty for what is missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NaT:
        return ""
    text = str(value)
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text):,} characters)"


def minus(text: str) -> str:
    """`text` of a number with a true minus sign, and without one before a zero."""
    if not text.startswith("-"):
        return text
    return f"−{text[1:]}" if any(char in "123456789" for char in text) else text[1:]


def unit_text(unit: str, base: str) -> str:
    """The unit that a formatted value has: fractions are written as percentages."""
    return {"fraction": "", "base currency": base}.get(unit, unit.replace("fraction", "").strip())
