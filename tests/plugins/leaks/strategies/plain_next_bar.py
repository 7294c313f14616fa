"""Planted leak: a plain Backtrader strategy that reads one bar ahead, as preloaded data lets it."""

import backtrader as bt


class PlainNextBar(bt.Strategy):
    """Long before a higher close."""

    params = {"size": 500}

    def next(self) -> None:
        """Index 1 is tomorrow."""
        data = self.datas[0]
        if len(data) + 1 >= data.buflen():
            return
        held = self.getposition(data).size
        if data.close[1] > data.close[0] and not held:
            self.buy(data=data, size=self.p.size)
        elif data.close[1] <= data.close[0] and held:
            self.close(data=data)
