"""What banks, analysts and fund managers say of stocks, a draft a speaker (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from newsbt.articles import spans
from newsbt.articles.brokers import find_brokers
from newsbt.articles.concerning import listed
from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import DateWord, resolve
from newsbt.articles.model import Draft, Evidence
from newsbt.articles.polarity import leaning
from newsbt.articles.price_moves import move_in
from newsbt.articles.rating_words import rating
from newsbt.articles.reading import Name, Part, Reading
from newsbt.articles.spans import When
from newsbt.articles.speakers import AT_WORK, ROLE, SPEECH, VERB, person
from newsbt.articles.who_words import AMERICAN, AT_HOME, US_MARKET

__all__ = ["analyst_drafts", "is_verdict"]

FRESH_DAYS = 7
#: Sentences, heading included, within which a report says which way prices went.
LEAD_PARTS = 4
_GOES_ON = re.compile(
    r"(?:This|That|These|It|He|She|They|The (?:bank|brokerage|broker|firm|analysts?|investment bank|duo"
    r"|team))\b"
)
_SAYS_MORE = re.compile(
    rf"(?:He|She|They|The (?:analysts?|strategists?|economist)) (?:also |further )?{VERB}\b"
)
_THE_HOUSE = re.compile(
    r"\b(?:the (?:broker|brokerage|investment bank)|(?:the )?analysts (?:wrote|said|added|noted))\b"
)
_CONDITION = re.compile(
    r"\b(?:ha(?:ve|s) to|needs? to|must|require[sd]?|unless|until|onus|won['’]t be enough|only if|hard to)\b"
)
_MARKET = re.compile(
    r"\b(?:shares?|stocks?|equit(?:y|ies)|valuations?|price target|re-?rating|upside|rally|earnings growth"
    r"|inflection|outperform\w*|overweight|trading|sales|profits?|margins?|turning point|quarter|investib\w+"
    r"|positioning|demand|rivals?|revenues?|earnings|investors?|beneficiar\w+|AI|cloud|growth|crackdown"
    r"|losses|lose|markets?|momentum|bull|bear|stimulus|economy|sector|rules?|monetization|tariffs?|sell-?off"
    r"|competit\w+|consum\w+|polic(?:y|ies)|expectations|industry|surprise|spin-?off|overhang)\b"
    r"|股|估值|目标价",
    re.IGNORECASE,
)
#: Speech for certain: a quotation, or a verb of it that is no noun elsewhere.
_SPEAKS = re.compile(rf"[“\"]|\b(?:said|says|wrote|noted|told|added|argued|according to)\b|{ROLE.pattern}")
_THE_STOCK = re.compile(
    r"\b(?:[Tt]he|[Ii]ts) (?:stock|shares|company|tech giant|e-commerce giant"
    r"|e-commerce (?:and cloud )?(?:giant|firm))\b"
)


@dataclass(slots=True)
class _Talk:
    """What one speaker says in an article."""

    parts: list[Part] = field(default_factory=list)
    expert: bool = False


def is_verdict(reading: Reading, part: Part) -> bool:
    """Whether a house that is named in the sentence judges a stock there: one of :func:`analyst_drafts`."""
    text = reading.text[slice(*part.span)]
    return rating(text) != 0 and bool(find_brokers(text)) and bool(reading.subject)


def analyst_drafts(reading: Reading) -> Iterator[Draft]:
    """A draft for every house and every analyst, fund manager or the like that speaks of stocks.

    Whom it is about is who is named in the sentences of that speaker, else the market. The direction is that
    of a rating or target where one is moved, else that of all the speaker's words.
    """
    if not reading.subject:
        return
    talks = _talks(reading)
    made = {
        key: draft for key, talk in talks.items() if talk.expert and (draft := _draft(reading, key, talk))
    }
    for key, draft in made.items():
        rest = [
            part
            for part in key.split("+")
            if key == part or part not in made or made[part].direction != draft.direction
        ]
        if rest:
            yield replace(draft, kind="analyst " + "+".join(rest))


def _talks(reading: Reading) -> dict[str, _Talk]:
    talks: dict[str, _Talk] = {}
    house_of: dict[str, str] = {}
    last: tuple[str, ...] = ()
    spoke: tuple[str, ...] = ()
    for part in reading.parts:
        text = reading.text[slice(*part.span)]
        who = person(text, part.span[0], part.names)
        keys: tuple[str, ...] = ()
        moved = rating(text)
        if (moved or SPEECH.search(text)) and not AT_WORK.search(text):
            keys = tuple(broker.key for broker in find_brokers(text))
        if who and keys:
            house_of.setdefault(who, keys[0])
        if who and not keys:
            keys = (house_of.get(who, who),)
        before = reading.parts[part.number - 1] if part.number else None
        if before is not None and keys and _leads_to(reading.text, before, part):
            for key in keys:
                talks.setdefault(key, _Talk()).parts.append(before)
        goes_on = before is not None and before.sentence.paragraph == part.sentence.paragraph
        if not keys and last and (_SAYS_MORE if not goes_on else _GOES_ON).match(text):
            keys = last
        if not keys and spoke and (moved or '"' in text or "“" in text) and _THE_HOUSE.search(text):
            keys = spoke
        if find_brokers(text) and keys:
            spoke = keys
        for key in keys:
            talk = talks.setdefault(key, _Talk())
            talk.parts.append(part)
            house = key in house_of.values() or any(b.key == key for b in find_brokers(text))
            talk.expert = talk.expert or house or ROLE.search(text) is not None
        last = keys
    return talks


def _leads_to(text: str, before: Part, part: Part) -> bool:
    """Whether a quotation that begins in the sentence before is closed, and given to somebody, here."""
    earlier, here = text[slice(*before.span)], text[slice(*part.span)]
    if before.sentence.paragraph != part.sentence.paragraph or not earlier.startswith(("“", '"')):
        return False
    open_curly = earlier.count("“") > earlier.count("”") and "”" in here
    return open_curly or (earlier.count('"') % 2 == 1 and here.count('"') % 2 == 1)


def _draft(reading: Reading, key: str, talk: _Talk) -> Draft | None:
    texts = {part.number: reading.text[slice(*part.span)] for part in talk.parts}
    moved = [part for part in talk.parts if rating(texts[part.number])]
    talking = moved or [part for part in talk.parts if _MARKET.search(texts[part.number])]
    talking = talking or [part for part in talk.parts if _SPEAKS.search(texts[part.number])]
    if not talking:
        return None
    if moved:
        direction = rating(texts[moved[0].number])
    else:
        said = " ".join(texts[part.number] for part in talking)[:20_000]
        direction = _leaning(said) or _tide(reading)
    names = [name for part in talking for name in part.names]
    inside = [name for name in names if name.inside]
    if names and not inside:
        return None
    theirs = bool(moved) or any(_THE_STOCK.search(texts[part.number]) for part in talking)
    if not inside and not direction:
        return None
    symbols = _symbols(reading, inside) or (reading.subject if theirs else _market_of(reading, talking),)
    first = next((part for part in talking if _leaning(texts[part.number]) == direction), talking[0])
    when, word = _when(reading, moved or talk.parts)
    ordered = [first, *(part for part in talk.parts if part is not first)]
    evidence = tuple(Evidence(*part.span, reading.article.text[slice(*part.span)]) for part in ordered)
    text = " ".join(evidence[0].text.split()).strip("“”\"' ,")
    sure = 0.75 if moved else 0.5 if direction else 0.3
    return Draft(
        text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + "…",
        when,
        "words" if word else "publication",
        symbols,
        "analyst",
        "company" if inside or (theirs and moved) else "market",
        "event",
        direction,
        round(sure * (1.0 if word else 0.8), 2),
        evidence,
        Evidence(word.start, word.end, word.text) if word else None,
        f"analyst {key}",
    )


def _market_of(reading: Reading, parts: list[Part]) -> str:
    """What stands for the market that is spoken of: that of the United States where they alone are named."""
    texts = [reading.text[slice(*part.span)] for part in parts]
    american = any(AMERICAN.search(text.replace("Bank of America", "")) for text in texts)
    at_home = any(AT_HOME.search(text) for text in texts)
    return US_MARKET if american and not at_home else reading.subject


def _symbols(reading: Reading, names: list[Name]) -> tuple[str, ...]:
    """The issuer named first, and those of a list that it begins."""
    if not names:
        return ()
    return tuple(dict.fromkeys(name.symbol for name in listed(reading.text, names)))


def _tide(reading: Reading) -> int:
    """Which way prices went in what the article reports: words that lean neither way explain that."""
    moves = (move_in(reading.text[slice(*part.span)]) for part in reading.parts[:LEAD_PARTS])
    return next((move for move in moves if move), 0)


def _leaning(said: str) -> int:
    """Direction of what was said; hopes that hang on a condition are none."""
    value = rating(said) or leaning(said)
    return 0 if value > 0 and _CONDITION.search(said) else value


def _when(reading: Reading, parts: list[Part]) -> tuple[When, DateWord | None]:
    published = reading.article.published
    for part in parts:
        start = part.span[0]
        for word in part.words:
            when = resolve(word, Context(published, None, "past"))
            before = reading.text[start : word.start]
            beside = re.search(
                rf"\b(?:{VERB}|note|report|cut|raised|lowered|lifted|upgraded|downgraded"
                rf"|trimmed)\b[^“”\"\n]{{0,40}}$|^\W*(?:[Oo]n|[Ii]n|[Ll]ate|[Ee]arl\w+)? ?$",
                before,
            )
            near = rating(reading.text[slice(*part.span)]) and when is not None and when.days <= 2
            if when and (beside or near) and word.role == "on" and when.last <= published and when.days <= 31:
                if not beside:
                    when = When(spans.business_days_before(when.first, 1), when.last, "days")
                return when, word
    return When(spans.shift(published, -FRESH_DAYS), published, "open"), None
