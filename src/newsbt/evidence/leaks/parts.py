"""What a probe may change: bars, news and the end of a run, and the moment it changes them after (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from newsbt.records import Catalyst, IntArray

__all__ = ["Cut", "Parts"]


@dataclass(frozen=True)
class Parts:
    """The inputs of a run that have a future.

    Parameters
    ----------
    bars : mapping of symbol to DataFrame
        As in :class:`newsbt.prices.book.PriceBook`.
    opens : mapping of symbol to array of int64
        UTC nanoseconds of the open of each bar.
    catalysts : tuple of Catalyst
    known : mapping of catalyst id to int
        When each was public for certain, UTC nanoseconds.
    last_day : date
        Last session of the run.
    """

    bars: Mapping[str, pd.DataFrame]
    opens: Mapping[str, IntArray]
    catalysts: tuple[Catalyst, ...]
    known: Mapping[str, int]
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class Cut:
    """The open of a session: what comes after it may not matter for what was decided up to it.

    Parameters
    ----------
    at : int
        UTC nanoseconds of the open. Bars that open then or later are the future.
    known : int
        UTC nanoseconds: news known later is the future. The open, or the close of the session where orders
        are for the close.
    day : date
        Local date of the session.
    venue : str
    """

    at: int
    known: int
    day: dt.date
    venue: str
