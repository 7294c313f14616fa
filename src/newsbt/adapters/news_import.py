"""Feeds to a news file: every entry imported, or listed with the reason."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsbt.adapters.news_files import read_news_table, write_news
from newsbt.adapters.news_rejects import RejectsFile
from newsbt.adapters.news_sources import Source, check_format, open_source
from newsbt.errors import InputError
from newsbt.news.items import NewsItem
from newsbt.news.outcome import Reading, Rejected
from newsbt.news.seen import Seen
from newsbt.news.watch import TimeWarning, Watch

__all__ = ["FileReport", "ImportReport", "import_news", "read_news_table", "zone_named"]

#: Refused entries that a report shows; a file of them holds all.
MOST_EXAMPLES: Final = 20
#: Items between two words on progress.
STEP: Final = 2_000

Progress = Callable[[str, float], None]


@dataclass(slots=True)
class FileReport:
    """What became of one file.

    Parameters
    ----------
    path, format, container : str
        Its name, what it was read as, and what kind of file it is.
    columns : mapping
        For a table, our name to theirs.
    entries, items, duplicates, rejected : int
        Entries are the sum of the others.
    """

    path: str
    format: str
    container: str
    columns: Mapping[str, str]
    entries: int = 0
    items: int = 0
    duplicates: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all files.

    Parameters
    ----------
    files : tuple of FileReport
        In the order they were read.
    items, duplicates, rejected : int
        Sums of the files.
    reasons : mapping
        How many entries were rejected, by code; see :data:`newsbt.news.outcome.CODES`.
    examples : tuple of Rejected
        The first twenty.
    warnings : tuple of TimeWarning
        What is odd about the feeds' times.
    first, last : datetime or None
        Earliest and latest publication, UTC; None without items.
    """

    files: tuple[FileReport, ...]
    items: int
    duplicates: int
    rejected: int
    reasons: Mapping[str, int]
    examples: tuple[Rejected, ...]
    warnings: tuple[TimeWarning, ...]
    first: dt.datetime | None
    last: dt.datetime | None


def import_news(
    paths: Sequence[str | os.PathLike[str]] | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002 - the name of the option
    columns: Mapping[str, str] | None = None,
    timezone: str = "",
    time_format: str = "",
    encoding: str = "",
    midnight_is_day: bool = False,
    rejects: str | os.PathLike[str] | None = None,
    now: dt.datetime | None = None,
    progress: Progress = lambda label, fraction: None,
) -> ImportReport:
    """Read files of news into one news file.

    Parameters
    ----------
    paths : path or sequence of paths
        yfinance, RSS, Atom, GDELT, Alpha Vantage, Finnhub, or tables in CSV, JSON, JSONL or Parquet, found by
        their content. Each is read once, in bounded memory.
    out : path
        ``.jsonl``, ``.csv`` or ``.parquet``; written whole or not at all.
    format : str
        Read all as this format; a name of :data:`newsbt.news.formats.FORMATS`, ``"rss"`` or ``"atom"``.
    columns : mapping
        For tables: our column to theirs, such as ``{"published_at": "time"}``; the rest is found by name.
    timezone : str
        IANA name of the zone of times without an offset; without it they are rejected.
    time_format : str
        For tables: how ``strptime`` reads a time.
    encoding : str
        Of texts that do not say; default UTF-8.
    midnight_is_day : bool
        Read midnight to the second as a day whose hour is not known.
    rejects : path or None
        Write every rejected entry to this ``.jsonl`` or ``.csv``.
    now : datetime or None
        What counts as the future; None is the clock.
    progress : callable
        Told what is being read and how much is done.

    Returns
    -------
    ImportReport
        Of two entries with one id the first is imported; a later one that says the same is a duplicate, one
        that says something else is rejected.

    Raises
    ------
    InputError
        For a file that cannot be read at all, an option that cannot be, or if not one entry can be imported;
        nothing is written then but `rejects`.
    OutputError
        If a file cannot be written.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    files = list({os.path.realpath(path): Path(path) for path in given}.values())
    target = Path(out)
    _check_places(files, target, rejects)
    check_format(format)
    reading = Reading(
        file="",
        now=now or dt.datetime.now(dt.UTC),
        timezone=zone_named(timezone),
        midnight_is_day=midnight_is_day,
        columns=dict(columns or {}),
        time_format=time_format,
    )
    sources = [open_source(path, reading, format_=format, encoding=encoding) for path in files]
    with RejectsFile(rejects) as refused:
        run = _Import(sources, refused, progress)
        write_news(target, run.items())
    return run.report()


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, None for an empty one; InputError for a name that is none."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            f"there is no time zone {name!r}; name one such as Asia/Hong_Kong, America/New_York or UTC"
        ) from error


def _check_places(files: Sequence[Path], out: Path, rejects: str | os.PathLike[str] | None) -> None:
    if not files:
        raise InputError("there is nothing to import; name a file")
    read = {os.path.realpath(path) for path in files}
    for path in (out, *([Path(rejects)] if rejects is not None else [])):
        if os.path.realpath(path) in read:
            raise InputError(f"{path} is one of the files to read; write to another")
    if rejects is not None:
        if os.path.realpath(rejects) == os.path.realpath(out):
            raise InputError(f"{out} cannot hold both the items and the rejected entries; name two files")
        if Path(rejects).suffix.lower() not in (".jsonl", ".csv"):
            raise InputError(f"{rejects}: rejected entries go to a .jsonl or a .csv file")


class _Import:
    """One pass over all sources."""

    def __init__(self, sources: Sequence[Source], refused: RejectsFile, progress: Progress) -> None:
        self._sources = sources
        self._refused = refused
        self._progress = progress
        self._seen, self._watch = Seen(), Watch()
        self._files = [FileReport(s.path, s.format, s.container, s.columns) for s in sources]
        self._reasons: Counter[str] = Counter()
        self._examples: list[Rejected] = []
        self._first: dt.datetime | None = None
        self._last: dt.datetime | None = None

    def items(self) -> Iterator[NewsItem]:
        """Every item that is imported; all else is counted."""
        for at, (source, file) in enumerate(zip(self._sources, self._files, strict=True)):
            for outcome in source.outcomes():
                file.entries += 1
                if file.entries % STEP == 0:
                    self._progress(f"{Path(source.path).name}: {file.entries:,}", at / len(self._files))
                result = self._judged(outcome, file)
                if isinstance(result, NewsItem):
                    file.items += 1
                    yield result
        rejected = sum(file.rejected for file in self._files)
        if rejected and not any(file.items for file in self._files):
            first = self._examples[0]
            more = f" ({rejected - 1:,} more)" if rejected > 1 else ""
            raise InputError(f"nothing can be imported: {first.file}:{first.line}: {first.reason}{more}")

    def _judged(self, outcome: NewsItem | Rejected, file: FileReport) -> NewsItem | None:
        if isinstance(outcome, NewsItem):
            state = self._seen.add(outcome)
            if state == "new":
                self._watch.see(outcome)
                self._first = min(self._first or outcome.published_at, outcome.published_at)
                self._last = max(self._last or outcome.published_at, outcome.published_at)
                return outcome
            if state == "same":
                file.duplicates += 1
                return None
            reason = f"{outcome.id} stood before with another text or time; the first is kept"
            outcome = Rejected("changed-duplicate", reason, outcome.file, outcome.line, outcome.title)
        file.rejected += 1
        self._reasons[outcome.code] += 1
        if len(self._examples) < MOST_EXAMPLES:
            self._examples.append(outcome)
        self._refused.add(outcome)
        return None

    def report(self) -> ImportReport:
        """What became of everything."""
        return ImportReport(
            files=tuple(self._files),
            items=sum(file.items for file in self._files),
            duplicates=sum(file.duplicates for file in self._files),
            rejected=sum(file.rejected for file in self._files),
            reasons=dict(self._reasons.most_common()),
            examples=tuple(self._examples),
            warnings=tuple(self._watch.warnings()),
            first=self._first,
            last=self._last,
        )
