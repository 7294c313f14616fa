import backtrader as bt
import there_is_no_such_module


class MissingImport(bt.Strategy):
    pass
