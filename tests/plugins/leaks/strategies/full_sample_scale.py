"""Planted leak: prices are standardised with the mean and deviation of the whole sample."""

from newsbt.engine import Desk, NewsStrategy


class FullSampleScale(NewsStrategy):
    """Long where the z-score is low."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Scale with what the end of the sample knows."""
        closes = self.broker.tape(desk.feed).close
        score = (desk.close - closes.mean()) / closes.std()
        self.target(desk, -self.p.weight * max(-1.0, min(1.0, round(score, 2))), "leak")
