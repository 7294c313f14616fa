"""Planted leak: the date that New York wrote is taken for Hong Kong's, half a day early."""

import csv
import datetime as dt
from pathlib import Path

from newsbt.engine import Desk, NewsStrategy

FOLDER = Path(__file__).parents[1] / "data" / "catalysts"


class HongKongDate(NewsStrategy):
    """Hong Kong on the date that New York wrote."""

    params = {"hold": 2, "weight": 0.3}

    def on_start(self, desks: object) -> None:
        """Take New York's date for Hong Kong's."""
        self.sign: dict[dt.date, int] = {}
        for path in sorted(FOLDER.glob("*.csv")):
            with path.open(encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row["published_at"].endswith("-05:00"):
                        day = dt.date.fromisoformat(row["published_at"][:10])
                        self.sign[day] = int(row["direction"] or 0)

    def on_session(self, desk: Desk) -> None:
        """Trade Hong Kong's open, half a day early."""
        if desk.listing.venue == "XHKG" and self.sign.get(desk.session):
            self.target(desk, self.p.weight * self.sign[desk.session], "leak")
