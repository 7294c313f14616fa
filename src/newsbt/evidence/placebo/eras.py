"""Which issuers may change places, and when: those on the same venues, as long as all are listed (pure)."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from newsbt.evidence.placebo.layout import NewsLayout
from newsbt.records import BoolArray, IntArray

__all__ = ["SwapPlan", "swap_plan"]


@dataclass(frozen=True)
class SwapPlan:
    """Swaps of issuers by era: a stretch of time in which the same listings have prices.

    Parameters
    ----------
    members, first_member : array of int64
        Signals by story, and where those of each story begin.
    dates : array of int64, shape (signals,)
        Row of `calendar` of each signal.
    calendar : array of int64, shape (dates, listings)
    era : array of int64, shape (stories,)
        -1 for a story that must stay: on a bar the run does not trade, or across the end of an era.
    groups : tuple of array of int64, shape (issuers, listings of each)
        Listings of the issuers that may change places, with the era of each group.
    era_of_group : tuple of int
    eras, listings : int
    movable : array of bool, shape (stories,)
        Stories with an issuer that has another to change places with.
    """

    members: IntArray
    first_member: IntArray
    dates: IntArray
    calendar: IntArray
    era: IntArray
    groups: tuple[IntArray, ...]
    era_of_group: tuple[int, ...]
    eras: int
    listings: int
    movable: BoolArray

    @property
    def worlds(self) -> float:
        """Different swaps that there are, over all eras."""
        total = 1.0
        for group in self.groups:
            total *= float(math.factorial(min(len(group), 150)))
        return total

    def maps(self, random: np.random.Generator, count: int) -> IntArray:
        """Listing that each listing's news go to, shape (count, eras, listings)."""
        maps = np.tile(np.arange(self.listings), (count, self.eras, 1))
        for group, era in zip(self.groups, self.era_of_group, strict=True):
            shuffled = np.argsort(random.random((count, len(group))), axis=1)
            maps[:, era, group.ravel()] = group[shuffled].reshape(count, -1)
        return maps


def swap_plan(layout: NewsLayout) -> SwapPlan:
    """Group the issuers of `layout` by era, venues and kind."""
    calendar, first = layout.calendar(), layout.first_day
    listed = calendar >= 0
    begin = np.where(listed.any(axis=0), listed.argmax(axis=0), len(calendar))
    end = len(calendar) - np.where(listed.any(axis=0), listed[::-1].argmax(axis=0), len(calendar))
    # Listings that end together end on the same date but for a holiday of one venue.
    end = np.where(len(calendar) - end <= 10, len(calendar), end)
    begin = np.where(begin <= 10, 0, begin)
    cuts = np.unique(np.concatenate([begin, end, [0, len(calendar)]]))
    cuts = cuts[(cuts >= 0) & (cuts <= len(calendar))]
    groups, of_era = [], []
    partners = np.zeros((len(cuts) - 1, len(begin)), dtype=np.bool_)
    for stretch in range(len(cuts) - 1):
        here = np.flatnonzero((begin <= cuts[stretch]) & (end >= cuts[stretch + 1]))
        for group in _groups(layout, here):
            groups.append(group)
            of_era.append(stretch)
            partners[stretch, group.ravel()] = True
    order = np.argsort(layout.story, kind="stable")
    sizes = np.bincount(layout.story, minlength=layout.stories)
    dates = layout.days[layout.bars] - first
    era_of = np.searchsorted(cuts, dates, side="right") - 1
    inside = (dates >= 0) & (dates < len(calendar))
    inside[inside] = calendar[dates[inside], layout.listing[inside]] >= 0
    era = np.full(layout.stories, -1, dtype=np.int64)
    movable = np.zeros(layout.stories, dtype=np.bool_)
    for number, members in enumerate(np.split(order, np.cumsum(sizes)[:-1])):
        if inside[members].all() and len(set(era_of[members].tolist())) == 1:
            era[number] = era_of[members[0]]
            movable[number] = partners[era[number], layout.listing[members]].any()
    return SwapPlan(
        members=order,
        first_member=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        dates=dates,
        calendar=calendar,
        era=era,
        groups=tuple(groups),
        era_of_group=tuple(of_era),
        eras=len(cuts) - 1,
        listings=len(begin),
        movable=movable,
    )


def _groups(layout: NewsLayout, listings: IntArray) -> list[IntArray]:
    """Issuers of `listings` with the same venues and kind, at least two: rows of their listings."""
    of_issuer: dict[int, list[int]] = defaultdict(list)
    for place in listings[np.lexsort((listings, layout.venue[listings]))].tolist():
        of_issuer[int(layout.issuer[place])].append(place)
    alike: dict[tuple[tuple[int, int], ...], list[list[int]]] = defaultdict(list)
    for places in of_issuer.values():
        alike[tuple((int(layout.venue[p]), int(layout.fund[p])) for p in places)].append(places)
    return [np.array(rows, dtype=np.int64) for rows in alike.values() if len(rows) > 1]
