"""Planted leak: trades only listings that still exist when the run ends."""

from newsbt.engine import Desk, NewsStrategy
from newsbt.records import Signal


class Survivors(NewsStrategy):
    """With the news of survivors."""

    params = {"hold": 5, "weight": 0.3}

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Leave out what will be taken off its venue."""
        last = max(tape.days[-1] for tape in self.world.tapes)
        if last - self.broker.tape(desk.feed).days[-1] < 7:
            self.follow(desk, signal.score, signal)
        else:
            self.ignore(signal, "does not survive")
