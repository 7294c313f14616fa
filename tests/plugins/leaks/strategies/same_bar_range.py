"""Planted leak: high and low of the session that is about to open."""

from newsbt.engine import Desk, NewsStrategy


class SameBarRange(NewsStrategy):
    """Long where the session's middle will lie above the last close."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Read the range of the bar that trades next."""
        tape = self.broker.tape(desk.feed)
        middle = (tape.high[desk.bars] + tape.low[desk.bars]) / 2.0
        self.target(desk, self.p.weight if middle > desk.close else 0.0, "leak")
