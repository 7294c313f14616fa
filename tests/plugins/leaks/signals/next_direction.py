"""Planted leak: the next row's direction."""

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class NextDirection(SignalModel):
    """Every row scored by the one after it."""

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Shift by one."""
        ahead = [*catalysts[1:], *catalysts[-1:]]
        return [Score(0.5 * (row.direction or 0), 5.0, "next") for row in ahead]
