"""Whether a clause tells of what was, of what is to come, or of what might be (pure)."""

from __future__ import annotations

import re

from newsbt.articles.date_rules import Tense

__all__ = ["begins_past", "is_denied", "is_hypothetical", "is_present", "tense_of"]

_FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|(?:is|are|was|were) (?:due|set|expected|scheduled|slated|poised"
    r"|likely) (?:to|on|for|in|next|this)|scheduled|slated|due (?:on|to|in|for|next|later)|expected (?:to"
    r"|on|in|this|next|by)"
    r"|ahead of (?:its|the|their|his) (?:\w+ ){0,2}(?:earnings|results|report|meeting|conference)|upcoming"
    r"|looming|date to watch|next (?:week|month|year|quarter)|later this|tomorrow|plans? to"
    r"|going to|set for|keep an eye|look(?:s|ing)? (?:ahead|forward) to|coming (?:days|weeks|months))\b"
    r"|[将將](?:于|於|在|会|會|继续|繼續|再|推出|发布|發布|公布|公佈|举行|舉行|投资|投入|收购|上市|启动|開始|开始)|(?<!超)(?<!胜)(?<!于)(?<!於)(?:预期"
    r"|預期|预计|預計)(?=[^。\n]{0,6}[0-9一二三四五六七八九十]月)|即将|即將|定于|定於|拟|擬|料|有望|下周|下週|下月"
    r"|明年|明天|明日",
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|rose|fell|said|told|met|led|cut|hit|put|set|made|took|came|gave|went|won|lost"
    r"|sold|bought|built|held|sent|drew|grew|shrank|began|became|left|saw|sank|slid|shot|paid|spent|stood"
    r"|struck|swung|beat|spun|split|spoke|wrote|fled|[a-z]{2,}ed)\b"
    r"|了|已|曾|昨|此前",
)
_MAYBE = re.compile(
    r"\b(?:could|may|might|would|if|whether|should|hope(?:s|d)? (?:to|that)|want(?:s|ed)? to|consider(?:s"
    r"|ing|ed)?|mull(?:s|ing)|weigh(?:s|ing)|in talks|unless|potential(?:ly)?|possib(?:le|ly)|suggests?"
    r"|by offering|encourag\w+|seek to|rather than|instead of|such as|ways to|need(?:s)? to|require[sd]?)\b"
    r"|可能|或将|或將|如果|若|考虑|考慮|传闻|有意",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|told|announced|confirmed|pledged)\b")
_DECIDED = re.compile(r"\b[Dd]ecision\b[^;\n]{0,60}\bto (?:ban|end|impose|block|suspend|fine|cut|raise)\b")
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|(?:it is|remains?) (?:unclear|unknown)"
    r"|no plans? to|not (?:yet|been|planning|going|in talks)|did(?:n['’]t| not)"
    r"|does(?:n['’]t| not)|has(?:n['’]t| not)|have(?:n['’]t| not)|had(?:n['’]t| not)|ruled out|refut\w+"
    r"|declin(?:ed|es) to|(?:looked at|considered|explored) \w+ing|(?:moves?|moving|press(?:es|ing)"
    r"|going) (?:ahead|on|forward) with|would(?: have"
    r"|['’]ve) been|was to have been)\b|否认|否認|没有|沒有|未有|并未",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|says|notes|thinks|believes|sees|writes|adds|expects|remains?|continues?)\b|正|目前"
)


def tense_of(text: str, start: int = 0, end: int | None = None) -> Tense:
    """Of ``text[start:end]``: ``"future"`` by its words, else ``"past"`` where a verb says so."""
    stop = len(text) if end is None else end
    if _FUTURE.search(text, start, stop):
        return "future"
    return "past" if _PAST.search(text, start, stop) else "unknown"


def begins_past(text: str, start: int, end: int) -> bool:
    """Whether the first verb of ``text[start:end]`` that tells a time is one of the past."""
    past, future = _PAST.search(text, start, end), _FUTURE.search(text, start, end)
    return past is not None and (future is None or past.start() < future.start())


def is_hypothetical(text: str) -> bool:
    """Whether the words say that it might be, should be or is only thought of.

    "Would" is the future of what somebody said, and no doubt.
    """
    if _DECIDED.search(text):
        return False
    return any(
        match.group().lower() != "would" or _SAID.search(text) is None for match in _MAYBE.finditer(text)
    )


def is_denied(text: str) -> bool:
    """Whether the words say that it is not so."""
    return _DENIED.search(text) is not None


def is_present(text: str) -> bool:
    """Whether it is told as something that is going on, or has just come about."""
    return _PRESENT.search(text) is not None and not re.search(r"\b(?:was|were|had)\b", text)
