"""Findings about sessions: neighbouring sessions with the same fault become one line (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np

from newsbt.records import Finding, IntArray, Severity
from newsbt.sessions import VenueCalendar

__all__ = ["as_days", "by_session", "counted", "day_text", "index_days"]

_EPOCH = dt.date(1970, 1, 1)


def as_days(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def day_text(day: int) -> str:
    """ISO date of a day number."""
    return (_EPOCH + dt.timedelta(days=int(day))).isoformat()


def index_days(index: object) -> IntArray:
    """Day numbers of a naive ``DatetimeIndex``, whatever its unit."""
    return np.asarray(index, dtype="datetime64[D]").astype(np.int64)


def counted(count: int, noun: str) -> str:
    """``"1 bar"``, ``"2 bars"``."""
    return f"{count} {noun}{'s' * (count != 1)}"


def by_session(
    code: str,
    severity: Severity,
    symbol: str,
    days: IntArray,
    calendar: VenueCalendar,
    describe: Callable[[int, int], str],
    action: str,
) -> list[Finding]:
    """One finding for each run of neighbouring sessions.

    Parameters
    ----------
    code, severity, action : str
        As in :class:`newsbt.records.Finding`.
    symbol : str
        The listing.
    days : array of int64, shape (n,)
        Day numbers with the fault, ascending, unique.
    calendar : VenueCalendar
        Says which days are neighbours; a day without a session is a neighbour of the next session.
    describe : callable
        ``describe(i, count)``: what is wrong, `i` being the position in `days` of the first of `count`.
    action : str
        What was done about it.
    """
    if not len(days):
        return []
    at = np.searchsorted(calendar.days, days)
    starts = np.concatenate(([0], np.flatnonzero(np.diff(at) > 1) + 1))
    ends = np.append(starts[1:], len(days))
    findings = []
    for i, j in zip(starts.tolist(), ends.tolist(), strict=True):
        where = f"{symbol} {_span(days[i], days[j - 1])}"
        findings.append(Finding(code, severity, where, describe(i, j - i), action))
    return findings


def _span(first: int, last: int) -> str:
    return day_text(first) if first == last else f"{day_text(first)}..{day_text(last)}"
