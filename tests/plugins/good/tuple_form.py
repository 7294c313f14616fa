"""Backtrader's own way to write parameters."""

import backtrader


class TupleForm(backtrader.Strategy):
    params = (
        ("period", 20),
        ("printlog", False),
    )
