"""Log returns of one listing on every session of its venue (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.records import BoolArray, FloatArray
from newsbt.sessions import VenueCalendar

__all__ = ["ReturnSeries", "return_series"]


@dataclass(frozen=True)
class ReturnSeries:
    """Total log returns in local currency; arrays of shape (sessions of the venue,).

    Parameters
    ----------
    total : array of float64
        From the last close to the close, a dividend on its ex-date included: ``log((close + dividend) /
        last close)``. nan where this session or the one before has no bar, or a placeholder.
    gap : array of float64
        From the last close to the open: ``log((open + dividend) / last close)``.
    session : array of float64
        From the open to the close: ``total - gap``, exactly.
    carried, carried_gap : arrays of float64
        As `total` and `gap`, but over placeholders: 0 on one, and the move since the last real close on the
        session after. nan where a session in between has no bar.
    bar, placeholder : arrays of bool
        Whether the session has a bar; whether it is a placeholder (flat and without volume).
    """

    total: FloatArray
    gap: FloatArray
    session: FloatArray
    carried: FloatArray
    carried_gap: FloatArray
    bar: BoolArray
    placeholder: BoolArray


def return_series(frame: pd.DataFrame, calendar: VenueCalendar) -> ReturnSeries:
    """Returns of the bars in `frame` (see :class:`newsbt.prices.book.PriceBook`) on `calendar`."""
    size = len(calendar.days)
    days = frame.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    at = np.searchsorted(calendar.days, days)
    known = (at < size) & (calendar.days[np.minimum(at, size - 1)] == days)
    at = at[known]

    def spread(name: str) -> FloatArray:
        values = np.full(size, np.nan)
        values[at] = frame[name].to_numpy(dtype=np.float64)[known]
        return values

    bar, placeholder = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    bar[at] = True
    placeholder[at] = frame["placeholder"].to_numpy(dtype=np.bool_)[known]
    close, opened, dividend = spread("close"), spread("open"), spread("dividend")
    close = np.where(placeholder | ~(close > 0.0), np.nan, close)
    opened = np.where(placeholder | ~(opened > 0.0), np.nan, opened)
    last = np.concatenate([[np.nan], close[:-1]])
    total, gap = np.log((close + dividend) / last), np.log((opened + dividend) / last)
    carried, carried_gap = _carry(close, opened, dividend, placeholder)
    return ReturnSeries(total, gap, total - gap, carried, carried_gap, bar, placeholder)


def _carry(
    close: FloatArray, opened: FloatArray, dividend: FloatArray, placeholder: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Returns since the last real close where only placeholders lie in between."""
    place = np.arange(len(close))
    real = np.maximum.accumulate(np.where(np.isfinite(close), place, -1))
    before = np.concatenate([[-1], real[:-1]])
    there = np.maximum(before, 0)
    absent = ~np.isfinite(close) & ~placeholder & (before >= 0)
    missing, paid = np.cumsum(absent), np.cumsum(np.nan_to_num(dividend))
    last = np.where((before >= 0) & (missing == missing[there]), close[there], np.nan)
    cash = paid - paid[there]
    quiet = placeholder & np.isfinite(last)
    carried = np.where(quiet, 0.0, np.log((close + cash) / last))
    return carried, np.where(quiet, 0.0, np.log((opened + cash) / last))
