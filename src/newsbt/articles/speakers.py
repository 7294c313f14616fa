"""Who speaks in a sentence: analysts, fund managers and the like, and the words that say so (pure)."""

from __future__ import annotations

import re

from newsbt.articles.reading import Name
from newsbt.articles.who_words import NOBODY

__all__ = ["AT_WORK", "ROLE", "SPEECH", "VERB", "person"]

VERB = (
    r"(?:says?|said|wrote|writes|notes?|noted|told|adds?|added|argues?|argued|believes?|believed|thinks"
    r"|thought"
    r"|flagged|put it|warn(?:s|ed)|see(?:s|n)?|saw|expects?|expected|estimates?|estimated|cited|highlighted"
    r"|saying|stating|shared|called|calls|predict(?:s|ed)|reckon(?:s|ed)|praised|commented|stated"
    r"|pointed out|described|named)"
)
SPEECH = re.compile(
    rf"\b{VERB}\b|\bstance on\b|\baccording to\b|\b(?:analysts?|strategists?|economists?|note|report)\b"
    r"|表示|称|稱|认为|認為|指出|预计|預計|研报|研報|报告|報告|料",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:(?<!told )(?<!to )analysts?(?!['’]? (?:on average|estimates?|expectations?|projections?"
    r"|forecasts?|consensus"
    r"|were|had|expect\w*|polled))|strategists?|economists?|fund managers?|portfolio managers?"
    r"|investment (?:director"
    r"|officer)|head of (?:[\w-]+ )*(?:research|equit\w+|investments?|strateg\w+|special situations|Asia)"
    r"|brokerage|(?:research |a |in a )note"
    r"|who (?:manages|oversees|runs|co-manages)|investment strateg\w+|chief investment\w*"
    r"|professor|[\w-]+-watchers?|newsletter|sales director|managing partner"
    r"|think tank|[Rr]esearch [Ii]nstitute|asset manage\w+|Securities|Capital)\b"
    r"|分析师|分析師|策略师|首席经济学家|研报|研報",
    re.IGNORECASE,
)
#: Houses that sell shares, or own them, tell nothing by it.
AT_WORK = re.compile(
    r"\b(?:underwrit\w+|bookrunners?|advis(?:ed|ers?|ors?)|hired|sponsors?|compiled by|data (?:from|by)"
    r"|polled by|Summit)\b"
)
_PRESS = re.compile(
    r"(?:Wall|Bloomberg|Reuters|CNBC|AFP|AP|Xinhua|Caixin|SCMP|Benzinga|FactSet|LSEG|Visible|CNN|BBC"
    r"|Barron|Nikkei"
    r"|Xi|Trump|Biden|Powell|Li Qiang|He Lifeng|Bessent|Lutnick"
    r"|The|Financial|South|Street|Associated|Dow|Yahoo)\b"
)
#: Words with a capital beside "analysts" in headings and at the beginning of sentences.
_BEGINS = re.compile(r"(?:As|But|And|While|However,?|Meanwhile,?|Still,?|Yet|For) ")
_NO_PERSON = re.compile(
    r"(?:We|They|I|Market|Hikes?|Upgrades?|Downgrades?|Ratings?|Price|Stock|Industry|Sell-side|Research|Beijing|Say|Says"
    r"|See|Sees|Expect|Expects|Other|Such|Wall)\b"
)
_PERSON = r"(?-i:[A-Z][\w’'-]+(?:[ \u00a0][A-Z][\w’'-]+){1,3})"
_SPEAKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<name>(?-i:[A-Z][\w&]+)(?: (?-i:[A-Z][\w&]+)){0,3}) (?:analysts|strategists|economists)\b",
        rf"\b{VERB} (?P<name>{_PERSON}|(?-i:[A-Z][a-z]+))(?=[,. ]|$)",
        rf"(?P<name>{_PERSON}), (?:an?|the|chief|head|senior|portfolio|fund|investment|managing|partner"
        r"|director|professor)\b[^,\n]{0,80}\b(?:managers?|analyst|strategist|economist|investments?"
        r"|equities|partner|professor|researcher)\b",
        rf"\b(?:analysts?|economists?|strategists?|managers?|director)(?: (?:including|from|at|of|like"
        rf"|led by))? (?P<name>{_PERSON}|(?-i:[A-Z]\w+))(?![\w-])",
        rf"(?P<name>{_PERSON}|(?-i:[A-Z][a-z]+))(?:\s*\([^)\n]{{0,20}}\))?"
        rf"(?:,[^,\n]{{0,90}},)? (?:also )?{VERB}\b",
        r"(?P<name>(?!市场|市場|有|多|机构|機構|不少|部分)[\u4e00-\u9fff]{2,8})(?:分析师|分析師)",
    )
)
#: Somebody whose name is kept back: all of the words tell one from another.
_UNNAMED = re.compile(
    r"\b(?:one|an?|another) (?:[A-Z][\w-]+-based |senior |veteran |US |Hong Kong |regional |unnamed ){0,2}"
    r"(?:(?:hedge |emerging[- ]markets? )?fund manager|portfolio manager|analyst|strategist|trader"
    r"|(?:\w+ )?brokerage (?:sales )?(?:director|executive|manager))\b"
)


def _begin(text: str) -> int:
    """Behind a word that begins a sentence and no name."""
    match = _BEGINS.match(text)
    return match.end() if match else 0


def person(text: str, start: int, names: tuple[Name, ...]) -> str:
    """Last name of who speaks in a sentence, or what stands for it ("one fund manager"); empty for nobody."""
    for rule in _SPEAKERS:
        match = rule.search(text, _begin(text))
        if match is not None:
            if (
                NOBODY.match(match["name"].split()[0])
                or _NO_PERSON.match(match["name"])
                or _PRESS.match(match["name"])
            ):
                continue
            if any(
                name.start < start + match.end("name") and start + match.start("name") < name.end
                for name in names
            ):
                return ""
            return str(match["name"]).removesuffix("’s").removesuffix("'s").split()[-1]
    unnamed = _UNNAMED.search(text)
    return unnamed.group() if unnamed and SPEECH.search(text) else ""
