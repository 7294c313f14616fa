"""Planted leak: the volume of the session that is about to open sizes its order."""

from newsbt.engine import Desk, NewsStrategy


class SameBarVolume(NewsStrategy):
    """More where more will trade."""

    params = {"weight": 0.2}

    def on_session(self, desk: Desk) -> None:
        """Compare a volume that is not known yet with the last one."""
        volume = self.broker.tape(desk.feed).volume
        busy = volume[desk.bars] > 1.2 * volume[desk.bars - 1]
        self.target(desk, self.p.weight * (2.0 if busy else 1.0), "leak")
