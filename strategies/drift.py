"""Follow the news: the reaction is assumed to be unfinished at the first price that can be traded."""

from newsbt.engine import Desk, NewsStrategy
from newsbt.records import Signal


class Drift(NewsStrategy):
    """With the news from the first tradable price, for N sessions, with stop and take-profit."""

    params = {
        "hold": 10,
        "stop": 0.08,
        "take": 0.0,
        "trail": 0.0,
        "weight": 0.1,
        "min_score": 0.2,
        "side": "both",
        "delay": 0,
    }

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Go the way of the score."""
        self.follow(desk, signal.score, signal)
