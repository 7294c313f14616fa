"""Scores by the catalogue's own columns."""

from __future__ import annotations

from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel


class Catalogue(SignalModel):
    """The row's own direction times its strength; a hindsight label where it was judged after publication."""

    params = {"half_life": 5.0}

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Direction times strength; no opinion where either is missing."""
        return [self._one(catalyst) for catalyst in catalysts]

    def _one(self, catalyst: Catalyst) -> Score:
        half_life = float(self.p["half_life"])
        direction, strength = catalyst.direction, catalyst.strength
        if direction is None:
            return Score(0.0, half_life, "the row has no direction")
        if direction == 0:
            return Score(0.0, half_life, "the row's direction is 0")
        if strength is None:
            return Score(0.0, half_life, f"the row has direction {direction:+d} but no strength")
        label = ", labelled after publication" if catalyst.hindsight else ""
        why = f"catalogue: direction {direction:+d}, strength {strength:g}{label}"
        return Score(direction * strength, half_life, why, catalyst.hindsight)
