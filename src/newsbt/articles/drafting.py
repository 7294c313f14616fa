"""An article to drafts of catalysts (pure)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from newsbt.articles import spans
from newsbt.articles.analysts import analyst_drafts, is_verdict
from newsbt.articles.brokers import find_brokers
from newsbt.articles.captions import is_caption
from newsbt.articles.chinese_events import CHINESE_EVENTS
from newsbt.articles.company_events import COMPANY
from newsbt.articles.concerning import Whom, whom
from newsbt.articles.dating import Dated, Dater
from newsbt.articles.directions import FIGURES, direction_of
from newsbt.articles.first_person import opens_quotation
from newsbt.articles.market_events import MARKET
from newsbt.articles.merging import merge
from newsbt.articles.model import Article, Draft, Evidence
from newsbt.articles.other_news import other_drafts
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.published import states_publication
from newsbt.articles.reading import FindsIssuers, Part, Reading, read
from newsbt.articles.rivals import rival_drafts
from newsbt.articles.sentences import Clause
from newsbt.articles.spans import When
from newsbt.articles.tense import is_denied, is_hypothetical
from newsbt.articles.triggers import Hit, Trigger, apart, find_hits
from newsbt.articles.who_words import STATE_ACTS
from newsbt.records import Role, Scope

__all__ = ["LEAST_CONFIDENCE", "draft_article", "headline_of", "role_of"]

#: Drafts below are not shown unless asked for.
LEAST_CONFIDENCE = 0.15
#: Days that a range may span and still be a point event; a wider one stands for a period.
POINT_DAYS = 7
LONGEST_HEADLINE = 200
#: A range longer than this dates nothing of the kinds below.
VAGUE_DAYS = 200
_QUICK = ("earnings", "guidance", "product", "analyst", "partnership", "listing", "peer_news")
#: Sentences, heading included, that tell what is new.
LEAD_SENTENCES = 4
#: Events that a clause is tried for.
MOST_TRIED = 5
_UNITS = {"day": 1.0, "days": 0.8, "week": 0.7, "month": 0.55, "quarter": 0.45, "year": 0.35, "open": 0.55}
_BY = {"words": 1.0, "clause": 0.85, "context": 0.7, "publication": 0.85}
_CHINESE = re.compile(r"[一-鿿]")
#: What a firm has and what is no event of its own.
_STANDING = re.compile(r"\b(?:models?|success|rise|advances|advancements)$")
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|[0-9]+)\b[^.]{0,20}\banalysts\b", re.I
)
#: Whoever says so is not whom the sentence names.
_WITH_US = re.compile(r"\bwith us\b")
#: A house that speaks of a product has not launched it.
_VIEW = re.compile(r"\b(?:analysts?|strategists?|note[sd]?|report|said|says|wrote|tested)\b")
#: Policy that an article reminds of, unless it says that somebody acts.
_STANDING_POLICY = {"curbs", "rules in favour", "state support"}
_ENACTS = re.compile(
    r"\b(?:announc|unveil|issu|impos|order|sign|propos|publish|introduc|releas|pledg|vow|direct|call"
    r"|bann|limit|bolster|boost|took|takes|summon|tell|told|urg|tighten|step)\w*",
    re.IGNORECASE,
)
#: Kinds of news of firms outside the universe that move those inside.
_RIVAL = {"launch", "arrival", "price cut", "partnership", "deal off", "takeover"}


def draft_article(
    article: Article,
    linker: FindsIssuers,
    outside: OutsideNames,
    *,
    least: float = LEAST_CONFIDENCE,
    ignored: Collection[str] = (),
) -> list[Draft]:
    """Drafts of the events that `article` reports.

    Parameters
    ----------
    article : Article
    linker : FindsIssuers
        Whom it is about.
    outside : OutsideNames
        Firms that news mentions and nothing trades.
    least : float
        Drafts of less confidence are left out.
    ignored : collection of str
        Issuers that make no news: funds and indices.

    Returns
    -------
    list of Draft
        By date, each event once, with all sentences that tell of it as evidence.
    """
    reading = read(article, linker, outside, ignored)
    verdicts = list(analyst_drafts(reading))
    moved = {
        (symbol, item.direction) for item in verdicts for symbol in item.symbols if item.scope == "company"
    }
    found = [item for item in _events(reading) if not _again(item, moved)] + verdicts
    found += rival_drafts(reading, [item for item in found if item.confidence >= least])
    kept = [item for item in merge(found) if item.confidence >= least]
    return merge([*kept, *(item for item in other_drafts(reading, kept) if item.confidence >= least)])


def _again(item: Draft, moved: Collection[tuple[str, int]]) -> bool:
    """Whether it is an unnamed analyst's verdict where named ones judge alike: the same, told in sum."""
    if item.category != "analyst" or _COUNTED.search(item.headline):
        return False
    return any((symbol, item.direction) in moved for symbol in item.symbols)


def _events(reading: Reading) -> Iterator[Draft]:
    dater = Dater(reading)
    for part in reading.parts:
        if is_caption(reading, part):
            continue
        dater.enter(part)
        if states_publication(reading.text[slice(*part.span)]):
            continue
        for clause in part.clauses:
            rules = (*COMPANY, *MARKET)
            if not any(name.inside and clause.start <= name.start < clause.end for name in part.names) and (
                STATE_ACTS.search(reading.text, clause.start, clause.end)
            ):
                rules = (*MARKET, *COMPANY)
            if _CHINESE.search(reading.text, clause.start, clause.end):
                rules = (*CHINESE_EVENTS, *rules)
            yield from _of_clause(reading, part, clause, rules, dater)


def _of_clause(
    reading: Reading, part: Part, clause: Clause, rules: Sequence[Trigger], dater: Dater
) -> Iterator[Draft]:
    """The event of the first rule that makes a draft, and those of further items of a list."""
    kept: list[Hit] = []
    tried = 0
    for hit in find_hits(reading.text, clause.start, clause.end, part.span, rules):
        if kept and not all(apart(reading.text, hit, other) for other in kept):
            continue
        made = _event(reading, part, clause, hit, dater)
        if made is not None:
            kept.append(hit)
            yield made
        tried += 1
        if tried == MOST_TRIED:
            break


def _event(reading: Reading, part: Part, clause: Clause, hit: Hit, dater: Dater) -> Draft | None:
    words = reading.text[clause.start : clause.end]
    if is_denied(words) or (hit.trigger.category == "analyst" and is_verdict(reading, part)):
        return None
    if hit.trigger.name in ("launch", "arrival") and _VIEW.search(words) and find_brokers(words):
        return None
    whose = whom(reading, part, clause, hit)
    if whose is None:
        return None
    if hit.trigger.name == "arrival" and whose.inside and _STANDING.search(reading.text, hit.start, hit.end):
        return None
    if not whose.inside and _WITH_US.search(words):
        return None
    rival = bool(whose.outsider) and hit.trigger.undated == "fresh"
    dated = dater.date(
        part,
        clause,
        hit.start,
        lead=part.number < LEAD_SENTENCES,
        undated="recent" if rival else hit.trigger.undated,
        figures=hit.trigger.name in FIGURES,
        target=hit.trigger.category == "guidance",
    )
    if dated is None:
        return None
    if hit.trigger.undated == "ahead" and dated.when.last < reading.article.published:
        return None
    standing = hit.trigger.name in _STANDING_POLICY and dated.by in ("publication", "context")
    if standing and part.number >= LEAD_SENTENCES and not _ENACTS.search(words):
        return None
    if dated.when.days > VAGUE_DAYS and _says_little(dated, hit, reading.article.published):
        return None
    who = _settle(reading, hit, whose)
    if who is None:
        return None
    symbols, scope, category, factor = who
    if hit.trigger.lasts and dated.when.last < reading.article.published:
        last = min(reading.article.published, spans.shift(dated.when.last, hit.trigger.lasts))
        dated = replace(dated, when=When(dated.when.first, last, "open"))
    future = dated.when.first > reading.article.published
    ahead = dated.when.last > reading.article.published
    doubt = 0.5 if is_hypothetical(words) and not ahead else 1.0
    quoted = 0.75 if opens_quotation(reading.text[part.sentence.start : hit.start]) else 1.0
    confidence = (
        hit.trigger.weight * _UNITS[dated.when.unit] * _BY[dated.by] * whose.sure * factor * doubt * quoted
    )
    evidence = Evidence(*part.span, reading.article.text[slice(*part.span)])
    word = dated.word
    named = any(clause.start <= name.start < clause.end for name in part.names if name.symbol in symbols)
    return Draft(
        headline_of(words) if named or scope != "company" else f"{symbols[0]}: {headline_of(words)}",
        dated.when,
        dated.by,
        symbols,
        category,
        scope,
        "calendar" if future else role_of(dated.when),
        direction_of(reading, part, clause, hit, whose),
        round(min(confidence, 0.99), 2),
        (evidence,),
        Evidence(word.start, word.end, word.text) if word else None,
        hit.trigger.name,
    )


def _says_little(dated: Dated, hit: Hit, published: dt.date) -> bool:
    """Whether a date of most of a year is no more than "this year" in passing, or a neighbour's."""
    if hit.trigger.category not in _QUICK:
        return False
    word = dated.word
    if word is not None and word.role == "since":
        return False
    if dated.by == "context" or word is None or word.text.lower().startswith(("this", "earlier this")):
        return True
    return word.rule.name == "year" and dated.when.holds(published)


def _settle(reading: Reading, hit: Hit, whose: Whom) -> tuple[tuple[str, ...], Scope, str, float] | None:
    """Symbols, scope and category as a catalogue would hold them, and how sure that is."""
    trigger = hit.trigger
    if whose.symbols:
        public = trigger.category in ("policy", "macro", "regulation")
        category = trigger.category if whose.inside or public else "peer_news"
        wide = trigger.concerns == "market" and trigger.category in ("policy", "macro")
        return whose.symbols, trigger.scope if wide else "company", category, 1.0 if whose.inside else 0.8
    if not reading.subject:
        return None
    if whose.outsider:
        return ((reading.subject,), "sector", "peer_news", 0.85) if trigger.name in _RIVAL else None
    if trigger.concerns == "market" or trigger.category == "regulation":
        return (
            (reading.subject,),
            "sector" if trigger.scope == "company" else trigger.scope,
            trigger.category,
            1.0,
        )
    return None


def role_of(when: When) -> Role:
    """``"event"`` for a range of a week or less; a wider one is a label for a period and does not trade."""
    return "event" if when.days <= POINT_DAYS + 1 else "umbrella"


def headline_of(words: str) -> str:
    """The clause as a headline: one line, first letter large, cut at a word."""
    text = " ".join(words.split()).strip(" ,;:–—-•·*\"“”'")
    if len(text) > LONGEST_HEADLINE:
        text = text[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
    return text[:1].upper() + text[1:]
