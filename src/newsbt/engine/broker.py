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

from dataclasses import replace
from typing import Any

import backtrader as bt

from newsbt.costs import Side
from newsbt.engine.booking import BookingBroker
from newsbt.engine.journal import MarginCall, StepEntry
from newsbt.engine.matching import Bar, Kind, match
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


class NewsBroker(BookingBroker):
    """Matches orders step by step; see the module's docstring.

    Parameters
    ----------
    world : World
        Costs, limits and money of the run; its tapes are in the order of the feeds.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._bars_seen: dict[Any, int] = {}
        self._fresh: list[Any] = []
        self._forced: dict[Any, Any] = {}

    def watch(self, feed: Any, tape: Tape) -> None:
        """Tie a feed to its tape."""
        super().watch(feed, tape)
        self._bars_seen[feed] = 0

    def is_fresh(self, feed: Any) -> bool:
        """Whether `feed` got a new bar since the broker last ran: the bar that trades at this step."""
        return len(feed) > self._bars_seen[feed]

    # One step -----------------------------------------------------------------------------------------

    def next(self) -> None:
        """Run one step of the rule book."""
        self._fresh = [feed for feed in self._tapes if self.is_fresh(feed)]
        tradable = [feed for feed in self._fresh if not self._tapes[feed].placeholder[len(feed) - 1]]
        for feed in self._fresh:
            self.pay_dividend(feed)
            self.charge_borrow(feed)
        while self._toactivate:
            self._toactivate.popleft().activate()
        # News strategies rank their orders, so that an exit also frees exposure for an entry that waited.
        ranked = sorted(self.pending, key=lambda order: order.info.get("rank", ()))
        self.pending.clear()
        self.pending.extend(ranked)
        ready = set(map(id, tradable))
        self._try_orders(ready, at_close=False)
        for feed in tradable:
            self._protect(feed)
        self._try_orders(ready, at_close=True)
        for feed in self._fresh:
            self.mark(feed)
        for feed in tradable:
            self.guards.move(feed)
        self._get_value()
        self._write_equity()
        self._call_margin()
        for feed in self._fresh:
            self._bars_seen[feed] = len(feed)

    def _write_equity(self) -> None:
        values = [self.exposure(feed) for feed in self._tapes]
        at = max(int(self._tapes[feed].closes_at[len(feed) - 1]) for feed in self._fresh)
        self.journal.steps.append(
            StepEntry(
                at, self._value, float(self.cash), sum(map(abs, values)), sum(values), replace(self.parts)
            )
        )

    def _call_margin(self) -> None:
        """Order positions cut at their next opens when the account is below maintenance margin."""
        step, margin = self.journal.steps[-1], self.world.shorting.margin
        if not margin.breached(step.equity, step.gross):
            return
        kept = margin.kept(step.equity, step.gross)
        self.journal.margin_calls.append(MarginCall(step.at, step.equity, step.gross, kept))
        for feed, tape in self._tapes.items():
            size = int(self.positions[feed].size)
            lot = tape.listing.lot(tape.day(max(len(feed) - 1, 0)))
            target = int(size * kept / lot) * lot
            waiting = self._forced.get(feed)
            if waiting is not None and waiting.alive():
                self.journal.explain(waiting, "replaced by a later margin call")
                self.cancel(waiting)
            if target != size:
                kind = self.sell if size > 0 else self.buy
                self._forced[feed] = kind(
                    self.cerebro.runningstrats[0],
                    feed,
                    abs(target - size),
                    exectype=bt.Order.Market,
                    target=target,
                    reason="margin",
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
        grid = self.world.grid(self._tapes[feed], len(feed) - 1)
        if grid is not None and kind not in ("market", "close"):
            side: Side = "buy" if order.isbuy() else "sell"
            stop, limit = grid.round_safe(stop, side), limit and grid.round_safe(limit, side)
        fill, triggered = match(kind, order.isbuy(), bar, stop, limit or 0.0)
        order.triggered = order.triggered or triggered
        if fill is not None:
            self.fill(order, fill.price, fill.slips)
        elif order.exectype in (bt.Order.StopTrail, bt.Order.StopTrailLimit):
            order.trailadjust(bar.close)

    def _protect(self, feed: Any) -> None:
        """Try the protective levels of a position on its new bar."""
        guard = self.guards.of(feed)
        hit = guard.hit(Bar(feed.open[0], feed.high[0], feed.low[0], feed.close[0])) if guard else None
        if guard is None or hit is None:
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
