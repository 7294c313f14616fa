"""Its default lies outside its own bounds."""

import backtrader as bt


class BadBounds(bt.Strategy):
    params = {"depth": 20}
    bounds = {"depth": (1, 9, "levels")}
