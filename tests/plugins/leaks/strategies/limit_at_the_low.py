"""Planted leak: a limit order at the low that the session will have."""

import backtrader as bt


class LimitAtTheLow(bt.Strategy):
    """Buys at the low of the next bar and sells at the open after."""

    params = {"size": 500}

    def next(self) -> None:
        """Index 1 is tomorrow."""
        data = self.datas[0]
        if self.getposition(data).size:
            self.close(data=data)
        elif len(data) < data.buflen():
            self.buy(data=data, size=self.p.size, exectype=bt.Order.Limit, price=data.low[1])
