"""What analysts and fund managers say of stocks, a draft a speaker (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsbt.articles import spans
from newsbt.articles.concerning import NOBODY
from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import DateWord, resolve
from newsbt.articles.model import Draft, Evidence
from newsbt.articles.polarity import polarity
from newsbt.articles.reading import Part, Reading
from newsbt.articles.spans import When

__all__ = ["analyst_drafts"]

FRESH_DAYS = 7
_VERB = (
    r"(?:says?|said|wrote|writes|notes?|noted|told|adds?|added|argues?|argued|believes?|believed|thinks?"
    r"|flagged|put it)"
)
_ROLE = re.compile(
    r"\b(?:analysts?|strategists?|economists?|fund managers?|portfolio managers?|investment (?:director"
    r"|officer)|head of (?:research|equit\w+)|brokerage|(?:research |a |in a )note|asset manage\w+"
    r"|Securities|Capital)\b|分析师|分析師|策略师|首席经济学家|研报|研報",
    re.IGNORECASE,
)
_PERSON = r"(?-i:[A-Z][\w’'-]+(?:[ \u00a0][A-Z][\w’'-]+){1,3})"
_SPEAKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:analysts?|economist|strategist|manager|director)(?: (?:including|from|at|of|like"
        rf"|led by))? (?P<name>{_PERSON}|(?-i:[A-Z]\w+))",
        r"(?P<name>(?-i:[A-Z][\w&]+)(?: (?-i:[A-Z][\w&]+)){0,3}) (?:analysts|strategists|economists)\b",
        rf"\b{_VERB} (?P<name>{_PERSON}|(?-i:[A-Z][a-z]+))(?=[,. ]|$)",
        rf"(?P<name>{_PERSON}|(?-i:[A-Z][a-z]+))(?:\s*\([^)\n]{{0,20}}\))?"
        rf"(?:,[^,\n]{{0,90}},)? (?:also )?{_VERB}\b",
        r"(?P<name>[\u4e00-\u9fff]{2,8})(?:分析师|分析師)",
    )
)
_GOES_ON = re.compile(r"(?:This|That|These|It|He|She|They)\b")
_CONDITION = re.compile(
    r"\b(?:ha(?:ve|s) to|needs? to|must|require[sd]?|unless|until|onus|won['’]t be enough|only if|hard to)\b"
)
_MARKET = re.compile(
    r"\b(?:shares?|stocks?|equit(?:y|ies)|valuations?|price target|re-?rating|upside|rally|earnings growth"
    r"|inflection|outperform|overweight|trading|sales|profits?|margins?|turning point|quarter)\b"
    r"|股|估值|目标价"
)


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
        match = next((found for rule in _SPEAKERS if (found := rule.search(text))), None)
        if match is None:
            continue
        if NOBODY.match(match["name"].split()[0]):
            continue
        key = match["name"].removesuffix("’s").removesuffix("'s").split()[-1]
        speakers.setdefault(key, []).append(part)
        after = reading.parts[part.number + 1 : part.number + 2]
        if (
            after
            and after[0].sentence.paragraph == part.sentence.paragraph
            and _GOES_ON.match(reading.text, after[0].span[0])
        ):
            speakers[key].append(after[0])
        if _ROLE.search(text):
            experts.add(key)
    for key in speakers:
        if key in experts:
            made = _draft(reading, key, speakers[key])
            if made is not None:
                yield made


def _draft(reading: Reading, key: str, parts: list[Part]) -> Draft | None:
    talk = [part for part in parts if _MARKET.search(reading.text[slice(*part.span)])]
    if not talk:
        return None
    direction = _leaning(" ".join(reading.text[slice(*part.span)] for part in talk)[:20_000])
    names = [name for part in talk for name in part.names]
    inside = [name for name in names if name.inside]
    if names and not inside:
        return None
    names = inside
    if not names and not direction:
        return None
    when, word = _when(reading, parts)
    symbols = tuple(dict.fromkeys(name.symbol for name in names)) or (reading.subject,)
    first = next((part for part in talk if _leaning(reading.text[slice(*part.span)]) == direction), talk[0])
    ordered = [first, *(part for part in parts if part is not first)]
    evidence = tuple(Evidence(*part.span, reading.article.text[slice(*part.span)]) for part in ordered)
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


def _leaning(said: str) -> int:
    """Direction of what was said; hopes that hang on a condition are none."""
    value = polarity(said)
    return 0 if value > 0 and _CONDITION.search(said) else value


def _when(reading: Reading, parts: list[Part]) -> tuple[When, DateWord | None]:
    published = reading.article.published
    for part in parts:
        for word in part.words:
            when = resolve(word, Context(published, None, "past"))
            beside = re.search(
                rf"\b(?:{_VERB}|note|report|cut|raised|lowered|lifted|upgraded|downgraded"
                rf"|trimmed)\b[^“”\"\n]{{0,40}}$",
                reading.text[part.span[0] : word.start],
            )
            if when and beside and word.role == "on" and when.last <= published and when.days <= 31:
                return when, word
    return When(spans.shift(published, -FRESH_DAYS), published, "open"), None
