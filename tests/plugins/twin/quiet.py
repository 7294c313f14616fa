"""Same stem as another plug-in."""

import backtrader as bt


class OtherQuiet(bt.Strategy):
    """The twin."""

    params = {"depth": 7}
