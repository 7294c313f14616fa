"""Private rivals that set prices going, where no other draft tells of them (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsbt.articles import spans
from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import DateWord, resolve
from newsbt.articles.model import Draft, Evidence
from newsbt.articles.polarity import polarity
from newsbt.articles.price_moves import move_in
from newsbt.articles.reading import Part, Reading
from newsbt.articles.spans import When

__all__ = ["rival_drafts"]

#: Days up to publication within which a rally has run that names what set it off.
RALLY_DAYS = 45
#: Date words of a longer time say too little.
LONGEST_WORDS = 120
#: Firms and products that no exchange lists and whose news moves those it does.
_RIVAL = (
    r"(?:DeepSeek|ChatGPT|OpenAI|ByteDance|Doubao|Manus|Moonshot(?: AI)?|Zhipu(?: AI)?|Unitree"
    r"|Huawei|Anthropic|Stargate|深度求索)"
)
_SET_OFF = (
    r"(?:spark(?:s|ed|ing)?|spur(?:s|red)?|trigger(?:s|ed|ing)?|shock(?:s|ed)?|shook|shaken|stunn(?:ed|ing)"
    r"|jolt(?:s|ed)?|rattl(?:es|ed|ing)|upend(?:s|ed)?|roil(?:s|ed)?|fuel+(?:s|ed)?|ignit(?:es|ed)"
    r"|reignit(?:es|ed)|reviv(?:es|ed)|kick(?:s|ed) off|set off|wip(?:es|ed)|sent shock ?waves"
    r"|took (?:the world|Silicon Valley)|burst|exerted|driv(?:en|es|ing)|drove|boost(?:s|ed)?|powered"
    r"|prompted|buoyed|lifted|inspired|underpinned|galvani[sz]ed|propel+ed|stoked|topped|overtook|dethroned)"
)
_NEWS = (
    r"(?:success|rise|emergence|arrival|advent|launch|release|debut|breakthroughs?|popularity|frenzy|hype"
    r"|mania|moment|effect|buzz)"
)
_CAUSE = re.compile(
    rf"\b{_SET_OFF} (?:\w+ )?(?:by|off by) [^.;\n]{{0,90}}?\b{_RIVAL}"
    rf"|\b(?:thanks to|on the back of|amid|since|in the wake of|because of|due to|boost from"
    rf"|optimism|hype|enthusiasm|excitement|buzz|frenzy) [^.;,\n]{{0,70}}?\b{_RIVAL}"
    rf"|\b{_NEWS} of [^.;,\n]{{0,50}}?\b{_RIVAL}"
    rf"|\b{_RIVAL}(?:['’]s|[- ])[^.;\n]{{0,70}}?\b(?:{_SET_OFF}|{_NEWS})\b"
    rf"|\b{_RIVAL}, (?:an?|the|which) [^.;\n]{{0,60}}\b(?:recently|released|launched|unveiled)\b"
)
_RALLY = re.compile(
    r"\b(?:rall(?:y|ies|ied)|surg\w+|boom|boost\w*|optimism|enthusiasm|excitement|confidence|hype|revaluation"
    r"|re-?rating|inflows?|bull market|momentum|soar\w*|jump\w*)\b",
    re.IGNORECASE,
)
_ROUT = re.compile(r"\b(?:rout|panic|price war|plung\w+|tumbl\w+|wip(?:es|ed|ing)|fears?)\b", re.IGNORECASE)
_NAME = re.compile(_RIVAL)


def rival_drafts(reading: Reading, made: Iterable[Draft]) -> Iterator[Draft]:
    """Drafts of private rivals that set prices going, where none of `made` tells of them.

    They are news of the sector: nothing trades the rival. The days are those of date words beside the name,
    else the weeks up to publication; the direction is that of all that is said of it, else that of prices.
    """
    if not reading.subject:
        return
    told = {
        match.group()
        for draft in made
        if draft.category == "peer_news" or draft.kind in ("arrival", "public project")
        for item in draft.evidence
        for match in _NAME.finditer(item.text)
    }
    for part in reading.parts:
        text = reading.text[slice(*part.span)]
        match = _CAUSE.search(text)
        if match is None:
            continue
        named = _NAME.search(match.group())
        if named is None or named.group() in told:
            continue
        told.add(named.group())
        yield _draft(reading, part, named.group())


def _draft(reading: Reading, part: Part, rival: str) -> Draft:
    when, word = _when(reading, part)
    words = " ".join(reading.text[slice(*part.span)].split())
    evidence = Evidence(*part.span, reading.article.text[slice(*part.span)])
    return Draft(
        words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + "…",
        when,
        "words" if word else "publication",
        (reading.subject,),
        "peer_news",
        "sector",
        "event" if when.days <= 8 else "umbrella",
        _direction(reading, part, rival),
        0.35 if word else 0.25,
        (evidence,),
        Evidence(word.start, word.end, word.text) if word else None,
        "arrival",
    )


def _direction(reading: Reading, part: Part, rival: str) -> int:
    texts = [reading.text[slice(*item.span)] for item in reading.parts]
    told = " ".join(text for text in texts if rival in text)[:20_000]
    here = reading.text[slice(*part.span)]
    swing = (_RALLY.search(here) is not None) - (_ROUT.search(here) is not None)
    return (
        swing or polarity(told) or polarity(reading.text[slice(*part.span)]) or move_in(" ".join(texts[:4]))
    )


def _when(reading: Reading, part: Part) -> tuple[When, DateWord | None]:
    published = reading.article.published
    for word in part.words:
        when = resolve(word, Context(published, None, "past"))
        if (
            when is not None
            and word.role in ("on", "since")
            and when.last <= published
            and when.days <= LONGEST_WORDS
            and (when.days > 2 or word.role == "since")
        ):
            return when, word
    return When(spans.shift(published, -RALLY_DAYS), published, "open"), None
