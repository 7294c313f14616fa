"""Planted leak: the close of the week is read on its Monday."""

import pandas as pd

from newsbt.engine import Desk, NewsStrategy


class WeeklyBars(NewsStrategy):
    """Long in weeks that end higher than they began."""

    params = {"weight": 0.4}

    def on_start(self, desks: object) -> None:
        """Resample by week, as it is done in a hurry."""
        self.up = {}
        for desk in self.desks:
            tape = self.broker.tape(desk.feed)
            closes = pd.Series(tape.close, index=pd.to_datetime(tape.days, unit="D"))
            weeks = closes.resample("W-FRI").last()
            self.up[desk.symbol] = (weeks > weeks.shift(1)).reindex(closes.index, method="bfill")

    def on_session(self, desk: Desk) -> None:
        """Look up this week."""
        up = self.up[desk.symbol].get(pd.Timestamp(desk.session), False)
        self.target(desk, self.p.weight if up else 0.0, "leak")
