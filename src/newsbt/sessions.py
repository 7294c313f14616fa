"""Sessions of one venue as arrays, and the overlay that corrects them (pure)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from newsbt.records import IntArray

__all__ = ["VenueCalendar"]


@dataclass(frozen=True)
class VenueCalendar:
    """Trading days of one venue, ascending, with their open and close.

    Parameters
    ----------
    venue : str
        ``"XNYS"`` or ``"XHKG"``.
    timezone : str
        IANA name of the venue's zone.
    days : array of int64, shape (n,)
        Local date of each session, in days since 1970-01-01.
    opens, closes : array of int64, shape (n,)
        First and last moment of continuous trading, UTC, nanoseconds since 1970-01-01.
    """

    venue: str
    timezone: str
    days: IntArray
    opens: IntArray
    closes: IntArray

    def index_of(self, day: dt.date) -> int:
        """Position of the session on `day`, or -1 where the venue is shut or out of range."""
        number = (day - dt.date(1970, 1, 1)).days
        at = int(np.searchsorted(self.days, number))
        return at if at < len(self.days) and self.days[at] == number else -1

    def day(self, index: int) -> dt.date:
        """Local date of the session at `index`."""
        return dt.date(1970, 1, 1) + dt.timedelta(days=int(self.days[index]))
