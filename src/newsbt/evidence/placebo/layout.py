"""A run's news as arrays: signals on bars, stories that move together, and where there is room (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["NewsLayout", "stories_of"]


@dataclass(frozen=True)
class NewsLayout:
    """What a placebo may move, and where to.

    Bars of all listings stand one after another; a place in that row is called flat.

    Parameters
    ----------
    bars : array of int64, shape (signals,)
        Flat bar of each signal.
    scores : array of float64, shape (signals,)
    story : array of int64, shape (signals,)
        Signals with the same number move together; numbered from 0 without holes.
    offsets : array of int64, shape (listings + 1,)
        First flat bar of each listing.
    days : array of int64, shape (bars,)
        Local date of each bar, days since 1970-01-01; ascending within a listing.
    usable : array of bool, shape (bars,)
        Bars of the run itself, on which news may stand.
    volatility : array of float64, shape (bars,)
        Trailing volatility known before each bar; nan where there is too little history.
    venue, issuer, fund : array of int64, shape (listings,)
        Codes; listings are swapped only with those of the same venue and kind.
    """

    bars: IntArray
    scores: FloatArray
    story: IntArray
    offsets: IntArray
    days: IntArray
    usable: BoolArray
    volatility: FloatArray
    venue: IntArray
    issuer: IntArray
    fund: IntArray

    @property
    def listing(self) -> IntArray:
        """Listing of each signal."""
        return np.searchsorted(self.offsets, self.bars, side="right") - 1

    @property
    def stories(self) -> int:
        """Number of stories."""
        return int(self.story.max()) + 1 if len(self.story) else 0

    @property
    def first_day(self) -> int:
        """Earliest local date on which news may stand."""
        return int(self.days[self.usable].min())

    def calendar(self) -> IntArray:
        """Flat bar of each local date from :attr:`first_day` on, shape (dates, listings); -1 for none."""
        first, last = self.first_day, int(self.days[self.usable].max())
        table = np.full((last - first + 1, len(self.venue)), -1, dtype=np.int64)
        at = np.flatnonzero(self.usable)
        owner = np.searchsorted(self.offsets, at, side="right") - 1
        table[self.days[at] - first, owner] = at
        return table


def stories_of(catalysts: Sequence[Sequence[str]]) -> IntArray:
    """Number the stories: signals that share a catalyst, directly or through others, are of one story.

    Parameters
    ----------
    catalysts : sequence of sequence of str
        Ids behind each signal; a signal without any is a story of its own.

    Returns
    -------
    array of int64, shape (signals,)
        Numbered by first appearance.
    """
    above = list(range(len(catalysts)))

    def top(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    seen: dict[str, int] = {}
    for place, names in enumerate(catalysts):
        for name in names:
            above[top(place)] = top(seen.setdefault(name, place))
    numbers: dict[int, int] = {}
    return np.array(
        [numbers.setdefault(top(place), len(numbers)) for place in range(len(catalysts))], np.int64
    )
