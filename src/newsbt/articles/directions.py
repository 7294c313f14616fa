"""What an event says about whom it concerns: good, bad or neither (pure)."""

from __future__ import annotations

import re

from newsbt.articles.concerning import Whom
from newsbt.articles.polarity import against_estimates, polarity
from newsbt.articles.price_moves import price_move
from newsbt.articles.reading import Part, Reading
from newsbt.articles.sentences import Clause
from newsbt.articles.triggers import Hit
from newsbt.articles.verbs import DROP

__all__ = ["FIGURES", "direction_of"]

_CHINESE = re.compile(r"[一-鿿]")
_AS_EXPECTED = re.compile(
    r"\b(?:met|meets|meeting|in line with|match(?:es|ed|ing)) (?:\w+ ){0,5}"
    r"(?:target|goal|expectations|forecasts|estimates)\b|\bas expected\b"
)
#: Good news when it is made, bad when it is given up.
_PLANS, _DROPPED = ("capital", "listing", "partnership", "ownership"), re.compile(rf"\b{DROP}\b")
_FLOP = re.compile(
    r"\b(?:disappoint\w*|underwhelm\w*|flop\w*|fail(?:s|ed) to impress|lacklust\w+|unimpress\w+)\b"
)
#: Help of a state that does not help.
_TOO_LITTLE = re.compile(
    r"\b(?:f[ae]ll(?:s|ing)? short|too little|not enough|insufficient|instead of"
    r"|disappoint\w*|underwhelm\w*)\b"
)
#: Begin what is granted and not what matters.
_CONCEDES = {"although", "though", "while", "but", "despite", "as"}
#: Kinds that tell figures of a period.
FIGURES = {"results", "macro data"}


def direction_of(reading: Reading, part: Part, clause: Clause, hit: Hit, whose: Whom) -> int:
    """1, -1 or 0: that of the kind of event, else that of the words around it, else that of the prices."""
    words = reading.text[clause.start : clause.end]
    if whose.outsider:
        name = whose.outsider
        told = [text for item in reading.parts if name in (text := reading.text[slice(*item.span)])]
        return polarity(" ".join(told)[:20_000]) or polarity(reading.text[slice(*part.span)])
    if not whose.inside:
        return 0
    if hit.trigger.name in FIGURES and _AS_EXPECTED.search(words):
        return 0
    if hit.trigger.direction == 1 and hit.trigger.category in _PLANS and _DROPPED.search(words):
        return -1
    if hit.trigger.direction == 1 and hit.trigger.category == "product" and _FLOP.search(words):
        return -1
    if (
        hit.trigger.direction == 1
        and hit.trigger.category in ("policy", "macro")
        and _TOO_LITTLE.search(words)
    ):
        return -1
    if hit.trigger.direction is not None:
        return hit.trigger.direction
    if hit.trigger.category == "earnings" and hit.trigger.direction is None:
        set_beside = against_estimates(words) or against_estimates(reading.text[slice(*part.span)])
        if set_beside:
            return set_beside
    if hit.trigger.name in FIGURES and (clause.link in _CONCEDES or _CHINESE.search(words)):
        words = reading.text[slice(*part.span)]
    return (
        polarity(words)
        or price_move(reading, part, whose.symbols)
        or polarity(reading.text[slice(*part.span)])
    )
