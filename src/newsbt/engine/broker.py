"""Backtrader's broker with the rule book of this project: fresh bars only, base currency, real limits.

Differences from :class:`backtrader.brokers.BackBroker`, which is the parent for its order queue, brackets,
OCO groups and notifications:

- An order is matched only at a step in which its own listing has a new bar that can be traded.
- A step has an order: dividends, then orders that trade at the open or inside the bar, then protective
  levels, then orders for the close, then trailing levels move.
- Cash is in base currency and every fill, mark and dividend is converted at the day's rate.
- Longs and shorts alike are bounded by gross exposure at the moment of the fill.
- Fees are charged once an order; slippage has no cap at the bar's high or low.
"""

from __future__ import annotations

from typing import Any

import backtrader as bt

from newsbt.costs import Side
from newsbt.engine.journal import DividendEntry, FillEntry, Journal, StepEntry
from newsbt.engine.matching import Bar, Kind, match
from newsbt.engine.protection import Protection
from newsbt.engine.sizing import fit
from newsbt.engine.world import Tape, World

__all__ = ["NewsBroker"]

KINDS: dict[int, Kind] = {
    bt.Order.Market: "market",
    bt.Order.Close: "close",
    bt.Order.Limit: "limit",
    bt.Order.Stop: "stop",
    bt.Order.StopTrail: "stop",
    bt.Order.StopLimit: "stop_limit",
    bt.Order.StopTrailLimit: "stop_limit",
}
#: Rounding room of the exposure test, as a fraction of equity: never as much as a share.
SLACK = 1e-9


class NewsBroker(bt.brokers.BackBroker):  # type: ignore[misc, unused-ignore]
    """Matches, books and marks; see the module's docstring.

    Parameters
    ----------
    world : World
        Costs, limits and money of the run; its tapes are in the order of the feeds.
    """

    # The parent's test on submission counts rejected orders against later ones; ours is made at the fill.
    params = (("checksubmit", False),)

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.journal = Journal()
        self.protections: dict[Any, Protection] = {}
        #: Calendar number of the session in which each position was opened.
        self.entered: dict[Any, int] = {}
        self._tapes: dict[Any, Tape] = {}
        self._bars_seen: dict[Any, int] = {}
        self._fresh: list[Any] = []
        self._marks: dict[Any, float] = {}
        self.setcash(world.cash)

    def watch(self, feed: Any, tape: Tape) -> None:
        """Tie a feed to its tape."""
        self._tapes[feed] = tape
        self._bars_seen[feed] = 0

    # What strategies ask ------------------------------------------------------------------------------

    def tape(self, feed: Any) -> Tape:
        """Tape behind a feed."""
        return self._tapes[feed]

    def is_fresh(self, feed: Any) -> bool:
        """Whether `feed` got a new bar since the broker last ran: the bar that trades at this step."""
        return len(feed) > self._bars_seen[feed]

    def exposure(self, feed: Any) -> float:
        """Signed value of the position at its last mark, base currency."""
        return float(self.positions[feed].size) * self._marks.get(feed, 0.0)

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

    # One step -----------------------------------------------------------------------------------------

    def next(self) -> None:
        """Run one step of the rule book."""
        self._fresh = [feed for feed in self._tapes if self.is_fresh(feed)]
        tradable = [feed for feed in self._fresh if not self._tapes[feed].placeholder[len(feed) - 1]]
        for feed in self._fresh:
            self._pay_dividend(feed)
        while self._toactivate:
            self._toactivate.popleft().activate()
        ready = set(map(id, tradable))
        self._try_orders(ready, at_close=False)
        for feed in tradable:
            self._protect(feed)
        self._try_orders(ready, at_close=True)
        for feed in self._fresh:
            self._mark(feed)
        for feed in tradable:
            if feed in self.protections:
                self.protections[feed].move(feed.close[0])
        self._get_value()
        self._write_equity()
        for feed in self._fresh:
            self._bars_seen[feed] = len(feed)

    def _pay_dividend(self, feed: Any) -> None:
        tape, index = self._tapes[feed], len(feed) - 1
        size = self.positions[feed].size
        if size and tape.dividend[index]:
            amount = float(size * tape.dividend[index] * tape.fx[index])
            self.cash += amount
            self.journal.dividends.append(
                DividendEntry(tape.day(index), tape.listing.symbol, index, int(size), amount)
            )

    def _mark(self, feed: Any) -> None:
        index = len(feed) - 1
        tape = self._tapes[feed]
        self._marks[feed] = float(tape.close[index] * tape.fx[index])

    def _write_equity(self) -> None:
        values = [self.exposure(feed) for feed in self._tapes]
        at = max(int(self._tapes[feed].closes_at[len(feed) - 1]) for feed in self._fresh)
        self.journal.steps.append(
            StepEntry(at, self._value, float(self.cash), sum(map(abs, values)), sum(values))
        )

    # Orders -------------------------------------------------------------------------------------------

    def submit_accept(self, order: Any) -> None:
        """Note the order, then queue it as the parent does."""
        self.journal.accepted(order, self._tapes[order.data])
        super().submit_accept(order)

    def notify(self, order: Any) -> None:
        """Keep the journal in step with every change of an order."""
        self.journal.changed(order)
        super().notify(order)

    def _try_orders(self, ready: set[int], at_close: bool) -> None:
        """Go through the queue once, first come first served; what stays alive keeps its place."""
        self.pending.append(None)
        while (order := self.pending.popleft()) is not None:
            if id(order.data) in ready and (order.exectype == bt.Order.Close) == at_close:
                if order.expire():
                    self._settle(order)
                    continue
                if order.active():
                    self._try_exec(order)
                    if not order.alive():
                        self._settle(order)
                        continue
            self.pending.append(order)

    def _settle(self, order: Any) -> None:
        """Settle the bracket and the OCO group of a finished order."""
        if order.status == bt.Order.Completed:
            self._bracketize(order)
        else:
            self.notify(order)
            self._ococheck(order)
            self._bracketize(order, cancel=True)

    def _try_exec(self, order: Any) -> None:
        feed = order.data
        bar = Bar(feed.open[0], feed.high[0], feed.low[0], feed.close[0])
        if order.exectype not in KINDS:
            return
        kind = KINDS[order.exectype]
        stop, limit = (
            order.created.price,
            order.created.price if kind == "limit" else order.created.pricelimit,
        )
        if kind == "stop_limit" and order.triggered:
            kind = "limit"
        fill, triggered = match(kind, order.isbuy(), bar, stop, limit or 0.0)
        order.triggered = order.triggered or triggered
        if fill is not None:
            self.fill(order, fill.price, fill.slips)
        elif order.exectype in (bt.Order.StopTrail, bt.Order.StopTrailLimit):
            order.trailadjust(bar.close)

    # Fills --------------------------------------------------------------------------------------------

    def fill(self, order: Any, price: float, slips: bool) -> None:
        """Book `order` at `price` on its listing's new bar, or refuse what the limits do not allow."""
        feed = order.data
        tape, index = self._tapes[feed], len(feed) - 1
        held = int(self.positions[feed].size)
        if "target" in order.info:
            self._resize(order, int(order.info["target"]) - held)
            if not order.executed.remsize:
                self.journal.explain(order, "the position was already there when the order came to trade")
                order.cancel()
                return
        size = int(order.executed.remsize)
        side: Side = "buy" if size > 0 else "sell"
        day, fx = tape.day(index), float(tape.fx[index])
        if slips:
            price = self.world.costs.slip(tape.listing, side, price, day)
        fees = sum(self.world.costs.fees(tape.listing, side, abs(size), price, day).values()) * fx
        room = self._room(feed, price * fx, size) - self.world.limits.gross * fees
        fitted = fit(
            size, held, tape.listing.lot(day), price * fx, room, bool(order.info.get("reduce", False))
        )
        if fitted.why:
            self.journal.explain(order, fitted.why)
        if fitted.size:
            self._resize(order, fitted.size)
            self._book(order, side, price)
        else:
            order.margin()

    def _room(self, feed: Any, value: float, size: int) -> float:
        """Exposure to `feed` that an order of `size` may add at `value` a share, base currency."""
        held = int(self.positions[feed].size)
        kept = abs(held) if held * size > 0 else 0
        others = sum(abs(self.exposure(other)) for other in self._tapes if other is not feed)
        equity = self.equity() + held * (value - self._marks.get(feed, value))
        return self.world.limits.gross * equity * (1.0 + SLACK) - others - kept * value

    def _resize(self, order: Any, size: int) -> None:
        order.size = order.created.size = order.executed.remsize = size
        order.ordtype = bt.Order.Buy if size > 0 else bt.Order.Sell

    def _book(self, order: Any, side: Side, price: float) -> None:
        """Move shares and cash, and tell the strategy."""
        feed, size = order.data, int(order.executed.remsize)
        tape, index = self._tapes[feed], len(feed) - 1
        position, fx = self.positions[feed], float(tape.fx[index])
        average = float(position.price)
        fees = self.world.costs.fees(tape.listing, side, abs(size), price, tape.day(index))
        fees_base = sum(fees.values()) * fx
        self.cash -= size * price * fx + fees_base
        self._marks[feed] = price * fx
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
            self.protections.pop(feed, None)
        if opened and abs(opened) == abs(held):
            self.entered[feed] = int(tape.numbers[index])
        if opened:
            self._arm(order, held, entry)
        self.notify(order)
        self._ococheck(order)

    def _at_close(self, order: Any) -> bool:
        """Whether a fill is stamped with the close: by then what filled inside the session surely had."""
        return bool(order.exectype != bt.Order.Market)

    # Protective levels --------------------------------------------------------------------------------

    def _arm(self, order: Any, held: int, entry: float) -> None:
        """Put the order's protective levels around a position that it opened or added to."""
        feed = order.data
        stop, take, trail = (float(order.info.get(name, 0.0)) for name in ("stop", "take", "trail"))
        if not (stop or take or trail):
            return
        before = self.protections.get(feed)
        self.protections[feed] = Protection(
            owner=order.owner,
            sign=1 if held > 0 else -1,
            entry=entry,
            stop=stop,
            take=take,
            trail=trail,
            best=before.best if before else entry,
            born=len(feed) if before is None else before.born,
            catalyst_ids=tuple(order.info.get("catalyst_ids", ())),
        )

    def _protect(self, feed: Any) -> None:
        """Try the protective levels of a position on its new bar."""
        guard = self.protections.get(feed)
        if guard is None:
            return
        hit = guard.hit(Bar(feed.open[0], feed.high[0], feed.low[0], feed.close[0]), len(feed))
        if hit is None:
            return
        size = -int(self.positions[feed].size)
        order = (bt.BuyOrder if size > 0 else bt.SellOrder)(
            owner=guard.owner,
            data=feed,
            size=abs(size),
            price=hit.price,
            exectype=bt.Order.Limit if hit.reason == "take" else bt.Order.Stop,
        )
        order.addinfo(reason=hit.reason, catalyst_ids=guard.catalyst_ids)
        self._ocoize(order, None)
        order.submit()
        order.accept()
        self.journal.accepted(order, self._tapes[feed])
        self.fill(order, hit.price, hit.slips)
