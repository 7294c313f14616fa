"""Opens and closes of all venues in one row, and how much prices move between them (pure).

Prices move with the hours in which exchanges are open (French and Roll 1986, Journal of Financial Economics
17, 5-26), whoever's exchange it is: one value of an issuer runs through the day, and each of its listings
shows it while its own venue trades. So the listing that was shut catches up in its gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newsbt.records import FloatArray, IntArray
from newsbt.sessions import VenueCalendar

__all__ = ["Timeline", "build_timeline"]

DAY_NS = 86_400_000_000_000


@dataclass(frozen=True)
class Timeline:
    """Distinct opens and closes, ascending: K moments of D days.

    Parameters
    ----------
    weight : array of float64, shape (K,)
        Variance of the move that ends at each moment, in that of a session; the sum over all moments is the
        number of sessions of a venue (their mean, where they differ).
    starts : array of int64, shape (D,)
        First moment of each UTC day.
    day : array of int64, shape (K,)
        Number of the day of each moment, from 0.
    opens, closes : mapping of venue to array of int64
        Moments at which each session opens and closes.
    """

    weight: FloatArray
    starts: IntArray
    day: IntArray
    opens: Mapping[str, IntArray]
    closes: Mapping[str, IntArray]


def build_timeline(calendars: Mapping[str, VenueCalendar], overnight: float) -> Timeline:
    """Put the sessions of all `calendars` on one line.

    Parameters
    ----------
    calendars : mapping of venue to VenueCalendar
        At least one, each with a session.
    overnight : float
        Share of a session's variance outside the venue's own hours, 0.5 to 1; a half day has half of the
        rest.
    """
    moments = np.unique(
        np.concatenate([side for item in calendars.values() for side in (item.opens, item.closes)])
    )
    opens = {venue: np.searchsorted(moments, item.opens) for venue, item in calendars.items()}
    closes = {venue: np.searchsorted(moments, item.closes) for venue, item in calendars.items()}
    inside = np.zeros(len(moments))
    for venue, item in calendars.items():
        hours = item.closes - item.opens
        shares = (1.0 - overnight) * hours / np.median(hours)
        for first, last, share in zip(opens[venue], closes[venue], shares, strict=True):
            length = np.diff(moments[first : last + 1])
            inside[first + 1 : last + 1] += share * length / length.sum()
    # A day with both venues has two spans in which neither trades.
    weight = np.where(inside > 0.0, inside, (2.0 * overnight - 1.0) / 2.0)
    sessions = np.mean([len(item.days) for item in calendars.values()])
    days = moments // DAY_NS
    starts = np.flatnonzero(np.diff(days, prepend=days[0] - 1) > 0)
    return Timeline(
        weight=weight * sessions / weight.sum(),
        starts=starts,
        day=np.repeat(np.arange(len(starts)), np.diff(starts, append=len(moments))),
        opens=opens,
        closes=closes,
    )
