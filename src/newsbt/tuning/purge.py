"""Which events a training window may learn from: purged and embargoed ones are left out (pure).

After M. Lopez de Prado, Advances in Financial Machine Learning (Wiley 2018), chapter 7: an observation whose
outcome overlaps the test is purged from training, and what follows a test too closely is embargoed. An
observation is one catalyst here, with everything it starts at any listing; its outcome takes `window`
sessions of each venue, counted from the first session that can trade it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from newsbt.clock import AFTER_RANGE, catalyst_arrays, first_session, known_at
from newsbt.params import Param
from newsbt.records import BoolArray, Catalyst, Entry, IntArray, ParamValue
from newsbt.sessions import VenueCalendar
from newsbt.tuning.axes import Axis
from newsbt.tuning.folds import Fold, Span
from newsbt.universe import Universe

__all__ = ["Kept", "embargoes", "event_window", "first_sessions", "training_events"]

#: Half-lives that a fading score is taken to work for: less than 7 % of it is left then.
HALF_LIVES: Final = 4
EPOCH = dt.date(1970, 1, 1)
MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Kept:
    """Verdict on every event for one training window; arrays have shape (n,).

    Of `used`, `purged` and `embargoed` at most one is True.

    Parameters
    ----------
    used : array of bool
        May be trained on. Events before the window are: what came before is known, and does not trade.
    purged : array of bool
        First traded within the training window, but with a window of its own that reaches beyond it.
    embargoed : array of bool
        First traded within the embargo after an earlier test window.
    inside : array of bool
        First traded within the training window, at some venue.
    """

    used: BoolArray
    purged: BoolArray
    embargoed: BoolArray
    inside: BoolArray


def event_window(
    axes: Sequence[Axis], fixed: Mapping[str, ParamValue], params: Iterable[Param]
) -> int | None:
    """Sessions that an event works for, at the most, over every point of a search.

    Parameters
    ----------
    axes : sequence of Axis
        What is searched.
    fixed : mapping
        Strategy parameters that are given and not searched.
    params : iterable of Param
        The strategy's own, with their defaults.

    Returns
    -------
    int or None
        The largest ``hold``, or :data:`HALF_LIVES` times the largest ``half_life`` where there is no
        ``hold``, and the largest ``delay`` on top. None where the strategy has neither.
    """
    tuned = {axis.name: axis for axis in axes}
    defaults = {param.name: param.default for param in params}

    def largest(name: str) -> float | None:
        if name in tuned:
            return tuned[name].high
        value = fixed.get(name, defaults.get(name))
        return None if value is None or isinstance(value, str) else float(value)

    sessions = largest("hold")
    if sessions is None:
        fading = largest("half_life")
        sessions = None if fading is None else HALF_LIVES * fading
    return None if sessions is None else math.ceil(sessions + (largest("delay") or 0.0))


def first_sessions(
    catalysts: Sequence[Catalyst],
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
    venues: Sequence[str],
    entry: Entry,
    latency: dt.timedelta,
) -> IntArray:
    """Position in each venue's calendar of the first session that can trade each event.

    Parameters
    ----------
    catalysts : sequence of Catalyst, length n
    universe : Universe
        Says where a story's first symbol is listed.
    calendars : mapping of venue to VenueCalendar
        All that stories may come from, and those of `venues`.
    venues : sequence of str, length v
        Where the run trades.
    entry : {"open", "close"}
    latency : timedelta
        Added to exact times.

    Returns
    -------
    array of int64, shape (n, v)
        Or :data:`newsbt.clock.BEFORE_RANGE`, :data:`newsbt.clock.AFTER_RANGE`.
    """
    arrays = catalyst_arrays(catalysts, universe, tuple(calendars))
    known = known_at(*arrays, tuple(calendars.values()), latency // MICROSECOND * 1000)
    columns = [first_session(calendars[venue], known, entry) for venue in venues]
    return np.stack(columns, axis=1) if columns else np.empty((len(catalysts), 0), dtype=np.int64)


def embargoes(fold: Fold, earlier: Sequence[Fold], embargo: Span) -> tuple[tuple[dt.date, dt.date], ...]:
    """Days after each earlier test window, both ends included, whose events `fold` does not train on."""
    if embargo == Span():
        return ()
    ends = [item.test_end for item in earlier if item.test_end < fold.train_end]
    return tuple((end + dt.timedelta(days=1), embargo.after(end)) for end in ends)


def training_events(
    sessions: IntArray,
    calendars: Sequence[VenueCalendar],
    fold: Fold,
    window: int,
    embargoed: Sequence[tuple[dt.date, dt.date]] = (),
) -> Kept:
    """Tell which events `fold` may train on.

    Parameters
    ----------
    sessions : array of int64, shape (n, v)
        As :func:`first_sessions` gives them.
    calendars : sequence of VenueCalendar, length v
        What the columns of `sessions` point into.
    fold : Fold
        Whose training window.
    window : int
        Sessions from an event's first session to the last one it works on: a position opened in session s
        for `window` sessions is closed in session s + window.
    embargoed : sequence of (first, last) days
        As :func:`embargoes` gives them.

    Returns
    -------
    Kept
        An event is used if at every venue its whole window ends by ``fold.train_end`` and its first session
        is not embargoed.
    """
    count = len(sessions)
    inside = np.zeros(count, dtype=np.bool_)
    ends = np.ones(count, dtype=np.bool_)
    barred = np.zeros(count, dtype=np.bool_)
    last = (fold.train_end - EPOCH).days
    for at, calendar in zip(sessions.T, calendars, strict=True):
        some = at >= 0
        day = np.full(count, -(1 << 40), dtype=np.int64)
        day[some] = calendar.days[at[some]]
        inside |= some & (day >= (fold.train_start - EPOCH).days) & (day <= last)
        # Sessions of the calendar up to the last training day; one more would be of the test.
        available = int(np.searchsorted(calendar.days, last, side="right"))
        ends &= np.where(some, at + window < available, at != AFTER_RANGE)
        for first, end in embargoed:
            barred |= some & (day >= (first - EPOCH).days) & (day <= (end - EPOCH).days)
    return Kept(ends & ~barred, inside & ~ends, ends & barred & inside, inside)
