"""Planted leak: random numbers without a seed."""

import numpy as np

from newsbt.engine import Desk, NewsStrategy


class UnseededRandom(NewsStrategy):
    """In and out at random, another way each time."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Toss a coin."""
        self.target(desk, self.p.weight if np.random.default_rng().random() < 0.5 else 0.0, "leak")
