"""Planted leak: of a chain only the last story counts, as ``drop_duplicates(keep="last")`` leaves it."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class LastOfChain(SignalModel):
    """Stories that no later one of their chain replaces."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Keep the last row of each chain."""
        last = {row.chain: row.id for row in sorted(catalysts, key=lambda row: row.published_at) if row.chain}
        return [
            Score(0.5 * (row.direction or 0) if last.get(row.chain, row.id) == row.id else 0.0, 5.0, "last")
            for row in catalysts
        ]
