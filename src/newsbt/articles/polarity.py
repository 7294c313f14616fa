"""Whether words are good or bad for whom they are about (pure)."""

from __future__ import annotations

import re

__all__ = ["against_estimates", "leaning", "polarity"]

_GOOD = re.compile(
    r"\b(?:beat(?:s|ing)?|topp(?:ed|ing)|exceed(?:s|ed|ing)?|surpass\w*|better|stronger|strong(?:est)?"
    r"|robust|record (?:profit|revenue|sales|high)"
    r"|ris(?:e|es|en|ing)(?! (?:resistance|competition|costs?|pressure|tensions?|risks?"
    r"|concerns?|uncertainty|fears?|unemployment))|rose|grew|grow(?:s|ing)(?! (?:resistance"
    r"|competition|costs?|pressure|tensions?|risks?|concerns?|fears?|worries))|growth"
    r"|increas\w+|up|jump\w*|surg\w*|soar\w*|climb\w*"
    r"|tripl\w+|doubl\w+|rebound\w*|recover\w*|accelerat\w+|expand\w*|improv\w+|boost\w*"
    r"|upbeat|higher(?! (?:costs?|tariffs?|taxes|rates?|prices?|expenses|spending|loss"
    r"|losses|inflation|unemployment))|optimis\w+|bullish|positive|upside|outperform\w*"
    r"|overweight|attractive\w*|cheap|undervalued"
    r"|potential(?= (?:for|of|to|in)\b|[.,;”\"]|$)|tailwinds?|inflection point"
    r"|game[- ]chang\w+|turning point|turnaround|breakthroughs?"
    r"|room (?:to|for)|re-?rating|bounce[- ]?back"
    r"|rall(?:y|ies|ied|ying)|gains?|gained|catalyst|intact|momentum"
    r"|confident|confidence in|welcom\w+|investible|stellar"
    r"|awoken|fastest|strengthen\w*|pole position|best[- ]placed|well[- ]positioned|first[- ]mover"
    r"|advantages?"
    r"|beneficiar\w+"
    r"|inflows|more to go|remarkable|prais\w+|impress\w+|exceptional|thaw|unlock\w*|uplift\w*|benefit(?:s"
    r"|ed|ing)?"
    r"|blowout|raised|stimulus|looser|support(?:ive|s)?|ahead of (?:estimates|expectations|forecasts))\b"
    r"|增长|增長|上升|增加|超预期|超預期|好于|胜预期|勝預期|翻倍|大增|劲增|勁增|超出|飙升|飆升|强劲|強勁|看好|乐观|樂觀|利好|提振|创新高|回升|扭亏|扭虧|激励|激勵|成长|成長"
    r"|年增|大涨|大漲|飙涨|飆漲|突破",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:miss(?:es|ed)?|fell|fall(?:s|en|ing)?|drop\w*|declin\w+|slump\w*|plung\w+|slid|shrank|shrink\w*"
    r"|weak\w*|worse|soft|loss(?:es)?|slow(?:s|ed|ing|down|er)?|contract(?:ed|ion)|down|lower|below|short of"
    r"|disappoint\w*|underwhelm\w*|stagnat\w*|bearish|negative|underperform\w*"
    r"|underweight(?! position)|overvalued|headwinds?"
    r"|concerns?|worr\w+|doubts?"
    r"|risks?|pressure|uncertain\w*|gloom\w*|pessimis\w+|downside|deflation\w*|trade war|tariffs?"
    r"|sell-?off|rout|crackdown|cut|warn\w*|evaporat\w+|darken\w*|sour(?:s|ed|ing)?|stalling"
    r"|lag(?:s|ged|ging)?"
    r"|hurdle|threat\w*|fears?(?! of missing)|hit by|drag(?:s|ged|ging)?|halv(?:e[sd]?|ing)"
    r"|eras(?:e[sd]|ing)|eradicat\w+"
    r"|undershot|sank|sinks?|tumbl\w*|outflows|rais(?:es|ed|ing) (?:more )?questions|s[ck]eptic\w*"
    r"|downbeat|reduction|hitting (?:revenue|profit|margin)\w*"
    r"|los(?:e|es|ing|t) (?:its|their|his) (?:edge|ground|lead|way|shine|lustre|luster)|pull the rug"
    r"|poor|bleak|struggl\w+|overhangs?|wip(?:ed|ing) out|price war|irrational)\b"
    r"|下降|下滑|下跌|减少|減少|不及|逊于|遜於|低于|低於|大跌|大减|亏损|虧損|疲软|疲軟|放缓|放緩|利空|悲观|悲觀|承压|承壓",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|not|n['’]t|never|without|less|despite|instead of|lack of|fail(?:s|ed)? to|won['’]t|far from"
    r"|over for good|end(?:s|ed|ing)? (?:to|of)|remov\w+|eas(?:e[sd]?|ing)|resolv\w+|lift(?:s|ed"
    r"|ing))\W+(?:[\w-]+\W+){0,5}$|[不未没]$",
    re.IGNORECASE,
)
_IS_OVER = re.compile(
    r" (?:\w+ ){0,2}?(?:is|are|was|has been|have been|may be|could be) (?:\w+ )?over\b(?! the| a)"
)
_NOT_ENOUGH = re.compile(r"\b(?:not enough|too little|insufficient) to\b", re.IGNORECASE)
_TURN = re.compile(r"\b(?:[Bb]ut|[Yy]et|[Hh]owever|[Nn]evertheless)\b(?P<rest>[^.\n]{10,400})")
#: Growth all the same, and bad news.
_SLOWEST = re.compile(
    r"\b(?:gr[eo]w\w*|rose|ris\w+|increas\w+)\b[^.;\n]{0,25}\b(?:slowest|weakest)\b|\b(?:slowest|weakest)"
    r" (?:\w+ )?(?:pace|growth|rise|increase)\b",
    re.IGNORECASE,
)
_LOSS_SHRANK = re.compile(
    r"\b(?:loss(?:es)?)\b[^;\n]{0,20}\b(?:narrow\w*|shrank|shrunk|fell|smaller)\b|\bnarrow(?:s|ed"
    r"|er)\b[^;\n]{0,20}\bloss",
    re.IGNORECASE,
)


def polarity(text: str) -> int:
    """-1, 0 or 1: which kind of words stands more often in `text`, turned round behind a "not".

    A tie, as also a text without such words, is 0.
    """
    if _LOSS_SHRANK.search(text):
        return 1
    if _SLOWEST.search(text):
        return -1
    value = _balance(text)
    return (value > 0) - (value < 0)


def leaning(text: str) -> int:
    """As :func:`polarity`, with what stands behind a "but" or "yet" counted twice: that is what is meant."""
    if _LOSS_SHRANK.search(text):
        return 1
    turned = _TURN.finditer(text)
    value = _balance(text) + sum(_balance(match["rest"]) for match in turned)
    return (value > 0) - (value < 0)


def _balance(text: str) -> int:
    value = 0
    for pattern, sign in ((_GOOD, 1), (_BAD, -1)):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 60) : match.start()]
            denied = _NOT.search(before) and not _NOT_ENOUGH.search(before)
            turned = denied or _IS_OVER.match(text, match.end())
            value += -sign if turned else sign
    return value


_ESTIMATES = (
    r"[^.;\n]{0,50}?\b(?:estimates?|expectations?|expected|forecasts?|consensus|projections?|anticipated)\b"
)
_BETTER = re.compile(
    r"\b(?:beat(?:s|ing|en)?|topp?(?:s|ed|ing)|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|above|ahead of"
    r"|(?:better|stronger|higher|faster|more)[- ]than|crush(?:es|ed|ing)?|smash(?:es|ed|ing)?|outpac(?:es"
    r"|ed|ing)|blew past)\b" + _ESTIMATES,
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(?:miss(?:es|ed|ing)?|undershot|fail(?:s|ed|ing)? to meet|lag(?:s|ged|ging)?|(?:fell|falling|fall"
    r"|came in|coming in) (?:\w+ )?(?:short|shy|below)|below"
    r"|short of|trail(?:s|ed|ing)?"
    r"|(?:weaker|lower|worse|slower|less)[- ]than)\b" + _ESTIMATES,
    re.IGNORECASE,
)


def against_estimates(text: str) -> int:
    """1 where figures are better than was expected, -1 where worse, 0 where nothing or both is said."""
    return (_BETTER.search(text) is not None) - (_WORSE.search(text) is not None)
