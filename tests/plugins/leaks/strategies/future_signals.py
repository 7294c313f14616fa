"""Planted leak: capital is shared out over all signals that there will ever be."""

from newsbt.engine import Desk, NewsStrategy
from newsbt.records import Signal


class FutureSignals(NewsStrategy):
    """With the news, in equal parts."""

    params = {"hold": 5}

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Count signals of the whole run."""
        weight = 3.0 / len(self.world.signals)
        self.target(desk, weight if signal.score > 0 else -weight, "signal", signal.catalyst_ids, signal)
