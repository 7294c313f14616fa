"""Rules of the linter that look at one row (pure)."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from newsbt.catalysts.columns import COLUMNS
from newsbt.catalysts.rules import finding
from newsbt.records import Catalyst, Finding
from newsbt.sessions import VenueCalendar
from newsbt.universe import Universe

__all__ = ["lint_calendar", "lint_labels", "lint_symbols", "lint_texts", "unknown_names"]

#: The replacement character, and how UTF-8 quotes and accents look when they were read as Windows-1252.
GARBLED = ("\ufffd", "â€", "Ã©", "Ã¨", "Ã¼", "ï»¿")

FRIDAY = 4


def lint_texts(row: Mapping[str, str], where: str) -> Iterator[Finding]:
    """Traces of a wrong encoding."""
    for column in COLUMNS:
        text = row.get(column.name, "")
        trace = next((trace for trace in GARBLED if trace in text), "")
        if trace:
            message = f"{column.name} holds {trace!r}, which a wrong encoding leaves behind"
            yield finding("garbled-text", where, message, "correct the text and save the file as UTF-8")


def lint_symbols(row: Mapping[str, str], where: str, universe: Universe) -> Iterator[Finding]:
    """Names that the universe does not know, and names given twice."""
    names = [part.strip() for part in row.get("symbols", "").split(";") if part.strip()]
    for name, count in Counter(names).items():
        if not universe.knows(name):
            yield finding(
                "unknown-symbol", where, f"there is no symbol or issuer {name!r}", _advice(name, universe)
            )
        if count > 1:
            yield finding("repeated-symbol", where, f"symbols names {name!r} {count} times", "name it once")


def unknown_names(catalysts: Iterable[Catalyst], universe: Universe) -> list[Finding]:
    """Warn of names that the universe does not know, for a run: once a name, in order of appearance."""
    counts = Counter(name for item in catalysts for name in dict.fromkeys(item.symbols))
    return [
        Finding(
            "unknown-symbol",
            "warning",
            repr(name),
            f"{count} catalyst{'s name' if count != 1 else ' names'} what is no symbol or issuer, "
            "and no listing hears of that",
            _advice(name, universe),
        )
        for name, count in counts.items()
        if not universe.knows(name)
    ]


def _advice(name: str, universe: Universe) -> str:
    """What to write instead of a `name` that the universe does not know."""
    if "," in name:
        return "separate symbols with ;"
    lower = {known.lower(): known for known in (*universe.listings, *universe.issuers, *universe.outside)}
    near = difflib.get_close_matches(name.lower(), lower, n=1)
    if near:
        return f"did you mean {lower[near[0]]}? Otherwise add it to data/universe.toml"
    return "write a symbol or issuer of data/universe.toml, or add it there"


def lint_labels(catalyst: Catalyst, where: str, today: dt.date) -> Iterator[Finding]:
    """Direction and strength that do not go together, and when they were judged."""
    direction, strength = catalyst.direction, catalyst.strength
    if direction in (-1, 1) and strength is None:
        message = f"direction is {direction} and strength is empty, so signal catalogue has no opinion"
        yield finding("half-a-label", where, message, "write a strength from 0 to 1")
    if direction is None and strength is not None:
        message = f"strength is {strength:g} and direction is empty, so signal catalogue has no opinion"
        yield finding("half-a-label", where, message, "write a direction, -1, 0 or 1")
    labelled = catalyst.labelled_at
    if labelled is None and direction is not None:
        message = "labelled_at is empty, so the label counts as judged in hindsight"
        yield finding("undated-label", where, message, "write when direction and strength were judged")
    if labelled is not None and labelled.astimezone(dt.UTC).date() > today:
        message = f"labelled_at {labelled.isoformat()} is later than today, {today}"
        yield finding("label-in-future", where, message, "correct the date")


def lint_calendar(
    catalyst: Catalyst,
    where: str,
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
    today: dt.date,
) -> Iterator[Finding]:
    """A moment in the future, without a venue's calendar, or on a day when the venue was shut."""
    moment, precision = catalyst.published_at, catalyst.time_precision
    if moment.astimezone(dt.UTC).date() > today and catalyst.role != "calendar":
        message = f"published_at {moment.isoformat()} is later than today, {today}"
        action = "correct the date, or write role calendar for a date announced in advance"
        yield finding("later-than-today", where, message, action)
    if precision == "minute" and moment.time() == dt.time():
        message = f"published_at {moment.isoformat()} is midnight to the minute"
        yield finding("minute-at-midnight", where, message, "if only the date is known, write precision day")
    first = catalyst.symbols[0]
    calendar = calendars.get(universe.venue_of(first))
    if calendar is None:
        if precision == "session" and universe.knows(first):
            message = (
                f"there is no calendar for {first}, the first symbol, so precision session is read as day"
            )
            yield finding("session-without-venue", where, message)
        return
    # A day row names a date in its own offset; its hour means nothing.
    local = moment if precision == "day" else moment.astimezone(ZoneInfo(calendar.timezone))
    day = local.date()
    covered = len(calendar.days) > 0 and calendar.day(0) <= day <= calendar.day(-1)
    if covered and calendar.index_of(day) < 0:
        message = f"published on {day:%A} {day}, when {calendar.venue}, the venue of {first}, was shut"
        yield finding("venue-shut", where, message, "" if day.weekday() > FRIDAY else "check the date")
