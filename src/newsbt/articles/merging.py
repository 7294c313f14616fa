"""Drafts of one event to one draft (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newsbt.articles.model import Draft

__all__ = ["merge"]

#: Sentences that a draft keeps, and drafts of an article that are looked at: bounds for texts that are none.
MOST_EVIDENCE, MOST_DRAFTS = 12, 1_000
#: Kinds that tell of the same thing.
_SAME = {
    "results ahead": "results",
    "arrival": "launch",
    "tariffs in the air": "tariffs",
    "crackdown": "curbs",
    "told by the state": "summoned",
    "state support": "leader meets business",
    "public project": "spending plan",
    "party meeting": "stimulus",
}
#: Kinds whose direction is that of the words around them.
_WORDS_DECIDE = {"results", "outlook", "macro data"}
#: Categories whose news reaches more than whom it names.
_WIDE = ("policy", "macro", "regulation")


def merge(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft an event, by date.

    Two are one event where they are of one kind, about a common issuer, of one scope, and their days meet.
    The surer of the two is kept, with the days of both and the evidence of both.
    """
    kept: list[Draft] = []
    for item in sorted(drafts, key=lambda draft: (-draft.confidence, draft.evidence[0].start))[:MOST_DRAFTS]:
        for at, other in enumerate(kept):
            joined = _joined(other, item)
            if joined is not None:
                kept[at] = joined
                break
        else:
            kept.append(item)
    return sorted(kept, key=lambda draft: (draft.when.last, draft.when.first, draft.evidence[0].start))


def _joined(one: Draft, other: Draft) -> Draft | None:
    if _SAME.get(one.kind, one.kind) != _SAME.get(other.kind, other.kind):
        return None
    if one.category != other.category:
        return None
    wide = one.category in _WIDE
    if not wide and one.scope != other.scope:
        return None
    both_wide = wide and "company" not in (one.scope, other.scope)
    if not both_wide and one.symbols[0] not in other.symbols and other.symbols[0] not in one.symbols:
        return None
    days = one.when.meet(other.when)
    if days is None:
        return None
    finer = other if other.when.days < one.when.days else one
    evidence = tuple(dict.fromkeys((*one.evidence, *other.evidence)))[:MOST_EVIDENCE]
    symbols = tuple(dict.fromkeys((*one.symbols, *other.symbols)))
    more = min(0.99, round(one.confidence + 0.2 * other.confidence * (1 - one.confidence), 2))
    if finer is other and other.confidence < 0.5 * one.confidence:
        finer = one
    return replace(
        one,
        when=finer.when,
        dated_by=finer.dated_by,
        date_words=finer.date_words,
        role=finer.role,
        evidence=evidence,
        symbols=symbols,
        confidence=more,
        direction=one.direction or (other.direction if one.kind in _WORDS_DECIDE else 0),
    )
