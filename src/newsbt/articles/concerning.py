"""Whom an event concerns: the names around its words, or those a pronoun goes back to (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsbt.articles.first_person import said_by_officer, we
from newsbt.articles.reading import Name, Part, Reading
from newsbt.articles.sentences import Clause
from newsbt.articles.triggers import Hit
from newsbt.articles.who_words import (
    AMERICAN,
    ARRIVAL,
    AT_HOME,
    ELSEWHERE,
    HOME_OF_FIGURES,
    IN_LIST,
    IT,
    ITEM,
    LOOSE,
    NEAR,
    NO_NAME,
    NOBODY,
    OFFICER,
    PROPER,
    STANDS_FOR,
    STATE,
    US_MARKET,
)

__all__ = ["Whom", "listed", "whom"]


#: "Was fined": who stands before is whom it was done to.
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|got|is|are)\s+(?:also\s+|\w+ly\s+)?$")
#: Firms of a kind, none by name.
_SECTOR = re.compile(
    r"\b(?:tech(?:nology)?|internet|platform|online|gaming|fintech) (?:companies|firms|giants|groups"
    r"|enterprises|sector|industry)\b"
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
        if inside:
            return _made(inside, 0.9)
        if AT_HOME.search(reading.text, *part.span):
            return Whom((), 0.9)
        if ELSEWHERE.search(reading.text, *part.span) is None:
            american = hit.trigger.name in HOME_OF_FIGURES and AMERICAN.search(reading.text, *part.span)
            return Whom((US_MARKET,), 0.8) if american else Whom((), 0.9)
        named = [name for name in (*part.names, *_names_back(reading, part)) if not name.inside]
        return _made(named[:1], 0.7) if named else None
    earlier = [name for name in part.names if name.start < clause.start]
    stands_for = STANDS_FOR.search(reading.text, clause.start, clause.end) is not None
    if concerns == "both" and (here or (stands_for and earlier)):
        if stands_for and not any(name.inside for name in here):
            named = earlier or [name for name in _names_back(reading, part) if name.inside][:1]
            here = [*named, *here]
        inside = [name for name in earlier if name.inside]
        if inside and not any(name.inside for name in here):
            return _made([*inside[:1], *here], 0.8)
        return _made(here, 1.0 if not stands_for else 0.9)
    speaker = we(reading, part, clause) if not any(name.inside for name in before) else []
    if speaker:
        return _made(speaker, 0.85)
    if reading.subject and not part.names and said_by_officer(reading, part, clause):
        return Whom((reading.subject,), 0.7)
    stranger = _stranger(reading.text, clause, hit, part.names)
    if concerns == "target":
        if after:
            return _made(listed(reading.text, after), 1.0)
        if before and _PASSIVE.search(reading.text, clause.start, hit.start):
            return _made(_run_before(reading.text, before), 0.95)
        if before:
            return _made(before[:1], 0.9)
    elif before and not (stranger and hit.trigger.name == "arrival"):
        firm = [
            name
            for name in before
            if not LOOSE.search(reading.text, max(clause.start, name.start - 16), name.start)
        ]
        if firm or not stranger:
            return _made((firm or before)[-1:], 1.0 if firm else 0.7)
    if (
        stranger
        and concerns != "target"
        and not (stands_for and concerns == "both")
        and not OFFICER.search(reading.text[clause.start : hit.start])
    ):
        return Whom((), 0.7, outsider=stranger)
    passive = after and reading.text[hit.start : after[0].start].endswith("by ")
    if passive and concerns == "actor" and not STANDS_FOR.search(reading.text, clause.start, hit.start):
        return _made(after[:1], 0.9)
    found = _inherited(reading, part, clause, hit, after)
    if found is None and hit.trigger.category == "regulation" and not part.names:
        whole = _SECTOR.search(reading.text, clause.start, clause.end)
        return Whom((), 0.7) if whole and AT_HOME.search(reading.text, *part.span) else None
    return found


def listed(text: str, names: Sequence[Name]) -> list[Name]:
    """The first of `names`, and those that follow it in a list: ``A, B and C``."""
    found = [names[0]]
    for name in names[1:]:
        if not IN_LIST.fullmatch(text[found[-1].end : name.start]):
            break
        found.append(name)
    return found


def _run_before(text: str, names: Sequence[Name]) -> list[Name]:
    """The last of `names`, and those of a list that it ends."""
    found = [names[-1]]
    for name in reversed(names[:-1]):
        if not IN_LIST.fullmatch(text[name.end : found[0].start]):
            break
        found.insert(0, name)
    return found


def _names_back(reading: Reading, part: Part) -> list[Name]:
    """Names of the two sentences before, the nearer first."""
    return [
        name for back in (1, 2) if part.number >= back for name in reading.parts[part.number - back].names
    ]


def _made(names: Sequence[Name], sure: float) -> Whom:
    ordered = sorted(names, key=lambda name: not name.inside)
    symbols = tuple(dict.fromkeys(name.symbol for name in ordered))
    return Whom(symbols, sure, inside=any(name.inside for name in names))


def _stranger(text: str, clause: Clause, hit: Hit, names: Sequence[Name]) -> str:
    """The last name before `hit` that no table has."""
    found = ""
    behind = hit.trigger.name == "arrival" or ARRIVAL.search(text, hit.start, hit.end) is not None
    start, end = (hit.start, min(clause.end, hit.end + 30)) if behind else (clause.start, hit.start)
    for match in PROPER.finditer(text, start, end):
        if behind and found:
            break
        if any(name.start < match.end() and match.start() < name.end for name in names):
            continue
        words = [
            word
            for word in re.split(r"[ \u00a0]", match.group())
            if not NOBODY.match(word.removesuffix("’s").removesuffix("'s")) and not NO_NAME.search(word)
        ]
        if words:
            found = " ".join(words)
    return found


def _subject(text: str, part: Part, clause: Clause, earlier: Sequence[Name]) -> Sequence[Name]:
    """The one of `earlier` that acts: the last before a "which", else the first that stands free."""
    at = part.clauses.index(clause)
    if at and part.clauses[at - 1].link in ("which", "who", "whose"):
        before = [name for name in earlier if name.start < part.clauses[at - 1].start]
        if before:
            return before[-1:]
    if at and clause.link in ("after", "following"):
        beside = [name for name in earlier if name.start >= part.clauses[at - 1].start]
        if beside:
            return beside[:1]
    free = [
        name for name in earlier if not LOOSE.search(text, max(part.span[0], name.start - 16), name.start)
    ]
    return (free or earlier)[:1]


def _stranger_in(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` names somebody that no table has, for a pronoun to go back to."""
    return any(
        not NOBODY.match(word.removesuffix("’s").removesuffix("'s")) and not NO_NAME.search(word)
        for match in PROPER.finditer(text, start, end)
        for word in re.split(r"[ \u00a0]", match.group())
    )


def _subject_back(reading: Reading, part: Part) -> list[Name]:
    """Whom a pronoun goes back to: what the sentence before begins with, else an issuer named before."""
    before = reading.parts[part.number - 1].names if part.number else ()
    if before and not any(name.inside for name in before):
        return list(before[:1])
    return [name for name in _names_back(reading, part) if name.inside]


def _of_the_state(reading: Reading, part: Part) -> bool:
    """Whether "it" goes back to a state or an authority: what the sentence before begins with."""
    if part.number == 0 or not IT.match(reading.text, part.sentence.start):
        return False
    before = reading.parts[part.number - 1]
    return not before.names and STATE.match(reading.text, before.sentence.start) is not None


def _inherited(reading: Reading, part: Part, clause: Clause, hit: Hit, after: Sequence[Name]) -> Whom | None:
    """Whom a pronoun, "the company", or a clause without a subject goes back to."""
    lead_in = reading.text[clause.start : hit.start]
    earlier = [name for name in part.names if name.start < clause.start]
    pronoun = STANDS_FOR.search(lead_in)
    stands_for = pronoun is not None
    beside = pronoun is not None and not part.names and lead_in[: pronoun.start()].rstrip().endswith(",")
    if pronoun and beside and _stranger_in(reading.text, clause.start, clause.start + pronoun.start()):
        return None
    bare = len(ITEM.split(lead_in)[-1].split()) <= 2
    if stands_for and not part.names and _stranger_in(reading.text, part.sentence.start, clause.start):
        return None
    if clause.link in ("which", "who", "whose") and earlier:
        return _made(_run_before(reading.text, earlier), 0.85)
    if (stands_for or bare) and earlier:
        return _made(_subject(reading.text, part, clause, earlier), 0.85)
    later = [name for name in part.names if name.start >= clause.end]
    if bare and later and clause.start == part.sentence.start and hit.trigger.concerns == "actor":
        return _made(later[:1], 0.75)
    if bare and not stands_for and part.sentence.start < clause.start:
        stands_for = STANDS_FOR.search(reading.text, part.sentence.start, clause.start) is not None
    leading = IT.match(reading.text, part.sentence.start) is not None
    if stands_for and part.names and not leading:
        return _made(part.names[:1], 0.75)
    if stands_for and _of_the_state(reading, part):
        return None
    if stands_for:
        back = _subject_back(reading, part)
        if back:
            return _made(back[:1], 0.75)
        if part.names:
            return _made(part.names[:1], 0.6)
        return Whom((reading.subject,), 0.6) if reading.subject else None
    if hit.trigger.concerns == "actor" and after and after[0].start - hit.end <= NEAR:
        return _made(after[:1], 0.6)
    if bare and hit.trigger.concerns == "actor" and not part.names:
        back = [name for name in _names_back(reading, part) if name.inside]
        if not back and hit.trigger.category == "earnings" and reading.subject:
            return Whom((reading.subject,), 0.6)
        return _made(back[:1], 0.65) if back else None
    if hit.trigger.concerns in ("target", "both") and not part.names and hit.trigger.category == "regulation":
        back = [name for name in _names_back(reading, part) if name.inside]
        if back:
            return _made(back[:1], 0.6)
    if hit.trigger.concerns in ("target", "both"):
        there = earlier or ([] if hit.trigger.concerns == "target" else list(part.names))
        if there:
            return _made(there[:1], 0.6)
    return None
