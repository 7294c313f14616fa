"""A tape as a Backtrader feed: naive UTC stamps at the session's close, prices in local currency."""

from __future__ import annotations

import datetime as dt

import backtrader as bt
import numpy as np

from newsbt.engine.world import EPOCH, Tape
from newsbt.records import FloatArray, IntArray

__all__ = ["TapeFeed", "date_numbers"]

NS_PER_DAY = 86_400_000_000_000


def date_numbers(times: IntArray) -> FloatArray:
    """Backtrader's date numbers (days since year 1, as matplotlib once counted them) of UTC nanoseconds."""
    return times / NS_PER_DAY + float(dt.date.toordinal(EPOCH))


class TapeFeed(bt.feed.DataBase):  # type: ignore[misc, unused-ignore]
    """Feed over one tape, loaded in one go.

    Backtrader reads frames row by row and turns aware stamps into dates of another day; both are avoided by
    filling its line buffers from arrays.
    """

    def __init__(self, tape: Tape) -> None:
        super().__init__()
        self.tape = tape
        self.p.name = self._name = tape.listing.symbol
        self.p.timeframe = bt.TimeFrame.Days

    def preload(self) -> None:
        """Fill the lines and stand before the first bar."""
        tape = self.tape
        columns = {
            "datetime": date_numbers(tape.closes_at),
            "open": tape.open,
            "high": tape.high,
            "low": tape.low,
            "close": tape.close,
            "volume": tape.volume,
            "openinterest": np.zeros(len(tape)),
        }
        for name, values in columns.items():
            line = getattr(self.lines, name)
            line.array.extend(values.tolist())
            line.idx = len(tape) - 1
            line.lencount = len(tape)
        self.home()

    def _load(self) -> bool:
        """Nothing comes after the preloaded bars."""
        return False
