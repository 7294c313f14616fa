"""Scores results by how far they lie from the consensus, in the company's own usual surprises."""

from __future__ import annotations

import math
from collections.abc import Sequence

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel
from newsbt.scoring.surprise import FIGURES, Result, Surprise, standardise


class Surprises(SignalModel):
    """Revenue and earnings a share against consensus, standardised by earlier surprises only."""

    params = {"figures": "both", "full": 2.0, "min_history": 8, "half_life": 10.0}
    bounds = {
        "figures": (("both", "revenue", "eps"), "figures that count; both is the mean of those there are"),
        "full": (0.1, 10.0, "standardised surprise that scores 1"),
        "min_history": (1, 100, "fewest earlier surprises, of any company"),
    }

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Mean standardised surprise over `full`, clipped to [-1, 1]; no figures, no opinion."""
        wanted = FIGURES if self.p["figures"] == "both" else (str(self.p["figures"]),)
        found: list[dict[str, Surprise]] = [{} for _ in catalysts]
        for figure in wanted:
            rows = [at for at, item in enumerate(catalysts) if _figures(item, figure) is not None]
            results = [self._result(catalysts[at], figure) for at in rows]
            for at, surprise in zip(rows, standardise(results, int(self.p["min_history"])), strict=True):
                found[at][figure] = surprise
        return [self._score(surprises) for surprises in found]

    def _result(self, catalyst: Catalyst, figure: str) -> Result:
        actual, consensus = _figures(catalyst, figure) or (0.0, 0.0)
        name = catalyst.symbols[0] if catalyst.symbols else ""
        listings = self.context.universe.resolve(name)
        return Result(listings[0].issuer if listings else name, catalyst.published_at, actual, consensus)

    def _score(self, surprises: dict[str, Surprise]) -> Score:
        half_life = float(self.p["half_life"])
        if not surprises:
            return Score(0.0, half_life, "no figure with its consensus")
        known = {name: item for name, item in surprises.items() if not math.isnan(item.standardised)}
        if not known:
            few = next(iter(surprises.values()))
            return Score(
                0.0,
                half_life,
                f"{few.own + few.others} earlier surprises are known, {self.p['min_history']} are needed",
            )
        value = sum(item.standardised for item in known.values()) / len(known) / float(self.p["full"])
        why = ", ".join(
            f"{name} {item.relative:+.1%} against consensus, {item.standardised:+.2f} of the usual"
            f" {item.usual:.1%} ({item.own} own and {item.others} others' earlier)"
            for name, item in known.items()
        )
        return Score(max(-1.0, min(1.0, value)), half_life, why)


def _figures(catalyst: Catalyst, figure: str) -> tuple[float, float] | None:
    """Actual and consensus, where the row has both."""
    actual = catalyst.revenue_actual if figure == "revenue" else catalyst.eps_actual
    consensus = catalyst.revenue_consensus if figure == "revenue" else catalyst.eps_consensus
    return None if actual is None or consensus is None else (actual, consensus)
