"""Planted leak: hashes of strings, which Python seeds anew in every process."""

from newsbt.engine import Desk, NewsStrategy


class HashSeed(NewsStrategy):
    """In on days whose hash is even."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Hash the date."""
        inside = hash(f"{desk.symbol} {desk.session}") % 2 == 0
        self.target(desk, self.p.weight if inside else 0.0, "leak")
