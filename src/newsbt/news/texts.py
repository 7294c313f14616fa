"""Plain text out of what feeds give: without markup, entities, odd spaces, control characters (pure)."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

__all__ = ["LONGEST_SUMMARY", "LONGEST_TITLE", "LOST", "plain_text", "shortened", "tidy_tokens"]

#: What stands where bytes could not be read.
LOST: Final = "\ufffd"
LONGEST_TITLE: Final = 1_000
LONGEST_SUMMARY: Final = 20_000
#: Raw characters looked at: a description is cut before it is parsed.
LONGEST_RAW: Final = 60_000

_NAMES = (
    "a|abbr|acronym|address|area|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|caption|center|"
    "cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|"
    "frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav|"
    "noscript|object|ol|option|p|param|picture|pre|q|s|samp|script|section|select|small|source|span|strike|"
    "strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr"
)
#: A tag that HTML has. Anything else between angle brackets may be text: "a < b", "<unnamed source>".
_TAG = re.compile(rf"</?(?:{_NAMES})(?=[\s/>])[^<>]*>|<!--|<!\[CDATA\[", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?=/?(?:p|br|div|li|ul|ol|td|tr|th|h[1-6]|blockquote|table|section|article|hr|img|dd|dt|pre)[\s/>])",
    re.IGNORECASE,
)
#: Elements whose content is not to be read; taking them out needs a parser.
_NOT_TEXT = re.compile(r"<(?:script|style|template|textarea|title|svg|noscript|iframe)[\s/>]", re.IGNORECASE)
_BEFORE_MARK = re.compile(r"\s+(?=[,.;:!?%)\]、。，；：！？」』）])")
_AFTER_BRACKET = re.compile(r"(?<=[(\[「『（])\s+")
#: Times that entities are resolved: feeds that escape twice are common, three times is an attack or a joke.
ROUNDS = 2


def plain_text(raw: str, longest: int = LONGEST_SUMMARY) -> str:
    """Text of `raw` without markup, entities and invisible characters, white space collapsed.

    Parameters
    ----------
    raw : str
        HTML or plain text. Angle brackets that make no tag of HTML stay.
    longest : int
        Characters at most; what is longer is cut and ends in an ellipsis.
    """
    text = raw[:LONGEST_RAW]
    for _ in range(ROUNDS):
        before = text
        if "<" in text and _TAG.search(text):
            text = _without_markup(text)
        if "&" in text:
            text = html.unescape(text)
        if text == before:
            break
    if not text.isascii() or not text.isprintable():
        text = "".join(_visible(mark) for mark in text)
    return shortened(" ".join(text.split()), longest)


def tidy_tokens(text: str) -> str:
    """`text` without the spaces that a tokeniser put around punctuation."""
    return _AFTER_BRACKET.sub("", _BEFORE_MARK.sub("", text))


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters of `text`, the last an ellipsis where it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _without_markup(text: str) -> str:
    text = _without_comments(text.replace("<![CDATA[", "").replace("]]>", ""))
    if not _NOT_TEXT.search(text):
        return _TAG.sub("", _BLOCK.sub(" <", text))
    from bs4 import BeautifulSoup

    # What HTML does not know as a tag is kept as text.
    kept, last = [], 0
    for match in _TAG.finditer(text):
        kept += [text[last : match.start()].replace("<", "&lt;"), match[0]]
        last = match.end()
    kept.append(text[last:].replace("<", "&lt;"))
    return BeautifulSoup(_BLOCK.sub(" <", "".join(kept)), "html.parser").get_text()


def _without_comments(text: str) -> str:
    kept, last = [], 0
    while (start := text.find("<!--", last)) >= 0:
        kept.append(text[last:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        last = end + 3
    return "".join([*kept, text[last:]])


def _visible(mark: str) -> str:
    """`mark`; a space for control characters, nothing for format characters, LOST for half a character."""
    kind = unicodedata.category(mark)
    if kind == "Cc":
        return " "
    if kind == "Cf":
        # Joiners matter in several scripts and in emoji.
        return mark if mark in "\u200c\u200d" else ""
    return LOST if kind == "Cs" else mark
