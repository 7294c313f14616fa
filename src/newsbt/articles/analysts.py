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
from newsbt.articles.polarity import polarity
from newsbt.articles.rating_words import rating
from newsbt.articles.reading import Name, Part, Reading
from newsbt.articles.spans import When
from newsbt.articles.who_words import NOBODY

__all__ = ["analyst_drafts", "is_verdict"]

FRESH_DAYS = 7
_VERB = (
    r"(?:says?|said|wrote|writes|notes?|noted|told|adds?|added|argues?|argued|believes?|believed|thinks"
    r"|thought"
    r"|flagged|put it|warn(?:s|ed)|see(?:s|n)?|saw|expects?|expected|estimates?|estimated|cited|highlighted"
    r"|called|calls|predict(?:s|ed)|reckon(?:s|ed)|praised|commented|stated|pointed out|described|named)"
)
_SPEECH = re.compile(
    rf"\b{_VERB}\b|\baccording to\b|\b(?:analysts?|strategists?|economists?|note|report)\b"
    r"|表示|称|稱|认为|認為|指出|预计|預計|研报|研報|报告|報告|料",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:(?<!told )(?<!to )analysts?(?!['’]? (?:on average|estimates?|expectations?|projections?"
    r"|forecasts?|consensus"
    r"|were|had|expect\w*|polled))|strategists?|economists?|fund managers?|portfolio managers?"
    r"|investment (?:director"
    r"|officer)|head of (?:\w+ )*(?:research|equit\w+|investments?)|brokerage|(?:research |a |in a )note"
    r"|think tank|[Rr]esearch [Ii]nstitute|asset manage\w+|Securities|Capital)\b"
    r"|分析师|分析師|策略师|首席经济学家|研报|研報",
    re.IGNORECASE,
)
#: Houses that sell shares, or own them, tell nothing by it.
_AT_WORK = re.compile(
    r"\b(?:underwrit\w+|bookrunners?|advis(?:ed|ers?|ors?)|hired|sponsors?|compiled by|data (?:from|by)"
    r"|polled by)\b"
)
_PRESS = re.compile(
    r"(?:Wall|Bloomberg|Reuters|CNBC|AFP|AP|Xinhua|Caixin|SCMP|Benzinga|FactSet|LSEG|Visible|CNN|BBC"
    r"|Barron|Nikkei"
    r"|The|Financial|South|Street|Associated|Dow|Yahoo)\b"
)
_PERSON = r"(?-i:[A-Z][\w’'-]+(?:[ \u00a0][A-Z][\w’'-]+){1,3})"
_SPEAKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<name>(?-i:[A-Z][\w&]+)(?: (?-i:[A-Z][\w&]+)){0,3}) (?:analysts|strategists|economists)\b",
        rf"\b{_VERB} (?P<name>{_PERSON}|(?-i:[A-Z][a-z]+))(?=[,. ]|$)",
        rf"\b(?:analysts?|economists?|strategists?|managers?|director)(?: (?:including|from|at|of|like"
        rf"|led by))? (?P<name>{_PERSON}|(?-i:[A-Z]\w+))",
        rf"(?P<name>{_PERSON}|(?-i:[A-Z][a-z]+))(?:\s*\([^)\n]{{0,20}}\))?"
        rf"(?:,[^,\n]{{0,90}},)? (?:also )?{_VERB}\b",
        r"(?P<name>(?!市场|市場|有|多|机构|機構|不少|部分)[\u4e00-\u9fff]{2,8})(?:分析师|分析師)",
    )
)
_GOES_ON = re.compile(
    r"(?:This|That|These|It|He|She|They|The (?:bank|brokerage|broker|firm|analysts?|investment bank|duo"
    r"|team))\b"
)
_CONDITION = re.compile(
    r"\b(?:ha(?:ve|s) to|needs? to|must|require[sd]?|unless|until|onus|won['’]t be enough|only if|hard to)\b"
)
_MARKET = re.compile(
    r"\b(?:shares?|stocks?|equit(?:y|ies)|valuations?|price target|re-?rating|upside|rally|earnings growth"
    r"|inflection|outperform\w*|overweight|trading|sales|profits?|margins?|turning point|quarter|investib\w+"
    r"|positioning|demand|rivals?|revenues?|earnings|investors?|beneficiar\w+|AI|cloud|growth|crackdown"
    r"|losses|lose|markets?|momentum|bull|bear|stimulus|economy|sector|rules?|monetization)\b"
    r"|股|估值|目标价"
)
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
    for part in reading.parts:
        text = reading.text[slice(*part.span)]
        person = _person(text, part.span[0], part.names)
        keys: tuple[str, ...] = ()
        moved = rating(text)
        if (moved or _SPEECH.search(text)) and not _AT_WORK.search(text):
            keys = tuple(broker.key for broker in find_brokers(text))
        if person and keys:
            house_of.setdefault(person, keys[0])
        if person and not keys:
            keys = (house_of.get(person, person),)
        before = reading.parts[part.number - 1] if part.number else None
        if before is not None and keys and _leads_to(reading.text, before, part):
            for key in keys:
                talks.setdefault(key, _Talk()).parts.append(before)
        goes_on = before is not None and before.sentence.paragraph == part.sentence.paragraph
        if not keys and last and goes_on and _GOES_ON.match(text):
            keys = last
        for key in keys:
            talk = talks.setdefault(key, _Talk())
            talk.parts.append(part)
            house = key in house_of.values() or any(b.key == key for b in find_brokers(text))
            talk.expert = talk.expert or house or _ROLE.search(text) is not None
        last = keys
    return talks


def _leads_to(text: str, before: Part, part: Part) -> bool:
    """Whether a quotation that begins in the sentence before is closed, and given to somebody, here."""
    earlier, here = text[slice(*before.span)], text[slice(*part.span)]
    if before.sentence.paragraph != part.sentence.paragraph or not earlier.startswith(("“", '"')):
        return False
    open_curly = earlier.count("“") > earlier.count("”") and "”" in here
    return open_curly or (earlier.count('"') % 2 == 1 and here.count('"') % 2 == 1)


def _person(text: str, start: int, names: tuple[Name, ...]) -> str:
    """Last name of who speaks in a sentence; empty for nobody."""
    for rule in _SPEAKERS:
        match = rule.search(text)
        if match is not None:
            if NOBODY.match(match["name"].split()[0]) or _PRESS.match(match["name"]):
                continue
            if any(
                name.start < start + match.end("name") and start + match.start("name") < name.end
                for name in names
            ):
                return ""
            return str(match["name"]).removesuffix("’s").removesuffix("'s").split()[-1]
    return ""


def _draft(reading: Reading, key: str, talk: _Talk) -> Draft | None:
    texts = {part.number: reading.text[slice(*part.span)] for part in talk.parts}
    moved = [part for part in talk.parts if rating(texts[part.number])]
    talking = moved or [part for part in talk.parts if _MARKET.search(texts[part.number])]
    if not talking:
        return None
    if moved:
        direction = rating(texts[moved[0].number])
    else:
        direction = _leaning(" ".join(texts[part.number] for part in talking)[:20_000])
    names = [name for part in talking for name in part.names]
    inside = [name for name in names if name.inside]
    if names and not inside:
        return None
    theirs = bool(moved) or any(_THE_STOCK.search(texts[part.number]) for part in talking)
    if not inside and not direction:
        return None
    symbols = _symbols(reading, inside) or (reading.subject,)
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


def _symbols(reading: Reading, names: list[Name]) -> tuple[str, ...]:
    """The issuer named first, and those of a list that it begins."""
    if not names:
        return ()
    return tuple(dict.fromkeys(name.symbol for name in listed(reading.text, names)))


def _leaning(said: str) -> int:
    """Direction of what was said; hopes that hang on a condition are none."""
    value = rating(said) or polarity(said)
    return 0 if value > 0 and _CONDITION.search(said) else value


def _when(reading: Reading, parts: list[Part]) -> tuple[When, DateWord | None]:
    published = reading.article.published
    for part in parts:
        start = part.span[0]
        for word in part.words:
            when = resolve(word, Context(published, None, "past"))
            before = reading.text[start : word.start]
            beside = re.search(
                rf"\b(?:{_VERB}|note|report|cut|raised|lowered|lifted|upgraded|downgraded"
                rf"|trimmed)\b[^“”\"\n]{{0,40}}$|^\W*(?:[Oo]n|[Ii]n|[Ll]ate|[Ee]arl\w+)? ?$",
                before,
            )
            near = rating(reading.text[slice(*part.span)]) and when is not None and when.days <= 2
            if when and (beside or near) and word.role == "on" and when.last <= published and when.days <= 31:
                if not beside:
                    when = When(spans.business_days_before(when.first, 1), when.last, "days")
                return when, word
    return When(spans.shift(published, -FRESH_DAYS), published, "open"), None
