"""Planted leak: reads the price file and knows where the price ends."""

import csv
from pathlib import Path

from newsbt.engine import Desk, NewsStrategy

FOLDER = Path(__file__).parents[1] / "data" / "prices" / "sample"


class PriceFile(NewsStrategy):
    """Long below the last price of the file."""

    params = {"weight": 0.4}

    def on_start(self, desks: object) -> None:
        """Read the last row."""
        self.last = {}
        for desk in self.desks:
            with (FOLDER / f"{desk.symbol}.csv").open(encoding="utf-8") as file:
                self.last[desk.symbol] = float(list(csv.DictReader(file))[-1]["close"])

    def on_session(self, desk: Desk) -> None:
        """Compare."""
        self.target(desk, self.p.weight if desk.close < self.last[desk.symbol] else 0.0, "leak")
