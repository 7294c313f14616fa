"""What the broker did, in the order it did it: orders, fills, dividends, equity by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newsbt.engine.world import Tape
from newsbt.records import Signal

__all__ = ["CashEntry", "FillEntry", "Journal", "OrderEntry", "StepEntry"]

#: Ends of an order other than a fill, by Backtrader's names for them.
ENDED = {"Margin": "rejected", "Rejected": "rejected", "Canceled": "cancelled", "Expired": "expired"}


@dataclass
class OrderEntry:
    """One order from acceptance to its end; sizes are signed shares.

    ``levels`` are the prices that a limit, stop or trailing order was sent with, local.
    """

    number: int
    accepted_after: int
    symbol: str
    kind: str
    size: int
    reason: str
    catalyst_ids: tuple[str, ...]
    filled: int = 0
    status: str = "waiting"
    why: str = ""
    levels: tuple[float, ...] = ()


@dataclass(frozen=True)
class FillEntry:
    """One fill; `at` is UTC nanoseconds, price and fees are local, `fees_base` is base currency."""

    at: int
    session: dt.date
    symbol: str
    size: int
    price: float
    fx: float
    fees: Mapping[str, float]
    fees_base: float
    reason: str
    catalyst_ids: tuple[str, ...]
    currency: str
    bar: int
    number: int
    inside: bool


@dataclass
class Parts:
    """Profit since the start by where it came from, base currency; costs are positive.

    Equity less initial capital is ``price + fx - fees - borrow + dividends``.
    """

    price: float = 0.0
    fx: float = 0.0
    fees: float = 0.0
    borrow: float = 0.0
    dividends: float = 0.0


@dataclass(frozen=True)
class CashEntry:
    """Cash for (or against) a position before the open of a session, base currency."""

    session: dt.date
    symbol: str
    bar: int
    size: int
    amount: float


@dataclass(frozen=True)
class StepEntry:
    """The account after one step, base currency."""

    at: int
    equity: float
    cash: float
    gross: float
    net: float
    parts: Parts


@dataclass(frozen=True)
class MarginCall:
    """An account below maintenance margin after a step, base currency, and the part of positions it keeps."""

    at: int
    equity: float
    gross: float
    kept: float


@dataclass
class Journal:
    """Everything that happened, oldest first. Orders are renumbered from 1, so runs can be compared."""

    orders: list[OrderEntry] = field(default_factory=list)
    fills: list[FillEntry] = field(default_factory=list)
    dividends: list[CashEntry] = field(default_factory=list)
    borrows: list[CashEntry] = field(default_factory=list)
    margin_calls: list[MarginCall] = field(default_factory=list)
    steps: list[StepEntry] = field(default_factory=list)
    outcomes: dict[tuple[str, dt.date], tuple[str, str]] = field(default_factory=dict)
    _followed: list[tuple[Signal, OrderEntry]] = field(default_factory=list)
    _by_ref: dict[int, OrderEntry] = field(default_factory=dict)

    def accepted(self, order: Any, tape: Tape) -> None:
        """Enter a new order."""
        entry = OrderEntry(
            number=len(self.orders) + 1,
            accepted_after=self.steps[-1].at if self.steps else 0,
            symbol=tape.listing.symbol,
            kind=order.getordername(),
            size=int(order.created.size),
            reason=order.info.get("reason", "order"),
            catalyst_ids=tuple(order.info.get("catalyst_ids", ())),
            levels=_levels(order),
        )
        self.orders.append(entry)
        self._by_ref[order.ref] = entry

    def explain(self, order: Any, why: str) -> None:
        """Say why an order was cut or refused."""
        self._by_ref[order.ref].why = why

    def changed(self, order: Any) -> None:
        """Follow an order that ended without a fill."""
        entry, status = self._by_ref.get(order.ref), ENDED.get(order.getstatusname())
        if entry is not None and status is not None:
            entry.status = status

    def filled(self, order: Any, fill: FillEntry) -> None:
        """Enter a fill of an order."""
        self.fills.append(fill)
        entry = self._by_ref[order.ref]
        entry.filled += fill.size
        entry.status = "reduced" if entry.why else "filled"

    def refused(self, symbol: str, reason: str, catalyst_ids: tuple[str, ...], why: str) -> None:
        """Enter an order that was too small to be sent."""
        after = self.steps[-1].at if self.steps else 0
        self.orders.append(
            OrderEntry(
                len(self.orders) + 1, after, symbol, "none", 0, reason, catalyst_ids, 0, "rejected", why
            )
        )

    def follow(self, order: Any, signal: Signal) -> None:
        """Tie the fate of a signal to an order."""
        self._followed.append((signal, self._by_ref[order.ref]))

    def close(self) -> None:
        """End the run: what still waits was never tradable again."""
        for entry in self.orders:
            if entry.status == "waiting":
                entry.status = "open-at-end"
                entry.why = entry.why or "no later session of the listing came before the end of the run"
        for signal, entry in self._followed:
            done = f"{'bought' if entry.filled > 0 else 'sold'} {abs(entry.filled)}" if entry.filled else ""
            text = "; ".join(part for part in (done, entry.why) if part)
            self.outcomes[signal.symbol, signal.session] = ("traded" if done else "not-traded", text)


def _levels(order: Any) -> tuple[float, ...]:
    """Price, limit price and trail that an order was created with; none of a market order."""
    if order.getordername() in ("Market", "Close"):
        return ()
    asked = (
        order.created.price,
        order.created.pricelimit,
        order.created.trailamount,
        order.created.trailpercent,
    )
    return tuple(float(value) for value in asked if value)
