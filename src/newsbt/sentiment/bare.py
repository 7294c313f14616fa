"""Headlines in lower case without what is no part of the sentence: markup, labels, publishers (pure)."""

from __future__ import annotations

import re
from typing import Final

from newsbt.linking.folding import fold
from newsbt.news.texts import LONGEST_TITLE, plain_text

__all__ = ["bare"]

#: Who put a headline out, at its end: "- Reuters", "| The Economic Times".
_PUBLISHER: Final = re.compile(
    r"(?:\s-\s|\s?\|\s?)(?:the )?(?:[\w&.']+ ){0,3}"
    r"(?:reuters|bloomberg|times|post|news|journal|wire|daily|herald|mirror|chronicle|standard|today|tribune"
    r"|express|guardian|telegraph|barron's|marketwatch|cnbc|cnn|bbc|benzinga|forbes|fortune|investor|finance"
    r"|business ?line|moneycontrol|livemint|mint|scmp|caixin|nikkei|yicai|xinhua|et|pti|afp|ap|ft|wsj"
    r"|\w+\.(?:com|net|org|cn|in|hk))\s*$"
)
#: What an agency puts before a headline: "UPDATE 1-", "BREAKING: ".
_LABEL: Final = re.compile(
    r"(?:(?:update|wrapup|refile|corrected) \d?|breaking(?: news)?|just in|exclusive|market chatter|rpt)"
    r"\s?[-:|]\s?"
)
#: What they begin with: to look for it first is most of the speed.
_LABELS: Final = (
    "update",
    "wrapup",
    "refile",
    "correct",
    "breaking",
    "just in",
    "exclusive",
    "market",
    "rpt",
)


def bare(text: str) -> str:
    """`text` folded (:func:`newsbt.linking.folding.fold`), without what is no part of the sentence.

    Tags and entities of HTML and invisible characters go, an agency's label at the beginning, and one of the
    well-known publishers at the end. At most a thousand characters of it are kept.
    """
    if "<" in text or "&" in text or not text.isprintable():
        text = plain_text(text, LONGEST_TITLE)
    text = text.lower() if text.isascii() else fold(text)
    if " - " in text or "|" in text:
        text = _PUBLISHER.sub("", text)
    if text.startswith(_LABELS) and (label := _LABEL.match(text)):
        text = text[label.end() :]
    return text
