"""Whom an event concerns: the names around its words, or those a pronoun goes back to (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsbt.articles.reading import Name, Part, Reading
from newsbt.articles.sentences import Clause
from newsbt.articles.triggers import Hit

__all__ = ["Whom", "whom"]

_STANDS_FOR = re.compile(
    r"\b(?:[Ii]ts?|[Tt]hey|[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Tt]he (?:[\w-]+ ){0,3}(?:company|group|firm|giant|pioneer|retailer|platform|co-?founder|founder|chairman|chief|start-?up|maker|operator|conglomerate|unit|tycoon|billionaire)"
    r"|[Tt]he [\w-]+-based \w+)\b|该公司|該公司|公司|集团|集團|其|他|她"
)
_PROPER = re.compile(r"\b(?:[A-Z][\w&’'-]*|[a-z]+[A-Z]\w+)(?:[ \u00a0](?:[A-Z][\w&-]*|of|&)){0,5}")
#: Words with a capital that act in no event: places, peoples, the calendar, words that begin a sentence.
_NOBODY = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|With|Since|After|Before|When|While|As|But|And|Or|If|It|Its|He|She|They|His|Her|Their|This|That|These|Those|There|Now|Then|First|Next|Last|Also|Earlier|Later|Meanwhile|However|Shares|Stocks|Investors|Analysts|Separately|Some|Many|Most|One|Two|Three|Part|Yet|Even|Once|Chinese|American|Taiwanese|Japanese|Western|European|South|North|East|West|Asian|China|Hong|Kong|Taiwan|Japan|Shanghai|Shenzhen|Hangzhou|New|York|Asia|Europe|US|U|S|USA|AI|EV|IT|CEO|CFO|IPO|Tech|Big|Photo|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Q[1-4]|HK|NYSE|Inc|Corp|Co|Ltd|Behind|Ostensibly|Clearly|Recently|What|Why|How|Overnight|Yesterday|Today|Mr|Ms|Group|Holding|Holdings|Limited)$"
)
_LOOSE = re.compile(
    r"\b(?:with|from|than|against|over|beside|unlike|like|including|by|to|for|at|of|on|in)(?: \w+)?\s+$"
)


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom an event concerns.

    Parameters
    ----------
    symbols : tuple of str
        Issuers and outside names; empty where only `outsider` acts, or for the market.
    sure : float
        0 to 1.
    outsider : str
        A name that is in no table and acts in the event, else empty.
    inside : bool
        Whether one of `symbols` is an issuer of the universe.
    """

    symbols: tuple[str, ...]
    sure: float
    outsider: str = ""
    inside: bool = True


def whom(reading: Reading, part: Part, clause: Clause, hit: Hit) -> Whom | None:
    """Whom the event of `hit` concerns; None where nobody is to be found."""
    here = [name for name in part.names if clause.start <= name.start < clause.end]
    before = [name for name in here if name.start < hit.start]
    after = [name for name in here if name.start >= hit.start]
    concerns = hit.trigger.concerns
    if concerns == "market":
        inside = [name for name in here if name.inside]
        return _made(inside, 0.9) if inside else Whom((), 0.9)
    if concerns == "both" and here:
        return _made(here, 1.0)
    stranger = _stranger(reading.text, clause, hit, part.names)
    if concerns == "target":
        if after:
            return _made(after[:1], 1.0)
        if before:
            return _made(before[:1], 0.9)
    elif before:
        firm = [
            name
            for name in before
            if not _LOOSE.search(reading.text, max(clause.start, name.start - 16), name.start)
        ]
        return _made((firm or before)[-1:], 1.0 if firm else 0.7)
    if stranger and concerns != "target":
        return Whom((), 0.7, outsider=stranger)
    if (
        after
        and concerns == "actor"
        and re.search(r"\bby\s+$", reading.text[max(clause.start, after[0].start - 4) : after[0].start])
    ):
        return _made(after[:1], 0.9)
    return _inherited(reading, part, clause, hit, after)


def _made(names: Sequence[Name], sure: float) -> Whom:
    ordered = sorted(names, key=lambda name: not name.inside)
    symbols = tuple(dict.fromkeys(name.symbol for name in ordered))
    return Whom(symbols, sure, inside=any(name.inside for name in names))


def _stranger(text: str, clause: Clause, hit: Hit, names: Sequence[Name]) -> str:
    """The last name before `hit` that no table has."""
    found = ""
    for match in _PROPER.finditer(text, clause.start, hit.end):
        if match.start() >= hit.start and not found and hit.trigger.name != "arrival":
            break
        if any(name.start < match.end() and match.start() < name.end for name in names):
            continue
        words = [
            word
            for word in re.split(r"[ \u00a0]", match.group())
            if not _NOBODY.match(word.removesuffix("’s").removesuffix("'s"))
        ]
        if words:
            found = " ".join(words)
    return found


def _inherited(reading: Reading, part: Part, clause: Clause, hit: Hit, after: Sequence[Name]) -> Whom | None:
    """Whom a pronoun, "the company", or a clause without a subject goes back to."""
    lead_in = reading.text[clause.start : hit.start]
    earlier = [name for name in part.names if name.start < clause.start]
    stands_for = _STANDS_FOR.search(lead_in) is not None
    bare = len(lead_in.split()) <= 2
    if (stands_for or bare) and earlier:
        return _made(earlier[:1], 0.85)
    if stands_for:
        for back in range(1, 3):
            if part.number - back < 0:
                break
            names = [name for name in reading.parts[part.number - back].names if name.inside]
            if names:
                return _made(names[:1], 0.75 if back == 1 else 0.65)
        return Whom((reading.subject,), 0.6) if reading.subject else None
    if hit.trigger.concerns == "actor" and after:
        return _made(after[:1], 0.6)
    if hit.trigger.concerns in ("target", "both") and earlier:
        return _made(earlier[:1], 0.6)
    return None
