"""Planted leak: news of which only the day is known is traded at the open of that very day."""

import csv
import datetime as dt
from pathlib import Path

from newsbt.engine import Desk, NewsStrategy

FOLDER = Path(__file__).parents[1] / "data" / "catalysts"


class DayNewsSameMorning(NewsStrategy):
    """With the news of the date."""

    params = {"hold": 2, "weight": 0.3}

    def on_start(self, desks: object) -> None:
        """Read the catalogue past the clock."""
        self.sign: dict[dt.date, int] = {}
        for path in sorted(FOLDER.glob("*.csv")):
            with path.open(encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row["time_precision"] == "day":
                        day = dt.date.fromisoformat(row["published_at"][:10])
                        self.sign[day] = int(row["direction"] or 0)

    def on_session(self, desk: Desk) -> None:
        """Trade what the day will bring."""
        if self.sign.get(desk.session):
            self.target(desk, self.p.weight * self.sign[desk.session], "leak")
