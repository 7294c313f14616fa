"""Quality rules about the dates of bars: order, duplicates, sessions of the venue (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.prices.report import by_session, counted, day_text, index_days
from newsbt.records import Finding, IntArray
from newsbt.sessions import VenueCalendar

__all__ = ["PRICE_COLUMNS", "keep_sessions", "missing_sessions", "sort_and_deduplicate"]

PRICE_COLUMNS: tuple[str, ...] = ("open", "high", "low", "close", "volume")
_LATE_SESSIONS = 5
#: No venue shuts for longer, so that a day this near to the calendar's first or last session is shut.
_LONGEST_CLOSURE = 10


def sort_and_deduplicate(
    bars: pd.DataFrame, symbol: str, calendar: VenueCalendar
) -> tuple[pd.DataFrame, list[Finding]]:
    """Put bars into date order and keep one a date, the last one given.

    Parameters
    ----------
    bars : DataFrame
        Index of naive dates in any order, columns :data:`PRICE_COLUMNS`.
    symbol : str
        The listing, for the findings.
    calendar : VenueCalendar
        Of its venue.
    """
    findings: list[Finding] = []
    days = index_days(bars.index)
    back = np.flatnonzero(np.diff(days) < 0)
    if len(back):
        here, before = day_text(days[back[0] + 1]), day_text(days[back[0]])
        message = f"bars are not in date order: {here} comes after {before}"
        findings.append(Finding("unsorted", "warning", f"{symbol} {here}", message, "sorted by date"))
        order = np.argsort(days, kind="stable")
        bars, days = bars.iloc[order], days[order]
    repeated = np.append(np.diff(days) == 0, False)
    if not repeated.any():
        return bars, findings
    values = bars.to_numpy(np.float64)
    equal = (values[1:] == values[:-1]) | (np.isnan(values[1:]) & np.isnan(values[:-1]))
    differs = repeated & ~np.append(equal.all(axis=1), True)
    conflicts = np.unique(days[differs])
    copies = np.setdiff1d(days[repeated], conflicts)
    findings += by_session(
        "duplicate-session",
        "warning",
        symbol,
        copies,
        calendar,
        lambda i, _: f"the same bar stands there {int(np.sum(days == copies[i]))} times",
        "one kept",
    )
    findings += by_session(
        "conflicting-session",
        "warning",
        symbol,
        conflicts,
        calendar,
        lambda i, _: f"{int(np.sum(days == conflicts[i]))} bars that differ",
        "the last one kept",
    )
    return bars.iloc[np.flatnonzero(~repeated)], findings


def keep_sessions(
    bars: pd.DataFrame, symbol: str, calendar: VenueCalendar
) -> tuple[pd.DataFrame, list[Finding]]:
    """Drop bars of days on which the venue was shut, and of days the calendar does not reach.

    Vendors fill days of storms and holidays with empty or flat bars without volume: the calendar explains
    those (info). A bar with volume on such a day means that the calendar or the data is wrong (warning).
    """
    days = index_days(bars.index)
    session = np.isin(days, calendar.days)
    if session.all():
        return bars, []
    # A calendar of a few days without any session has no edges; all of its days are shut.
    first, last = calendar.days[[0, -1]] if len(calendar.days) else (days.min(), days.max())
    reached = (days >= first - _LONGEST_CLOSURE) & (days <= last + _LONGEST_CLOSURE)
    _, high, low, close, volume = bars[list(PRICE_COLUMNS)].to_numpy(np.float64).T
    filler = (np.isnan(high) & np.isnan(close)) | ((high == low) & (np.nan_to_num(volume) == 0.0))
    shut = reached & ~session
    findings = by_session(
        "not-a-session",
        "info",
        symbol,
        days[shut & filler],
        calendar,
        lambda _, count: f"{calendar.venue} was shut; {counted(count, 'empty or flat bar')} without volume",
        "dropped",
    )
    findings += by_session(
        "not-a-session",
        "warning",
        symbol,
        days[shut & ~filler],
        calendar,
        lambda _, count: f"{calendar.venue} was shut, yet there is {counted(count, 'bar')} with trades",
        "dropped",
    )
    span = f"{day_text(first)} to {day_text(last)}"
    findings += by_session(
        "outside-calendar",
        "warning",
        symbol,
        days[~reached],
        calendar,
        lambda _, count: f"{counted(count, 'bar')} outside the calendar of {calendar.venue} ({span})",
        "dropped",
    )
    return bars.iloc[np.flatnonzero(session)], findings


def missing_sessions(
    days: IntArray, symbol: str, calendar: VenueCalendar, start: int, end: int
) -> list[Finding]:
    """Name the sessions from `start` to `end` that have no bar.

    Parameters
    ----------
    days : array of int64
        Sessions that have a bar, ascending, at least one.
    symbol : str
        The listing, for the findings.
    calendar : VenueCalendar
        Of its venue.
    start, end : int
        Day numbers, both included.

    Notes
    -----
    Nothing is made up for a missing session. Before the first bar it is a late listing or a source that
    starts late (info); after the last bar the source ends early (warning; up to five sessions are a source
    that is not up to date yet, info).
    """
    wanted = calendar.days[(calendar.days >= start) & (calendar.days <= end)]
    absent = np.setdiff1d(wanted, days, assume_unique=True)
    early, late = absent < days[0], absent > days[-1]
    findings = by_session(
        "starts-late",
        "info",
        symbol,
        absent[early],
        calendar,
        lambda _, count: f"{counted(count, 'session')} of {calendar.venue} before the first bar",
        "no signal can trade there",
    )
    findings += by_session(
        "missing-session",
        "warning",
        symbol,
        absent[~early & ~late],
        calendar,
        lambda _, count: f"{counted(count, 'session')} of {calendar.venue} without a bar",
        "none made up; orders wait for the next bar, positions keep their last price",
    )
    findings += by_session(
        "ends-early",
        "info" if np.count_nonzero(late) <= _LATE_SESSIONS else "warning",
        symbol,
        absent[late],
        calendar,
        lambda _, count: f"{counted(count, 'session')} of {calendar.venue} after the last bar",
        "no signal can trade there",
    )
    return findings
