"""What analysts and fund managers say of stocks, a draft a speaker (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsbt.articles import spans
from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import DateWord, resolve
from newsbt.articles.model import Draft, Evidence
from newsbt.articles.polarity import polarity
from newsbt.articles.reading import Part, Reading
from newsbt.articles.spans import When

__all__ = ["analyst_drafts"]

FRESH_DAYS = 7
_VERB = r"(?:says?|said|wrote|writes|notes?|noted|told|adds?|added|argues?|argued|believes?|believed|thinks?|flagged|put it)"
_ROLE = re.compile(
    r"\b(?:analysts?|strategists?|economists?|fund managers?|portfolio managers?|investment (?:director|officer)|head of (?:research|equit\w+)|brokerage|(?:research |a |in a )note|asset manage\w+|Securities|Capital)\b|分析师|分析師|策略师|首席经济学家|研报|研報"
)
_NAME = r"[A-Z][\w’'.&-]+(?:[ \u00a0][A-Z][\w’'.&-]+){0,4}"
_SPEAKER = re.compile(
    rf"(?P<before>{_NAME})(?:\s*\([^)\n]{{0,20}}\))?(?:,[^,\n]{{0,90}},)?(?: analysts?)? {_VERB}\b|\b{_VERB}(?: [a-z][\w-]*){{0,4}} (?P<after>{_NAME})"
)
_MARKET = re.compile(
    r"\b(?:shares?|stocks?|equit(?:y|ies)|markets?|valuations?|price target|re-?rating|upside|outlook|rally|earnings growth|inflection|outperform|overweight|trading)\b|股|估值|目标价"
)
_CATEGORY = re.compile(r"\b(?:Corp|Inc|Holdings|Group)$")


def analyst_drafts(reading: Reading) -> Iterator[Draft]:
    """A draft for everybody who is introduced as an analyst or the like and speaks of stocks.

    Whom it is about is who is named in the sentences of that speaker, else the market. The direction is that
    of all the speaker's words.
    """
    if not reading.subject:
        return
    speakers: dict[str, list[Part]] = {}
    experts: set[str] = set()
    for part in reading.parts:
        text = reading.text[slice(*part.span)]
        match = _SPEAKER.search(text)
        if match is None:
            continue
        name = (match["before"] or match["after"]).removesuffix("’s").removesuffix("'s")
        key = name.split()[-1].strip(".,’'")
        speakers.setdefault(key, []).append(part)
        if _ROLE.search(text):
            experts.add(key)
    for key in speakers:
        if key in experts:
            made = _draft(reading, key, speakers[key])
            if made is not None:
                yield made


def _draft(reading: Reading, key: str, parts: list[Part]) -> Draft | None:
    said = " ".join(reading.text[slice(*part.span)] for part in parts)[:20_000]
    if _MARKET.search(said) is None:
        return None
    direction = polarity(said)
    names = [name for part in parts for name in part.names if name.inside]
    when, word = _when(reading, parts)
    symbols = tuple(dict.fromkeys(name.symbol for name in names)) or (reading.subject,)
    first = next((part for part in parts if polarity(reading.text[slice(*part.span)]) == direction), parts[0])
    ordered = [first, *(part for part in parts if part is not first)]
    evidence = tuple(Evidence(*part.span, reading.text[slice(*part.span)]) for part in ordered)
    text = " ".join(evidence[0].text.split()).strip("“”\"' ,")
    return Draft(
        text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + "…",
        when,
        "words" if word else "publication",
        symbols[:1],
        "analyst",
        "company" if names else "market",
        "event",
        direction,
        round((0.5 if direction else 0.3) * (1.0 if word else 0.8), 2),
        evidence,
        Evidence(word.start, word.end, word.text) if word else None,
        f"analyst {key}",
    )


def _when(reading: Reading, parts: list[Part]) -> tuple[When, DateWord | None]:
    published = reading.article.published
    for part in parts:
        for word in part.words:
            when = resolve(word, Context(published, None, "past"))
            beside = re.search(
                rf"\b(?:{_VERB}|note|report)\b[^“”\"\n]{{0,40}}$", reading.text[part.span[0] : word.start]
            )
            if when and beside and word.role == "on" and when.last <= published and when.days <= 31:
                return when, word
    return When(spans.shift(published, -FRESH_DAYS), published, "open"), None
