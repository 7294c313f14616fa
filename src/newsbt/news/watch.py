"""Warnings about the times of whole feeds: hours apart, clusters at midnight, the future (pure)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from newsbt.news.entries import CRAWLED, FIRST_SEEN, FUTURE, MIDNIGHT, digest
from newsbt.news.items import NewsItem
from newsbt.news.texts import LOST

__all__ = ["TimeWarning", "Watch"]

#: Stories whose titles are kept for comparison, and feeds that are told apart.
MOST_TITLES: Final = 200_000
MOST_FEEDS: Final = 5_000
#: Two stamps of one story may be so far from a whole number of hours apart: few stories nearly exactly, or
#: more of them by what one feed is usually behind the other.
TIGHT_S: Final = 60
LOOSE_S: Final = 900
LEAST_TIGHT: Final = 2
LEAST_LOOSE: Final = 3
MOST_HOURS: Final = 14
#: Hours of UTC at which it is midnight in London, Shanghai, Tokyo, Paris and New York.
MIDNIGHTS: Final = {0: "UTC", 16: "Hong Kong and China", 15: "Tokyo", 23: "Paris", 22: "Paris in summer",
                    4: "New York in summer", 5: "New York"}  # fmt: skip
#: From this many and this share of a feed's stamps on, midnights are a cluster.
LEAST_MIDNIGHTS: Final = 3
SHARE_MIDNIGHTS: Final = 0.05
LEAST_AT_HOUR: Final = 5
SHARE_AT_HOUR: Final = 0.2


@dataclass(frozen=True, slots=True)
class TimeWarning:
    """Something about the times of a feed that a user should know.

    Parameters
    ----------
    code : str
        ``"hours-apart"``, ``"midnight"``, ``"future"``, ``"crawl-time"``, ``"unreadable"``.
    message : str
        What was seen, with the figure.
    items : int
        How many items or stories show it.
    """

    code: str
    message: str
    items: int


class Watch:
    """Looks at items as they pass, in bounded memory.

    A feed is a format with a publisher, or with a file where no publisher is named.
    """

    def __init__(self) -> None:
        self._feeds: dict[str, int] = {}
        self._total: Counter[int] = Counter()
        self._midnight: Counter[int] = Counter()
        self._on_the_hour: Counter[tuple[int, int]] = Counter()
        self._notes: Counter[str] = Counter()
        self._titles: dict[int, tuple[int, int]] = {}
        self._apart: dict[tuple[int, int], Counter[int]] = {}
        self._tight: Counter[tuple[int, int, int]] = Counter()

    def see(self, item: NewsItem) -> None:
        """Take `item` into account."""
        for mark in (FUTURE, CRAWLED):
            if mark in item.note:
                self._notes[mark] += 1
        if LOST in item.title or LOST in item.summary:
            self._notes[LOST] += 1
        if item.precision == "day" or CRAWLED in item.note or FIRST_SEEN in item.note:
            return
        feed = self._feed(item)
        seconds = int(item.published_at.timestamp())
        self._total[feed] += 1
        if MIDNIGHT in item.note:
            self._midnight[feed] += 1
        elif seconds % 3600 == 0 and seconds % 86_400 // 3600 in MIDNIGHTS:
            self._on_the_hour[feed, seconds % 86_400 // 3600] += 1
        self._compare(item, feed, seconds)

    def warnings(self) -> list[TimeWarning]:
        """What was seen so far, hours apart first."""
        found = self._hours_apart() + self._midnights()
        texts = {
            FUTURE: ("future", "stamped later than now; a run refuses what lies in the future"),
            CRAWLED: ("crawl-time", "stamped when the feed saw them, which is after they were published"),
            LOST: ("unreadable", "with characters that could not be read; perhaps another --encoding"),
        }
        for mark, (code, text) in texts.items():
            if count := self._notes[mark]:
                found.append(TimeWarning(code, f"{count:,} item{'s' * (count > 1)} {text}", count))
        return found

    def _feed(self, item: NewsItem) -> int:
        name = f"{item.source} ({item.feed})" if item.source else f"{item.file} ({item.feed})"
        if name not in self._feeds and len(self._feeds) >= MOST_FEEDS:
            name = "others"
        return self._feeds.setdefault(name, len(self._feeds))

    def _compare(self, item: NewsItem, feed: int, seconds: int) -> None:
        plain = re.sub(r"[\W_]+", "", item.title.casefold())
        if len(plain) < (12 if plain.isascii() else 6):
            return
        key = int(digest(plain), 16)
        first = self._titles.get(key)
        if first is None:
            if len(self._titles) < MOST_TITLES:
                self._titles[key] = (feed, seconds)
            return
        if first[0] == feed:
            return
        low, high = sorted((first, (feed, seconds)))
        apart = high[1] - low[1]
        hours = round(apart / 3600)
        off = abs(apart - 3600 * hours)
        if off > LOOSE_S or abs(hours) > MOST_HOURS:
            hours = 0
        elif hours and off <= TIGHT_S:
            # To the second and not on a full minute: no accident, even once.
            exact = off == 0 and seconds % 60 > 0
            self._tight[low[0], high[0], hours] += LEAST_TIGHT if exact else 1
        self._apart.setdefault((low[0], high[0]), Counter())[hours] += 1

    def _hours_apart(self) -> list[TimeWarning]:
        """Pairs of feeds whose common stories are mostly the same number of hours apart."""
        names = list(self._feeds)
        found = []
        for (one, two), counts in self._apart.items():
            total = sum(counts.values())
            for hours, count in counts.items():
                tight = self._tight[one, two, hours] >= LEAST_TIGHT and 2 * count >= total
                loose = count >= LEAST_LOOSE and 3 * count >= 2 * total
                if hours and (tight or loose):
                    early, late = (one, two) if hours > 0 else (two, one)
                    stories = f"{count} of {total} common stories" if total > 1 else "their one common story"
                    found.append(
                        TimeWarning(
                            "hours-apart",
                            f"{names[early]} is {abs(hours)} h earlier than {names[late]} on {stories}: is "
                            "the time zone of one of them wrong?",
                            count,
                        )
                    )
        return sorted(found, key=lambda item: (-item.items, item.message))

    def _midnights(self) -> list[TimeWarning]:
        names = list(self._feeds)
        found = []
        for feed, count in self._midnight.items():
            total = self._total[feed]
            if count >= LEAST_MIDNIGHTS and count >= SHARE_MIDNIGHTS * total:
                found.append(_cluster(names[feed], count, total, "midnight"))
        for (feed, hour), count in self._on_the_hour.items():
            total = self._total[feed]
            if count >= LEAST_AT_HOUR and count >= SHARE_AT_HOUR * total:
                where = f"{hour:02}:00:00 UTC, midnight in {MIDNIGHTS[hour]}"
                found.append(_cluster(names[feed], count, total, where))
        return sorted(found, key=lambda item: (-item.items, item.message))


def _cluster(name: str, count: int, total: int, moment: str) -> TimeWarning:
    return TimeWarning(
        "midnight",
        f"{name} stamps {count:,} of {total:,} items {moment}: is only the day known? See --midnight-is-day",
        count,
    )
