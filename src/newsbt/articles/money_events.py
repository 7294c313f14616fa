"""English words for what analysts say and what becomes of capital and stakes (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger
from newsbt.articles.verbs import BUY, CUT, RAISE, SELL

__all__ = ["MONEY"]

_JUDGES = (
    r"\b(?:analysts?|price targets?|target prices?|ratings?|brokers?|brokerages?|banks?|fair value|buy"
    r"|overweight"
    r"|outperform|downgrad\w+|upgrad\w+|estimates)\b"
)

MONEY: tuple[Trigger, ...] = (
    trigger(
        "target raised",
        "analyst",
        r"\b(?:upgrad(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?|hik(?:e[sd]?|ing)"
        r"|boost(?:s|ed)?|increas\w+)~(?:price targets?|target prices?|price forecasts?"
        r"|earnings forecasts?|estimates|targets?|rating|(?:to|from) (?:buy|overweight"
        r"|outperform|neutral|hold|sell))\b|\b(?:target|targets)~(?:raised|lifted)\b"
        r"|\bupgraded~(?:buy|overweight|outperform)\b",
        1,
        "target",
        weight=0.85,
        needs=_JUDGES,
        without=r"\b(?:growth|GDP|sales|delivery|production|spending|investment"
        r"|capital) (?:\w+ )?(?:target|forecast)|\b(?:compared (?:to|with)|versus|against|above"
        r"|beating|topping)"
        r" (?:\w+ ){0,3}estimates",
    ),
    trigger(
        "target cut",
        "analyst",
        r"\b(?:downgrad(?:e[sd]?|ing)|cuts?|cutting|lower(?:s|ed|ing)?|trim(?:s|med)?"
        r"|slash(?:es|ed)?|reduc\w+)~(?:price targets?|target prices?|price forecasts?"
        r"|earnings forecasts?|estimates|targets?|rating|(?:to|from) (?:buy|overweight"
        r"|outperform|neutral|hold|sell|underweight))\b|\bdowngrade[sd]?\b"
        r"|\bfrom (?:an? )?\W?(?:buy|overweight|outperform)\W? to (?:an? )?\W?(?:neutral|hold|sell"
        r"|underweight|underperform)\b",
        -1,
        "target",
        weight=0.85,
        needs=_JUDGES,
        without=r"\b(?:growth|GDP|sales|delivery|production) target",
    ),
    trigger(
        "price cut",
        "product",
        r"\b(?:cuts?|cutting|slash(?:es|ed|ing)?|lower(?:s|ed|ing)?|reduc(?:e[sd]?"
        r"|ing))~pric(?:es?|ing)\b(?! (?:targets?|forecasts?|objectives?|estimates?))"
        r"|\bprice cuts?\b|\b(?:start(?:s|ed)|wag(?:es|ed|ing)|kick(?:s|ed) off|trigger(?:s"
        r"|ed)) (?:a |the )?(?:\w+ )?price war\b",
        -1,
        "actor",
        weight=0.7,
    ),
    trigger(
        "buyback",
        "capital",
        r"\b(?:share |stock )?(?:buy-?backs?|repurchas(?:e[sd]?|ing))\b|\bb(?:uy|uys|uying|ought) back\b",
        1,
        "actor",
        weight=0.8,
    ),
    trigger(
        "dividend cut",
        "capital",
        r"\b(?:cuts?|suspend\w*|scrap\w*|skip\w*|omit\w*|halv\w*)~dividends?\b",
        -1,
        "actor",
        weight=0.8,
    ),
    trigger(
        "dividend",
        "capital",
        r"\b(?:declar\w+|pay(?:s|ing)?|paid|rais\w+|special|announc\w+|propos\w+|hik\w+"
        r"|first(?:-ever)?)~dividends?\b",
        1,
        "actor",
        weight=0.7,
    ),
    trigger(
        "split-up",
        "capital",
        r"\b(?:split(?:s|ting)?(?= (?:itself |up |the |its |into|off))|splitting into|break(?:s"
        r"|ing)? (?:itself )?up|restructur(?:e|ed|es|ing) (?:itself )?into|dividing (?:itself "
        r"|the company )?into|restructuring in|overhaul(?:s|ed)? (?:itself|its (?:business"
        r"|structure))|reorgani[sz](?:e[sd]?|ing) (?:itself|into|its)|spin(?:s|ning)?[- ]?offs?"
        r"|spun off|carve[- ]?out)\b|\b(?:unveil\w*|announc\w+|declar\w+)~(?:restructuring"
        r"|reorgani[sz]ation|break-?up)\b",
        1,
        "actor",
        weight=0.8,
        without=r"\b(?:stock|share) split\b",
    ),
    trigger(
        "new shares",
        "capital",
        r"\b(?:sell(?:s|ing)?|sold|issu(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|plac(?:es|ed|ing)"
        r"|offer(?:s|ed|ing)?|pric(?:es|ed))~(?:convertible|exchangeable|new shares"
        r"|share (?:sale|placement|offering)|rights issue)\b",
        -1,
        "actor",
        weight=0.75,
    ),
    trigger(
        "bonds",
        "capital",
        r"\b(?:sell(?:s|ing)?|sold|issu(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|pric(?:es"
        r"|ed))~(?:bonds?|senior notes|loans?|debt)\b",
        0,
        "actor",
        weight=0.6,
    ),
    trigger(
        "stake cut",
        "ownership",
        rf"\b(?:{SELL}|{CUT})~(?:stakes?"
        r"|holdings?|positions?|(?:stock|shares) in|(?:its|his|her|all|[0-9.,]+ ?\w*) shares (?:in|of)"
        r"|shareholding)\b",
        -1,
        "target",
        weight=0.8,
    ),
    trigger(
        "stake raised",
        "ownership",
        rf"\b(?:{RAISE}|{BUY}|disclos(?:e[sd]?|ing)|grew|pay(?:s|ing)?|paid|agre(?:es|ed) to (?:buy|pay)"
        r"|offer(?:s|ed) to buy)~(?:stakes?|(?-i:holdings?)|positions?|exposure to|bets? on|wagers? on"
        r"|shares (?:in|of))\b|\bstakes?~(?:raised|boosted|increased|grew)\b|\bdeal for an? ~stake\b"
        r"|\bpurchases? of [0-9][0-9,.]* ?(?:million )?shares\b"
        r"|[$€£][0-9.,]+ ?(?:billion|million|bn|m) (?:bet|stake|wager)\b"
        r"|\bdoubl\w+ down on (?:[\w’']+ ){0,3}(?:bets?|stakes?|wagers?|positions?|Chin\w+)\b",
        1,
        "target",
        weight=0.8,
    ),
    trigger(
        "buying everything",
        "ownership",
        r"\bbuy(?:ing)?\b[^.;\w]{0,4}everything\b|\bloading up on\b|\ball[- ]in on\b"
        r"|\b(?:net )?(?:foreign )?inflows (?:into|to)\b",
        1,
        "market",
        weight=0.6,
        scope="market",
    ),
    trigger(
        "round led",
        "ownership",
        r"\b(?:led|leads?|leading|join(?:s|ed)|took part in|participat\w+ in)~(?:funding"
        r"|financing|investment|fundraising)? ?round\b|\binvest(?:s|ed"
        r"|ing)?\b[^;\n]{0,60}\bin\b[^;\n]{0,60}\b(?:start-?ups?|unicorn|ventures?|developer"
        r"|maker|app|application|operator|company|group|chain|platform|firm|retailer|bank|fund|studio"
        r"|lab)\b|\bback(?:s|ed"
        r"|ing)~start-?ups?\b",
        1,
        "actor",
        weight=0.7,
    ),
)
