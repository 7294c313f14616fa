"""Words around a date and a clause that say what the date dates (pure)."""

from __future__ import annotations

import re

__all__ = [
    "BACK",
    "BACKGROUND",
    "CARRIES_ON",
    "CONSEQUENCE",
    "EFFECT",
    "FILED",
    "IN_ALL",
    "IS_NEW",
    "LOOKS_BACK",
    "MOVED_BY",
    "ORDER",
    "PLAN_TOLD",
    "REACTION",
    "SAID_BEFORE",
    "SAYS",
    "TOLD_AFTER",
]

BACKGROUND = {
    "amid",
    "triggered by",
    "driven by",
    "sparked by",
    "fuelled by",
    "fueled by",
    "spurred by",
    "boosted by",
    "helped by",
}
REACTION = {
    "after",
    "following",
    "on news that",
    "thanks to",
    "on the back of",
    "because",
    "prompted by",
    *BACKGROUND,
}
SAID_BEFORE = re.compile(
    r"\b(?<!be )(?:said|told|stated|announced|confirmed|reported)\b"
    r"(?![^;\n]*\b(?:will|would|plans?|to|due|scheduled)\b)[^;\n]*$"
)
#: A verb of telling behind a date word: the words date the telling, whatever is told.
TOLD_AFTER = re.compile(r"[^;\n]{0,60}\b(?:announced|said|told|confirmed|disclosed|revealed|unveiled)\b")
#: A plan that was told in a month: "announced plans to spin it off in May".
PLAN_TOLD = re.compile(r"\b(?:announced|unveiled|revealed|disclosed)\b[^;\n]{0,30}\bplans?\b[^;\n]*$")
BACK = re.compile(r"\b(?:[Bb]ack|[Ee]arlier) in\s$")
ORDER = ("day", "days", "week", "month", "quarter", "year", "open")
FILED = re.compile(r"\b(?:according to|filing|disclosed|showed|revealed|report)\b[^;\n]{0,30}$")
CONSEQUENCE = {"triggering", "prompting", "sending", "leading to"}
SAYS = re.compile(
    r"\b(?:said|says|announc(?:ed|ing|es)|told|reported|wrote|according|disclosed|confirmed|reports? that"
    r"|reportedly)\b|表示|宣布|称|稱|透露"
)
#: Told as what has come about now, whatever date stood before.
IS_NEW = re.compile(
    r"\b(?:has|have)\s+(?:also\s+|just\s+|now\s+)?(?:been\s+)?(?:\w+ed|hit|cut|set|put|made|begun|told|won"
    r"|lost|led|met"
    r"|sold|bought|built|given|become)\b|\bthis time\b|\bnow\b"
)
#: A move over more than a session.
IN_ALL = re.compile(
    r"\b(?:has|have|had|year-to-date|so far|doubled|tripled"
    r"|(?:past|last|this|in|over|for) (?:\w+ )?(?:months?|years?|weeks?))\b"
)
CARRIES_ON = re.compile(
    r"(?:This|That|These|Those|First|Next|Then|Later|At the time|At that|Days later|Weeks later|Months later"
    r"|After (?:his|her|its|that|this|the|their)|Ostensibly|He|She|It|They|The (?:move|deal|company"
    r"|decision|speech|fine|announcement))\b"
    r"|其后|其後|随后|隨後|此后|此後"
)
#: Goes back to the time that a price is set beside.
LOOKS_BACK = re.compile(r"(?:This|That) (?:was|is)|That (?:year|month)|At th(?:e|at) time|It was")
#: What an event did to prices: a date behind it is that of the session, not of the event.
MOVED_BY = re.compile(
    r"\b(?:hammer(?:s|ed)|sent|push(?:es|ed)|lift(?:s|ed)|boost(?:s|ed)|drag(?:s|ged)|hit|wip(?:es|ed)"
    r"|knock(?:s|ed)|batter(?:s|ed)|pummel+ed|drove|help(?:s|ed)|rattl(?:es|ed)|roil(?:s|ed)|sank|propel+ed)"
    r"\b[^;.\n]{0,60}\b(?:shares?|stocks?|ADRs?|index|markets?)\b"
)
#: What an event did to a mood: it came before the move that the sentence dates.
EFFECT = re.compile(
    r"\b(?:spurr?ed|fuel+ed|boost(?:s|ed)|lift(?:s|ed)|rais(?:es|ed)|stok(?:es|ed)|bolster(?:s|ed)|stirr?ed"
    r"|stirred|dampen(?:s|ed)|sparked)\b[^;.\n]{0,30}"
    r"\b(?:bets|hopes|optimism|sentiment|fears|concerns|worries|confidence|expectations|speculation)\b"
)
