"""News of no known kind: acts of companies and states, and what a price is said to move after (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from newsbt.articles.captions import is_caption
from newsbt.articles.dating import Dated, Dater
from newsbt.articles.dating_words import REACTION
from newsbt.articles.model import Draft, Evidence
from newsbt.articles.polarity import polarity
from newsbt.articles.price_moves import DOWN, UP, move_in
from newsbt.articles.reading import Name, Part, Reading
from newsbt.articles.sentences import Clause
from newsbt.articles.tense import is_denied, is_hypothetical, tense_of
from newsbt.articles.who_words import STANDS_FOR
from newsbt.records import Scope

__all__ = ["other_drafts"]

#: Sentences, heading included, that tell what is new.
LEAD_SENTENCES = 4
#: Such drafts of an article.
MOST_DRAFTS = 4
#: Characters below which a clause tells nothing.
SHORTEST = 25
#: Days that the words may leave open; and days of a point event.
LONGEST_RANGE, POINT_DAYS = 62, 8
_SURE_OF_CAUSE, _SURE_OF_ACT = 0.2, 0.16
#: A clause about prices and those who watch them tells of no act.
_PRICES = re.compile(
    r"\b(?:shares?|stocks?|ADRs?|ADSs?|index|indices|investors?|traders?|market (?:value|cap\w*)|trading"
    r"|closed|rally|brokerages?|brokers?|analysts?|strategists?|economists?|session|premarket|valuations?|points?|funds?)\b",
    re.IGNORECASE,
)
_PRICE_MOVED = re.compile(
    rf"\b(?:{UP}|{DOWN})\b[^.;\n]{{0,60}}(?:[0-9]|\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Hong Kong"
    r"|New York|year)\b)|\bled? (?:the )?(?:gains|charge|tech|biggest)|\b(?:rebound|correction|sighting"
    r"|surge[ds]?|soar\w*|tumbl\w+|plung\w+)\b",
    re.IGNORECASE,
)
#: What somebody says or thinks, at some length: names of products stand in quotation marks, too.
_VIEW = re.compile(
    r"[“\"](?:[^“”\"\s]+\s+){5}|^[“\"]|\b(?:says?|thinks?|believes?|[Aa]ccording to"
    r"|said (?!it|the company|that it|he)|imminent|expects?|likely)\b"
)
#: What is so, and not what was done.
_IS_SO = re.compile(
    r"\b(?:well-positioned|struggling|focusing|fac(?:es|ed|ing)|headwinds|(?:much|just) like|while|would"
    r"|ambitions?|working to)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\b(?:(?:has|have) (?:\w+ly |also |just |now |already )?(?:been )?\w+(?:ed|un|ne|lt|de|en|nt)"
    r"|(?:is|are) (?:\w+ly |also |now |reportedly )?\w+ing"
    r"|[a-z]{2,}ed|made|took|built|began|won|lost|led|put|set|gave|went|came|sold|bought|cut|hit)\b"
)
_GOES_ON = re.compile(r"\b(?:has|have|recently|is|are)\b")
_BUILDS = re.compile(
    r"\b(?:develop\w*|integrat\w+|embrac\w+|adopt\w*|upgrad\w+|expand\w*|complet\w+|start(?:s|ed|ing)|achiev\w+"
    r"|join\w*|secur\w+|deepen\w*|accelerat\w+|invest\w*|add(?:s|ed|ing)|open[- ]?sourc\w+|incorporat\w+"
    r"|introduc\w+|return\w*|enhanc\w+|reorgani[sz]\w+|restructur\w+|work(?:s|ed|ing) with|announc\w+"
    r"|support(?:s|ed|ing)? (?:for|measures)|unveil\w*|launch\w*|releas\w+|reveal\w*|pledg\w+|commit\w+)\b",
    re.IGNORECASE,
)
_HINDERS = re.compile(
    r"\b(?:halt\w*|suspend\w*|block\w*|ban(?:s|ned|ning)?|curb\w*|restrict\w*|lockdowns?|delist\w*"
    r"|crack\w* down|force[ds]?|shut\w*|absent|absence|dismiss\w*|lay(?:ing)?[ -]?offs?|delay\w*|violat\w+"
    r"|breach\w*|fail(?:s|ed|ing)?|accus\w+|recall\w*)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:Beijing|Washington|government|regulators?|regulatory|authorit\w+|ministry|State Council|Congress"
    r"|Trump|Biden|White House|SEC|Xi|Pentagon|officials|lawmakers?|Politburo|PBOC|central bank|subsid\w+"
    r"|lockdowns?|stimulus|polic(?:y|ies))\b"
)
_CATEGORIES = (
    ("earnings", r"\b(?:revenues?|profits?|sales|earnings|margins?|loss(?:es)?|growth|users|orders|GMV)\b"),
    ("partnership", r"\b(?:with|join\w*|partner\w*|deal|tie-?up|integrat\w+)\b"),
    ("leadership", r"\b(?:chief|CEO|chairman|founder|executive)\b"),
)


def other_drafts(reading: Reading, made: Collection[Draft]) -> Iterator[Draft]:
    """Drafts of sentences that none of `made` rests on, the first few of an article, of little confidence.

    Two kinds of clause tell of an event without being of a known kind: one that a price is said to have
    moved after (its direction is that of the move), and one in which an issuer or a state builds or hinders
    something. The issuer is the one named in the clause or the one its pronoun goes back to; of what a state
    does, the one the article is mostly about, as news of the sector.
    """
    if not reading.subject:
        return
    covered = {(item.start, item.end) for draft in made for item in draft.evidence}
    kept = list(made)
    dater, count = Dater(reading), 0
    for part in reading.parts:
        if is_caption(reading, part):
            continue
        dater.enter(part)
        found = None if part.span in covered else _of_part(reading, part, dater)
        if found is None or _told_before(found, kept):
            continue
        kept.append(found)
        yield found
        count += 1
        if count == MOST_DRAFTS:
            return


def _told_before(found: Draft, made: Collection[Draft]) -> bool:
    """Whether `made` tells of it: what explains the move that `found` explains, or the figures it reports."""
    for draft in made:
        if draft.direction != found.direction or draft.when.meet(found.when) is None:
            continue
        if found.kind == "cause of a move" and draft.category != "analyst":
            return True
        if found.category == "earnings" == draft.category and set(draft.symbols) & set(found.symbols):
            return True
    return False


def _of_part(reading: Reading, part: Part, dater: Dater) -> Draft | None:
    """A draft of the first clause that tells of an act."""
    for clause in part.clauses:
        words = reading.text[clause.start : clause.end]
        if not _tells(words):
            continue
        move = 0
        if clause.link in REACTION:
            move = move_in(reading.text[part.span[0] : clause.start])
        direction = move or _direction(words)
        names = _names(part, clause, words)
        state = _STATE.search(words) is not None
        if not direction or not (names or state or move):
            continue
        dated = _dated(reading, part, clause, dater, bool(move))
        if dated is not None:
            return _draft(reading, part, clause, names, state, direction, dated, bool(move))
    return None


def _tells(words: str) -> bool:
    """Whether a clause says that something was done."""
    return (
        len(words) >= SHORTEST
        and _ACT.search(words) is not None
        and not any(pattern.search(words) for pattern in (_PRICES, _PRICE_MOVED, _VIEW, _IS_SO))
        and not is_denied(words)
        and not is_hypothetical(words)
        and tense_of(words) != "future"
    )


def _direction(words: str) -> int:
    """1 where something is built, -1 where it is hindered; 0 where both, or the other words gainsay it."""
    sign = (_BUILDS.search(words) is not None) - (_HINDERS.search(words) is not None)
    return 0 if sign and polarity(words) == -sign else sign


def _names(part: Part, clause: Clause, words: str) -> list[Name]:
    """Issuers named in the clause, else whom its pronoun goes back to within the sentence."""
    inside = [name for name in part.names if name.inside]
    here = [name for name in inside if clause.start <= name.start < clause.end]
    if not here and STANDS_FOR.search(words):
        return [name for name in inside if name.start < clause.start][:1]
    return here


def _dated(reading: Reading, part: Part, clause: Clause, dater: Dater, moved: bool) -> Dated | None:
    """Its days, if the clause or the sentence dates it, or it is told as new."""
    fresh = moved or part.number < LEAD_SENTENCES
    dated = dater.date(part, clause, clause.start, lead=fresh)
    if dated is None or dated.when.days > LONGEST_RANGE or dated.when.first > reading.article.published:
        return None
    told = fresh or _GOES_ON.search(reading.text, clause.start, clause.end) is not None
    return dated if told or dated.by == "words" else None


def _draft(
    reading: Reading,
    part: Part,
    clause: Clause,
    names: Sequence[Name],
    state: bool,
    direction: int,
    dated: Dated,
    moved: bool,
) -> Draft:
    words = " ".join(reading.text[clause.start : clause.end].split()).strip(" ,;:–—-\"“”'")
    scope: Scope = "sector" if state and not names else "company"
    return Draft(
        words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + "…",
        dated.when,
        dated.by,
        tuple(dict.fromkeys(name.symbol for name in names)) or (reading.subject,),
        _category(words, state, direction),
        scope,
        "event" if dated.when.days <= POINT_DAYS else "umbrella",
        direction,
        _SURE_OF_CAUSE if moved else _SURE_OF_ACT,
        (Evidence(*part.span, reading.article.text[slice(*part.span)]),),
        Evidence(dated.word.start, dated.word.end, dated.word.text) if dated.word else None,
        "cause of a move" if moved else "other news",
    )


def _category(words: str, state: bool, direction: int) -> str:
    """The nearest of the catalogue's; a product where nothing speaks for another."""
    if state:
        return "policy" if direction > 0 else "regulation"
    return next(
        (name for name, pattern in _CATEGORIES if re.search(pattern, words, re.IGNORECASE)), "product"
    )
