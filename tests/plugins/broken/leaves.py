import sys

import backtrader as bt

sys.exit(3)


class Leaves(bt.Strategy):
    pass
