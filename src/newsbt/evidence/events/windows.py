"""Event and estimation windows by session of the listing's own venue, and what is dropped (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.evidence.events.reasons import others_told, unusable
from newsbt.evidence.events.returns import ReturnSeries
from newsbt.evidence.events.settings import WindowSettings
from newsbt.records import FloatArray, IntArray

__all__ = ["Windows", "find_windows"]


@dataclass(frozen=True)
class Windows:
    """Returns of the events that are kept, by position in the table of events.

    Parameters
    ----------
    rows : array of int64, shape (n,)
        Events kept.
    history, market_history : arrays of float64, shape (n, T)
        Total log returns of listing and benchmark in the estimation window; listing nan where left out.
    history_gap, market_history_gap : arrays of float64, shape (n, T)
        From the last close to the open, likewise.
    returns, gaps, market, market_gaps : arrays of float64, shape (n, L)
        The same of the event window; gaps are nan without an open.
    days : array of int64, shape (n, L)
        Local dates of the event window, days since 1970-01-01.
    history_days : array of int64, shape (n, T)
        Local dates of the estimation window.
    notes : DataFrame
        Columns event, reason, detail: dropped events (``dropped`` True) and those that overlap or are
        confounded.
    """

    rows: IntArray
    history: FloatArray
    market_history: FloatArray
    history_gap: FloatArray
    market_history_gap: FloatArray
    returns: FloatArray
    gaps: FloatArray
    market: FloatArray
    market_gaps: FloatArray
    days: IntArray
    history_days: IntArray
    notes: pd.DataFrame


def find_windows(
    events: pd.DataFrame,
    occupied: Mapping[str, IntArray],
    series: Mapping[str, ReturnSeries],
    market: Mapping[str, ReturnSeries],
    days: Mapping[str, IntArray],
    settings: WindowSettings,
    *,
    needs_market: bool = True,
    drop_confounded: bool = False,
) -> Windows:
    """Cut the windows of all `events`, and say of each that is left out why.

    Parameters
    ----------
    events : DataFrame
        See :func:`newsbt.evidence.events.catalogue.collect_events`.
    occupied : mapping of symbol to array of int64
        Positions of every event of the listing, studied or not, ascending: their windows are left out of
        estimation windows.
    series : mapping of symbol to ReturnSeries
    market : mapping of venue to ReturnSeries
        Benchmark of each venue that has one.
    days : mapping of venue to array of int64
        Sessions of each calendar.
    settings : WindowSettings
    needs_market : bool
        Drop events of a venue without benchmark.
    drop_confounded : bool
        Also drop events with another one of the listing inside their window.
    """
    length, span = settings.length, settings.reach
    kept: list[int] = []
    parts: list[tuple[FloatArray, ...]] = []
    dates: list[tuple[IntArray, IntArray]] = []
    notes: list[tuple[int, str, bool, str]] = []
    keys = zip(events["symbol"], events["venue"], events["at"], strict=True)
    for number, (symbol, venue, at) in enumerate(keys):
        own = series[symbol]
        bench = market.get(venue)
        others = occupied.get(symbol, np.empty(0, dtype=np.int64))
        others = others[others != at]
        apart = others - at
        inside = apart[(apart >= -settings.before) & (apart <= settings.after)]
        near = apart[np.abs(apart) <= settings.before + settings.after]
        reason = unusable(at, own, bench if needs_market else None, days[venue], settings)
        if reason is None and needs_market and bench is None:
            reason = "no-benchmark", f"there is no benchmark of {venue}"
        if reason is None and drop_confounded and len(inside):
            reason = "confounded", others_told(inside)
        if reason is not None:
            notes.append((number, reason[0], True, reason[1]))
            continue
        past = np.arange(at - settings.gap - span + 1, at - settings.gap + 1)
        clean = _clear_of(past, others, settings) & (past >= 0)
        take = np.maximum(past, 0)
        usable = clean & np.isfinite(own.total[take])
        if needs_market and bench is not None:
            usable &= np.isfinite(bench.total[take])
        usable &= usable[::-1].cumsum()[::-1] <= settings.estimation  # the latest ones
        if usable.sum() < settings.minimum:
            lost = int((np.isfinite(own.total[take]) & (past >= 0) & ~clean).sum())
            detail = f"{usable.sum()} sessions of history, {settings.minimum} are needed"
            detail += f"; {lost} more lie too near other events" if lost else ""
            notes.append((number, "too-little-history", True, detail))
            continue
        if len(inside):
            notes.append((number, "confounded", False, others_told(inside)))
        elif len(near):
            notes.append((number, "overlapping", False, others_told(near)))
        window = np.arange(at - settings.before, at + settings.after + 1)
        other = bench if bench is not None else _nothing(len(own.total))
        kept.append(number)
        parts.append(
            (
                np.where(usable, own.total[take], np.nan),
                np.where(usable, other.total[take], np.nan),
                np.where(usable, own.gap[take], np.nan),
                np.where(usable, other.gap[take], np.nan),
                own.carried[window],
                own.carried_gap[window],
                *_alongside(other, own, window),
            )
        )
        dates.append((days[venue][window], days[venue][take]))
    widths = (span, span, span, span, length, length, length, length)
    arrays = [
        np.array([part[place] for part in parts], dtype=np.float64).reshape(len(kept), width)
        for place, width in enumerate(widths)
    ]
    listed = pd.DataFrame(notes, columns=["event", "reason", "dropped", "detail"])
    return Windows(
        rows=np.array(kept, dtype=np.int64),
        history=arrays[0],
        market_history=arrays[1],
        history_gap=arrays[2],
        market_history_gap=arrays[3],
        returns=arrays[4],
        gaps=arrays[5],
        market=arrays[6],
        market_gaps=arrays[7],
        days=np.array([pair[0] for pair in dates], dtype=np.int64).reshape(len(kept), length),
        history_days=np.array([pair[1] for pair in dates], dtype=np.int64).reshape(len(kept), span),
        notes=listed.astype({"event": "int64", "dropped": "bool"}),
    )


def _clear_of(sessions: IntArray, others: IntArray, settings: WindowSettings) -> np.ndarray:
    """Which `sessions` lie outside what is left out around `others`."""
    if not len(others):
        return np.ones(len(sessions), dtype=np.bool_)
    apart = sessions[:, None] - others[None, :]
    before = settings.before if settings.clear is None else settings.clear
    after = settings.after if settings.clear is None else settings.clear
    return np.asarray(~((apart >= -before) & (apart <= after)).any(axis=1))


def _alongside(other: ReturnSeries, own: ReturnSeries, window: IntArray) -> tuple[FloatArray, FloatArray]:
    """Benchmark's returns and gaps over the same spans as the listing's: carried over its placeholders."""
    total, gap = other.total[window].copy(), other.gap[window].copy()
    held = 0.0
    start = int(window[0])
    while own.placeholder[start - 1]:
        start -= 1
    for session in range(start, int(window[-1]) + 1):
        column = session - int(window[0])
        if own.placeholder[session]:
            held += float(other.total[session])
            if column >= 0:
                total[column] = gap[column] = 0.0
        elif held:
            if column >= 0:
                total[column] += held
                gap[column] += held
            held = 0.0
    return total, gap


def _nothing(size: int) -> ReturnSeries:
    empty, no = np.full(size, np.nan), np.zeros(size, dtype=np.bool_)
    return ReturnSeries(empty, empty, empty, empty, empty, no, no)
