"""Headlines made comparable: without labels, by-lines, symbols and punctuation; and their figures (pure)."""

from __future__ import annotations

import re

from newsbt.linking.folding import fold

__all__ = ["figures", "normal"]

#: "(BABA.US)", "(09988)": symbols that one feed attaches and another does not.
_SYMBOL = re.compile(r"\((?:[a-z]{2,8}:\s?)?(?:\d{3,6}|[a-z]{1,6})(?:\.[a-z]{1,2})?\)")
_LABEL = re.compile(r"^(?:\u3010[^\u3011]{1,10}\u3011|[^|:]{2,12}\|\s*|market chatter:\s|update \d[-:]\s?)")
_BYLINE = re.compile(r"(?:\s(?:-{1,2}|\u2014)\s[\w.' ]{2,24}|\s?\|\s?[\w.' ]{2,12})$")
_NOISE = re.compile(r"[^\w%.]+|(?<!\d)\.|\.(?!\d)|_")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def normal(title: str) -> str:
    """`title` folded, with single blanks between its words.

    Labels of columns (``"Market Chatter: "``, up to ten characters in corner brackets), a publisher at the
    end and symbols in brackets go; a title of nothing else stays whole. Never empty.
    """
    folded = fold(title)
    if "(" in folded:
        folded = _SYMBOL.sub(" ", folded)
    folded = bare = folded.strip()
    # What the patterns begin or end with is rare; to look for it first is most of the speed.
    if "|" in folded or folded.startswith(("\u3010", "market", "update")):
        bare = _LABEL.sub("", bare)
    if "|" in folded or " - " in folded or " -- " in folded or " \u2014 " in folded:
        bare = _BYLINE.sub("", bare)
    return _NOISE.sub(" ", bare).strip() or _NOISE.sub(" ", folded).strip() or " ".join(folded.split()) or "-"


def figures(text: str) -> frozenset[str]:
    """Numbers in a text that :func:`normal` made, without the commas in them and zeros after the point."""
    return frozenset(_plain(match.replace(",", "")) for match in _FIGURE.findall(text))


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if number.count(".") == 1 else number
