"""Planted leak: the close of the session that is about to open decides whether to be in."""

from newsbt.engine import Desk, NewsStrategy


class SameBarClose(NewsStrategy):
    """Long in sessions that will close higher."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Read one bar too many."""
        closes = self.broker.tape(desk.feed).close
        self.target(desk, self.p.weight if closes[desk.bars] > desk.close else 0.0, "leak")
