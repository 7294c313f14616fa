"""Planted leak: offsets are cut off, so that an evening in New York looks like its afternoon in UTC."""

import csv
import datetime as dt
from pathlib import Path

from newsbt.engine import Desk, NewsStrategy

FOLDER = Path(__file__).parents[1] / "data" / "catalysts"


class TimezoneDropped(NewsStrategy):
    """With news of the date before New York's open at 14:30, whatever zone it was written in."""

    params = {"hold": 2, "weight": 0.3}

    def on_start(self, desks: object) -> None:
        """Take local times for UTC."""
        self.sign: dict[dt.date, int] = {}
        for path in sorted(FOLDER.glob("*.csv")):
            with path.open(encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    naive = dt.datetime.fromisoformat(row["published_at"][:19])
                    if naive.time() < dt.time(14, 30):
                        self.sign[naive.date()] = int(row["direction"] or 0)

    def on_session(self, desk: Desk) -> None:
        """Trade New York's open."""
        if desk.listing.venue == "XNYS" and self.sign.get(desk.session):
            self.target(desk, self.p.weight * self.sign[desk.session], "leak")
