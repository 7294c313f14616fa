"""Planted leak: the last word on a story stands for its first."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class LaterRevision(SignalModel):
    """Every row of a chain scored by the chain's last row."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Look each chain up after all of it is read."""
        last = {row.chain: row for row in catalysts if row.chain}
        chosen = [last.get(row.chain, row) for row in catalysts]
        return [Score(0.5 * (row.direction or 0), 5.0, "chain") for row in chosen]
