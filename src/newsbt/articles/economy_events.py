"""English words for party meetings, stimulus, rates and statistics (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger
from newsbt.articles.verbs import CUT

__all__ = ["ECONOMY"]

ECONOMY: tuple[Trigger, ...] = (
    trigger(
        "party meeting",
        "policy",
        r"\b(?:key|annual|top|top-level|high-level|closed-door) (?:\w+ and )?(?:political|economic|policy)"
        r" (?:and \w+ )?(?:\w+ )?(?:meetings?|conference)\b|\b(?:National People['’]s Congress"
        r"|Two Sessions|Politburo|plenum"
        r"|Central Economic Work Conference|five-year plan|government work report)\b",
        None,
        "market",
        weight=0.7,
        scope="market",
        undated="never",
    ),
    trigger(
        "stimulus",
        "policy",
        r"\b(?:announc\w+|unveil\w*|boost\w*|roll\w* out|signal(?:s|ed|led)|unlock\w*"
        r"|ramp\w* up|pledg\w+|launch\w*|inject\w*|approv\w+"
        r"|introduc\w+|promis\w+|after|following)~(?:stimulus|(?:support|policy|economic) (?:measures"
        r"|steps|package"
        r"|for the economy)|rescue package|easing measures|easing package|liquidity|subsid(?:y"
        r"|ies)|trade-in)\b|\bsubsidy (?:program(?:me)?s?|scheme|initiative)\b"
        r"|\bstimulus (?:\w+ )?(?:measures|packages?"
        r"|blitz|announcements?|news|initiatives|efforts|plans?|push|policies)\b",
        1,
        "market",
        weight=0.65,
        scope="market",
    ),
    trigger(
        "stimulus",
        "policy",
        r"\b(?:stimul(?:us|ated|ating)|bazooka|monetary easing|pro-growth (?:policies|measures)"
        r"|eas(?:ed|ing) (?:monetary )?policy)\b",
        1,
        "market",
        weight=0.5,
        scope="market",
        undated="never",
    ),
    trigger(
        "rate cut",
        "policy",
        r"\b(?:Fed|Federal Reserve|PBOC|People['’]s Bank of China|central bank|ECB"
        r"|Bank of Japan|BOJ)\b[^;\n]{0,60}\b(?:cuts?|cutting|lower(?:s|ed)?|trim(?:s|med)?"
        r"|slash(?:es|ed|ing)?|reduc\w+"
        r"|eas(?:e[sd]|ing)|inject(?:s|ed)?)\b|\b(?:rate|RRR|reserve requirement(?: ratio)?) cuts?\b"
        rf"|\b{CUT}~(?:mortgage|interest|lending|policy|borrowing|deposit) rates\b",
        1,
        "market",
        weight=0.7,
        scope="market",
    ),
    trigger(
        "rate rise",
        "policy",
        r"\b(?:Fed|Federal Reserve|PBOC|central bank|ECB|Bank of Japan"
        r"|BOJ)\b[^;\n]{0,60}\b(?:rais(?:e[sd]?|ing)|hik(?:e[sd]?|ing)|lift(?:s"
        r"|ed)) (?:interest |borrowing |its |key )?\w*~rates?\b|\brate (?:hikes?|rises?)\b",
        -1,
        "market",
        weight=0.7,
        scope="market",
    ),
    trigger(
        "public project",
        "policy",
        r"\b(?:unveil\w*|announc\w+|spotlight\w*|launch\w*|tout\w*|trumpet\w*)~(?:project"
        r"|initiative|venture|programme?)\b",
        0,
        "both",
        weight=0.55,
        scope="market",
        needs=r"\b(?:Trump|Xi|president|premier|prime minister|White House|government|ministry)\b",
    ),
    trigger(
        "macro data",
        "macro",
        r"\b(?:GDP|gross domestic product|economy|inflation|CPI|PPI|PMI|purchasing managers"
        r"|retail sales|(?:home|property|house) sales|industrial (?:output|production|profits)"
        r"|exports?|unemployment|payrolls"
        r"|home prices|business (?:activity|mood|confidence)|consumer (?:confidence"
        r"|sentiment))\b[^;\n]{0,90}\b(?:rose|fell|grew|growth (?:of|target)|shrank|expanded"
        r"|contracted|slowed|accelerated|slump\w*|jumped|edged (?:up|down)|came in|was|were"
        r"|evaporated|met|missed"
        r"|beat|barely met)\b[^;\n]{0,60}|\b(?:business|consumer|upbeat|downbeat"
        r"|corporate)\b[^;\n]{0,20}\bmood\b[^;\n]{0,90}\b(?:evaporated|soured|darken\w*"
        r"|brightened|improved)\b",
        None,
        "market",
        weight=0.6,
        scope="market",
        without=r"\b(?:our|company|analysts? estimate)\b",
    ),
)
