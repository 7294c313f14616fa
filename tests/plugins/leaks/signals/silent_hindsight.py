"""Planted leak: judgements made long after publication, without saying so."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class SilentHindsight(SignalModel):
    """Direction times strength, whenever they were judged."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Leave the flag out."""
        return [Score((row.direction or 0) * (row.strength or 0.0), 5.0, "judged") for row in catalysts]
