"""Scores by category and cue rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsbt.records import Catalyst, ParamValue
from newsbt.scoring.model import Score, SignalContext, SignalModel
from newsbt.scoring.taxonomy_table import parse_taxonomy


class Taxonomy(SignalModel):
    """Words of the headline and the category, by the rules in data/taxonomy.toml; reads no label."""

    params = {"scale": 1.0}
    bounds = {"scale": (0.0, 5.0, "multiplies every score before it is clipped to [-1, 1]")}
    tables = ("taxonomy.toml",)

    def __init__(self, context: SignalContext, params: Mapping[str, ParamValue]) -> None:
        super().__init__(context, params)
        self.rules = parse_taxonomy(context.tables["taxonomy.toml"], "data/taxonomy.toml")

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Judge headline and category of each catalyst; direction and strength are never read."""
        scale = float(self.p["scale"])
        scores = []
        for catalyst in catalysts:
            found = self.rules.judge(catalyst.headline, catalyst.category)
            value = min(max(found.value * scale, -1.0), 1.0)
            scores.append(Score(value, found.half_life, found.why))
        return scores
