"""Planted leak: in Hong Kong, New York's close of the same date, which comes twelve hours later."""

import numpy as np

from newsbt.engine import Desk, NewsStrategy


class SiblingLaterClose(NewsStrategy):
    """Hong Kong follows New York of the same date."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Match bars by their date alone."""
        if desk.listing.venue != "XHKG":
            return
        other = next(tape for tape in self.world.tapes if tape.listing.venue == "XNYS")
        today = self.broker.tape(desk.feed).days[desk.bars]
        at = int(np.searchsorted(other.days, today))
        if 0 < at < len(other) and other.days[at] == today:
            self.target(desk, self.p.weight if other.close[at] > other.close[at - 1] else 0.0, "leak")
