"""Planted leak: scores are what prices did afterwards, read from the price file."""

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel

FILE = Path(__file__).parents[1] / "data" / "prices" / "sample" / "BABA.csv"


class ReactionLabel(SignalModel):
    """The sign of the five sessions after the news."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Label by the reaction."""
        with FILE.open(encoding="utf-8") as file:
            rows = [(dt.date.fromisoformat(row["date"]), float(row["close"])) for row in csv.DictReader(file)]
        return [Score(self._reaction(row, rows), 5.0, "reaction") for row in catalysts]

    def _reaction(self, row: Catalyst, prices: list[tuple[dt.date, float]]) -> float:
        after = [close for day, close in prices if day > row.published_at.date()][:6]
        return 0.0 if len(after) < 6 else 0.5 if after[-1] > after[0] else -0.5
