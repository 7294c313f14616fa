"""What every draft must stand up to: evidence in the text, days from its words, a known issuer (pure)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from newsbt.articles import spans
from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import find_date_words, resolve
from newsbt.articles.drafting import headline_of, role_of
from newsbt.articles.model import Article, DatedBy, Draft, Evidence
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.reading import FindsIssuers
from newsbt.articles.sentences import sentences
from newsbt.articles.spans import When
from newsbt.articles.tense import tense_of
from newsbt.records import CATEGORIES

__all__ = ["CheckedError", "check_proposal", "faults"]

FRESH_DAYS = 7
CONFIDENCE = 0.5


class CheckedError(ValueError):
    """A proposal that fails a check; the message says which."""


def faults(article: Article, draft: Draft, known: Collection[str]) -> list[str]:
    """What is wrong with `draft` of `article`; empty for a draft that may be shown.

    Parameters
    ----------
    article : Article
    draft : Draft
    known : collection of str
        Issuers, listings and outside names of the universe.
    """
    found = []
    pieces = [*draft.evidence, *([draft.date_words] if draft.date_words else [])]
    for item in pieces:
        if article.text[item.start : item.end] != item.text or not item.text.strip():
            found.append(f"characters {item.start} to {item.end} of the article are not {item.text[:40]!r}")
    if not draft.evidence:
        found.append("it has no evidence")
    found += [f"{symbol!r} is no issuer of the universe" for symbol in draft.symbols if symbol not in known]
    if not draft.symbols:
        found.append("it names nobody")
    past = draft.role != "calendar"
    if past and draft.when.first > article.published:
        found.append(f"{draft.when.first} lies after publication, on {article.published}")
    return found


def check_proposal(
    article: Article, proposal: Mapping[str, Any], linker: FindsIssuers, outside: OutsideNames
) -> Draft:
    """A draft from what a language model proposes, with nothing taken on trust.

    Parameters
    ----------
    article : Article
    proposal : mapping
        ``quote`` (a passage, word for word), ``date_words`` (the words that date it, word for word, or
        empty), ``date`` (ISO day or empty), ``issuers``, ``category``, ``direction``, ``headline``.
    linker : FindsIssuers
    outside : OutsideNames

    Raises
    ------
    CheckedError
        If the quote does not stand in the article, the date words do not or stand for other days than `date`,
        nobody known is named in the quote's paragraph, or category or direction do not exist.
    """
    evidence = _found(article, proposal.get("quote"))
    when, words, by = _dated(article, evidence, proposal)
    symbols = _symbols(article, proposal, linker, outside)
    category, direction = proposal.get("category"), proposal.get("direction")
    if category not in CATEGORIES:
        raise CheckedError(f"there is no category {category!r}")
    if isinstance(direction, bool) or direction not in (-1, 0, 1):
        raise CheckedError(f"direction {direction!r} is none of -1, 0, 1")
    future = when.first > article.published
    precise = {"day": 1.0, "days": 0.8, "week": 0.7}.get(when.unit, 0.5)
    return Draft(
        headline_of(str(proposal.get("headline") or evidence.text)),
        when,
        by,
        symbols,
        str(category),
        "company",
        "calendar" if future else role_of(when),
        int(direction),
        round(CONFIDENCE * precise, 2),
        (evidence,),
        words,
        "llm",
    )


def _found(article: Article, quote: object) -> Evidence:
    """Where `quote` stands in the article, white space aside."""
    text = str(quote or "").strip()
    if not 8 <= len(text) <= 2000:
        raise CheckedError("the quote is empty, or too short or long to be one")
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    match = re.search(pattern, article.text)
    if match is None:
        raise CheckedError(f"the article does not say {text[:60]!r}")
    return Evidence(match.start(), match.end(), match.group())


def _dated(
    article: Article, evidence: Evidence, proposal: Mapping[str, Any]
) -> tuple[When, Evidence | None, DatedBy]:
    """Days by the proposal's date words, read by our own grammar."""
    start, end = _around(article.text, evidence)
    tense = tense_of(article.text, start, end)
    given = str(proposal.get("date_words") or "").strip()
    if not given:
        when = When(spans.shift(article.published, -FRESH_DAYS), article.published, "open")
        _agree(proposal, when, "the day of publication")
        return when, None, "publication"
    at = article.text.find(given, start, end)
    if at < 0:
        raise CheckedError(f"the date words {given!r} do not stand beside the quote")
    words = [
        word
        for word in find_date_words(article.text, start, end)
        if word.start < at + len(given) and at < word.end
    ]
    if not words:
        raise CheckedError(f"{given!r} are no date words")
    anchor = _anchor(article, words[0].start)
    found = resolve(words[0], Context(article.published, anchor, tense))
    if found is None:
        raise CheckedError(f"{given!r} stand for no day here")
    _agree(proposal, found, repr(given))
    return found, Evidence(words[0].start, words[0].end, words[0].text), "words"


def _agree(proposal: Mapping[str, Any], when: When, source: str) -> None:
    text = str(proposal.get("date") or "").strip()
    if not text:
        return
    try:
        date = dt.date.fromisoformat(text[:10])
    except ValueError as error:
        raise CheckedError(f"the date {text!r} is none") from error
    if not when.holds(date):
        raise CheckedError(f"{source} stands for {when.first} to {when.last}, not for {text}")


def _anchor(article: Article, before: int) -> When | None:
    """The last days named before an offset, within a page of text."""
    for word in reversed(find_date_words(article.text, max(0, before - 1500), before)):
        when = resolve(word, Context(article.published, None, "past"))
        if when is not None:
            return when
    return None


def _around(text: str, evidence: Evidence) -> tuple[int, int]:
    """From the sentence before the evidence to the end of that which it ends in."""
    low, high = max(0, evidence.start - 600), min(len(text), evidence.end + 600)
    found = sentences(text[low:high])
    touched = [
        at
        for at, item in enumerate(found)
        if low + item.start < evidence.end and evidence.start < low + item.end
    ]
    if not touched:
        return evidence.start, evidence.end
    return low + found[max(0, touched[0] - 1)].start, low + found[touched[-1]].end


def _symbols(
    article: Article,
    proposal: Mapping[str, Any],
    linker: FindsIssuers,
    outside: OutsideNames,
) -> tuple[str, ...]:
    """Issuers that the proposal names, as the universe writes them, if the article names them, too."""
    names = proposal.get("issuers")
    given: Sequence[Any] = names if isinstance(names, list) else [names]
    here = {item.issuer for item in linker.link(article.text[:200_000])}
    here |= {symbol for symbol, _, _ in outside.find(article.text)}
    found: list[str] = []
    for name in given:
        text = str(name or "")
        meant = [item.issuer for item in linker.link(text)] + [symbol for symbol, _, _ in outside.find(text)]
        if not meant:
            raise CheckedError(f"there is no issuer {text!r} in the universe")
        if meant[0] not in here:
            raise CheckedError(f"the article does not name {text!r}")
        found.append(meant[0])
    if not found:
        raise CheckedError("it names nobody")
    return tuple(dict.fromkeys(found))
