"""Whether words move a rating or a target, and which way (pure)."""

from __future__ import annotations

import re

__all__ = ["rating"]

_TARGET = (
    r"(?:(?:price|stock|share) (?:targets?|objectives?)|target prices?|price forecasts?|fair[- ]value"
    r"|targets? (?:on|for|to|price)|targets?\b(?! (?:of|market|audience|growth))|ratings?|recommendations?"
    r"|(?:earnings|profit|revenue|EPS|sales|its|their) (?:estimates?|forecasts?))"
)
_UP = re.compile(
    r"\bfrom (?:an? )?[“\"']?(?-i:Hold|Neutral|Sell|Underweight|Underperform)[”\"']? to (?:an? )?[“\"']?"
    r"(?-i:Buy|Overweight|Outperform)|"
    r"\bupgrad(?:e[sd]?|ing)\b"
    rf"|\b(?:rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?|hik(?:e[sd]?|ing)|boost(?:s|ed|ing)?|increas(?:e[sd]?"
    rf"|ing)|upp?(?:s|ed)?"
    rf"|bump(?:s|ed)?)\b[^.;\n]{{0,60}}?\b{_TARGET}"
    rf"|\b{_TARGET}[- ](?:hikes?|bumps?|raises?|increases?|raised|lifted|upped)\b"
    r"|\b(?:reiterat\w+|maintain\w*|assign\w*|reaffirm\w*|initiat\w+|keeps?|kept|has|with|at)\b[^.;\n]{0,50}?"
    r"[“\"']?\b(?:(?-i:Buy|Strong Buy)|(?:strong )?buy[”\"']? (?:rating|recommendation|call)|overweight"
    r"|outperform"
    r"|top pick)\b"
    r"|(?:上调|上調|调高|調高|提高)[^。；\n]{0,15}(?:目标价|目標價|评级|評級)|(?:目标价|目標價)[^。；\n]{0,12}(?:上调|上調|升至|提高)"
    r"|(?:重申|给予|給予|维持|維持)[^。；\n]{0,12}(?:买入|買入|增持|跑赢)",
    re.IGNORECASE,
)
_GOOD, _BAD = (
    r"(?:[“\"']?(?:Strong Buy|Buy|Overweight|Outperform|Add|Accumulate)\b[”\"']?)",
    r"(?:[“\"']?(?:Hold|Neutral|Sell|Underweight|Underperform|Reduce|Market Perform"
    r"|Equal[- ]Weight)\b[”\"']?)",
)
_DOWN = re.compile(
    rf"\bfrom (?:an? )?(?-i:{_GOOD}) to (?:an? )?(?-i:{_BAD})|"
    r"\bdowngrad(?:e[sd]?|ing)\b"
    rf"|\b(?:cuts?|cutting|lower(?:s|ed|ing)?|trim(?:s|med|ming)?|slash(?:es|ed|ing)?|reduc(?:e[sd]?|ing))\b"
    rf"[^.;\n]{{0,60}}?\b{_TARGET}"
    rf"|\b{_TARGET}[- ](?:cuts?|reductions?|lowered|trimmed)\b"
    r"|(?:下调|下調|调低|調低)[^。；\n]{0,15}(?:目标价|目標價|评级|評級)|(?:目标价|目標價)[^。；\n]{0,12}(?:下调|下調|降至)",
    re.IGNORECASE,
)
#: A company's own targets.
_OWN = re.compile(
    r"\b(?:growth|GDP|sales|delivery|production|emissions?|spending|revenue) targets?\b", re.IGNORECASE
)


def rating(text: str) -> int:
    """1 where a target or rating is raised or a good one kept, -1 where it is cut, 0 for neither or both."""
    if _OWN.search(text):
        return 0
    up, down = _UP.search(text), _DOWN.search(text)
    if up and down:
        return 1 if up.start() < down.start() else -1
    return (up is not None) - (down is not None)
