"""Bounds that cannot be read without importing."""

import backtrader as bt

TOP = 9


class ComputedBounds(bt.Strategy):
    params = {"depth": 2}
    bounds = {"depth": (1, TOP, "levels")}
