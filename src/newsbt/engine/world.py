"""What both engines run on: bars on the clock, signals, money and limits, as arrays (pure)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from newsbt.costs import CostModel, Execution, Side
from newsbt.prices.book import PriceBook
from newsbt.records import BoolArray, Entry, FloatArray, IntArray, Signal
from newsbt.sessions import VenueCalendar
from newsbt.shorting import ShortBook
from newsbt.ticks import TickBook, TickTable
from newsbt.universe import Listing

__all__ = ["Limits", "Tape", "World", "build_tape"]

EPOCH = dt.date(1970, 1, 1)
#: Sessions behind averages of volume and volatility.
HISTORY = 20


@dataclass(frozen=True)
class Tape:
    """Bars of one listing, ascending; every array has shape (n,).

    Parameters
    ----------
    listing : Listing
        Whose bars.
    days : array of int64
        Local date of each session, days since 1970-01-01.
    numbers : array of int64
        Position of each session in the venue's calendar, so that differences count sessions even across
        missing bars.
    opens_at, closes_at : array of int64
        UTC nanoseconds of the session's open and close.
    open, high, low, close, volume, dividend : array of float64
        Local currency, shares; dividend is cash a share on its ex-date.
    placeholder : array of bool
        Bars that cannot be traded.
    fx : array of float64
        Units of base currency per unit of local currency on that day.
    usd : array of float64
        US dollars per unit of local currency on that day: for decisions, which the base does not change.
    """

    listing: Listing
    days: IntArray
    numbers: IntArray
    opens_at: IntArray
    closes_at: IntArray
    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    volume: FloatArray
    dividend: FloatArray
    placeholder: BoolArray
    fx: FloatArray
    usd: FloatArray

    def __len__(self) -> int:
        """Return the number of bars."""
        return len(self.days)

    def day(self, index: int) -> dt.date:
        """Local date of the session at `index`."""
        return EPOCH + dt.timedelta(days=int(self.days[index]))

    def average_volume(self, index: int) -> float:
        """Mean volume of the :data:`HISTORY` sessions before `index`, shares; 0 for the first one."""
        past = self.volume[max(index - HISTORY, 0) : index]
        return float(past.mean()) if len(past) else 0.0

    def volatility(self, index: int) -> float:
        """Sample deviation of the :data:`HISTORY` daily returns before `index`; nan for fewer than two."""
        closes = self.close[max(index - HISTORY - 1, 0) : index]
        return float(np.std(np.diff(closes) / closes[:-1], ddof=1)) if len(closes) > 2 else math.nan

    def execution(self, index: int, side: Side, size: int, price: float) -> Execution:
        """An order that is filled on the bar at `index`, with what was known of the listing before."""
        return Execution(
            self.listing,
            side,
            size,
            price,
            self.day(index),
            self.average_volume(index),
            self.volatility(index),
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on size; multiples of equity, except `volume`.

    Parameters
    ----------
    gross : float
        Gross exposure over all listings.
    weight : float
        Exposure to one listing.
    volume : float
        One order, as a share of the mean volume of the listing's last 20 sessions; 0 is off.
    shares : int
        Fixed number of shares of every target, whatever its weight; 0 sizes by weight.
    """

    gross: float = 1.0
    weight: float = 1.0
    volume: float = 0.0
    shares: int = 0


@dataclass(frozen=True)
class World:
    """One run's input.

    Parameters
    ----------
    tapes : tuple of Tape
        In the order of the universe table.
    signals : tuple of Signal
        At most one for each listing and session.
    costs : CostModel
        Fees and slippage.
    cash : float
        Initial capital in `base`.
    base : str
        Currency of the account.
    entry : {"open", "close"}
        Which auction signals, exits by time and rebalances trade in.
    limits : Limits
        Caps on size.
    first_day : date
        First day that counts: earlier bars are history for decisions and are never traded.
    seed : int
        Of everything random.
    shorting : ShortBook
        Margin, borrow fees and permission; by default all off.
    ticks : TickBook or None
        Price steps that limit and stop levels are rounded to; None does not round.
    agenda : mapping of symbol to tuple of int
        Sessions of events whose date was announced before, ascending, counted as :attr:`Tape.numbers` are:
        the first session that could trade what comes out. A strategy decides how long before it takes the
        date to be public; outcomes are not in here.
    known_at : mapping of str to int
        When each catalyst was public, UTC nanoseconds.
    """

    tapes: tuple[Tape, ...]
    signals: tuple[Signal, ...]
    costs: CostModel
    cash: float
    base: str = "USD"
    entry: Entry = "open"
    limits: Limits = Limits()
    first_day: dt.date = dt.date.min
    seed: int = 0
    shorting: ShortBook = field(default_factory=ShortBook)
    ticks: TickBook | None = None
    agenda: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    known_at: Mapping[str, int] = field(default_factory=dict)

    @property
    def gross_limit(self) -> float:
        """Cap on gross exposure as a multiple of equity: the run's own, or what initial margin allows."""
        initial = self.shorting.margin.initial
        return min(self.limits.gross, 1.0 / initial) if initial else self.limits.gross

    def grid(self, tape: Tape, index: int) -> TickTable | None:
        """Price steps of a listing on the day of its bar at `index`; None where levels are not rounded."""
        if self.ticks is None:
            return None
        return self.ticks.at(tape.listing.kind, tape.listing.venue, tape.day(index))

    def signals_of(self, symbol: str) -> dict[dt.date, Signal]:
        """Signals of one listing by session."""
        return {signal.session: signal for signal in self.signals if signal.symbol == symbol}


def build_tape(listing: Listing, book: PriceBook, calendar: VenueCalendar, base: str) -> Tape:
    """Put the bars of `listing` on the clock of its venue.

    Bars must lie on sessions of `calendar`; the price gate has dropped all others.
    """
    frame = book.bars[listing.symbol]
    days = frame.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    numbers = np.searchsorted(calendar.days, days)
    column: Mapping[str, FloatArray] = {
        name: frame[name].to_numpy(dtype=np.float64)
        for name in ("open", "high", "low", "close", "volume", "dividend")
    }
    return Tape(
        listing=listing,
        days=days,
        numbers=numbers.astype(np.int64),
        opens_at=calendar.opens[numbers],
        closes_at=calendar.closes[numbers],
        placeholder=frame["placeholder"].to_numpy(dtype=np.bool_),
        fx=book.fx.rate(listing.currency, base, days),
        usd=book.fx.rate(listing.currency, "USD", days),
        **column,
    )


def steps(tapes: Iterable[Tape]) -> IntArray:
    """Distinct closes over all tapes, ascending: the engine's unit of time."""
    closes = [tape.closes_at for tape in tapes]
    return np.unique(np.concatenate(closes)) if closes else np.empty(0, dtype=np.int64)
