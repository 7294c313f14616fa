"""Planted leak: earlier news is labelled by ten sessions of prices, which may not be over yet."""

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel

FILE = Path("data") / "prices" / "sample" / "BABA.csv"


class OverlappingLabels(SignalModel):
    """Learns walking forward, without leaving out the labels that are not known yet."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Mean of the labels of the last three rows."""
        with FILE.open(encoding="utf-8") as file:
            rows = [(dt.date.fromisoformat(row["date"]), float(row["close"])) for row in csv.DictReader(file)]
        seen: list[float] = []
        scores = {}
        for row in sorted(catalysts, key=lambda row: row.published_at):
            scores[row.id] = 0.5 * sum(seen[-3:]) / 3.0
            after = [close for day, close in rows if day >= row.published_at.date()][:11]
            seen.append(0.0 if len(after) < 11 else 1.0 if after[-1] > after[0] else -1.0)
        return [Score(scores[row.id], 5.0, "learned") for row in catalysts]
