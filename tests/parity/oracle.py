"""The rule book once more, in plain Python: what decisions must do to an account.

Written from docs/engine.md, without Backtrader and independently of the engine. One loop over the steps, one
:class:`Line` for each listing. Clear, not fast. What a strategy decides is in ``decisions.py``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newsbt.costs import PercentCosts
from newsbt.engine.world import Tape, World
from newsbt.records import Signal

#: Room for rounding in the test of gross exposure, as a fraction of equity.
ROUNDING = 1e-9


class Fill(NamedTuple):
    """One fill; `size` is signed shares, `price` local currency after slippage."""

    session: dt.date
    symbol: str
    size: int
    price: float
    reason: str


class Step(NamedTuple):
    """The account after one step, base currency; `at` is UTC nanoseconds."""

    at: int
    cash: float
    equity: float


class Want(NamedTuple):
    """A decision: the signed share of equity that a listing should have, and why."""

    weight: float
    reason: str


@dataclass
class Order:
    """Signed shares to trade in the next auction, in the order of their rank."""

    size: int
    rank: tuple[int, float, int]
    reason: str


@dataclass
class Line:
    """One listing: its bars, its position, and what it waits for."""

    tape: Tape
    bar: int = -1
    position: int = 0
    mark: float = 0.0
    entry_price: float = 0.0
    best: float = 0.0
    leave_at: int = 0
    order: Order | None = None
    delayed: list[tuple[int, Signal]] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return int(self.tape.numbers[self.bar])

    @property
    def lot(self) -> int:
        return self.tape.listing.lot(self.tape.day(self.bar))

    @property
    def value(self) -> float:
        """Of the position at its last mark, base currency."""
        return self.position * self.mark


class Oracle:
    """One run of one rule over one world.

    The rule is called before each session of a listing, from its second bar and the first day of the run on:
    ``rule(oracle, line)`` says where the position should be; None leaves it, and an order that waits, as is.
    """

    def __init__(self, world: World, rule: Callable[..., Want | None], params: Mapping[str, Any]) -> None:
        assert isinstance(world.costs, PercentCosts)
        self.world, self.costs, self.rule, self.p = world, world.costs, rule, params
        self.cash = world.cash
        self.lines = [Line(tape) for tape in world.tapes]
        self.signals = {(signal.symbol, signal.session): signal for signal in world.signals}
        self.fills: list[Fill] = []
        self.steps: list[Step] = []

    def run(self) -> Oracle:
        for at in sorted({int(close) for line in self.lines for close in line.tape.closes_at}):
            fresh = [line for line in self.lines if at in line.tape.closes_at]
            for line in fresh:
                line.bar += 1
            live = [line for line in fresh if line.tape.day(line.bar) >= self.world.first_day]
            self.send([(line, want) for line in live if (want := self.rule(self, line)) is not None])
            for line in live:
                self.cash += line.position * line.tape.dividend[line.bar] * line.tape.fx[line.bar]
            trading = [line for line in live if not line.tape.placeholder[line.bar]]
            if self.world.entry == "open":
                self.auction(trading, "open")
            for line in trading:
                self.protect(line)
            if self.world.entry == "close":
                self.auction(trading, "close")
            for line in fresh:
                line.mark = float(line.tape.close[line.bar] * line.tape.fx[line.bar])
            for line in trading:
                close = float(line.tape.close[line.bar])
                line.best = max(line.best, close) if line.position > 0 else min(line.best, close)
            self.steps.append(Step(at, self.cash, self.equity()))
        return self

    def equity(self) -> float:
        return self.cash + sum(line.value for line in self.lines)

    # Orders: sized in the order in which they will be filled.

    def send(self, wants: list[tuple[Line, Want]]) -> None:
        planned = {id(line): abs(line.value) for line in self.lines}
        for line, want in sorted(wants, key=lambda item: self.rank(*item)):
            others = sum(planned.values()) - planned[id(line)]
            goal = self.shares(line, want.weight, others)
            planned[id(line)] = abs(goal) * line.mark
            size = goal - line.position
            line.order = Order(size, self.rank(line, want), want.reason) if size else None

    def rank(self, line: Line, want: Want) -> tuple[int, float, int]:
        """Exits, then reductions, then reversals, then entries; of each the largest target first."""
        if want.weight == 0:
            group = 0
        elif line.position * want.weight > 0 and abs(want.weight) * self.equity() < abs(line.value):
            group = 1
        else:
            group = 2 if line.position * want.weight < 0 else 3
        return group, -abs(want.weight), self.lines.index(line)

    def shares(self, line: Line, weight: float, others: float) -> int:
        """Whole lots for a weight of equity, within the caps."""
        limits, lot, equity = self.world.limits, line.lot, self.equity()
        value = min(abs(weight), limits.weight) * max(equity, 0.0)
        lots = math.floor(value / (line.mark * lot) * (1 + 1e-12))
        if lots == 0:
            return 0  # an exit, or too little for a lot: volume does not bound what only closes
        free = max(limits.gross * equity - others, 0.0)
        if lots * lot * line.mark > free:
            lots = math.floor(free / line.mark / lot)
        goal = int(math.copysign(lots * lot, weight))
        if limits.volume:
            recent = [float(volume) for volume in line.tape.volume[max(0, line.bar - 20) : line.bar]]
            most = math.floor(limits.volume * sum(recent) / len(recent) / lot) * lot
            goal = line.position + max(-most, min(most, goal - line.position))
        return goal

    # Fills: with the prices of the bar itself.

    def auction(self, lines: list[Line], price: str) -> None:
        """Fill the orders by their rank, those that waited included."""
        waiting = [(line.order.rank, line, line.order) for line in lines if line.order is not None]
        for _, line, order in sorted(waiting, key=lambda item: item[0]):
            line.order = None
            market = float(getattr(line.tape, price)[line.bar])
            self.fill(line, order.size, self.slipped(order.size, market), order.reason)

    def slipped(self, size: int, price: float) -> float:
        return price * (1 + math.copysign(self.costs.slippage, size))

    def fees(self, size: int, price: float) -> float:
        return self.costs.commission * abs(size) * price

    def fill(self, line: Line, size: int, price: float, reason: str) -> None:
        """Trade as much of `size` as gross exposure allows."""
        size = self.cut_to_fit(line, size, price)
        if not size:
            return
        fx, held = float(line.tape.fx[line.bar]), line.position
        self.cash -= (size * price + self.fees(size, price)) * fx
        line.position = held + size
        line.mark = price * fx
        if held * line.position <= 0 and line.position:
            line.entry_price = line.best = price
            line.leave_at = line.number + self.p.get("hold", 0)
        self.fills.append(Fill(line.tape.day(line.bar), line.tape.listing.symbol, size, price, reason))

    def cut_to_fit(self, line: Line, size: int, price: float) -> int:
        """What of `size`, in whole lots, leaves gross exposure within its cap; closing always does."""
        held, value = line.position, price * float(line.tape.fx[line.bar])
        closing = min(abs(size), abs(held)) if size * held < 0 else 0
        kept = abs(held) if size * held > 0 else 0
        others = [other.value for other in self.lines if other is not line]
        equity = self.cash + sum(others) + held * value
        fees = self.fees(size, price) * float(line.tape.fx[line.bar])  # of the order before it is cut
        room = self.world.limits.gross * (equity * (1 + ROUNDING) - fees)
        room -= sum(abs(other) for other in others) + kept * value
        opening = abs(size) - closing
        if opening * value > room:
            opening = math.floor(max(room, 0.0) / value / line.lot) * line.lot
        return int(math.copysign(closing + opening, size))

    def protect(self, line: Line) -> None:
        """Close the position where the bar reaches a level: a gap at the open, then the stops."""
        held = line.position
        if not held:
            return
        side = 1 if held > 0 else -1
        bar = line.bar
        start, high, low = (float(getattr(line.tape, name)[bar]) for name in ("open", "high", "low"))
        worst, best = (low, high) if side > 0 else (high, low)
        levels = []
        if self.p.get("stop"):
            levels.append((line.entry_price * (1 - side * self.p["stop"]), "stop"))
        if self.p.get("trail"):
            levels.append((line.best - side * self.p["trail"] * line.entry_price, "trail"))
        level, reason = max(levels, key=lambda item: side * item[0], default=(-side * math.inf, ""))
        goal = line.entry_price * (1 + side * self.p["take"]) if self.p.get("take") else side * math.inf
        if side * start >= side * goal:
            self.fill(line, -held, start, "take")
        elif side * worst <= side * level:
            price = min(side * start, side * level) * side
            self.fill(line, -held, self.slipped(-held, price), reason)
        elif side * best >= side * goal:
            self.fill(line, -held, goal, "take")
        if not line.position and line.order is not None:
            # An order for the close has lost the part that was to close the position.
            line.order.size += held
            if line.order.size * side >= 0:
                line.order = None
