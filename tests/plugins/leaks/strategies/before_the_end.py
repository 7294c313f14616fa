"""Planted leak: no new position in the last ten sessions of the run, whose end nobody knew."""

from newsbt.engine import Desk, NewsStrategy
from newsbt.records import Signal


class BeforeTheEnd(NewsStrategy):
    """With the news until the end is near."""

    params = {"hold": 5, "weight": 0.3}

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Count the sessions that are left."""
        if len(self.broker.tape(desk.feed)) - desk.bars > 10:
            self.follow(desk, signal.score, signal)
        else:
            self.ignore(signal, "the run is about to end")
