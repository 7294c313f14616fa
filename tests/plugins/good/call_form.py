from backtrader import Strategy


class CallForm(Strategy):
    params = dict(period=20, limit=None)
