"""Words that stand for somebody, and names that act in no event (pure)."""

from __future__ import annotations

import re

__all__ = [
    "AMERICAN",
    "ARRIVAL",
    "AT_HOME",
    "ELSEWHERE",
    "HOME_OF_FIGURES",
    "IN_LIST",
    "IT",
    "ITEM",
    "LOOSE",
    "NEAR",
    "NOBODY",
    "NO_NAME",
    "OFFICER",
    "PROPER",
    "STANDS_FOR",
    "STATE",
    "STATE_ACTS",
    "US_MARKET",
]

STANDS_FOR = re.compile(
    r"\b(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Tt]he (?:[\w-]+ ){0,3}(?:company|companies"
    r"|group"
    r"|firm|giant|pioneer|automaker|carmaker|chipmaker|stock|retailer|platform|co-?founder|founder"
    r"|chairman|chief|start-?up|maker|operator|conglomerate|unit|board|management|lender|bank|insurer"
    r"|developer|tycoon|billionaire|titan|powerhouse|behemoth|juggernaut|heavyweight|leader|owner|parent"
    r"|publisher|player|division|arm|business|subsidiary)"
    r"|[Tt]he [\w-]+-based \w+|[Bb]oth|[Cc]hief (?:executive|financial officer|operating officer)|CEO"
    r"|[Cc]hair(?:man|woman)?|[Ff]ounder)\b|该公司|該公司|公司|集团|集團|其|他|她"
)
PROPER = re.compile(r"\b(?:[A-Z][\w&’'-]*|[a-z]+[A-Z]\w+)(?:[ \u00a0](?:[A-Z][\w&-]*|of|&)){0,5}")
#: Words with a capital that act in no event: places, peoples, the calendar, words that begin a sentence.
NOBODY = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|With|Since|After|Before|When|While|As|But|And|Or|If|It|Its|He|She"
    r"|They|His|Her|Their|This|That|These|Those|There|Now|Then|First|Next|Last|Also|Earlier|Later"
    r"|Meanwhile|However|Shares|Stocks|Investors|Analysts|Separately|Some|Many|Most|One|Two|Three|Part|Yet"
    r"|Even|Once|Chinese|American|Taiwanese|Japanese|Western|European|South|North|East|West|Asian|China"
    r"|Hong|Kong|Taiwan|Japan|Shanghai|Shenzhen|Hangzhou|New|York|Asia|Europe|US|U|S|USA|AI|EV|IT|CEO|CFO"
    r"|IPO|Tech|Big|Photo|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March"
    r"|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep"
    r"|Oct|Nov|Dec|Q[1-4]|HK|NYSE|Inc|Corp|Co|Ltd|Behind|Ostensibly|Total|Net|Adjusted|Revenues?|Sales"
    r"|Profits?|Operating|Gross|Cloud|Quarterly|Annual|Earnings|Income|Cash|Growth|Core|Non|Back|More"
    r"|Among|Both|While|Under|Between|Amid|During|Until|Despite|According|Not|All|Any|Several|Data"
    r"|Officials?|Regulators?|Reports?|Sources?|People|Results?|Executives?|Clearly|Recently|What|Why|How"
    r"|Overnight|Yesterday|Today|Mr|Ms|Group|Holding|Holdings|Limited)$"
)
ITEM = re.compile(r",\s|\band\s")
IT = re.compile(r"(?:[^,.\n]{0,30},? )?(?:[Ii]t|[Tt]hey|[Hh]e|[Ss]he)\b")
STATE = re.compile(
    r"(?:[^,.\n]{0,40}, )?(?:The )?(?:Beijing|Washington|China|U\.?S\.?|United States|Chinese|Trump|Biden"
    r"|Xi|Pentagon"
    r"|[Gg]overnment|[Rr]egulators?|[Aa]uthorit\w+|[Mm]inistry|White House|State Administration)\b"
)
#: States and their heads, where they act.
STATE_ACTS = re.compile(
    r"\b(?:U\.?S\.?|United States|Washington|Trump|Biden|White House|Beijing|Xi Jinping|PBOC"
    r"|People['’]s Bank)\b"
)
#: What products and adjectives have and names of firms lack.
NO_NAME = re.compile(r"[0-9]|-[a-z]")
ARRIVAL = re.compile(r"\b(?:arrival|advent|emergence|launch|release|debut|unveiling|rise) of\b")
LOOSE = re.compile(
    r"\b(?:with|from|than|against|over|beside|unlike|like|including|by|to|for|at|of|on|in)(?: \w+)?\s+$"
)


#: Characters behind the words of an event within which a name may be the one that acts.
NEAR = 40
#: What stands for the market of the United States.
US_MARKET = "SPY"
#: Kinds of news that are about the country they come from.
HOME_OF_FIGURES = ("macro data", "rate cut", "rate rise")
AT_HOME = re.compile(r"\b(?:Chin(?:a|ese)|Beijing|Hong Kong|mainland|Xi|PBOC|yuan)\b|中|港|国|國")
ELSEWHERE = re.compile(
    r"\b(?:Taiwan(?:ese)?|Mexic\w+|Canad\w+|Japan\w*|Europe\w*|EU|German\w*|India\w*|Korea\w*|Vietnam\w*"
    r"|Britain|UK)\b"
)
AMERICAN = re.compile(r"\b(?:US|U\.S\.|United States|Federal Reserve|Fed|American?)\b")
OFFICER = re.compile(
    r"\b(?:[Cc]hief (?:executive|financial officer|operating officer)|CEO|CFO|[Cc]hair(?:man|woman)?"
    r"|(?:[Cc]o-?)?[Ff]ounder)\b"
)
IN_LIST = re.compile(
    r"(?:[ \u00a0](?:Inc|Holdings?|Group|Ltd|Co|Corp)\.?)*(?:[ \u00a0]?\([^)\n]{0,20}\))?"
    r"(?:,| and| or|, and|、|和|及|与)\s*"
)
