import backtrader as bt

TABLE = {}


class Raises(bt.Strategy):
    params = {"period": 5}
    level = TABLE["gone"]
