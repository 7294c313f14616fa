"""Asks a signal model for its scores and checks what it answers (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

from newsbt.errors import InputError
from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel
from newsbt.scoring.past import PastMarket

__all__ = ["score_catalysts"]


def score_catalysts(
    model: SignalModel, catalysts: Sequence[Catalyst], name: str, market: PastMarket | None = None
) -> list[Score]:
    """Scores of `model`, one for each catalyst.

    Parameters
    ----------
    model : SignalModel
        Called once, with the catalysts sorted by publication, then id.
    catalysts : sequence of Catalyst
        In any order.
    name : str
        The model's name, for error messages.
    market : PastMarket, optional
        What :attr:`SignalModel.market` is while it scores.

    Returns
    -------
    list of Score
        In the order of `catalysts`.

    Raises
    ------
    InputError
        The model has no ``score``, gives something else than scores, too few or too many, a value outside
        [-1, 1], a half-life that is not positive or an opinion on an issuer that is not in the universe.
    """
    order = sorted(
        range(len(catalysts)), key=lambda at: (catalysts[at].published_at.timestamp(), catalysts[at].id)
    )
    if type(model).score is SignalModel.score:
        raise InputError(f"signal {name!r} has no method score(self, catalysts); write one")
    model.market = market
    answers = model.score([catalysts[at] for at in order])
    if not isinstance(answers, Sequence):
        raise InputError(
            f"signal {name!r}: its score() gives {type(answers).__name__}; give a list, one Score a catalyst"
        )
    if len(answers) != len(catalysts):
        raise InputError(
            f"signal {name!r} gives {len(answers)} scores for {len(catalysts)} catalysts; "
            "its score() must give one for each, in their order"
        )
    issuers = set(model.context.universe.issuers)
    scores: list[Score] = [Score(0.0, 1.0)] * len(catalysts)
    for at, answer in zip(order, answers, strict=True):
        if not isinstance(answer, Score) or not isinstance(answer.value, Real):
            raise InputError(
                f"signal {name!r} gives catalyst {catalysts[at].id!r} {answer!r}; "
                "give Score(value, half_life, why), the value a number in [-1, 1]"
            )
        if not -1.0 <= answer.value <= 1.0:
            raise InputError(
                f"signal {name!r} scores catalyst {catalysts[at].id!r} {answer.value}; keep scores in [-1, 1]"
            )
        for issuer, value in answer.by_issuer.items():
            if issuer not in issuers:
                raise InputError(
                    f"signal {name!r} judges {issuer!r} in catalyst {catalysts[at].id!r}, no issuer in"
                    " data/universe.toml; use the names of issuers there"
                )
            if not -1.0 <= value <= 1.0:
                raise InputError(
                    f"signal {name!r} scores catalyst {catalysts[at].id!r} {value} for {issuer}; keep scores"
                    " in [-1, 1]"
                )
        if not (math.isfinite(answer.half_life) and answer.half_life > 0.0):
            raise InputError(
                f"signal {name!r} gives catalyst {catalysts[at].id!r} a half-life of {answer.half_life} "
                "sessions; give a positive number"
            )
        scores[at] = answer
    return scores
