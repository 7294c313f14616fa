"""The moment at which an item enters a backtest: when it was published, or when it was seen (pure)."""

from __future__ import annotations

import datetime as dt
import math
from typing import Literal, TypeAlias

from newsbt.news.items import NewsItem

__all__ = ["KnownRule", "entered_at", "entered_precision"]

KnownRule: TypeAlias = Literal["published", "fetched"]

DAY_S = 86_400
#: Zones run from twelve hours behind UTC to fourteen ahead.
FARTHEST_AHEAD_S = 14 * 3600


def entered_at(item: NewsItem, rule: KnownRule = "published") -> dt.datetime:
    """Moment to write into a catalogue as ``published_at`` of `item`.

    Parameters
    ----------
    item : NewsItem
        What a feed gave.
    rule : {"published", "fetched"}
        ``"published"`` trusts the feed's own stamp; ``"fetched"`` takes the later of stamp and first poll. An
        item that no poll has seen (``fetched_at`` is None) keeps its stamp. A later version of a story
        (``revises``) is never earlier than its poll, whatever the rule: nobody could read its words before.

    Returns
    -------
    datetime
        Aware. For an item of which only the day is known, midnight with the offset in which it is midnight:
        a catalogue counts such a row as public at the end of that local day. Otherwise in UTC. Use with
        :func:`entered_precision`.
    """
    if item.fetched_at is not None and _by_poll(item, rule):
        return item.fetched_at
    if item.precision != "day":
        return item.published_at
    return item.published_at.astimezone(dt.timezone(_offset(item.published_at)))


def entered_precision(item: NewsItem, rule: KnownRule = "published") -> Literal["minute", "day"]:
    """How well :func:`entered_at` is known, in the words of a catalogue.

    An item of unknown hour that a poll saw is known to the minute under the rule ``"fetched"``: it was out
    when it was seen.
    """
    return "day" if item.precision == "day" and not _by_poll(item, rule) else "minute"


def _by_poll(item: NewsItem, rule: KnownRule) -> bool:
    """Whether the poll, and not the stamp, says when the item was public."""
    if item.fetched_at is None or not (rule == "fetched" or item.revises):
        return False
    return item.fetched_at >= item.published_at


def _offset(midnight: dt.datetime) -> dt.timedelta:
    """The offset in which a moment is midnight; of two that are a day apart either ends the day alike."""
    behind = math.floor(midnight.timestamp()) % DAY_S
    seconds = -behind if behind <= DAY_S - FARTHEST_AHEAD_S else DAY_S - behind
    return dt.timedelta(seconds=seconds)
