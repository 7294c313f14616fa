"""English words for what states, central banks and whole markets do (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger
from newsbt.articles.verbs import CUT, LAUNCH

__all__ = ["MARKET"]

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

MARKET: tuple[Trigger, ...] = (
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
        r"\b(?:rules|guidelines?|guidance|measures|plan|policy|policies)~(?:support(?:s|ing)?"
        r"|promot(?:es?|ing)|encourag(?:es?|ing)|boost(?:s|ing)?)\b|\b(?:support(?:s|ed)"
        r"|promot(?:es|ed)|encourag(?:es|ed))~(?:private (?:firms|companies|sector|enterprises)"
        r"|platform (?:economy|companies)|the introduction of)\b",
        1,
        "market",
        weight=0.6,
        scope="sector",
        needs=r"\b(?:regulators?|authorit\w+|government|Beijing|ministry|state|premier|Xi|cabinet)\b",
    ),
    trigger(
        "state support",
        "policy",
        r"\b(?:Beijing|government|state|China|Chinese|Xi|policymakers|authorities"
        r"|premier|cabinet)(?:['’]s)?~(?:pledg\w+|vow\w*|commit(?:s|ted|ment)|promis\w+|signal(?:s|led|ed)"
        r"|backing|endorsement)~(?:support|foster\w*|boost|backing|emerging|private|develop\w*"
        r"|innovation|help|technolog\w+|industr\w+)\b|\b(?:renewed|more|strong\w*|greater) (?:government"
        r"|state|policy|official) (?:backing|support)\b",
        1,
        "market",
        weight=0.6,
        scope="sector",
    ),
    trigger(
        "curbs",
        "regulation",
        r"\b(?:greater|closer|tighter|more|stricter) scrutiny of\b|\b(?:sweeping|new|tighter|tougher"
        r"|additional|fresh|further) (?:\w+ ){0,2}(?:export|chip|investment) (?:controls?|curbs?"
        r"|restrictions?|rules|bans?)\b|\b(?:curb(?:s|ed|ing)?"
        r"|restrict(?:s|ed|ing|ions?)?|export controls?|tighten(?:s|ed|ing)?|limit(?:s|ed"
        r"|ing)?)~(?:investments?|exports?|chips?|sales?|access|rules?|foreign|Chinese|gaming"
        r"|data|outbound|tech\w*)\b|\b(?:memo(?:randum)?|executive order)~(?:China|Chinese"
        r"|foreign)\b|\bdraft(?: \w+){0,3} (?:rules|regulations|guidelines|measures)\b"
        r"|\b(?:limits?|curbs?|restrictions?|bans?|caps?)~(?:announced|imposed|introduced|tightened"
        r"|proposed)\b"
        r"|\b(?:suspend|halt|freez|stop)\w*~licen[cs]\w+\b"
        r"|\b(?:require[sd]?|order(?:s|ed)|forc(?:es|ed))~to (?:curtail|restructure|overhaul|rectify"
        r"|scale back|rein in)\b"
        r"|\b(?:bann(?:ed|ing)|bans|barr(?:ed|ing)|block(?:s|ed|ing)|halt(?:s|ed|ing))~(?:sales?|exports?"
        r"|shipments?)"
        r" (?:of|to)\b"
        rf"|\b(?:{LAUNCH}|release of)~(?:antitrust|compliance|regulatory"
        r"|competition|anti-monopoly|new)~(?:guidelines?|guidance|rules|regulations)\b",
        -1,
        "market",
        weight=0.65,
        scope="sector",
        without=(
            r"\b(?:modify|revise|soften|withdraw|scrap|eas(?:e[sd]?|ing)|relax\w*|loosen\w*"
            r"|lift(?:s|ed|ing)) |\b(?:metals?|minerals?|rare[- ]earths?)\b"
        ),
    ),
    trigger(
        "told by the state",
        "regulation",
        r"\b(?:regulators?|planner|ministry|authorit\w+|watchdogs?|government|Beijing)~(?:asks?"
        r"|asked|orders?|ordered|tells?|told|urges?|urged|warns?|warned|instruct(?:s"
        r"|ed))~(?:platforms?|companies|firms|giants|groups|to|not|against|about)\b",
        -1,
        "market",
        weight=0.65,
        scope="sector",
    ),
    trigger(
        "easing of rules",
        "regulation",
        r"\b(?:modify|revise|improve|soften|withdraw|scrap|rethink)~(?:rules|curbs|guidelines"
        r"|restrictions)\b|"
        r"\b(?:issues|problems)\b[^;\n]{0,70}\b(?:been|were|are) (?:\w+ )?(?:resolved|addressed"
        r"|rectified|fixed)\b|"
        r"\b(?:eas(?:e[sd]?|ing)|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|lift(?:s|ed|ing)?"
        r"|end(?:s|ed|ing)?)~(?:curbs?|restrictions?|rules|crackdown|bans?|regulat\w+"
        r"|controls)\b|\bregulatory easing\b|\b(?:freeze|curbs?|bans?|restrictions?|suspension)~(?:lifted"
        r"|eased|removed"
        r"|ended)\b",
        1,
        "market",
        weight=0.65,
        without=r"\b(?:COVID|pandemic|lockdown|travel|virus)\w*",
        scope="sector",
    ),
    trigger(
        "crackdown",
        "regulation",
        r"\b(?:step(?:s|ped)? up|strengthen(?:s|ed)?|intensif(?:y|ies|ied))~(?:antitrust"
        r"|anti-?monopoly|regulat\w+|oversight|supervision|scrutiny)\b|\b(?:crackdowns?"
        r"|clampdowns?|crack(?:s|ed|ing)? down|tech inquisition|regulatory (?:campaign|storm"
        r"|onslaught))\b",
        -1,
        "market",
        weight=0.5,
        scope="sector",
        without=r"\b(?:years|months|a decade) of\b|\b(?:symbolic )?end (?:to|of) (?:the )?",
        undated="never",
    ),
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
        r"|eas(?:e[sd]|ing)|inject(?:s|ed)?)\b|\b(?:rate|RRR|reserve requirement) cuts?\b"
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
