"""Whether words move a rating or a target, and which way (pure)."""

from __future__ import annotations

import re

from newsbt.articles.verbs import CUT, DROP, RAISE

__all__ = ["rating"]

_TARGET = (
    r"(?:(?:price|stock|share) (?:targets?|objectives?)|target prices?|price forecasts?|fair[- ]value"
    r"|targets? (?:on|for|to|price)|targets?\b(?! (?:of|market|audience|growth))|ratings?|recommendations?"
    r"|(?:earnings|profit|revenue|EPS|sales|its|their) (?:estimates?|forecasts?))"
)
_GOOD = r"[“\"']?(?:Strong Buy|Buy|Overweight|Outperform|Add|Accumulate)\b[”\"']?"
_POOR = (
    r"[“\"']?(?:Hold|Neutral|Sell|Underweight|Underperform|Reduce|Market Perform|Equal[- ]Weight)\b[”\"']?"
)
_UP = re.compile(
    rf"\bfrom (?:an? )?(?-i:{_POOR}) to (?:an? )?(?-i:{_GOOD})"
    r"|\bupgrad(?:e[sd]?|ing)\b"
    rf"|\b(?:{RAISE}|upp?(?:s|ed)?|bump(?:s|ed)?)\b[^.;\n]{{0,60}}?\b{_TARGET}"
    rf"|\b{_TARGET}[- ](?:hikes?|bumps?|raises?|increases?|raised|lifted|upped)\b"
    rf"|\b{_TARGET}[^.;\n]{{0,25}}\b(?:higher|above)\b"
    rf"|\b{DROP}\b[^.;\n]{{0,20}}\bbearish\b"
    r"|\badd(?:s|ed)\b[^.;\n]{0,50}\b(?:conviction|buy|focus|top[- ]picks?) list\b"
    r"|\b(?:reiterat\w+|maintain\w*|assign\w*|reaffirm\w*|initiat\w+|keeps?|kept|has|have|with|at|named"
    r"|names|its"
    r")\b[^.;\n]{0,50}?[“\"']?\b(?:(?-i:Buy|Strong Buy)|(?:strong )?buy[”\"']? (?:rating|recommendation|call)"
    r"|overweight|outperform|top pick)\b"
    r"|(?:上调|上調|调高|調高|提高)[^。；\n]{0,15}(?:目标价|目標價|评级|評級)"
    r"|(?:目标价|目標價)[^。；\n]{0,12}(?:上调|上調|升至|提高)"
    r"|(?:重申|给予|給予|维持|維持)[^。；\n]{0,12}(?:买入|買入|增持|跑赢)",
    re.IGNORECASE,
)
_DOWN = re.compile(
    rf"\bfrom (?:an? )?(?-i:{_GOOD}) to (?:an? )?(?-i:{_POOR})"
    r"|\bdowngrad(?:e[sd]?|ing)\b"
    rf"|\b{CUT}\b[^.;\n]{{0,60}}?\b{_TARGET}"
    rf"|\b{_TARGET}[- ](?:cuts?|reductions?|lowered|trimmed)\b"
    r"|(?:下调|下調|调低|調低)[^。；\n]{0,15}(?:目标价|目標價|评级|評級)"
    r"|(?:目标价|目標價)[^。；\n]{0,12}(?:下调|下調|降至)",
    re.IGNORECASE,
)
_CHINA = re.compile(r"(?:(?! (?:and|but|while) )[^.;,\n]){0,30}\bChin(?:a|ese)\b")
#: A company's own targets.
_OWN = re.compile(
    r"\b(?:growth|GDP|sales|delivery|production|emissions?|spending|revenue) targets?\b", re.IGNORECASE
)


def rating(text: str) -> int:
    """1 where a target or rating is raised or a good one kept, -1 where it is cut, 0 for neither or both."""
    if _OWN.search(text):
        return 0
    up, down = _UP.search(text), _DOWN.search(text)
    if up and down and (_CHINA.match(text, up.end()) is None) != (_CHINA.match(text, down.end()) is None):
        return 1 if _CHINA.match(text, up.end()) else -1
    if up and down:
        return 1 if up.start() < down.start() else -1
    return (up is not None) - (down is not None)
