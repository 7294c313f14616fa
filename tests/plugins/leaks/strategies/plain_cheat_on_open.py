"""Planted leak: a plain Backtrader strategy that sees the close while it orders for the open."""

import backtrader as bt


class PlainCheatOnOpen(bt.Strategy):
    """Long in sessions that close above their open."""

    params = {"size": 500}

    def next_open(self) -> None:
        """In ``next_open`` the lines stand on the bar that trades."""
        data = self.datas[0]
        held = self.getposition(data).size
        if data.close[0] > data.open[0] and not held:
            self.buy(data=data, size=self.p.size)
        elif data.close[0] <= data.open[0] and held:
            self.close(data=data)
