"""Scores news by how prices answered earlier news of the kind, learned walking forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from newsbt.records import Catalyst, ParamValue
from newsbt.scoring.model import Score, SignalContext, SignalModel
from newsbt.scoring.reaction import Belief, Learner
from newsbt.scoring.taxonomy_table import parse_taxonomy

TONES = {1: "good", -1: "bad", 0: "neutral"}


class Reaction(SignalModel):
    """Abnormal returns after earlier catalysts of the same category and tone; past ones only, purged."""

    params = {"sessions": 5, "min_events": 10, "prior": 20.0, "half_life": 5.0}
    bounds = {
        "sessions": (1, 60, "sessions of a reaction, from the first that could be traded"),
        "min_events": (1, 1000, "fewest days with a finished reaction of the kind"),
        "prior": (1.0, 1000.0, "events that the belief in no reaction counts as"),
    }
    tables = ("taxonomy.toml",)
    learns = True

    def __init__(self, context: SignalContext, params: Mapping[str, ParamValue]) -> None:
        super().__init__(context, params)
        self.rules = parse_taxonomy(context.tables["taxonomy.toml"], "data/taxonomy.toml")

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Learn from each reaction once its last close lies at or before the news to be scored."""
        half_life = float(self.p["half_life"])
        if self.market is None:
            return [Score(0.0, half_life, "there are no prices to learn from")] * len(catalysts)
        tones = [int(np.sign(self.rules.judge(item.headline, item.category).value)) for item in catalysts]
        kinds = [(item.category, tone) for item, tone in zip(catalysts, tones, strict=True)]
        events = np.array([item.role == "event" for item in catalysts], dtype=np.bool_)
        past = self.market.reactions(catalysts, int(self.p["sessions"]))
        finished = [at for at in np.argsort(past.ended_ns, kind="stable") if events[past.catalyst[at]]]
        known = self.market.known_at(catalysts)
        learner = Learner(float(self.p["prior"]))
        scores = [Score(0.0, half_life)] * len(catalysts)
        following = 0
        for at in np.argsort(known, kind="stable").tolist():
            while following < len(finished) and past.ended_ns[finished[following]] <= known[at]:
                row = finished[following]
                learner.learn(kinds[past.catalyst[row]], int(past.day[row]), float(past.value[row]))
                following += 1
            scores[at] = self._score(learner.believe(kinds[at]), kinds[at], half_life)
        return scores

    def _score(self, belief: Belief, kind: tuple[str, int], half_life: float) -> Score:
        name = f"{TONES[kind[1]]} news of category {kind[0]}"
        needed = int(self.p["min_events"])
        if belief.dates < needed:
            return Score(
                0.0, half_life, f"{name}: {belief.dates} earlier days with a reaction, {needed} are needed"
            )
        mean = f"{belief.mean:+.2f} +- {belief.error:.2f} sd"
        why = f"{name}: mean reaction {mean} over {belief.dates} earlier days"
        return Score(belief.score, half_life, why)
