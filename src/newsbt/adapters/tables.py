"""The CSV files of a run: frames to text and back, the same bytes for the same frame."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from newsbt.cells import guarded, unguarded
from newsbt.errors import InputError

__all__ = ["read_table", "write_table"]

TIMES = ("at", "opened_at", "closed_at", "published_at", "known_at", "tradable_at")
DAYS = ("session",)
TEXTS = (
    "symbol",
    "side",
    "currency",
    "reason",
    "exit_reason",
    "catalyst_ids",
    "catalyst_id",
    "status",
    "why",
    "headline",
    "category",
    "type",
    "by",
    "name",
    "signal",
)
NUMBERS = (
    "equity",
    "cash",
    "gross_exposure",
    "net_exposure",
    "drawdown",
    "size",
    "price",
    "fx",
    "value_base",
    "fees_base",
    "pnl_base",
    "return",
    "score",
    "pnl_before_costs",
    "costs",
    "pnl",
)
REQUIRED: dict[str, tuple[str, ...]] = {
    "equity": ("at", "equity", "cash", "gross_exposure", "net_exposure", "drawdown"),
    "fills": ("at", "session", "symbol", "side", "size", "price"),
    "trades": ("symbol", "side", "opened_at", "closed_at", "pnl_base", "return"),
    "signals": ("catalyst_id", "symbol", "published_at", "status", "why"),
    "orders": (),
    "attribution": ("by", "name", "trades", "pnl_before_costs", "costs", "pnl"),
    "capacity": ("multiple", "capital", "total_return"),
    "hindsight": ("signal", "total_return"),
    "folds": (
        "fold",
        "train_start",
        "train_end",
        "test_start",
        "test_end",
        "is_objective",
        "oos_objective",
        "kept",
    ),
    "walk_equity": ("fold", "at", "equity"),
}


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` without its index.

    Times (tz-aware or naive UTC) become ISO 8601 with Z, dates ISO 8601, floats the shortest text that reads
    back equal, booleans ``true`` and ``false``, missing values nothing. UTF-8, LF. A text that a spreadsheet
    could run as a formula gets an apostrophe before it, which :func:`read_table` takes off again.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    columns = [_texts(frame.iloc[:, position]) for position in range(frame.shape[1])]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([str(name) for name in frame.columns])
        writer.writerows(zip(*columns, strict=True))


def read_table(path: Path, name: str) -> pd.DataFrame:
    """Read what :func:`write_table` wrote.

    Returns
    -------
    DataFrame
        Columns that are named for it in UTC nanoseconds (``at``, ``..._at``), dates (``session``) or text;
        all others as numbers or booleans where they are, else text.

    Raises
    ------
    InputError
        If it is missing, unreadable or no table of this `name`, or has a row of another length or a value of
        another kind; with the line where that is known.
    """
    rows = _read_rows(path)
    header = rows[0] if rows else []
    if missing := [column for column in REQUIRED[name] if column not in header]:
        raise InputError(f"{path} is damaged: it has no column {missing[0]!r}; run the backtest again")
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise InputError(
                f"{path}:{line} is damaged: {len(row)} values, {len(header)} columns; run the backtest again"
            )
    data: dict[str, Any] = {}
    for position, column in enumerate(header):
        values = [row[position] for row in rows[1:]]
        try:
            data[column] = _parse(column, values)
        except ValueError as error:
            raise InputError(
                f"{path} is damaged: column {column!r}: {error}; run the backtest again"
            ) from error
    return pd.DataFrame(data, columns=header)


def _read_rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [row for row in csv.reader(file, strict=True) if row]
    except FileNotFoundError as error:
        raise InputError(f"{path} is missing; run the backtest again") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path} is damaged: {error}; run the backtest again") from error


def _texts(column: pd.Series[Any]) -> list[str]:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        return _times(column.to_numpy().astype("datetime64[ns]"))
    return [_text(value) for value in column.tolist()]


def _times(values: np.ndarray[Any, Any]) -> list[str]:
    """ISO 8601 with Z, to the second where that is exact."""
    seconds = values.astype("datetime64[s]")
    exact = seconds.astype("datetime64[ns]") == values
    short, long = np.datetime_as_string(seconds), np.datetime_as_string(values)
    missing = np.isnat(values)
    return [
        "" if m else f"{s if e else t.rstrip('0')}Z"
        for m, e, s, t in zip(missing, exact, short, long, strict=True)
    ]


def _text(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else repr(value)
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, pd.Timestamp):
        stamp = value.tz_convert("UTC").tz_localize(None) if value.tzinfo else value
        return _times(np.array([stamp.to_datetime64()], dtype="datetime64[ns]"))[0]
    if isinstance(value, str):
        return guarded(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _parse(column: str, values: list[str]) -> pd.Series[Any]:
    if column in TIMES:
        times = [value.removesuffix("Z") or "NaT" for value in values]
        return pd.Series(np.array(times, dtype="datetime64[ns]")).dt.tz_localize("UTC")
    if column in DAYS:
        return pd.Series([_day(value) for value in values], dtype=object)
    if column in TEXTS:
        return pd.Series([unguarded(value) for value in values], dtype="str")
    kinds: tuple[Callable[[list[str]], list[Any]], ...] = (_whole, _floats, _booleans)
    for convert in kinds:
        try:
            return pd.Series(convert(values), dtype=None if values else "float64")
        except ValueError:
            if column in NUMBERS and convert is _floats:
                raise
    return pd.Series([unguarded(value) for value in values], dtype="str")


def _day(value: str) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _whole(values: list[str]) -> list[int]:
    return [int(value) for value in values]


def _floats(values: list[str]) -> list[float]:
    return [float(value) if value else math.nan for value in values]


def _booleans(values: list[str]) -> list[bool]:
    if not set(values) <= {"true", "false"}:
        raise ValueError("not true or false")
    return [value == "true" for value in values]
