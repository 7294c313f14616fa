"""Planted leak: news before results is scored by how the results turn out."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class AgendaResult(SignalModel):
    """The direction of the next announced event."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Walk backwards and remember the outcome."""
        scores, ahead = [], 0
        for row in reversed(catalysts):
            scores.append(Score(0.5 * ahead, 5.0, "ahead"))
            if row.scheduled:
                ahead = row.direction or 0
        return scores[::-1]
