"""Where each story may go: whole weeks of the same volatility state, or any session of the run (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsbt.evidence.placebo.layout import NewsLayout
from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["FEWEST_WEEKS", "Targets", "session_targets", "week_targets"]

#: With fewer weeks of its own volatility state than this, a story may go to weeks of any state.
FEWEST_WEEKS = 8
#: Days without a bar that a moved signal waits at most for one: the longest holidays of Hong Kong and China.
LONGEST_GAP = 10


@dataclass(frozen=True)
class Targets:
    """Places of each story; a place gives a bar to each of its signals.

    Parameters
    ----------
    members : array of int64, shape (signals,)
        Signals by story.
    first_member, first_place : array of int64, shape (stories + 1,)
        Where those of each story begin: in `members`, and in the count of places.
    first_bar : array of int64, shape (stories,)
        Where the bars of a story begin; place after place, in the order of its members.
    bars : array of int64
    own : array of int64, shape (stories,)
        Place of the story itself.
    order : array of int64, shape (stories,)
        In which stories are placed: those with nowhere else to go, then those of most signals.
    relaxed : array of bool, shape (stories,)
        Stories that go to weeks of any volatility state, for want of weeks of their own.
    """

    members: IntArray
    first_member: IntArray
    first_place: IntArray
    first_bar: IntArray
    bars: IntArray
    own: IntArray
    order: IntArray
    relaxed: BoolArray

    @property
    def counts(self) -> IntArray:
        """Places of each story, its own included."""
        return np.diff(self.first_place)


def week_targets(layout: NewsLayout, fewest: int = FEWEST_WEEKS) -> Targets:
    """Places whole weeks away, where every listing has a bar and volatility is in the same third.

    The volatility of a story on a date is the mean rank of its listings' trailing volatility within the run;
    the thirds are those of all its possible weeks.
    """
    calendar, first = layout.calendar(), layout.first_day
    rank = _ranks(layout)
    rows, relaxed = [], []
    for members in _members(layout):
        bars = layout.bars[members]
        day, listing = layout.days[bars] - first, _listing(layout, bars)
        weeks = np.arange(-(int(day.min()) // 7), (len(calendar) - 1 - int(day.max())) // 7 + 1)
        places = calendar[day[None, :] + 7 * weeks[:, None], listing[None, :]]
        places = places[(places >= 0).all(axis=1)]
        at = np.flatnonzero((places == bars).all(axis=1))
        if not len(at):  # a signal on a bar that the run does not trade
            rows.append(bars[None, :])
            relaxed.append(False)
            continue
        state = _thirds(rank[places].mean(axis=1))
        alike = places[state == state[at[0]]]
        relaxed.append(len(alike) < fewest < len(places))
        rows.append(places if relaxed[-1] else alike)
    return _pack(layout, rows, relaxed)


def session_targets(layout: NewsLayout) -> Targets:
    """Places any number of sessions away, dates between the listings of a story kept.

    Sessions are the dates on which any listing has a bar. A listing that has none on its date goes to its
    next one. A story goes round in the time that all its listings have prices.
    """
    calendar, first = layout.calendar(), layout.first_day
    dates = np.flatnonzero((calendar >= 0).any(axis=1))
    ahead = _next_bars(calendar)
    rows = []
    for members in _members(layout):
        bars = layout.bars[members]
        day, listing = layout.days[bars] - first, _listing(layout, bars)
        offset = np.searchsorted(dates, day)
        anchors = np.arange(-int(offset.min()), len(dates) - int(offset.max()))
        wanted = dates[offset[None, :] + anchors[:, None]]
        places = ahead[wanted, listing[None, :]]
        found = (places >= 0) & (layout.days[places] - first - wanted <= LONGEST_GAP)
        began = np.array([np.flatnonzero(calendar[:, item] >= 0)[:1].sum() for item in listing])
        keep = (found & (wanted >= began)).all(axis=1)
        ordered = np.sort(places, axis=1)
        keep &= (np.diff(ordered, axis=1) > 0).all(axis=1)
        places = places[keep]
        rows.append(places if (places == bars).all(axis=1).any() else bars[None, :])
    return _pack(layout, rows, [False] * len(rows))


def _listing(layout: NewsLayout, bars: IntArray) -> IntArray:
    return np.searchsorted(layout.offsets, bars, side="right") - 1


def _members(layout: NewsLayout) -> list[IntArray]:
    order = np.argsort(layout.story, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(layout.story[order])) + 1) if len(order) else []


def _ranks(layout: NewsLayout) -> FloatArray:
    """Rank of each bar's volatility within the run of its listing, 0 to 1; a half where it is unknown."""
    rank = np.full(len(layout.days), 0.5)
    for first, end in zip(layout.offsets[:-1], layout.offsets[1:], strict=True):
        known = first + np.flatnonzero(layout.usable[first:end] & np.isfinite(layout.volatility[first:end]))
        values = layout.volatility[known]
        rank[known] = np.searchsorted(np.sort(values), values, side="right") / max(len(values), 1)
    return rank


def _thirds(values: FloatArray) -> IntArray:
    """0, 1 or 2: the third of `values` that each is in."""
    return np.searchsorted(np.quantile(values, [1 / 3, 2 / 3]), values, side="left")


def _next_bars(calendar: IntArray) -> IntArray:
    """Flat bar of each listing on each date or after it; -1 for none."""
    dates = np.where(calendar >= 0, np.arange(len(calendar))[:, None], len(calendar))
    following = np.minimum.accumulate(dates[::-1], axis=0)[::-1]
    inside = np.minimum(following, len(calendar) - 1)
    return np.where(following < len(calendar), np.take_along_axis(calendar, inside, axis=0), -1)


def _pack(layout: NewsLayout, rows: list[IntArray], relaxed: list[bool]) -> Targets:
    members = _members(layout)
    sizes = np.array([len(item) for item in members], dtype=np.int64)
    counts = np.array([len(item) for item in rows], dtype=np.int64)
    first_bar = np.concatenate([[0], np.cumsum(sizes * counts)])[:-1]
    own = [
        int(np.flatnonzero((row == layout.bars[member]).all(axis=1))[0])
        for row, member in zip(rows, members, strict=True)
    ]
    nothing = np.empty(0, dtype=np.int64)
    return Targets(
        members=np.concatenate(members) if members else nothing,
        first_member=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        first_place=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        first_bar=first_bar.astype(np.int64),
        bars=np.concatenate([row.ravel() for row in rows]).astype(np.int64) if rows else nothing,
        own=np.array(own, dtype=np.int64),
        order=np.lexsort((np.arange(len(sizes)), -sizes, counts > 1)).astype(np.int64),
        relaxed=np.array(relaxed, dtype=np.bool_),
    )
