"""The category of a free text, by words (pure)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

from newsbt.linking.folding import fold
from newsbt.records import CATEGORIES
from newsbt.sentiment.category_rules import CHINESE, ENGLISH, INSIDERS, OUTSIDERS

__all__ = ["category_of", "category_scores"]

#: What a text without any known word is taken for: most news of companies is about what they make.
FALLBACK: Final = "product"
#: Categories that say more about whom the news comes from than a rival's name does.
PUBLIC: Final = frozenset({"regulation", "policy", "macro"})

_CHINESE = re.compile("[\u3400-\u9fff]")


def category_of(text: str) -> str:
    """One of :data:`newsbt.records.CATEGORIES` for an English or Chinese headline.

    The category whose words weigh most, of equals the first in the list; ``"product"`` for a text without a
    known word. News of a firm that newsbt does not trade (:data:`~newsbt.sentiment.category_rules.OUTSIDERS`)
    is ``"peer_news"``, unless one that it trades is named too or the news comes from a state.
    """
    found = category_scores(text)
    if not found:
        return FALLBACK
    return max(CATEGORIES, key=lambda name: found.get(name, 0.0))


def category_scores(text: str) -> Mapping[str, float]:
    """Weight of the words of each category in `text`; categories without any are left out."""
    folded = fold(text)
    found: dict[str, float] = {}
    for category, rules in _rules(bool(_CHINESE.search(folded))).items():
        weight = sum(weight * min(len(set(rule.findall(folded))), 2) for weight, rule in rules)
        if weight:
            found[category] = weight
    outside, inside = _firms()
    strongest = max(found, key=lambda name: found[name], default="")
    if outside.search(folded) and not inside.search(folded) and strongest not in PUBLIC:
        found["peer_news"] = max(found.values(), default=0.0) + 1.0
    return found


@functools.cache
def _rules(chinese: bool) -> dict[str, list[tuple[float, re.Pattern[str]]]]:
    rules = {
        category: [(weight, re.compile(rf"\b(?:{words})\b")) for weight, words in rows]
        for category, rows in ENGLISH.items()
    }
    if chinese:
        for category, rows in CHINESE.items():
            rules[category] += [(weight, _any_of(words)) for weight, words in rows]
    return rules


@functools.cache
def _firms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _firm_words(*OUTSIDERS), _firm_words(*INSIDERS)


def _firm_words(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{english})\b|{_any_of(chinese).pattern}")


def _any_of(words: str) -> re.Pattern[str]:
    """Any of blank-separated words, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True)))
