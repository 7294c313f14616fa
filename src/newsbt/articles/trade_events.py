"""English words for leaders that meet business, and for tariffs (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["TRADE"]

_LEADER = (
    r"(?:Xi(?: Jinping)?|Li Qiang|president|premier|prime minister|Trump|Wang Huning"
    r"|top leaders?|state leaders?)"
)
_BUSINESS = (
    r"(?:entrepreneurs?|moguls?|tycoons?|magnates|private[- ]sector|founders?|billionaires?"
    r"|business(?:es)? (?:leaders?|people)"
    r"|executives?|tech (?:leaders|bosses|titans|founders)|private (?:sector|business|firms"
    r"|enterprises?)|CEOs|symposium)"
)

TRADE: tuple[Trigger, ...] = (
    trigger(
        "leader meets business",
        "policy",
        rf"\b{_LEADER}\b(?:['’]s)?[^;\n]{{0,50}}\b(?:met|meet(?:s|ing)?|invit(?:e[sd]|ing|ation)|chair(?:s"
        rf"|ed)|host(?:s|ed)|held|address(?:es|ed)|shaking)\b[^;\n]{{0,80}}"
        rf"|\bmeetings? (?:featuring|between|with|of)\b[^;\n]{{0,60}}\bgovernment (?:figures|officials"
        rf"|leaders)\b"
        rf"|\b(?:met|meet(?:s|ing)?|symposium|attend(?:s|ed|ing)?|invited)~(?:by |with )?{_LEADER}\b"
        rf"|\bsymposium\b",
        1,
        "market",
        weight=0.75,
        needs=rf"\b{_BUSINESS}\b|\bMa\b",
        scope="sector",
    ),
    trigger(
        "tariff relief",
        "macro",
        r"\b(?:paus(?:e[sd]?|ing)|delay(?:s|ed)?|suspend(?:s|ed)?|exempt(?:s|ed|ions?)?"
        r"|(?<!spending\s)cuts?|lower(?:s|ed)?|truce|roll(?:s|ed)? back|scrap(?:s|ped)?"
        r"|remov(?:e[sd]?|ing))(?:\s+(?!by\b|to\b|in\b)[\w-]+){0,4}?\s+(?:tariffs?|duties"
        r"|levies|trade war)\b|\btrade (?:truce|deal)\b",
        1,
        "market",
        weight=0.7,
        scope="market",
        without=r"\b(?:duty-free|tariff-free|loophole|de minimis)\b",
    ),
    trigger(
        "duty-free parcels",
        "macro",
        r"\b(?:de minimis|duty-free|tariff-free|(?:tariff|trade) loophole|small parcels?"
        r"|low-value (?:parcels|packages))\b",
        -1,
        "market",
        weight=0.65,
        scope="sector",
        needs=(
            r"\b(?:end(?:s|ed|ing)?|ban(?:s|ned)?|clos(?:e[sd]?|ing)|remov\w+|scrap\w*|halt\w*"
            r"|tipped to hit|would hit|decision|expir\w+|kill\w*|lift(?:s|ed)|revok\w*"
            r"|terminat\w*)\b"
        ),
        undated="recent",
    ),
    trigger(
        "tariffs",
        "macro",
        r"\b(?:impos(?:e[sd]?|ing)|unveil(?:s|ed|ing)?|rais(?:e[sd]?|ing)|order(?:s|ed|ing)?|threat(?:s"
        r"|en(?:s|ed"
        r"|ing)?)|announc(?:es|ed|ing)|slap(?:s|ped)?|levi?e[sd]|pledg(?:e[sd]?|ing)|put(?:s"
        r"|ting)?|sign(?:s|ed)|doubl(?:es|ed|ing)|plan(?:s|ned)|higher|extra|additional"
        r"|new)~(?:tariffs?|import duties|levies)\b|\btariffs?~(?:took effect|take effect"
        r"|imposed|announced|raised)\b",
        -1,
        "market",
        weight=0.65,
        scope="market",
    ),
    trigger(
        "tariffs in the air",
        "macro",
        r"\b(?:Trump|Biden|US|U\.S\.|American|Washington)(?: administration)?(?:['’]s)?"
        r" (?:[\w-]+ ){0,2}tariffs?\b"
        r"|\btariffs on Chin\w+|\b(?:retaliatory|recent|punitive|steep|sweeping) tariffs\b"
        r"|\btariffs from~(?:Trump|Biden|Washington)\b",
        -1,
        "market",
        weight=0.5,
        scope="market",
        undated="recent",
    ),
)
