"""Rounds of polls, appended to an archive."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsbt.adapters.news_archive import Archive
from newsbt.adapters.news_fetch import YFINANCE, Answer, BusyError, check_feed, get, public_name, yahoo_news
from newsbt.adapters.news_import import zone_named
from newsbt.adapters.news_sources import open_bytes
from newsbt.adapters.report import write_text
from newsbt.errors import DataUnavailableError, InputError
from newsbt.news.entries import digest
from newsbt.news.items import NewsItem
from newsbt.news.outcome import Reading, Rejected

__all__ = ["FeedPoll", "Poll", "Poller", "failure", "fetch_news"]


@dataclass(frozen=True, slots=True)
class FeedPoll:
    """What one feed gave in one round.

    Parameters
    ----------
    feed : str
        Its address without query and password.
    status : {"read", "unchanged", "failed"}
        Whether it answered, answered that nothing changed, or did not answer with a feed.
    new, revised, known : int
        Items appended, later versions appended, versions that were there.
    rejected : tuple of Rejected
        Entries that could not be read.
    message : str
        Why it failed.
    """

    feed: str
    status: Literal["read", "unchanged", "failed"]
    new: int = 0
    revised: int = 0
    known: int = 0
    rejected: tuple[Rejected, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """One round over all feeds.

    Parameters
    ----------
    at : datetime
        When it ended, UTC.
    feeds : tuple of FeedPoll
        In the order they were named.
    """

    at: dt.datetime
    feeds: tuple[FeedPoll, ...]

    @property
    def failed(self) -> bool:
        """Whether no feed answered."""
        return all(feed.status == "failed" for feed in self.feeds)


def utc_now() -> dt.datetime:
    """The present, UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class Poller:
    """Asks feeds and appends to an archive that is open.

    Parameters
    ----------
    archive : Archive
        Open.
    feeds : sequence of str
        Addresses, or ``yfinance:SYMBOL``.
    timezone : str
        Of times without an offset; without it they are rejected.
    timeout : float
        Seconds for one answer.
    session : object or None
        For yfinance; None lets it make its own.
    clock : callable
        The present.

    Raises
    ------
    InputError
        For a feed or a time zone that is none.
    """

    archive: Archive
    feeds: Sequence[str]
    timezone: str = ""
    timeout: float = 30.0
    session: object | None = None
    clock: Callable[[], dt.datetime] = utc_now
    _marks: dict[str, dict[str, str]] = field(default_factory=dict)
    _not_before: dict[str, dt.datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check everything before the first question."""
        self.feeds = list(dict.fromkeys(map(check_feed, self.feeds)))
        if not self.feeds:
            raise InputError("there is nothing to poll; name a feed with --feed")
        zone_named(self.timezone)
        if len(self.archive):
            self._marks = _read_marks(self._marks_file)

    def poll(self) -> Poll:
        """Ask every feed once; one that fails costs the others nothing.

        Raises
        ------
        OutputError
            If the archive cannot be written.
        """
        results = tuple(self._poll(feed) for feed in self.feeds)
        return Poll(self.clock(), results)

    @property
    def _marks_file(self) -> Path:
        return self.archive.path.with_name(f"{self.archive.path.name}.feeds.json")

    def _poll(self, feed: str) -> FeedPoll:
        name = public_name(feed)
        until = self._not_before.get(feed)
        if until is not None and self.clock() < until:
            return FeedPoll(
                name, "failed", message=f"{name} asks not to be asked before {until:%H:%M:%S} UTC"
            )
        try:
            answer = self._ask(feed)
            if answer.content is None:
                return FeedPoll(name, "unchanged")
            reading = Reading(
                file=name, now=self.clock(), timezone=zone_named(self.timezone), seen_at=self.clock()
            )
            form = "yfinance" if feed.startswith(YFINANCE) else ""
            outcomes = list(open_bytes(answer.content, name, reading, format_=form).outcomes())
        except (DataUnavailableError, InputError) as error:
            if isinstance(error, BusyError) and error.wait_s:
                self._not_before[feed] = self.clock() + dt.timedelta(seconds=error.wait_s)
            return FeedPoll(name, "failed", message=str(error))
        counts = self.archive.append(item for item in outcomes if isinstance(item, NewsItem))
        rejected = tuple(item for item in outcomes if isinstance(item, Rejected))
        self._keep_marks(feed, answer)
        return FeedPoll(name, "read", counts.new, counts.revised, counts.known, rejected)

    def _ask(self, feed: str) -> Answer:
        if feed.startswith(YFINANCE):
            return yahoo_news(feed.removeprefix(YFINANCE), session=self.session, timeout=self.timeout)
        return get(feed, **self._marks.get(digest(feed), {}), timeout=self.timeout)

    def _keep_marks(self, feed: str, answer: Answer) -> None:
        """Remember what to ask with next time; only once what came with it is on disk."""
        marks = {"etag": answer.etag, "modified": answer.modified}
        if feed.startswith(YFINANCE) or self._marks.get(digest(feed), {"etag": "", "modified": ""}) == marks:
            return
        self._marks[digest(feed)] = marks
        write_text(self._marks_file, json.dumps(self._marks, indent=1) + "\n")


def fetch_news(
    feeds: Sequence[str] | str,
    archive: str | os.PathLike[str],
    *,
    timezone: str = "",
    timeout: float = 30.0,
    session: object | None = None,
) -> Poll:
    """Ask feeds once and append what is new to an archive.

    Parameters
    ----------
    feeds : str or sequence of str
        Addresses of RSS or Atom feeds (or of any format that files are read in), or ``yfinance:SYMBOL``.
    archive : path
        A ``.jsonl`` that only grows; each item has the moment it was first seen as ``fetched_at``.
    timezone, timeout, session
        As for :class:`Poller`.

    Returns
    -------
    Poll
        What each feed gave.

    Raises
    ------
    DataUnavailableError
        If no feed answered.
    InputError
        For a feed that is none, or an archive that another writer holds.
    OutputError
        If the archive cannot be written.
    """
    with Archive(Path(archive)) as file:
        names = [feeds] if isinstance(feeds, str) else feeds
        poll = Poller(file, names, timezone=timezone, timeout=timeout, session=session).poll()
    if poll.failed:
        raise DataUnavailableError(failure(poll))
    return poll


def failure(poll: Poll) -> str:
    """Why no feed of a round answered, in one sentence."""
    first = poll.feeds[0].message
    more = len(poll.feeds) - 1
    return first + (f" ({more} more feed{'s' * (more > 1)} failed)" if more else "")


def _read_marks(path: Path) -> dict[str, dict[str, str]]:
    """What servers gave to ask with next time; nothing where that is lost or damaged."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(feed): {key: str(marks.get(key, "")) for key in ("etag", "modified")}
            for feed, marks in stored.items()
        }
    except (OSError, ValueError, AttributeError):
        return {}
