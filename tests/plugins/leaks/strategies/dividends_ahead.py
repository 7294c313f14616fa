"""Planted leak: dividends are known months before they are declared."""

from newsbt.engine import Desk, NewsStrategy


class DividendsAhead(NewsStrategy):
    """In before any later dividend, out after it."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Look for cash on any later day."""
        ahead = self.broker.tape(desk.feed).dividend[desk.bars + 1 :]
        self.target(desk, self.p.weight if ahead.sum() > 0.0 else 0.0, "leak")
