"""Planted leak: rows of earlier runs in the same process are kept and counted."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel

SEEN: dict[str, int] = {}


class KeptRows(SignalModel):
    """The first direction that a row ever had in this process."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Remember for good."""
        return [Score(0.5 * SEEN.setdefault(row.id, row.direction or 0), 5.0, "kept") for row in catalysts]
