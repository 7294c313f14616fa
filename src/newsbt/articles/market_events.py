"""English words for what states, central banks and whole markets do (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["MARKET"]

_LEADER = (
    r"(?:Xi(?: Jinping)?|Li Qiang|president|premier|prime minister|Trump|Wang Huning|top leaders?"
    r"|state leaders?)"
)
_BUSINESS = (
    r"(?:entrepreneurs?|founders?|billionaires?|business(?:es)? (?:leaders?|people)|executives?"
    r"|tech (?:leaders|bosses|titans|founders)|private (?:sector|business|firms|enterprises?)|CEOs|symposium)"
)

MARKET: tuple[Trigger, ...] = (
    trigger(
        "leader meets business",
        "policy",
        rf"\b{_LEADER}\b(?:['’]s)?[^;\n]{{0,50}}\b(?:met|meet(?:s|ing)?|invit(?:e[sd]|ing|ation)|chair(?:s"
        rf"|ed)|host(?:s|ed)|held|address(?:es|ed)|shaking)\b[^;\n]{{0,80}}"
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
        r"|(?<!spending\s)cuts?|lower(?:s|ed)?|truce|roll(?:s|ed)? back|scrap(?:s|ped)?|remov(?:e[sd]?"
        r"|ing))~(?:tariffs?|duties|levies|trade war)\b|\btrade (?:truce|deal)\b",
        1,
        "market",
        weight=0.7,
        scope="market",
        without=r"\b(?:duty-free|tariff-free|loophole|de minimis)\b",
    ),
    trigger(
        "duty-free parcels",
        "macro",
        r"\b(?:de minimis|duty-free|tariff-free|tariff loophole|small parcels?|low-value (?:parcels"
        r"|packages))\b",
        -1,
        "market",
        weight=0.65,
        scope="sector",
        needs=r"\b(?:end(?:s|ed|ing)?|ban(?:s|ned)?|clos(?:e[sd]?|ing)|remov\w+|scrap\w*|halt\w*"
        r"|tipped to hit|would hit|decision)\b",
        undated="recent",
    ),
    trigger(
        "tariffs",
        "macro",
        r"\b(?:impos(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|order(?:s|ed|ing)?|threat(?:s|en(?:s|ed|ing)?)"
        r"|announc(?:es|ed|ing)|slap(?:s|ped)?|levi?e[sd]|pledg(?:e[sd]?|ing)|put(?:s|ting)?|sign(?:s|ed)"
        r"|doubl(?:es|ed|ing)|plan(?:s|ned)|higher|extra|additional|new)~(?:tariffs?|import duties"
        r"|levies)\b|\btariffs?~(?:took effect|take effect|imposed|announced|raised)\b",
        -1,
        "market",
        weight=0.65,
        scope="market",
    ),
    trigger(
        "tariffs in the air",
        "macro",
        r"\b(?:Trump|Biden|US|U\.S\.|American|Washington)(?:['’]s)? (?:[\w-]+ ){0,2}tariffs?\b"
        r"|\btariffs on Chin\w+",
        -1,
        "market",
        weight=0.5,
        scope="market",
        undated="recent",
    ),
    trigger(
        "rules in favour",
        "regulation",
        r"\b(?:rules|guidelines?|guidance|measures|plan|policy|policies)~(?:support(?:s|ing)?|promot(?:es?"
        r"|ing)|encourag(?:es?|ing)|boost(?:s|ing)?)\b|\b(?:support(?:s|ed)?|promot(?:es|ed)|encourag(?:es"
        r"|ed))~(?:private (?:firms|companies|sector|enterprises)|platform (?:economy|companies)"
        r"|the introduction of)\b",
        1,
        "market",
        weight=0.6,
        scope="sector",
        needs=r"\b(?:regulators?|authorit\w+|government|Beijing|ministry|state|premier|Xi|cabinet)\b",
    ),
    trigger(
        "curbs",
        "regulation",
        r"\b(?:greater|closer|tighter|more|stricter) scrutiny of\b|\b(?:curb(?:s|ed|ing)?|restrict(?:s|ed"
        r"|ing|ions?)?|export controls?|tighten(?:s|ed|ing)?|limit(?:s|ed|ing)?)~(?:investments?|exports?"
        r"|chips?|sales?|access|rules?|foreign|Chinese|gaming|data|outbound|tech\w*)\b"
        r"|\b(?:memo(?:randum)?|executive order)~(?:China|Chinese|foreign)\b|\bdraft(?: \w+){0,3} rules\b"
        r"|\b(?:issu(?:es|ed|ing)|releas(?:es|ed|e of)|publish(?:es|ed)|unveil(?:s|ed)|announc(?:es"
        r"|ed))~(?:antitrust|compliance|regulatory|competition|anti-monopoly|new)~(?:guidelines?|guidance"
        r"|rules|regulations)\b",
        -1,
        "market",
        weight=0.65,
        scope="sector",
        without=r"\b(?:eas(?:e[sd]?|ing)|relax\w*|loosen\w*|lift(?:s|ed|ing)) ",
    ),
    trigger(
        "told by the state",
        "regulation",
        r"\b(?:regulators?|planner|ministry|authorit\w+|watchdogs?|government|Beijing)~(?:asks?|asked"
        r"|orders?|ordered|tells?|told|urges?|urged|warns?|warned|instruct(?:s|ed))~(?:platforms?"
        r"|companies|firms|giants|groups|to|not|against|about)\b",
        -1,
        "market",
        weight=0.65,
        scope="sector",
    ),
    trigger(
        "easing of rules",
        "regulation",
        r"\b(?:eas(?:e[sd]?|ing)|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|lift(?:s|ed|ing)?|end(?:s|ed"
        r"|ing)?)~(?:curbs?|restrictions?|rules|crackdown|bans?|regulat\w+|controls)\b|\bregulatory easing\b",
        1,
        "market",
        weight=0.65,
        scope="sector",
    ),
    trigger(
        "crackdown",
        "regulation",
        r"\b(?:step(?:s|ped)? up|strengthen(?:s|ed)?|intensif(?:y|ies|ied))~(?:antitrust|anti-?monopoly"
        r"|regulat\w+|oversight|supervision|scrutiny)\b|\b(?:crackdowns?|clampdowns?|crack(?:s|ed"
        r"|ing)? down|tech inquisition|regulatory (?:campaign|storm|onslaught))\b",
        -1,
        "market",
        weight=0.5,
        scope="sector",
        undated="never",
    ),
    trigger(
        "party meeting",
        "policy",
        r"\b(?:National People['’]s Congress|Two Sessions|Politburo|plenum"
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
        r"\b(?:announc\w+|unveil\w*|boost\w*|roll\w* out|pledg\w+|launch\w*|inject\w*|approv\w+"
        r"|introduc\w+|promis\w+|after|following)~(?:stimulus|support (?:measures|package|for the economy)"
        r"|rescue package|easing measures|easing package|liquidity|subsid(?:y|ies)|trade-in)\b"
        r"|\bstimulus (?:measures|package|blitz|announcement|news)\b",
        1,
        "market",
        weight=0.65,
        scope="market",
    ),
    trigger(
        "stimulus",
        "policy",
        r"\b(?:stimul(?:us|ated|ating)|bazooka|monetary easing|pro-growth (?:policies|measures)|eas(?:ed"
        r"|ing) (?:monetary )?policy)\b",
        1,
        "market",
        weight=0.5,
        scope="market",
        undated="never",
    ),
    trigger(
        "rate cut",
        "policy",
        r"\b(?:Fed|Federal Reserve|PBOC|People['’]s Bank of China|central bank|ECB|Bank of Japan"
        r"|BOJ)\b[^;\n]{0,60}\b(?:cuts?|cutting|lower(?:s|ed)?|trim(?:s|med)?|eas(?:e[sd]|ing)|inject(?:s"
        r"|ed)?)\b|\b(?:rate|RRR|reserve requirement) cuts?\b|\bcuts? (?:interest )?rates\b",
        1,
        "market",
        weight=0.7,
        scope="market",
    ),
    trigger(
        "rate rise",
        "policy",
        r"\b(?:Fed|Federal Reserve|PBOC|central bank|ECB|Bank of Japan"
        r"|BOJ)\b[^;\n]{0,60}\b(?:rais(?:e[sd]?|ing)|hik(?:e[sd]?|ing)|lift(?:s|ed)) (?:interest "
        r"|borrowing |its |key )?\w*~rates?\b|\brate (?:hikes?|rises?)\b",
        -1,
        "market",
        weight=0.7,
        scope="market",
    ),
    trigger(
        "public project",
        "policy",
        r"\b(?:unveil\w*|announc\w+|spotlight\w*|launch\w*|tout\w*|trumpet\w*)~(?:project|initiative"
        r"|venture|programme?)\b",
        0,
        "both",
        weight=0.55,
        scope="market",
        needs=r"\b(?:Trump|Xi|president|premier|prime minister|White House|government|ministry)\b",
    ),
    trigger(
        "macro data",
        "macro",
        r"\b(?:GDP|gross domestic product|economy|inflation|CPI|PPI|PMI|purchasing managers|retail sales"
        r"|industrial (?:output|production|profits)|exports?|unemployment|payrolls|home prices"
        r"|business (?:activity|mood|confidence)|consumer (?:confidence|sentiment))\b[^;\n]{0,90}\b(?:rose"
        r"|fell|grew|growth (?:of|target)|shrank|expanded|contracted|slowed|accelerated|slump\w*|jumped"
        r"|came in|was|were|evaporated|met|missed|beat|barely met)\b[^;\n]{0,60}|\b(?:business|consumer"
        r"|upbeat|downbeat|corporate)\b[^;\n]{0,20}\bmood\b[^;\n]{0,90}\b(?:evaporated|soured|darken\w*"
        r"|brightened|improved)\b",
        None,
        "market",
        weight=0.6,
        scope="market",
        without=r"\b(?:our|company|analysts? estimate)\b",
    ),
)
