"""Which way the price of a stock went, as a sentence says (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection

from newsbt.articles.reading import Part, Reading

__all__ = ["DOWN", "UP", "move_in", "price_move"]

UP = (
    r"(?:rose|ris(?:es|en|ing)|jump(?:s|ed|ing)?|surg(?:e[sd]?|ing)|soar(?:s|ed|ing)?|climb(?:s|ed|ing)?"
    r"|gain(?:s|ed|ing)?|rall(?:y|ies|ied|ying)|advanc(?:e[sd]?|ing)|spik(?:e[sd]?|ing)|pop(?:s|ped|ping)?"
    r"|rebound(?:s|ed|ing)?|shot up|leap(?:s|t|ed|ing)?|higher|up (?:about |almost |nearly |more than "
    r"|over |as much as )?"
    r"[0-9.]+|rocket(?:s|ed)?|skyrocket(?:s|ed)?)"
)
DOWN = (
    r"(?:fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|slid(?:es?|ing)?|sank|sink(?:s|ing)?|sunk"
    r"|plung(?:e[sd]?|ing)"
    r"|tumbl(?:e[sd]?|ing)|slump(?:s|ed|ing)?|declin(?:e[sd]?|ing)|los[te]|shed|dip(?:s|ped)?|plummet(?:s"
    r"|ed|ing)?|lower"
    r"|crash(?:es|ed)?|tank(?:s|ed)?|slipp?(?:s|ed|ing)?|down (?:about |almost |nearly |more than |over "
    r"|as much as )?[0-9.]+"
    r"|wiped)"
)
_STOCK = r"(?:shares?|stocks?|ADRs?|receipts|index|stock price|market value|股)"
_MOVE = re.compile(
    rf"\b{_STOCK}\b[^;.\n]{{0,60}}?\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b"
    rf"|\b(?:(?P<up2>{UP})|(?P<down2>{DOWN}))\b[^;\n]{{0,30}}(?:[0-9.]+ ?(?:%|per ?cent|percent)|premarket"
    rf"|Hong Kong|New York)",
    re.IGNORECASE,
)
_CHINESE_UP, _CHINESE_DOWN = re.compile(r"大?[涨漲]|飙升|飆升|走高|攀升"), re.compile(r"大?跌|走低|下挫|重挫")


def move_in(text: str) -> int:
    """1, -1, or 0 where no price moves in `text`; the first that does."""
    match = _MOVE.search(text)
    if match is None:
        return (_CHINESE_UP.search(text) is not None) - (_CHINESE_DOWN.search(text) is not None)
    return 1 if match["up"] or match["up2"] else -1


def price_move(reading: Reading, part: Part, symbols: Collection[str]) -> int:
    """Which way the stock of `symbols` went in a sentence that names no other issuer; 0: unknown."""
    named = {name.symbol for name in part.names if name.inside}
    if named - set(symbols):
        return 0
    return move_in(reading.text[slice(*part.span)])
