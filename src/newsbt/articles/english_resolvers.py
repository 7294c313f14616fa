"""What English words for days and months of the calendar stand for, once a rule has matched (pure)."""

from __future__ import annotations

import datetime as dt
import re

from newsbt.articles import spans
from newsbt.articles.date_rules import Context, nearest_occurrence
from newsbt.articles.spans import When

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def part_of(match: re.Match[str]) -> str:
    """``early``, ``mid`` or ``late`` as the words say; empty for the whole."""
    text = (match.groupdict().get("part") or "").lower()
    for name, words in {
        "early": ("early", "begin", "start"),
        "late": ("late", "end"),
        "mid": ("mid",),
    }.items():
        if any(word in text for word in words):
            return name
    return ""


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def full(match: re.Match[str], context: Context) -> When | None:
    """A day with its year."""
    date = _date(int(match["year"]), _month(match), int(match["day"]))
    return spans.day(date) if date else None


def iso(match: re.Match[str], context: Context) -> When | None:
    """``2025-02-13``."""
    date = _date(int(match["year"]), int(match["m"]), int(match["day"]))
    return spans.day(date) if date else None


def day_of_month(match: re.Match[str], context: Context) -> When | None:
    """A day without a year."""
    return nearest_occurrence(_month(match), int(match["day"]), context)


def month_year(match: re.Match[str], context: Context) -> When:
    """A month with its year, or part of it."""
    return spans.month_part(spans.month(int(match["year"]), _month(match)), part_of(match))


def bare_month(match: re.Match[str], context: Context) -> When | None:
    """A month without a year: the latest that has begun, or with a word for the future the next."""
    which = (match.groupdict().get("which") or "").lower()
    number, today = _month(match), context.published
    months = [spans.month(today.year + step, number) for step in (-1, 0, 1)]
    begun = [item for item in months if item.first <= today]
    if which == "last":
        begun = [item for item in begun if item.last < today]
    ahead = [item for item in months if item.last >= today]
    if which == "next":
        ahead = [item for item in ahead if item.first > today]
    if which == "this":
        chosen = months[1]
    else:
        chosen = ahead[0] if which in ("next", "coming") or context.tense == "future" else begun[-1]
    return spans.month_part(chosen, part_of(match))


def month_that_year(match: re.Match[str], context: Context) -> When | None:
    """``November that year``, ``March 5 the next year``: from the anchor."""
    if context.anchor is None:
        return None
    offset = {"next": 1, "following": 1, "previous": -1}.get((match.groupdict().get("how") or "").lower(), 0)
    whole = spans.month(min(max(context.anchor.last.year + offset, 1900), 2199), _month(match))
    number = match.groupdict().get("day")
    if number:
        date = _date(whole.first.year, whole.first.month, int(number))
        return spans.day(date) if date else None
    return spans.month_part(whole, part_of(match))


def month_of_year(match: re.Match[str], context: Context) -> When:
    """``in November last year``, ``October this year``."""
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return spans.month_part(spans.month(context.published.year + step, _month(match)), part_of(match))


def weekday(match: re.Match[str], context: Context) -> When:
    """A weekday: the latest, or the next where the words or the tense say so."""
    number, today = _DAYS.index(match["weekday"][:3].lower()), context.published
    groups = match.groupdict()
    which = (groups.get("which") or groups.get("week") or "").lower()
    latest = spans.weekday_on_or_before(today, number)
    if groups.get("week"):
        step = {"last": -1, "this": 0, "next": 1}[which]
        return spans.day(spans.weeks_from(today, step).first, number)
    if which == "next" or which == "coming" or (context.tense == "future" and which != "last"):
        ahead = spans.shift(latest, 7) if latest < today or which == "next" else latest
        return spans.day(ahead)
    if which == "this" and context.tense != "past":
        return spans.day(spans.weeks_from(today, 0).first, number)
    if which in ("last", "past", "previous") and latest == today:
        return spans.day(today, -7)
    return spans.day(latest)


def weekday_of_date(match: re.Match[str], context: Context) -> When | None:
    """A weekday with a date beside it; where the two disagree, the days from one to the other."""
    year = match.groupdict().get("year")
    plain = full(match, context) if year else day_of_month(match, context)
    if plain is None:
        return None
    number = _DAYS.index(match["weekday"][:3].lower())
    near = min((spans.shift(plain.first, step) for step in range(-3, 4)), key=lambda d: d.weekday() != number)
    first, last = sorted((plain.first, near))
    return When(first, last, "day" if first == last else "days")


def holiday(match: re.Match[str], context: Context) -> When | None:
    """``New Year's Day``, ``Christmas`` and their eves."""
    name = match["holiday"].replace("’", "'")
    month, day = {"New Year's Day": (1, 1), "New Year's Eve": (12, 31)}.get(
        name, (12, 24 if name.endswith("Eve") else 25)
    )
    if match["year"] or match["which"]:
        step = {"last": -1, "this": 0, "next": 1}[match["which"]] if match["which"] else 0
        year = int(match["year"]) if match["year"] else context.published.year + step
        return spans.day(dt.date(year, month, day))
    return nearest_occurrence(month, day, context)
