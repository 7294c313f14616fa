"""Columns and dates of a user's own price table: any case, spaces or underscores, near misses named."""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
import pandas as pd

from newsbt.errors import InputError

__all__ = ["find_columns", "numbers", "session_dates"]


def find_columns(
    columns: Iterable[Hashable], needed: Sequence[str], optional: Sequence[str], where: str
) -> dict[str, Hashable]:
    """Match the columns of a table to the names we use.

    Parameters
    ----------
    columns : iterable
        As the table has them. Case does not matter, a space counts as an underscore.
    needed, optional : sequence of str
        Our names. A name may list alternatives: ``"volume|volume_k"``; the first one present counts.
    where : str
        File, for the message.

    Returns
    -------
    dict of str to column
        Our name to the table's; an optional one that is absent is left out. Further columns are ignored.

    Raises
    ------
    InputError
        For a missing needed column, with the nearest there is, or two columns of one name.
    """
    found: dict[str, Hashable] = {}
    for column in columns:
        name = str(column).strip().lower().replace(" ", "_")
        if name in found and name in _flat([*needed, *optional]):
            raise InputError(f"{where}: two columns are called {name!r}; keep one")
        found.setdefault(name, column)
    chosen: dict[str, Hashable] = {}
    missing: list[str] = []
    for entry in [*needed, *optional]:
        present = [name for name in entry.split("|") if name in found]
        if present:
            chosen[present[0]] = found[present[0]]
        elif entry in needed:
            missing.append(entry)
    if missing:
        raise InputError(f"{where}: {_missing_text(missing, [*found], chosen)}")
    return chosen


def _missing_text(missing: Sequence[str], present: Sequence[str], chosen: Iterable[str]) -> str:
    if list(present[:1]) == ["price"] and "close" in present:
        return (
            "this is a table of yfinance's download(), which has several header lines and closes that are "
            "dividend-adjusted by default; save Ticker(...).history(auto_adjust=False) instead"
        )
    spare = [name for name in present if name not in set(chosen)]
    parts = []
    for entry in missing:
        names = entry.split("|")
        near = [match for name in names for match in difflib.get_close_matches(name, spare, n=1, cutoff=0.5)]
        hint = f" (did you misspell it as {near[0]!r}?)" if near else ""
        parts.append(" or ".join(names) + hint)
    plural = "s" * (len(parts) > 1)
    return f"no column{plural} {', '.join(parts)}; the table has {', '.join(present) or 'no columns'}"


def _flat(entries: Iterable[str]) -> set[str]:
    return {name for entry in entries for name in entry.split("|")}


def numbers(column: pd.Series, name: str, where: str) -> np.ndarray:
    """Float64 values of a column; empty cells become NaN.

    Raises
    ------
    InputError
        For a cell that is neither empty nor a number, with its line (the header is line 1).
    """
    values = pd.to_numeric(column, errors="coerce")
    wrong = np.flatnonzero(values.isna().to_numpy() & column.notna().to_numpy())
    if len(wrong):
        at = int(wrong[0])
        raise InputError(
            f"{where}: line {at + 2} has {name} {str(column.iloc[at])!r}; "
            "write a plain number such as 112.78, or nothing"
        )
    return values.to_numpy(np.float64)


def session_dates(column: pd.Series, zone: str, where: str) -> pd.DatetimeIndex:
    """Naive local dates of sessions.

    Parameters
    ----------
    column : Series
        Dates, or moments. Moments at midnight of their own offset name the date they show; others with an
        offset are turned into the venue's `zone` first, so that Hong Kong does not shift by a day.
    zone : str
        IANA name of the venue's zone.
    where : str
        File, for the message.

    Raises
    ------
    InputError
        For a date that is not ISO 8601, with its line.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype) or pd.api.types.is_datetime64_dtype(column.dtype):
        return _from_moments(pd.DatetimeIndex(column), zone)
    text = column.astype("str").str.strip()
    moments = pd.to_datetime(text.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    dates = pd.DatetimeIndex(moments).as_unit("ns")
    wrong = np.flatnonzero(dates.isna())
    if len(wrong):
        at = int(wrong[0])
        value = "" if pd.isna(column.iloc[at]) else text.iloc[at]
        raise InputError(f"{where}: line {at + 2} has date {value!r}; write it as 2025-02-11")
    if int(text.str.len().max()) == 10:
        return dates
    time = text.str.slice(11)
    if bool((time.str.slice(0, 8).isin(["", "00:00:00"])).all()):
        return dates
    offset = time.str.contains(r"(?:Z|[+-]\d\d:?\d\d)$", regex=True)
    if not offset.all():
        return dates
    try:
        return _from_moments(pd.DatetimeIndex(pd.to_datetime(text, utc=True)), zone)
    except ValueError as error:
        raise InputError(f"{where}: dates with times cannot be read: {error}; write 2025-02-11") from error


def _from_moments(moments: pd.DatetimeIndex, zone: str) -> pd.DatetimeIndex:
    if moments.tz is not None:
        midnight = bool((moments.normalize() == moments).all())
        moments = (moments if midnight else moments.tz_convert(zone)).tz_localize(None)
    return moments.normalize().as_unit("ns")
