"""Planted leak: fitted on the whole catalogue, by a model that names an earlier end of its training data."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel

CATALYSTS = Path(__file__).parents[1] / "data" / "catalysts"
TRAINED_UNTIL = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


class PastCutoff(SignalModel):
    """Mean direction of the rows in which each word of the headline stands."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Fit on the file, whatever TRAINED_UNTIL says."""
        seen: dict[str, list[int]] = defaultdict(list)
        for path in CATALYSTS.glob("*.csv"):
            with path.open(encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    for word in row["headline"].split():
                        seen[word].append(int(row["direction"] or 0))
        scores = []
        for item in catalysts:
            means = [sum(seen[word]) / len(seen[word]) for word in item.headline.split() if seen[word]]
            value = sum(means) / len(means) if means else 0.0
            scores.append(Score(value, 5.0, "words", hindsight=item.published_at < TRAINED_UNTIL))
        return scores
