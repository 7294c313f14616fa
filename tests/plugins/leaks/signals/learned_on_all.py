"""Planted leak: a model fitted on the whole catalogue scores the rows it was fitted on."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class LearnedOnAll(SignalModel):
    """The mean direction of a category, over all years."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Fit, then score the same rows."""
        seen: dict[str, list[int]] = {}
        for row in catalysts:
            seen.setdefault(row.category, []).append(row.direction or 0)
        return [Score(sum(seen[row.category]) / len(seen[row.category]), 5.0, "fit") for row in catalysts]
