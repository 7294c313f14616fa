"""How a rule of date words is written down, and what it may look at (pure)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsbt.articles import spans
from newsbt.articles.spans import When

#: A day without a year that comes round this soon is meant, whatever verb stands beside it.
SOON_DAYS = 45

__all__ = ["Context", "DateRule", "Resolver", "Role", "Tense", "nearest_occurrence", "rule"]

Tense: TypeAlias = Literal["past", "future", "unknown"]
Role: TypeAlias = Literal["on", "since", "until", "fiscal", "level"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a date word is resolved against.

    Parameters
    ----------
    published : date
        Local date of publication: the day that "today" means.
    anchor : When or None
        What "that year", "the same day" and "a day later" go back to: the date read last.
    tense : {"past", "future", "unknown"}
        Of the clause, where it decides: "on Monday" is the last one or the next.
    """

    published: dt.date
    anchor: When | None = None
    tense: Tense = "unknown"


Resolver: TypeAlias = Callable[["re.Match[str]", Context], "When | None"]


@dataclass(frozen=True, slots=True)
class DateRule:
    """One kind of date word.

    Parameters
    ----------
    name : str
    pattern : re.Pattern
        Matches the words.
    resolve : callable
        The days they stand for; None where they stand for none here (30 February, no anchor).
    relative : {"published", "anchor", "none"}
        What the days depend on.
    past, future : bool
        The words themselves say that it is over, or still to come.
    """

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver
    relative: Literal["published", "anchor", "none"] = "published"
    past: bool = False
    future: bool = False


def rule(
    name: str,
    pattern: str,
    resolve: Resolver,
    *,
    relative: Literal["published", "anchor", "none"] = "published",
    past: bool = False,
    future: bool = False,
) -> DateRule:
    """A :class:`DateRule` whose pattern is written with spaces for any white space; case matters."""
    return DateRule(name, re.compile(pattern.replace(" ", r"\s{1,3}")), resolve, relative, past, future)


def nearest_occurrence(month: int, day: int, context: Context) -> When | None:
    """A day without a year: the occurrence that the tense asks for, else the one nearest to publication."""
    found = []
    for step in (-1, 0, 1):
        try:
            found.append(dt.date(context.published.year + step, month, day))
        except ValueError:
            continue
    soon = [item for item in found if 0 < (item - context.published).days <= SOON_DAYS]
    if context.tense == "past":
        found = [item for item in found if item <= context.published]
        if soon and (context.published - max(found, default=context.published)).days > 365 - 2 * SOON_DAYS:
            found = soon
    elif context.tense == "future":
        found = [item for item in found if item >= context.published]
    nearest = min(found, key=lambda item: abs((item - context.published).days), default=None)
    return spans.day(nearest) if nearest else None
