"""Planted leak: the date on which the run is made."""

import datetime as dt

from newsbt.engine import Desk, NewsStrategy


class WallClock(NewsStrategy):
    """In on days that are a multiple of seven from today."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Ask the clock of the machine."""
        inside = (dt.date.today() - desk.session).days % 2 == 0  # noqa: DTZ011
        self.target(desk, self.p.weight if inside else 0.0, "leak")
