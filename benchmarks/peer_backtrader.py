"""The drift rule in plain Backtrader, as its documentation says: its own broker, sizer and analyzers.

Conventions are Backtrader's: prices in one currency (converted before), orders of today's `next` filled
at the
next bar's open, a stop as an order of its own, no board lots, dividends, borrow or price steps. So the trades
are nearly, not exactly, those of newsbt; bench_point.py prints both numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import backtrader as bt
import numpy as np
import pandas as pd

from newsbt.engine.world import World

__all__ = ["PlainBacktrader"]

ANALYZERS = {
    "returns": bt.analyzers.Returns,
    "daily": bt.analyzers.TimeReturn,
    "sharpe": bt.analyzers.SharpeRatio,
    "drawdown": bt.analyzers.DrawDown,
    "trades": bt.analyzers.TradeAnalyzer,
}


class Tiered(bt.CommInfoBase):
    """Commission a share or of the value within bounds; stamp duty and levies."""

    params: ClassVar[Any] = (
        ("per_share", 0.0),
        ("rate", 0.0),
        ("minimum", 0.0),
        ("most", 1.0),
        ("levies", 0.0),
        ("stocklike", True),
        ("commtype", bt.CommInfoBase.COMM_PERC),
        ("percabs", True),
    )

    def _getcommission(self, size: float, price: float, pseudoexec: bool) -> float:
        value = abs(size) * price
        charged = min(
            max(self.p.per_share * abs(size) + self.p.rate * value, self.p.minimum), self.p.most * value
        )
        return float(charged + self.p.levies * value)


NEW_YORK = Tiered(per_share=0.0037, minimum=0.35, most=0.01, levies=0.00001)
HONG_KONG = Tiered(rate=0.0005, minimum=18.0 / 7.8, levies=0.0011)


class Weight(bt.Sizer):
    """A share of the account that the strategy names, in whole shares."""

    def _getsizing(self, comminfo: Any, cash: float, data: Any, isbuy: bool) -> int:
        share = abs(self.strategy.weights.get(data, 0.0))
        return int(self.broker.getvalue() * share / data.close[0])


class Drift(bt.Strategy):
    """With the news at the next open, for `hold` bars, with a stop."""

    params = (("hold", 10), ("stop", 0.08), ("weight", 0.1), ("min_score", 0.2), ("signals", None))

    def __init__(self) -> None:
        self.weights: dict[Any, float] = {}
        self.since: dict[Any, int] = {}
        self.stops: dict[Any, Any] = {}
        self.seen = {data: 0 for data in self.datas}

    def notify_order(self, order: Any) -> None:
        """Put the stop behind an entry that was filled."""
        if order.status != order.Completed or order.exectype == bt.Order.Stop or not self.p.stop:
            return
        data, position = order.data, self.getposition(order.data)
        if self.stops.get(data):
            self.cancel(self.stops.pop(data))
        if position.size:
            sign = 1 if position.size > 0 else -1
            price = position.price * (1 - sign * self.p.stop)
            send = self.sell if sign > 0 else self.buy
            self.stops[data] = send(data, size=abs(position.size), exectype=bt.Order.Stop, price=price)

    def prenext(self) -> None:
        """Listings that came later must not hold up the others."""
        self.next()

    def next(self) -> None:
        """Decide on each listing that has a new bar."""
        for data in self.datas:
            if len(data) == self.seen[data]:
                continue
            self.seen[data] = len(data)
            position = self.getposition(data).size
            score = self.p.signals[data._name].get(data.datetime.date(0), 0.0)
            if abs(score) >= self.p.min_score and score:
                if position * score > 0:
                    self.since[data] = len(data)
                    continue
                self.weights[data] = self.p.weight * score
                if position:
                    self.close(data)
                (self.buy if score > 0 else self.sell)(data)
                self.since[data] = len(data)
            elif position and len(data) - self.since[data] >= self.p.hold:
                self.close(data)


class PlainBacktrader:
    """Plain Backtrader over the bars and signals of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.version = bt.__version__
        self._frames = {tape.listing.symbol: _frame(tape) for tape in world.tapes}
        self._signals = {tape.listing.symbol: _before(world, tape) for tape in world.tapes}

    def run(self, params: Mapping[str, Any]) -> dict[str, float]:
        """One run with all analyzers: final value and closed trades."""
        cerebro = bt.Cerebro()
        cerebro.broker.setcash(self.world.cash)
        for tape in self.world.tapes:
            symbol = tape.listing.symbol
            cerebro.adddata(bt.feeds.PandasData(dataname=self._frames[symbol]), name=symbol)
            scheme = HONG_KONG if tape.listing.venue == "XHKG" else NEW_YORK
            cerebro.broker.addcommissioninfo(scheme, name=symbol)
        used = {name: params[name] for name in ("hold", "stop", "weight", "min_score")}
        cerebro.addstrategy(Drift, signals=self._signals, **used)
        cerebro.addsizer(Weight)
        for name, kind in ANALYZERS.items():
            cerebro.addanalyzer(kind, _name=name)
        (strategy,) = cerebro.run()
        found = {name: getattr(strategy.analyzers, name).get_analysis() for name in ANALYZERS}
        closed = found["trades"].get("total", {}).get("closed", 0)
        return {"final": cerebro.broker.getvalue(), "trades": closed}


def _frame(tape: Any) -> pd.DataFrame:
    """Daily bars in the base currency, as PandasData reads them."""
    index = pd.DatetimeIndex(np.asarray(tape.days, dtype="datetime64[D]").astype("datetime64[ns]"))
    prices = {name: getattr(tape, name) * tape.fx for name in ("open", "high", "low", "close")}
    return pd.DataFrame({**prices, "volume": tape.volume}, index=index)


def _before(world: World, tape: Any) -> dict[Any, float]:
    """Scores by the date of the bar before their session: an order of that bar fills in the session."""
    bar_of = {tape.day(bar): bar for bar in range(1, len(tape))}
    own = [
        signal
        for signal in world.signals
        if signal.symbol == tape.listing.symbol and signal.session in bar_of
    ]
    return {tape.day(bar_of[signal.session] - 1): signal.score for signal in own}
