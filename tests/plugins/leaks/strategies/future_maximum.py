"""Planted leak: buys where the highest price of the next ten sessions will be far away."""

from newsbt.engine import Desk, NewsStrategy


class FutureMaximum(NewsStrategy):
    """Long before rises."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Look ten sessions ahead."""
        ahead = self.broker.tape(desk.feed).high[desk.bars + 1 : desk.bars + 11]
        rises = len(ahead) > 0 and ahead.max() > 1.05 * desk.close
        self.target(desk, self.p.weight if rises else 0.0, "leak")
