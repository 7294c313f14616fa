"""English words for what states do to companies, and courts (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger
from newsbt.articles.verbs import DROP

__all__ = ["STATE"]

_AUTHORITY = (
    r"(?:regulators?|regulatory|authorit\w+|governments?|Beijing|Brussels|Washington|SAMR"
    r"|CSRC|NPPA|CAC|SEC|FTC|watchdog|ministry|commission|administration|antitrust|Pentagon"
    r"|department|defen[cs]e department|DoD|judge|planner|exchange|congress|lawmakers?|Trump|Biden"
    r"|White House|court"
    r"|U\.?S\.?)"
)

STATE: tuple[Trigger, ...] = (
    trigger(
        "offering stopped",
        "regulation",
        rf"\b(?:suspension|discontinuation|cancell?ation|abandonment|collapse|{DROP})\b[^;\n]{{0,90}}?\b(?:IPO"
        r"|initial public offerings?|listings?|flotation|offerings?|share sale)\b|\b(?:IPO"
        r"|initial public offerings?|listings?|flotation|offerings?|share sale)~(?:suspended"
        r"|suspension|stopped|halted|scrapped|pulled|cancell?ed|shelved|blocked|derailed"
        r"|called off|postponed|withdrawn|torpedoed)\b|\b(?:announc|order|impos)\w+ the suspension\b"
        r"|\bthe (?:surprise |shock |sudden )?suspension (?:of|follow|came|was|late)",
        -1,
        "both",
        weight=0.9,
        without=r"\b(?:reviv(?:e[sd]?|ing|al)|resum(?:e[sd]?|ing)|relaunch\w*|restart\w*)\b",
    ),
    trigger(
        "plan dropped",
        "capital",
        rf"\b{DROP}~(?:spin(?:ning)?[- ]?offs?|spin|split|break-?up|buy-?back|restructuring|merger"
        r"|plans? to (?:spin|split|list|merge|buy|acquire|sell|build|launch))\b",
        -1,
        "actor",
        weight=0.8,
    ),
    trigger(
        "ban lifted",
        "regulation",
        r"\b(?:suspend(?:s|ed)?|lift(?:s|ed)?|remov(?:es?|ed)|overturn(?:s|ed)?|revers(?:es"
        r"|ed))~(?:bans?|blacklist|curbs|restrictions|sanctions|designation)\b",
        1,
        "target",
        weight=0.75,
    ),
    trigger(
        "probe over",
        "regulation",
        r"\b(?:suspend(?:s|ed|ing)?|end(?:s|ed)?|clos(?:es|ed)|conclud\w+|drop(?:s|ped)|complet\w+|wrap(?:s"
        r"|ped) up)~(?:probe|investigation|rectification|crackdown|inquiry)\b",
        1,
        "target",
        weight=0.8,
    ),
    trigger(
        "fine",
        "regulation",
        r"\bfin(?:ed|es|ing)\b(?! print)|\b(?:record|antitrust|hefty|[0-9.]+ ?(?:billion|bn"
        r"|million|m))\b[^;\n]{0,25}\b(?:fine|penalty)\b|\bfine of\b|\bpenali[sz]ed\b"
        r"|\bpenalty of\b",
        -1,
        "target",
        weight=0.9,
    ),
    trigger(
        "probe",
        "regulation",
        r"\b(?:opens?|opened|launch(?:es|ed)?|starts?|started|begins?|began|faces?|facing|under"
        r"|announced|into)~(?:probe|investigation|inquiry|review|antitrust case)\b"
        r"|\b(?:investigates?|investigated|(?:would|will) investigate|is investigating"
        r"|prob(?:ed|ing)|examining"
        r"|looking into|raided|interviewed by regulators)\b|\bunder a microscope\b"
        r"|\b(?:antitrust|anti-?monopoly) (?:probe|investigation|case|inquiry)\b",
        -1,
        "target",
        weight=0.75,
    ),
    trigger(
        "summoned",
        "regulation",
        r"\b(?:summon(?:s|ed)|hauled in|called in(?:to|\b))(?! question)|\b(?:held|had)~(?:talks|discussions"
        r"|interviews?) with~(?:executives|Ant|founder|managers)\b|\b(?:requested|asked|ordered"
        r"|told) to (?:meet|attend)~(?:regulators?|authorities|watchdogs?)\b",
        -1,
        "market",
        weight=0.75,
        scope="sector",
    ),
    trigger(
        "criticism of the state",
        "regulation",
        r"\b(?:critici[sz]\w+|critical of|accus\w+|lambast\w+|blast(?:s|ed)|attack(?:s|ed)|slamm?(?:s"
        r"|ed))~(?:regulat\w+"
        r"|Beijing|authorities|watchdogs?|state banks?|financial system)\b"
        r"|\b(?:speech|remarks|comments|criticism)~(?:anger(?:s|ed)|irk(?:s|ed)|infuriat\w+"
        r"|upset|rankled|riled"
        r"|enraged|drew the ire|offended)\b|\bcalled (?:the )?(?:\w+ )?(?:regulators|banks)\b",
        -1,
        "actor",
        weight=0.7,
        without=r"\b(?:analyst|economist)\b",
    ),
    trigger(
        "blacklisted",
        "regulation",
        r"\b(?:label(?:s|l?ed)|designat\w+|add(?:s|ed|ing)|plac(?:ed|es|ing)|nam(?:es"
        r"|ed))\b[^;\n]{0,110}\b(?:military|blacklist)"
        r"|\b(?:added to|placed on|put on|removal from) (?:a|the|its) (?:[\w-]+ ){0,2}list\b"
        r"|\b(?:SEC|Securities and Exchange Commission)\b[^;\n]{0,20}\b(?:found|identified|named|flagged)\b"
        r"|\b(?:blacklist\w*|entity list|delist(?:s|ed|ing)?|military list|sanction(?:s|ed)"
        r"|ban(?:s|ned|ning)|barr(?:ed|ing)|prohibit(?:s|ed))\b(?! on)(?! (?:of"
        r"|from) (?:the )?market)",
        -1,
        "target",
        weight=0.65,
        needs=rf"\b{_AUTHORITY}\b",
        scope="market",
    ),
    trigger(
        "approval",
        "regulation",
        rf"\b{_AUTHORITY}~(?:allowed|permits|permitted)\b(?! to)|"
        r"\b(?:approv(?:e[sd]?|al|ing)|clear(?:s|ed)|green[- ]?li(?:ght|t)\w*|w(?:ins?"
        r"|on)~(?:approval|green light|nod|clearance|permission|licen[cs]e)|clearing the latest"
        r"|(?<!for\s)grant(?:s|ed)|will (?:support|back|encourage)|pledg(?:es|ed) support)\b",
        1,
        "target",
        weight=0.65,
        needs=rf"\b{_AUTHORITY}\b",
        without=(
            r"\b(?:without|awaiting|pending|subject to|seeking|need\w*) (?:\w+ ){0,3}(?:approval"
            r"|clearance|permission)\b|\bfor approval\b"
        ),
    ),
)
