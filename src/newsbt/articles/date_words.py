"""Find the date words of a text and say which days they stand for (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsbt.articles.chinese_dates import CHINESE
from newsbt.articles.date_rules import Context, DateRule, Role
from newsbt.articles.english_dates import ENGLISH
from newsbt.articles.spans import When

__all__ = ["DateWord", "find_date_words", "resolve"]

#: Characters before a date word that say what it is for.
LOOK_BACK = 110

_CHINESE_SIGN = re.compile(r"[一-鿿]")
_SUPERLATIVE = (
    r"(?:highest|lowest|strongest|weakest|biggest|largest|smallest|best|worst|steepest|sharpest|longest"
    r"|fastest|slowest|most|least|first|high|low|peak|record|level)"
)
#: Begins a pattern for what precedes a date word; the earliest that fits says what the word is for.
_BEFORE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "level",
        re.compile(
            rf"\b{_SUPERLATIVE}\b[^;.\n]{{0,70}}\b(?:since|from)\b(?: [\w’'-]+){{0,6}}\s*$"
            r"|\b(?:peak|high|low|trough|bottom|level)s?\b[^,;.\n]{0,25}\b(?:in|on|from)\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        "fiscal",
        re.compile(
            r"\b(?:begin(?:s|ning)?|start(?:s|ing)?|effective|(?:take|taking) effect)(?: on| from)?\s*$"
        ),
    ),
    ("since", re.compile(r"(?:\b[Ss]ince\b[^,;.\n]{0,45}|\b[Ff]rom|自从?|自從)(?: the)?\s*$")),
    (
        "until",
        re.compile(r"(?:\b[Bb]y|\b[Uu]ntil|\b[Tt]ill|\b[Tt]hrough|\b[Bb]efore|到|至)(?: the end of)?\s*$"),
    ),
    (
        "fiscal",
        re.compile(
            r"\b(?:(?:months|quarter|year|period|half) (?:to|ended|ending|that ended|through)(?: in| on)?"
            r"|[Ff]iscal|FY"
            r"|compared (?:with|to)|(?:same|corresponding|year-ago|prior-year) (?:quarter|period"
            r"|month)s?(?: of| in| a year)?"
            r"|a year|since hitting [\w ]{0,20})\s*$"
        ),
    ),
)
#: "Over the last month" is how long something went on, and no month of the calendar.
_STRETCH, _OVER_THE = (
    re.compile(r"last|past", re.IGNORECASE),
    re.compile(r"\b(?:in|over|during|for|within) the\s*$"),
)
#: The day that holdings are counted on.
_QUARTER_END = re.compile(r"(?:Mar|Jun|Sep|Dec)\w*\.? 3[01]")
_VALUED = re.compile(r"\b(?:worth|valued at)\b[^.;\n]{0,60}$")
#: The year that figures are set beside.
_YEAR_BEFORE = re.compile(
    r"(?:previous|prior|last|same) (?:year|month|week)|(?:an?|one|two|three|[0-9]+) (?:years?"
    r"|months?) (?:ago|earlier)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:from|than|versus|over|period)(?: (?:in|of))?(?: the)?\s*$")
_SINCE_WHEN = re.compile(r"\s*,? when\b")
#: A price that went up to a high went there on that day.
_MOVED_TO = re.compile(
    r"\bto (?:an?|its|their) (?:[\w-]+ )?(?:high|low|peak"
    r"|record)\b[^,;.\n]{0,12}$",
    re.IGNORECASE,
)
#: A quarter that is over is what figures are set beside.
_LAST_QUARTER = re.compile(r"(?:last|previous|prior) quarter", re.IGNORECASE)
_AFTER_FISCAL = re.compile(
    r"\s*(?:quarter|quarterly|half|fiscal|GDP|target|results? season|edition|results|revenues?|sales"
    r"|profits?|growth"
    r"|full-year|annual|earnings|model year|low|high|peak)\b"
    r"|(?:第?[一二三四1-4]?季|财年|財年|年度|全年|上半年|下半年)"
)
#: Groups of a match that put it into the future, or at least not into the past.
_SAYS_FUTURE = {
    "next",
    "Next",
    "coming",
    "Coming",
    "下",
    "下月",
    "下个月",
    "下個月",
    "明",
    "明年",
    "后",
    "後",
}
#: Rules without a year: what comes round in a few weeks is meant, even beside a verb of the past.
_COMES_ROUND = ("day of month", "weekday date")
_SINCE_SUFFIX = re.compile(r"\s*(?:以来|以來)")


@dataclass(frozen=True, slots=True)
class DateWord:
    """Words that name days.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    rule : DateRule
        That matched.
    match : re.Match
        Of the rule, in the text.
    role : {"on", "since", "until", "fiscal", "level"}
        ``"since"`` and ``"until"`` bound a stretch; ``"fiscal"`` names the period that figures are about;
        ``"level"`` when a price last stood there, or over which it moved: no day of any news.
    """

    start: int
    end: int
    rule: DateRule
    match: re.Match[str]
    role: Role

    @property
    def text(self) -> str:
        """The words."""
        return self.match.group()


@cache
def _joined(rules: tuple[DateRule, ...]) -> re.Pattern[str]:
    """Where any of `rules` could begin, without their names of groups."""
    parts = [re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in rules]
    return re.compile("|".join(f"(?:{part})" for part in parts))


def find_date_words(text: str, start: int = 0, end: int | None = None) -> list[DateWord]:
    """Date words of ``text[start:end]``, in order, without overlaps; context may lie outside."""
    stop = len(text) if end is None else end
    rules: tuple[DateRule, ...] = ENGLISH
    found = list(_scan(text, start, stop, ENGLISH))
    if _CHINESE_SIGN.search(text, start, stop):
        rules = CHINESE
        found = _merge(found, list(_scan(text, start, stop, rules)))
    return found


def _scan(text: str, start: int, stop: int, rules: Sequence[DateRule]) -> Iterator[DateWord]:
    position, joined = start, _joined(tuple(rules))
    while (at := joined.search(text, position, stop)) is not None:
        match, rule = next(
            (found, rule)
            for rule in rules
            if (found := rule.pattern.match(text, at.start(), stop)) is not None
        )
        yield DateWord(match.start(), match.end(), rule, match, _role(text, match, start, stop))
        position = max(match.end(), at.start() + 1)


def _role(text: str, match: re.Match[str], start: int, stop: int) -> Role:
    before = text[max(start, match.start() - LOOK_BACK) : match.start()]
    after = text[match.end() : min(stop, match.end() + 16)]
    if _SINCE_SUFFIX.match(after):
        return "since"
    if _STRETCH.match(match.group()) and _OVER_THE.search(before):
        return "level"
    if _QUARTER_END.match(match.group()) and _VALUED.search(before):
        return "level"
    if _YEAR_BEFORE.match(match.group()) and _COMPARES.search(before):
        return "fiscal"
    if _SINCE_WHEN.match(after) and re.search(r"[Ss]ince\s*$", before):
        return "on"
    if _LAST_QUARTER.fullmatch(match.group()):
        return "fiscal"
    moved_to = _MOVED_TO.search(before) is not None
    for role, pattern in _BEFORE:
        if pattern.search(before) and not (role == "level" and moved_to):
            return role
    return "fiscal" if _AFTER_FISCAL.match(after) else "on"


def _merge(one: Sequence[DateWord], other: Sequence[DateWord]) -> list[DateWord]:
    """Both in order; where two overlap, the longer."""
    found: list[DateWord] = []
    for word in sorted([*one, *other], key=lambda item: (item.start, item.start - item.end)):
        if not found or word.start >= found[-1].end:
            found.append(word)
    return found


def resolve(word: DateWord, context: Context) -> When | None:
    """The days that `word` stands for.

    Parameters
    ----------
    word : DateWord
    context : Context
        Its tense gives way to that of the words themselves ("yesterday", "ago", "tomorrow").

    Returns
    -------
    When or None
        None for days that do not exist, and for "that year" with nothing to go back to. Words for the past
        never reach beyond the day of publication, those for the future never before it.
    """
    tense = context.tense
    if word.rule.past or word.rule.future or _SAYS_FUTURE & {*word.match.groupdict().values()}:
        tense = "past" if word.rule.past else "future"
    try:
        when = word.rule.resolve(word.match, Context(context.published, context.anchor, tense))
    except (OverflowError, ValueError):
        return None
    if when is None:
        return None
    if tense == "past" and word.rule.relative == "published" and word.rule.name not in _COMES_ROUND:
        when = when.until(context.published)
        if when.first > context.published:
            return None
    if word.role == "since" and when.first <= context.published:
        return When(when.first, max(context.published, when.last), "open")
    if word.role == "until":
        return When(min(context.published, when.first), when.last, "open")
    return when
