import backtrader as bt


class Syntax(bt.Strategy):
    def next(self)
        pass
