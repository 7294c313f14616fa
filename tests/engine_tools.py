"""Tiny worlds for tests of the engine: bars by hand, two venues, and plain Backtrader beside ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import backtrader as bt
import numpy as np

from newsbt.costs import PercentCosts
from newsbt.engine.reference import Outcome, run_reference
from newsbt.engine.world import Limits, Tape, World
from newsbt.records import Signal
from newsbt.universe import Listing

HOUR = 3_600_000_000_000
DAY = 24 * HOUR
EPOCH = dt.date(1970, 1, 1)
#: Open and close in UTC hours.
HOURS = {"XNYS": (14.5, 21.0), "XHKG": (1.5, 8.0)}
GOLDEN = (
    (100, 102, 99, 101),
    (101, 103, 100, 102),
    (105, 108, 104, 107),
    (106, 110, 95, 100),
    (99, 100, 90, 92),
    (93, 97, 92, 96),
    (96, 99, 95, 98),
)


def make_tape(
    prices: Sequence[tuple[float, float, float, float]],
    days: Sequence[dt.date] | None = None,
    symbol: str = "X",
    venue: str = "XNYS",
    lot: int = 1,
    fx: float | Sequence[float] = 1.0,
    dividend: dict[int, float] | None = None,
    placeholder: Sequence[int] = (),
    numbers: Sequence[int] | None = None,
    volume: float = 1_000_000.0,
    **listing: Any,
) -> Tape:
    """Bars (open, high, low, close) of consecutive days from 2024-01-01, or of the `days` given.

    More about the `listing`: its issuer, kind, shares_per_ads.
    """
    count = len(prices)
    first = dt.date(2024, 1, 1)
    stamps = (
        [(day - EPOCH).days for day in days] if days else [(first - EPOCH).days + i for i in range(count)]
    )
    at = np.array(stamps, dtype=np.int64)
    table = np.array(prices, dtype=np.float64).reshape(count, 4)
    paid = np.zeros(count)
    for place, amount in (dividend or {}).items():
        paid[place] = amount
    flat = np.zeros(count, dtype=np.bool_)
    flat[list(placeholder)] = True
    opens, closes = HOURS[venue]
    currency = {"XNYS": "USD", "XHKG": "HKD"}[venue]
    rate = np.full(count, fx) if isinstance(fx, float) else np.array(fx, dtype=np.float64)
    return Tape(
        listing=Listing(
            symbol, listing.pop("issuer", symbol), venue, currency, lots=((dt.date.min, lot),), **listing
        ),
        days=at,
        numbers=np.array(numbers if numbers is not None else range(count), dtype=np.int64),
        opens_at=at * DAY + int(opens * HOUR),
        closes_at=at * DAY + int(closes * HOUR),
        open=table[:, 0].copy(),
        high=table[:, 1].copy(),
        low=table[:, 2].copy(),
        close=table[:, 3].copy(),
        volume=np.full(count, volume),
        dividend=paid,
        placeholder=flat,
        fx=rate,
        usd=rate,
    )


def make_signal(tape: Tape, bar: int, score: float, half_life: float = 5.0, name: str = "") -> Signal:
    """Signal that comes due in the session of `bar`."""
    at = dt.datetime.fromtimestamp(int(tape.opens_at[bar]) / 1e9, dt.UTC)
    return Signal(tape.listing.symbol, tape.day(bar), at, score, half_life, (name or f"c{bar}",))


def make_world(
    tapes: Sequence[Tape],
    signals: Sequence[Signal] = (),
    commission: float = 0.0,
    slippage: float = 0.0,
    cash: float = 10_000.0,
    **options: Any,
) -> World:
    """World with percentage costs."""
    limits = options.pop("limits", Limits(gross=1.0, weight=10.0, volume=0.0))
    return World(
        tuple(tapes), tuple(signals), PercentCosts(commission, slippage), cash, limits=limits, **options
    )


def scripted(actions: dict[int, Callable[[Any], Any]], on: int = 0) -> type[bt.Strategy]:
    """Plain Backtrader strategy that acts after the i-th step (from 1), also before all feeds have bars."""

    class Script(bt.Strategy):  # type: ignore[misc]
        def next(self) -> None:
            action = actions.get(len(self))
            if action is not None:
                action(self)

        prenext = next

    return Script


def ours(world: World, strategy: type[Any], **params: Any) -> Outcome:
    """Run in our reference engine."""
    return run_reference(world, strategy, params)


class Plain(bt.feeds.DataBase):  # type: ignore[misc]
    """The same tape for plain Backtrader."""

    def __init__(self, tape: Tape) -> None:
        super().__init__()
        self._tape, self._place = tape, -1
        self._name = tape.listing.symbol

    def start(self) -> None:
        super().start()
        self._place = -1

    def _load(self) -> bool:
        self._place += 1
        if self._place >= len(self._tape):
            return False
        tape, at = self._tape, self._place
        self.lines.datetime[0] = int(tape.closes_at[at]) / DAY + 719163.0
        for name in ("open", "high", "low", "close", "volume"):
            getattr(self.lines, name)[0] = getattr(tape, name)[at]
        self.lines.openinterest[0] = 0.0
        return True


def plain(
    tapes: Sequence[Tape], strategy: type[Any], cash: float = 10_000.0, coo: bool = False
) -> tuple[Any, list[tuple[str, dt.date, float, float]]]:
    """Run in plain Backtrader; the broker and the fills (symbol, day of the fill, size, price)."""
    fills: list[tuple[str, dt.date, float, float]] = []

    class Watched(strategy):  # type: ignore[misc]
        def notify_order(self, order: Any) -> None:
            if order.status == bt.Order.Completed:
                done = order.executed
                fills.append(
                    (order.data._name, bt.num2date(done.dt).date(), float(done.size), float(done.price))
                )

    cerebro = bt.Cerebro(stdstats=False, cheat_on_open=coo)
    cerebro.broker.setcash(cash)
    for tape in tapes:
        cerebro.adddata(Plain(tape), name=tape.listing.symbol)
    cerebro.addstrategy(Watched)
    cerebro.run()
    return cerebro.broker, fills


def fills_of(outcome: Outcome) -> list[tuple[str, dt.date, float, float]]:
    """Fills of our engine in the same form."""
    return [
        (fill.symbol, fill.session, float(fill.size), round(fill.price, 10)) for fill in outcome.journal.fills
    ]
