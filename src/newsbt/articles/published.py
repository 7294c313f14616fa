"""When an article was published, as far as its own text or its page says (pure)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import find_date_words, resolve

__all__ = ["Moment", "find_published", "parse_moment", "states_publication"]

#: A day, or a moment with its offset.
Moment = dt.date | dt.datetime

HEAD_LINES, FOOT_LINES = 15, 6
LONGEST_STAMP = 60
_LABEL = re.compile(
    r"^\W*(?:(?:first )?published|posted|date|updated|last (?:updated|modified)|publication date|released?"
    r"|发布时间|發布時間|发布于|发表于|时间|日期|来源|更新)\b\s*(?:on|at|time)?\s*[:：]?",
    re.IGNORECASE,
)
_CHINESE_LABEL = re.compile(r"^\W*(?:发布时间|發布時間|发布于|发表于|发布日期|时间|日期|更新)")
_CLOCK = re.compile(
    r"\b(?P<hour>[0-2]?[0-9])[:.](?P<minute>[0-5][0-9])(?::[0-5][0-9])?\s*(?P<half>[aApP]\.?[mM]\.?)?\s*"
    r"(?P<zone>UTC|GMT|Z|HKT|SGT|EST|EDT|ET|PST|PDT|CST|BJT|JST|(?:UTC"
    r"|GMT)?[+-][0-9]{1,2}:?(?:[0-9]{2})?)(?![a-z])"
)
_ZONES = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "HKT": 8,
    "SGT": 8,
    "EST": -5,
    "EDT": -4,
    "PST": -8,
    "PDT": -7,
    "BJT": 8,
    "JST": 9,
}


def parse_moment(text: str) -> Moment | None:
    """An ISO 8601 day, or moment with an offset; None for anything else."""
    cleaned = text.strip()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cleaned):
            return dt.date.fromisoformat(cleaned)
        moment = dt.datetime.fromisoformat(cleaned)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.date()


def find_published(text: str, stamps: Iterable[str] = ()) -> Moment | None:
    """The moment of publication.

    Parameters
    ----------
    text : str
        Of the article. Its first and last lines are looked at: a line that says "Published" or the like or
        holds little but a date with a year, or the place and date that an agency or a press release begins
        with.
    stamps : iterable of str
        What the page's own fields say, the surest first; ISO 8601.

    Returns
    -------
    date, datetime or None
        A datetime only with its offset. None where nothing names a day of a year: a date inside the story is
        never taken for it.
    """
    for stamp in stamps:
        moment = parse_moment(stamp)
        if moment is not None and 1900 <= moment.year <= 2199:
            return moment
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in [*lines[:HEAD_LINES], *lines[HEAD_LINES:][-FOOT_LINES:]]:
        moment = _of_line(line[:300])
        if moment is not None:
            return moment
    return None


def states_publication(line: str) -> bool:
    """Whether `line` holds little but the moment of publication."""
    return len(line) <= LONGEST_STAMP and find_date_words(line) != [] and _of_line(line) is not None


def _of_line(line: str) -> Moment | None:
    words = [
        word for word in find_date_words(line[:160]) if word.rule.relative == "none" or "年" in word.text
    ]
    full = [word for word in words if word.rule.name in ("full date", "iso date", "weekday date")]
    full = [word for word in full if re.search(r"(?:19|20)[0-9]{2}", word.text)]
    if not full:
        full = [
            w
            for w in find_date_words(line[:160])
            if w.rule.name == "weekday date" and re.search(r"(?:19|20)[0-9]{2}", w.text)
        ]
    if not full:
        return parse_moment(line)
    word = full[0]
    labelled = _LABEL.match(line) or _CHINESE_LABEL.match(line)
    short = len(line) - len(word.text) <= 60 and not re.search(r"[.!?。]\s*$", line) and word.start <= 60
    dateline = (
        word.start <= 60
        and re.match(r"[^\n]{0,30}?(?:[–—]|--| - |/[A-Z][\w -]+/|\((?:[A-Z][\w ]+)\))", line[word.end :])
        and re.match(r"[A-Z]", line)
    )
    if not (labelled or short or dateline):
        return None
    when = resolve(word, Context(dt.date(2000, 1, 1)))
    if when is None or when.days != 1:
        return None
    return _with_clock(when.first, line[word.end : word.end + 40])


def _with_clock(day: dt.date, rest: str) -> Moment:
    match = _CLOCK.search(rest)
    if match is None:
        return day
    zone = match["zone"]
    hours = _ZONES.get(zone)
    if hours is None:
        found = re.search(r"([+-])([0-9]{1,2}):?([0-9]{2})?$", zone)
        if found is None:
            return day
        hours = int(found[1] + "1") * int(found[2])
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    if hour > 23 or abs(hours) > 14:
        return day
    zone_ = dt.timezone(dt.timedelta(hours=hours))
    return dt.datetime(day.year, day.month, day.day, hour, int(match["minute"]), tzinfo=zone_)
