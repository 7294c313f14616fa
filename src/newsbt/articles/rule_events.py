"""English words for rules that states make and ease, and for whom they warn (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger
from newsbt.articles.verbs import LAUNCH

__all__ = ["RULES"]

RULES: tuple[Trigger, ...] = (
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
        r"|[Pp]remier|Li Qiang|leaders?|cabinet|Politburo|central bank)(?:['’]s)?"
        r"~(?:announc\w+|pledg\w+|vow\w*|commit(?:s|ted|ment)|promis\w+|signal(?:s|led|ed)"
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
        r"|\b(?:must|ha[sd] to|have to) (?:register|comply|withdraw|stop|apply)\b|\bfac(?:es?"
        r"|ing) (?:a |an )?ban\b"
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
        "accused by the state",
        "regulation",
        r"\b(?:government|regulators?|authorit\w+|watchdogs?|ministry|agency|prosecutors?|customs)"
        r"~accus(?:es|ed|ing)\b|\b(?:ordered|told|asked|forced)~to (?:remove|delist|pull|take down|block)\b",
        -1,
        "target",
        weight=0.65,
    ),
    trigger(
        "easing of rules",
        "regulation",
        r"\b(?:modify|revise|improve|soften|withdraw|scrap|rethink)~(?:rules|curbs|guidelines"
        r"|restrictions)\b|"
        r"\b(?:issues|problems)\b[^;\n]{0,70}\b(?:been|were|are) (?:\w+ )?(?:resolved|addressed"
        r"|rectified|fixed)\b|"
        r"\b(?:eas(?:e[sd]?|ing)|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|lift(?:s|ed|ing)?"
        r"|end(?:s|ed|ing)?(?! of the (?:week|month|quarter|year)))~(?:curbs?|restrictions?"
        r"|rules|crackdown|bans?|regulat\w+"
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
)
