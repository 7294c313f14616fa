"""English words for what states do to companies, and courts (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["STATE"]

_AUTHORITY = (
    r"(?:regulators?|regulatory|authorit\w+|governments?|Beijing|Brussels|Washington|SAMR|CSRC|NPPA|CAC"
    r"|SEC|FTC|watchdog|ministry|commission|administration|antitrust|Pentagon|department|judge|planner"
    r"|exchange|congress|lawmakers?|Trump|Biden|White House|court|U\.?S\.?)"
)

STATE: tuple[Trigger, ...] = (
    trigger(
        "offering stopped",
        "regulation",
        r"\b(?:suspen[ds]\w*|stop(?:s|ped)|halt\w*|scrap\w*|pull(?:s|ed)|cancel\w*|shelv\w*|derail\w*"
        r"|block\w*|call(?:s|ed) off|postpon\w*|withdr[ae]w\w*)~(?:IPO|initial public offering|listing"
        r"|flotation|offering|share sale)\b|\b(?:IPO|initial public offering|listing|flotation|offering"
        r"|share sale)~(?:suspended|suspension|stopped|halted|scrapped|pulled|cancell?ed|shelved|blocked"
        r"|derailed|called off|postponed|withdrawn|torpedoed)\b",
        -1,
        "both",
        weight=0.9,
    ),
    trigger(
        "plan dropped",
        "capital",
        r"\b(?:cancel\w*|scrap\w*|shelv\w*|abandon\w*|drop(?:s|ped)|call(?:s|ed) off)~(?:spin-?offs?|split"
        r"|break-?up|buy-?back)\b",
        -1,
        "actor",
        weight=0.8,
    ),
    trigger(
        "ban lifted",
        "regulation",
        r"\b(?:suspend(?:s|ed)?|lift(?:s|ed)?|remov(?:es?|ed)|overturn(?:s|ed)?|revers(?:es|ed))~(?:bans?"
        r"|blacklist|curbs|restrictions|sanctions|designation)\b",
        1,
        "target",
        weight=0.75,
    ),
    trigger(
        "probe over",
        "regulation",
        r"\b(?:end(?:s|ed)?|clos(?:es|ed)|conclud\w+|drop(?:s|ped)|complet\w+|wrap(?:s|ped) up)~(?:probe"
        r"|investigation|rectification|crackdown|inquiry)\b",
        1,
        "target",
        weight=0.8,
    ),
    trigger(
        "fine",
        "regulation",
        r"\bfin(?:ed|es|ing)\b(?! print)|\b(?:record|antitrust|hefty|[0-9.]+ ?(?:billion|bn|million"
        r"|m))\b[^;\n]{0,25}\b(?:fine|penalty)\b|\bfine of\b|\bpenali[sz]ed\b|\bpenalty of\b",
        -1,
        "target",
        weight=0.9,
    ),
    trigger(
        "probe",
        "regulation",
        r"\b(?:opens?|opened|launch(?:es|ed)?|starts?|started|begins?|began|faces?|facing|under|announced"
        r"|into)~(?:probe|investigation|inquiry|review|antitrust case)\b|\b(?:investigates?|investigated"
        r"|is investigating|prob(?:ed|ing)|examining|looking into|raided|interviewed by regulators)\b"
        r"|\bunder a microscope\b|\bantitrust (?:probe|investigation|case)\b",
        -1,
        "target",
        weight=0.75,
    ),
    trigger(
        "summoned",
        "regulation",
        r"\b(?:summon(?:s|ed)|hauled in|called in)\b|\b(?:requested|asked|ordered|told) to (?:meet"
        r"|attend)~(?:regulators?|authorities|watchdogs?)\b",
        -1,
        "market",
        weight=0.75,
        scope="sector",
    ),
    trigger(
        "criticism of the state",
        "regulation",
        r"\b(?:critici[sz]\w+|accus\w+|lambast\w+|blast(?:s|ed)|attack(?:s|ed))~(?:regulat\w+|Beijing"
        r"|authorities|watchdogs?|state banks?|financial system)\b",
        -1,
        "actor",
        weight=0.7,
        without=r"\b(?:analyst|economist)\b",
    ),
    trigger(
        "blacklisted",
        "regulation",
        r"\b(?:blacklist\w*|entity list|delist(?:s|ed|ing)?|military list|sanction(?:s|ed)|ban(?:s|ned"
        r"|ning)|barr(?:ed|ing)|prohibit(?:s|ed))\b(?! on)(?! (?:of|from) (?:the )?market)",
        -1,
        "target",
        weight=0.65,
        needs=_AUTHORITY,
        scope="market",
    ),
    trigger(
        "approval",
        "regulation",
        r"\b(?:approv(?:e[sd]?|al|ing)|clear(?:s|ed)|green[- ]?li(?:ght|t)\w*|won a licen[cs]e"
        r"|(?<!for\s)grant(?:s|ed)|allowed|let(?= [A-Z])|permit(?:s|ted)|will (?:support|back|encourage)"
        r"|pledg(?:es|ed) support)\b",
        1,
        "target",
        weight=0.65,
        needs=_AUTHORITY,
        without=r"\b(?:without|awaiting|pending|subject to|seeking|need\w*) (?:\w+ ){0,3}(?:approval"
        r"|clearance|permission)\b",
    ),
)
