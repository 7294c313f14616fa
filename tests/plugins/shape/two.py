"""Two strategies in one file."""

import backtrader as bt


class First(bt.Strategy):
    pass


class Second(bt.Strategy):
    pass
