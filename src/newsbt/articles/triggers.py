"""Words that tell of an event, what kind it is, and whom it concerns (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsbt.records import Scope

__all__ = ["Concerns", "Hit", "Trigger", "Undated", "apart", "find_hits", "trigger"]

Undated: TypeAlias = Literal["fresh", "recent", "never", "ahead"]
#: Who acts, whom it is done to, anybody named, or the market unless somebody is named.
Concerns: TypeAlias = Literal["actor", "target", "both", "market"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One kind of event.

    Parameters
    ----------
    name : str
    category : str
        As in a catalogue.
    pattern : re.Pattern
        Words of one clause.
    direction : int or None
        What such news says about the issuer; None: the words around it decide.
    concerns : {"actor", "target", "both", "market"}
    weight : float
        How sure the words are, 0 to 1.
    needs : re.Pattern or None
        Must stand in the sentence, too.
    without : re.Pattern or None
        Must not stand in the clause.
    scope : {"company", "sector", "market"}
        Where no issuer of the universe is named.
    undated : {"fresh", "recent", "never", "ahead"}
        Without date words: news of the week if the lead or the present tense tells it; of the month; nothing
        to be drafted; still to come.
    lasts : int
        Days after its date by which such an event is noticed: nobody is missed on the first day.
    """

    name: str
    category: str
    pattern: re.Pattern[str]
    direction: int | None
    concerns: Concerns
    weight: float
    needs: re.Pattern[str] | None = None
    without: re.Pattern[str] | None = None
    scope: Scope = "company"
    undated: Undated = "fresh"
    lasts: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that tell of an event."""

    trigger: Trigger
    start: int
    end: int


def trigger(
    name: str,
    category: str,
    pattern: str,
    direction: int | None,
    concerns: Concerns = "actor",
    *,
    weight: float = 0.7,
    needs: str = "",
    without: str = "",
    scope: Scope = "company",
    undated: Undated = "fresh",
    lasts: int = 0,
) -> Trigger:
    """A :class:`Trigger`; ``~`` in a pattern stands for a few words of the clause; case does not matter."""
    gap = r"\b[^;:!?\n]{0,60}?\b"
    return Trigger(
        name,
        category,
        re.compile(pattern.replace("~", gap), re.IGNORECASE),
        direction,
        concerns,
        weight,
        re.compile(needs.replace("~", gap), re.IGNORECASE) if needs else None,
        re.compile(without.replace("~", gap), re.IGNORECASE) if without else None,
        scope,
        undated,
        lasts,
    )


_NEXT_ITEM = re.compile(
    r"\bby (?!the\b)\w+ing\b"
    r"|,\s+(?:and\s+)?(?:an?|its?|the|new|his|her|their)\b|,\s+and\b"
    r"|\band (?:growing |rising )?(?:an?|excitement|optimism|hopes|news|its|\w+ed)\b"
)


def apart(text: str, one: Hit, other: Hit) -> bool:
    """Whether the two are items of a list: each tells of something of its own."""
    first, last = sorted(((one.start, one.end), (other.start, other.end)))
    return _NEXT_ITEM.search(text, first[1], last[0] + 4) is not None


def find_hits(
    text: str, start: int, end: int, sentence: tuple[int, int], triggers: Iterable[Trigger]
) -> Iterator[Hit]:
    """What ``text[start:end]`` may tell of, earlier triggers first."""
    for item in triggers:
        match = item.pattern.search(text, start, end)
        if match is None:
            continue
        if item.needs is not None and item.needs.search(text, *sentence) is None:
            continue
        if item.without is not None and item.without.search(text, start, end) is not None:
            continue
        yield Hit(item, match.start(), match.end())
