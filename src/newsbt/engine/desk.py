"""What a decision about one listing may see: its past, its position, its due signals."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from newsbt.engine.world import Tape
from newsbt.records import FloatArray, Signal
from newsbt.universe import Listing

__all__ = ["Desk"]

#: Arrays of a tape.
COLUMNS = tuple(item.name for item in dataclasses.fields(Tape) if item.name != "listing")


class Desk:
    """One listing of a run at the moment of a decision.

    The decision is about the session that is about to trade; every price here is of an earlier session. Seen
    from the turn of another listing, `session` is the last one that this listing has traded, and `bars`,
    `position` and prices include it.

    Parameters
    ----------
    feed : Backtrader feed
        Of the listing.
    tape : Tape
        Its bars.
    signals : mapping of session to Signal
        Netted signals of the listing.
    delay : int
        Sessions between a signal's own session and the one it acts in.
    """

    def __init__(self, feed: Any, tape: Tape, signals: Mapping[dt.date, Signal], delay: int = 0) -> None:
        self.feed = feed
        self.session = dt.date.min
        self.number = -1
        self.bars = 0
        self.position = 0
        self.held_from = -1
        self.renewed_at = -1
        self.order: Any = None
        self.catalyst_ids: tuple[str, ...] = ()
        self.memory: dict[str, Any] = {}
        self._tape = tape
        numbers = {tape.day(index): int(tape.numbers[index]) for index in range(len(tape))}
        self._due = sorted(
            ((numbers[day] + delay, signal) for day, signal in signals.items() if day in numbers),
            key=lambda due: due[0],
        )
        self._next = 0

    @property
    def listing(self) -> Listing:
        """The listing."""
        return self._tape.listing

    @property
    def symbol(self) -> str:
        """Symbol of the listing."""
        return self._tape.listing.symbol

    def look(self, bars: int, position: int) -> None:
        """See the first `bars` bars, holding `position`; also when another listing's session is at hand."""
        self.bars = bars
        self.position = position

    def turn_to(self, entered_at: int) -> None:
        """Face the session after the bars seen; the position is held since session `entered_at`."""
        self.session = self._tape.day(self.bars)
        self.number = int(self._tape.numbers[self.bars])
        self.held_from = max(entered_at, self.renewed_at)

    def due(self) -> list[Signal]:
        """Signals that have come due since the last call, oldest first."""
        first = self._next
        while self._next < len(self._due) and self._due[self._next][0] <= self.number:
            self._next += 1
        return [signal for _, signal in self._due[first : self._next]]

    def renew(self) -> None:
        """Count the holding time from this session again."""
        self.renewed_at = self.number

    @property
    def leaving(self) -> bool:
        """Whether an order that takes from the position waits for a session that trades."""
        return self.order is not None and bool(self.order.alive() and self.order.size * self.position < 0)

    @property
    def sessions_held(self) -> int:
        """Sessions since the entry (or its renewal), by the venue's calendar; 0 when flat."""
        return self.number - self.held_from if self.position else 0

    @property
    def waiting(self) -> bool:
        """Whether an order of an earlier session still waits for one that trades."""
        return self.order is not None and bool(self.order.alive())

    @property
    def close(self) -> float:
        """Close of the session before, local currency."""
        return float(self._tape.close[self.bars - 1])

    @property
    def value(self) -> float:
        """Worth of one share at the last close and the exchange rate of that day, base currency."""
        return self.close * float(self._tape.fx[self.bars - 1])

    def closes(self, count: int) -> FloatArray:
        """Last `count` closes, oldest first; fewer where history is shorter."""
        return self._tape.close[max(0, self.bars - count) : self.bars]

    def volumes(self, count: int) -> FloatArray:
        """Volumes of the last `count` sessions, shares, oldest first."""
        return self._tape.volume[max(0, self.bars - count) : self.bars]

    def past(self, count: int) -> Tape:
        """Last `count` bars with all their columns, oldest first; fewer where history is shorter."""
        known = slice(max(0, self.bars - count), self.bars)
        columns = {name: getattr(self._tape, name)[known] for name in COLUMNS}
        return Tape(self.listing, **columns)

    def volatility(self, count: int) -> float:
        """Sample deviation of the last `count` daily returns; nan for fewer than two."""
        closes = self.closes(count + 1)
        if len(closes) < 3:
            return float("nan")
        return float(np.std(np.diff(closes) / closes[:-1], ddof=1))

    @property
    def tradable_sessions(self) -> tuple[dt.date, ...]:
        """Sessions of the run after the first bar: the calendar of a baseline that knows no prices."""
        return tuple(self._tape.day(index) for index in range(1, len(self._tape)))
