"""Planted leak: a generator whose draws depend on how many bars there will be."""

import numpy as np

from newsbt.engine import Desk, NewsStrategy


class RandomByLength(NewsStrategy):
    """In and out at random."""

    params = {"weight": 0.4}

    def on_start(self, desks: object) -> None:
        """Shuffle as many days as there are."""
        self.inside = {
            desk.symbol: np.random.default_rng(self.world.seed).permutation(len(self.broker.tape(desk.feed)))
            for desk in self.desks
        }

    def on_session(self, desk: Desk) -> None:
        """In on even numbers."""
        even = self.inside[desk.symbol][desk.bars] % 2 == 0
        self.target(desk, self.p.weight if even else 0.0, "leak")
