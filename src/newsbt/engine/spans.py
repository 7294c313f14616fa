"""The dates of a run for the compiled metrics, and the benchmark on them (pure)."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from newsbt.kernel.measure import Span
from newsbt.metrics.daily import DAYS_PER_YEAR
from newsbt.records import FloatArray, IntArray

__all__ = ["build_span"]

DAY = 86_400_000_000_000
EPOCH = dt.date(1970, 1, 1)


def build_span(at: IntArray, first_day: dt.date, benchmark: pd.Series[float] | None) -> Span:
    """Dates of the steps `at` (UTC nanoseconds) from `first_day` on, as :mod:`newsbt.metrics` counts them.

    Parameters
    ----------
    at : array of int64, shape (steps,)
        Ascending.
    first_day : date
        First day that counts; the least date there is for all.
    benchmark : Series or None
        See :func:`newsbt.metrics.relative.align`.
    """
    begin = (first_day - EPOCH).days * DAY if first_day.year > 1 else np.iinfo(np.int64).min
    first = int(np.searchsorted(at, begin))
    dates = at // DAY
    counted = dates[first:]
    last = first + np.flatnonzero(np.append(counted[1:] != counted[:-1], len(counted) > 0))
    steps = np.diff(np.append(first - 1, last))  # of each date
    crowded = np.column_stack([last + 1 - steps, last + 1])[steps > 2]
    days = dates[last]
    years = (int(days[-1]) - int(days[0]) + 1) / DAYS_PER_YEAR if len(days) else 0.0
    common, returns, per_year = _common(days, benchmark)
    mean = float(returns.mean()) if len(returns) else 0.0
    return Span(
        first_step=first,
        last_steps=last.astype(np.int64),
        dates=dates,
        crowded=crowded.astype(np.int64),
        years=years,
        per_year=len(days) / years if years else float("nan"),
        common=common,
        jumps=np.flatnonzero(np.diff(common) > 1).astype(np.int64),
        benchmark=returns,
        common_per_year=per_year,
        benchmark_growth=float(np.prod(1.0 + returns)),
        benchmark_mean=mean,
        benchmark_square=float(np.sum((returns - mean) ** 2)),
        benchmark_apart=returns - mean,
    )


def _common(days: IntArray, benchmark: pd.Series[float] | None) -> tuple[IntArray, FloatArray, float]:
    """Places in `days` that the benchmark has too, its returns between them, and their number a year."""
    nothing = np.empty(0, dtype=np.int64), np.empty(0), float("nan")
    if benchmark is None or not len(days):
        return nothing
    series = benchmark.dropna()
    if not len(series):
        return nothing
    closed = pd.DatetimeIndex(series.index).as_unit("ns").asi8 // DAY
    keep = np.append(closed[1:] != closed[:-1], True)
    closed, closes = closed[keep], series.to_numpy(dtype=np.float64)[keep]
    shared, mine, theirs = np.intersect1d(days, closed, return_indices=True)
    if not len(shared):
        return nothing
    earlier = np.flatnonzero(closed < days[0])
    if len(earlier):
        mine = np.append(-1, mine)
        theirs = np.append(earlier[-1], theirs)
        years = (int(shared[-1]) - int(days[0]) + 1) / DAYS_PER_YEAR
    else:
        years = (int(shared[-1]) - int(shared[0])) / DAYS_PER_YEAR
    if len(mine) < 2:
        return nothing
    index = closes[theirs]
    return mine.astype(np.int64), index[1:] / index[:-1] - 1.0, (len(mine) - 1) / years
