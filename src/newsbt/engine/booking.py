"""The money half of the broker: cash in base currency, marks, limits, fees, bookings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import backtrader as bt

from newsbt.costs import Execution, Side
from newsbt.engine.journal import CashEntry, FillEntry, Journal, Parts
from newsbt.engine.protection import Guards
from newsbt.engine.sizing import fit, split
from newsbt.engine.world import Tape, World

__all__ = ["BookingBroker"]

#: Rounding room of the exposure test, as a fraction of equity: never as much as a share.
SLACK = 1e-9


class Mark(NamedTuple):
    """Last price of a share, local currency, and the exchange rate of its day."""

    price: float
    fx: float

    @property
    def value(self) -> float:
        """Worth of a share, base currency."""
        return self.price * self.fx


class BookingBroker(bt.brokers.BackBroker):  # type: ignore[misc, unused-ignore]
    """Backtrader's broker with an account in base currency.

    Every fill, mark and dividend is converted at the rate of its day; longs and shorts alike are bounded by
    gross exposure at the moment of the fill; fees are charged once an order.

    Parameters
    ----------
    world : World
        Costs, limits and money of the run.
    """

    # The parent's test on submission counts rejected orders against later ones; ours is made at the fill.
    params = (("checksubmit", False),)

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.journal = Journal()
        self.guards = Guards()
        #: Calendar number of the session in which each position was opened.
        self.entered: dict[Any, int] = {}
        self._tapes: dict[Any, Tape] = {}
        self._marks: dict[Any, Mark] = {}
        self.parts = Parts()
        self.setcash(world.cash)

    def watch(self, feed: Any, tape: Tape) -> None:
        """Tie a feed to its tape."""
        self._tapes[feed] = tape

    def tape(self, feed: Any) -> Tape:
        """Tape behind a feed."""
        return self._tapes[feed]

    def exposure(self, feed: Any) -> float:
        """Signed value of the position at its last mark, base currency."""
        mark = self._marks.get(feed)
        return float(self.positions[feed].size) * mark.value if mark else 0.0

    def equity(self) -> float:
        """Cash and positions at their last marks, base currency."""
        return float(self.cash) + sum(self.exposure(feed) for feed in self._tapes)

    def _get_value(self, datas: Any = None, lever: bool = False) -> float:
        """Value of the account, or of the positions in `datas`, at the last marks."""
        while self._cash_addition:
            self.cash += self._cash_addition.popleft()
        if datas is not None:
            return sum(self.exposure(feed) for feed in datas)
        self._value = self._valuelever = self.equity()
        self._valuemkt = self._valuemktlever = self._value - self.cash
        self._fundval = self._value / self._fundshares
        return self._value

    # Marks and dividends ------------------------------------------------------------------------------

    def mark(self, feed: Any) -> None:
        """Mark the position at the close of the listing's last bar."""
        tape, index = self._tapes[feed], len(feed) - 1
        self._remark(feed, Mark(float(tape.close[index]), float(tape.fx[index])))

    def _remark(self, feed: Any, mark: Mark) -> None:
        """Move the mark of what is held, and book the move as profit of price and of exchange rate."""
        before, size = self._marks.get(feed), float(self.positions[feed].size)
        if before is not None and size:
            self.parts.price += size * (mark.price - before.price) * before.fx
            self.parts.fx += size * mark.price * (mark.fx - before.fx)
        self._marks[feed] = mark

    def pay_dividend(self, feed: Any) -> None:
        """On the ex-date, credit a long position net of the depositary's fee or debit a short one in full."""
        tape, index = self._tapes[feed], len(feed) - 1
        size, dividend = int(self.positions[feed].size), float(tape.dividend[index])
        if size and dividend:
            paid = max(dividend - tape.listing.adr_fee, 0.0) if size > 0 else dividend
            amount = size * paid * float(tape.fx[index])
            self.cash += amount
            self.parts.dividends += amount
            self.journal.dividends.append(
                CashEntry(tape.day(index), tape.listing.symbol, index, size, amount)
            )

    def charge_borrow(self, feed: Any) -> None:
        """Charge a short for the calendar days since the session before, on its last mark."""
        tape, index = self._tapes[feed], len(feed) - 1
        size = int(self.positions[feed].size)
        if size < 0 and index:
            days = int(tape.days[index] - tape.days[index - 1])
            value = abs(self.exposure(feed))
            fee = self.world.shorting.borrow_fee(tape.listing, tape.day(index), value, days)
            if fee:
                self.cash -= fee
                self.parts.borrow += fee
                self.journal.borrows.append(
                    CashEntry(tape.day(index), tape.listing.symbol, index, size, -fee)
                )

    # Fills --------------------------------------------------------------------------------------------

    def fill(self, order: Any, price: float, slips: bool) -> None:
        """Book `order` at `price` on its listing's new bar, or refuse what the limits do not allow."""
        feed = order.data
        tape, index = self._tapes[feed], len(feed) - 1
        held = int(self.positions[feed].size)
        if "target" in order.info:
            missing = int(order.info["target"]) - held
            if missing * order.size <= 0:  # a sale never becomes a purchase
                self.journal.explain(order, "the position was already there when the order came to trade")
                order.cancel()
                return
            self._resize(order, missing)
        size = int(order.executed.remsize)
        refusal = self._short_refusal(order, tape, index)
        if refusal and split(size, held)[1]:
            self.journal.explain(order, refusal)
            size = -split(size, held)[0]
            self._resize(order, size)
            if not size:
                order.margin()
                return
        side: Side = "buy" if size > 0 else "sell"
        day, fx = tape.day(index), float(tape.fx[index])
        execution = tape.execution(index, side, abs(size), price)
        if slips:
            price = self.world.costs.slip(execution)
            execution = replace(execution, price=price)
        fees = sum(self.world.costs.fees(execution).values()) * fx
        room = self._room(feed, price * fx, size) - self.world.gross_limit * fees
        fitted = fit(
            size, held, tape.listing.lot(day), price * fx, room, bool(order.info.get("reduce", False))
        )
        if fitted.why:
            self.journal.explain(order, fitted.why)
        if fitted.size:
            self._resize(order, fitted.size)
            self._book(order, replace(execution, size=abs(fitted.size)))
        else:
            order.margin()

    def _room(self, feed: Any, value: float, size: int) -> float:
        """Exposure to `feed` that an order of `size` may add at `value` a share, base currency."""
        held = int(self.positions[feed].size)
        kept = abs(held) if held * size > 0 else 0
        others = sum(abs(self.exposure(other)) for other in self._tapes if other is not feed)
        mark = self._marks.get(feed)
        equity = self.equity() + (held * (value - mark.value) if mark else 0.0)
        return self.world.gross_limit * equity * (1.0 + SLACK) - others - kept * value

    def _short_refusal(self, order: Any, tape: Tape, index: int) -> str:
        """Say why this order may not open a short on the new bar; empty for a purchase or if it may."""
        rules = self.world.shorting
        if order.executed.remsize > 0:
            return ""
        if why := rules.refusal(tape.listing):
            return why
        if index > 1 and rules.triggered(tape.listing, tape.low[index - 1], tape.close[index - 2]):
            return f"Rule 201: {tape.listing.symbol} fell {rules.drop:.0%} or more in the session before"
        fell = index and rules.triggered(tape.listing, tape.low[index], tape.close[index - 1])
        if fell and self._at_close(order):
            return f"Rule 201: {tape.listing.symbol} fell {rules.drop:.0%} or more in this session"
        return ""

    def _resize(self, order: Any, size: int) -> None:
        order.size = order.created.size = order.executed.remsize = size
        order.ordtype = bt.Order.Buy if size > 0 else bt.Order.Sell

    def _book(self, order: Any, execution: Execution) -> None:
        """Move shares and cash, and tell the strategy."""
        feed, size = order.data, int(order.executed.remsize)
        tape, index = self._tapes[feed], len(feed) - 1
        position, fx = self.positions[feed], float(tape.fx[index])
        average, price = float(position.price), execution.price
        fees = self.world.costs.fees(execution)
        fees_base = sum(fees.values()) * fx
        self._remark(feed, Mark(price, fx))
        self.cash -= size * price * fx + fees_base
        self.parts.fees += fees_base
        held, entry, opened, closed = position.update(size, price, feed.datetime.datetime())
        share = fees_base / abs(size)
        order.execute(
            feed.datetime[0],
            size,
            price,
            closed,
            abs(closed) * average * fx,
            abs(closed) * share,
            opened,
            abs(opened) * price * fx,
            abs(opened) * share,
            0.0,
            -closed * (price - average) * fx,
            held,
            entry,
        )
        order.addcomminfo(self.getcommissioninfo(feed))
        ids = tuple(order.info.get("catalyst_ids", ()))
        at = tape.closes_at if self._at_close(order) else tape.opens_at
        self.journal.filled(
            order,
            FillEntry(
                at=int(at[index]),
                session=tape.day(index),
                symbol=tape.listing.symbol,
                size=size,
                price=price,
                fx=fx,
                fees=fees,
                fees_base=fees_base,
                reason=order.info.get("reason", "order"),
                catalyst_ids=ids,
                currency=tape.listing.currency,
                bar=index,
                number=int(tape.numbers[index]),
                inside=self._at_close(order),
            ),
        )
        if closed and (opened or not held):
            self.guards.drop(feed)
        if opened and abs(opened) == abs(held):
            self.entered[feed] = int(tape.numbers[index])
        if opened:
            self.guards.arm(order, held, entry, self.world.grid(tape, index))
        self.notify(order)
        self._ococheck(order)

    def _at_close(self, order: Any) -> bool:
        """Whether a fill is stamped with the close: by then what filled inside the session surely had."""
        return bool(order.exectype != bt.Order.Market)
