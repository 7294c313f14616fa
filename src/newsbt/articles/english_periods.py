"""What English words for periods and for counted days stand for, once a rule has matched them (pure)."""

from __future__ import annotations

import datetime as dt
import re

from newsbt.articles import spans
from newsbt.articles.date_rules import Context, Resolver
from newsbt.articles.english_resolvers import part_of
from newsbt.articles.spans import When

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: value for value, word in enumerate(_WORDS, 1)} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a few": 3,
    "some": 3,
    "several": 4,
}
_VAGUE = {"a few", "several", "some", "a couple of"}


def relative_day(days: int) -> Resolver:
    """So many days after publication."""
    return lambda match, context: spans.day(context.published, days)


def anchor_day(match: re.Match[str], context: Context) -> When | None:
    """``the same day``, ``the next day``: an anchor that is no day gives no more than itself."""
    if context.anchor is None:
        return None
    step = {"same": 0, "that": 0, "next": 1, "following": 1, "previous": -1}[match["how"].lower()]
    anchor = context.anchor
    return When(spans.shift(anchor.first, step), spans.shift(anchor.last, step), anchor.unit)


def anchor_period(match: re.Match[str], context: Context) -> When | None:
    """``that week``, ``the following month``: from the anchor."""
    if context.anchor is None:
        return None
    step = {"same": 0, "that": 0, "next": 1, "following": 1, "previous": -1}[match["how"].lower()]
    return _period(context.anchor.first if step < 0 else context.anchor.last, match["unit"].lower(), step)


def _period(date: dt.date, unit: str, step: int) -> When:
    if unit == "week":
        return spans.weeks_from(date, step)
    if unit == "month":
        moved = spans.add_months(date, step)
        return spans.month(moved.year, moved.month)
    if unit == "quarter":
        moved = spans.add_months(date.replace(day=1, month=date.month - (date.month - 1) % 3), 3 * step)
        last = spans.add_months(moved, 2)
        return When(moved, spans.month(last.year, last.month).last, "quarter")
    return spans.year(min(max(date.year + step, 1900), 2199))


def this_period(match: re.Match[str], context: Context) -> When:
    """``last week``, ``earlier this month``, ``late last year``, ``the start of this week``."""
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[match["which"].lower()]
    whole = _period(context.published, match["unit"].lower(), step)
    part, today = (match.groupdict().get("part") or "").lower(), context.published
    if step == 0 and part in ("earlier", "earlier in"):
        return whole.until(today)
    if step == 0 and part in ("later", "later in"):
        return When(max(whole.first, today), whole.last, whole.unit)
    cut = _cut(whole, part_of(match))
    if step == 0 and context.tense == "past":
        return cut.until(today)
    return When(max(cut.first, today), max(cut.last, today), cut.unit) if _ahead(step, context, cut) else cut


def _ahead(step: int, context: Context, cut: When) -> bool:
    return step == 0 and context.tense == "future" and cut.last >= context.published


def _cut(whole: When, part: str) -> When:
    if whole.unit == "month":
        return spans.month_part(whole, part)
    if whole.unit == "year":
        return spans.year_part(whole, part)
    if part and whole.unit == "week":
        first = {"early": 0, "mid": 2, "late": 3}[part]
        return When(
            spans.shift(whole.first, first), spans.shift(whole.first, {0: 1, 2: 2, 3: 6}[first]), "days"
        )
    return whole


def _amount(match: re.Match[str]) -> tuple[int, bool]:
    text = match["count"].lower()
    return (int(text) if text.isdigit() else _NUMBERS.get(" ".join(text.split()), 1)), text in _VAGUE


def ago(match: re.Match[str], context: Context) -> When:
    """``three weeks ago``: from publication."""
    count, vague = _amount(match)
    return spans.moved(context.published, match["unit"].lower(), -count, vague).until(context.published)


def later(match: re.Match[str], context: Context) -> When | None:
    """``two days later``, ``a week earlier``: from the anchor."""
    if context.anchor is None:
        return None
    count, vague = _amount(match)
    sign = -1 if match["way"].lower() in ("earlier", "before", "previously") else 1
    unit = match["unit"].lower()
    first = spans.moved(context.anchor.first, unit, sign * count, vague)
    last = spans.moved(context.anchor.last, unit, sign * count, vague)
    return When(first.first, last.last, first.unit if context.anchor.days == 1 else context.anchor.unit)


def vaguely_later(match: re.Match[str], context: Context) -> When | None:
    """``days later``: within one of the next larger unit."""
    if context.anchor is None:
        return None
    most = {"day": 6, "week": 30, "month": 365}[match["unit"].lower()]
    if match["way"].lower() in ("earlier", "before"):
        return When(spans.shift(context.anchor.first, -most), spans.shift(context.anchor.last, -1), "days")
    return When(spans.shift(context.anchor.first, 1), spans.shift(context.anchor.last, most), "days")


def quarter(match: re.Match[str], context: Context) -> When | None:
    """A calendar quarter: that of the year given, else the latest that has begun."""
    text = match["quarter"].lower()
    number = (
        int(text[-1])
        if text[-1].isdigit()
        else ("first", "second", "third", "fourth").index(text.split()[0]) + 1
    )
    given = match.groupdict().get("year")
    year = int(given) if given else context.published.year
    whole = _period(dt.date(year, 3 * number, 1), "quarter", 0)
    if not given and whole.first > context.published:
        whole = _period(dt.date(year - 1, 3 * number, 1), "quarter", 0)
    return whole


def year(match: re.Match[str], context: Context) -> When:
    """A year, or part of it."""
    return spans.year_part(spans.year(int(match["year"])), part_of(match))


def recent(days: int) -> Resolver:
    """One of so many days up to publication."""
    return lambda match, context: When(spans.shift(context.published, -days), context.published, "open")


def weekend(match: re.Match[str], context: Context) -> When:
    """A Saturday and Sunday."""
    which = (match.groupdict().get("which") or "").lower()
    saturday = spans.weekday_on_or_before(context.published, 5)
    if which == "next" or (context.tense == "future" and which != "last"):
        saturday = spans.shift(spans.weeks_from(context.published, 0).first, 5)
    elif which == "last" and context.published.weekday() >= 5:
        saturday = spans.shift(saturday, -7)
    return When(saturday, spans.shift(saturday, 1), "days")


def overnight(match: re.Match[str], context: Context) -> When:
    """The night to the day of publication: it began the day before."""
    return When(spans.shift(context.published, -1), context.published, "days")


def upcoming(match: re.Match[str], context: Context) -> When:
    """Within two months."""
    return When(context.published, spans.add_months(context.published, 2), "open")


def same(match: re.Match[str], context: Context) -> When | None:
    """The anchor itself."""
    return context.anchor
