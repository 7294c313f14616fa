"""Asks several signals and takes the weighted mean of those that have an opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsbt.records import Catalyst, ParamValue
from newsbt.scoring.ensemble import combine, parse_models
from newsbt.scoring.model import Score, SignalModel


class Ensemble(SignalModel):
    """Weighted mean of other signals, with their own default parameters."""

    params = {"models": "taxonomy+surprise+reaction", "quorum": 1, "half_life": 5.0}
    bounds = {
        "models": ((), "signals and weights: taxonomy+2*surprise"),
        "quorum": (1, 20, "fewest signals with an opinion"),
    }

    @classmethod
    def members(cls, params: Mapping[str, ParamValue]) -> tuple[str, ...]:
        """The signals that the parameter ``models`` names."""
        return tuple(item.name for item in parse_models(str(params.get("models", cls.params["models"]))))

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Ask each signal about all catalysts, then combine their opinions on each."""
        models = parse_models(str(self.p["models"]))
        answers = []
        for item in models:
            member = self.context.members[item.name]
            member.market = self.market
            answers.append(member.score(catalysts))
        quorum, half_life = int(self.p["quorum"]), float(self.p["half_life"])
        return [combine(models, said, quorum, half_life) for said in zip(*answers, strict=True)]
