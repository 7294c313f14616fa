"""One opinion out of several models' (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsbt.errors import ParameterError
from newsbt.scoring.model import Score

__all__ = ["Weighted", "combine", "parse_models"]

_TERM = re.compile(r"(?:(?P<weight>\d+(?:\.\d+)?|\.\d+)\*)?(?P<name>[A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Weighted:
    """A model's name and its weight, positive."""

    name: str
    weight: float


def parse_models(text: str) -> tuple[Weighted, ...]:
    """Read ``"taxonomy + 2*surprise"``.

    Raises
    ------
    ParameterError
        For anything else, a weight of 0 or a model named twice.
    """
    found: list[Weighted] = []
    for term in text.replace(" ", "").split("+"):
        match = _TERM.fullmatch(term)
        if match is None:
            raise ParameterError(
                f"models is {text!r}; write names of signals with a plus between them, each with a weight"
                " before it if you like: taxonomy+2*surprise"
            )
        weight = float(match["weight"] or 1.0)
        if weight == 0.0:
            raise ParameterError(f"models gives {match['name']} the weight 0; leave it out instead")
        if match["name"] in {item.name for item in found}:
            raise ParameterError(
                f"models names {match['name']} twice; name it once with the sum of its weights"
            )
        found.append(Weighted(match["name"], weight))
    return tuple(found)


def combine(models: Sequence[Weighted], scores: Sequence[Score], quorum: int, half_life: float) -> Score:
    """Weighted mean of the models that have an opinion on one catalyst.

    Parameters
    ----------
    models : sequence of Weighted, length n
    scores : sequence of Score, length n
        What each says.
    quorum : int
        Fewest models with an opinion; with fewer there is none.
    half_life : float
        Where nobody has an opinion; otherwise the mean of theirs, weighted by weight and size of opinion.

    Returns
    -------
    Score
        Hindsight if any opinion in it is. Opinions by issuer are combined issuer by issuer.
    """
    named = [
        (model.name, model.weight, score)
        for model, score in zip(models, scores, strict=True)
        if score.value or any(score.by_issuer.values())
    ]
    if len(named) < max(quorum, 1):
        silent = f"{len(named)} of {len(models)} models have an opinion, {quorum} are needed"
        return Score(0.0, half_life, silent)
    total = sum(weight for _, weight, _ in named)
    sizes = [
        weight * max(abs(score.value), *map(abs, score.by_issuer.values()), 0.0) for _, weight, score in named
    ]
    issuers = dict.fromkeys(issuer for _, _, score in named for issuer in score.by_issuer)
    why = "; ".join(f"{name} {score.value:+.2f} ({score.why})" for name, _, score in named)
    return Score(
        _within(sum(weight * score.value for _, weight, score in named) / total),
        sum(size * score.half_life for size, (_, _, score) in zip(sizes, named, strict=True)) / sum(sizes),
        why,
        any(score.hindsight for _, _, score in named),
        {
            issuer: _within(
                sum(weight * score.by_issuer.get(issuer, score.value) for _, weight, score in named) / total
            )
            for issuer in issuers
        },
    )


def _within(value: float) -> float:
    """Keep a mean of opinions in [-1, 1], which rounding may leave by a hair."""
    return max(-1.0, min(1.0, value))
