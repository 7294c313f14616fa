"""Planted leak: a moving average whose window is centred on the day of the decision."""

import numpy as np

from newsbt.engine import Desk, NewsStrategy


class CentredWindow(NewsStrategy):
    """Long below the average of the days around."""

    params = {"weight": 0.4}

    def on_start(self, desks: object) -> None:
        """Average seven days, three of which are still to come."""
        self.average = {
            desk.symbol: np.convolve(self.broker.tape(desk.feed).close, np.ones(7) / 7.0, mode="same")
            for desk in self.desks
        }

    def on_session(self, desk: Desk) -> None:
        """Compare the last close with its centred average."""
        below = desk.close < self.average[desk.symbol][desk.bars - 1]
        self.target(desk, self.p.weight if below else 0.0, "leak")
