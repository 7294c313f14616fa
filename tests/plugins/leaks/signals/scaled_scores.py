"""Planted leak: strengths are divided by the largest one there will ever be."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class ScaledScores(SignalModel):
    """Direction times strength, relative to the whole catalogue."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Scale with the largest strength."""
        most = max((row.strength or 0.0 for row in catalysts), default=1.0) or 1.0
        return [
            Score((row.direction or 0) * (row.strength or 0.0) / most, 5.0, "scaled") for row in catalysts
        ]
