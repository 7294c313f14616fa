"""Planted leak: positions are sized by the volatility of the whole sample."""

import numpy as np

from newsbt.engine import Desk, NewsStrategy
from newsbt.records import Signal


class FullSampleVolatility(NewsStrategy):
    """With the news, sized to a constant risk that only the end knows."""

    params = {"hold": 5, "weight": 0.1}

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Divide by a deviation that takes in the future."""
        deviation = float(np.std(np.diff(np.log(self.broker.tape(desk.feed).close))))
        self.target(desk, 0.005 / deviation * signal.score, "signal", signal.catalyst_ids, signal)
