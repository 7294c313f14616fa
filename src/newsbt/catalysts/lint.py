"""The linter of catalogues: every problem of every row, with file, line and what to write instead (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsbt.catalysts.columns import BROKEN, NAMES, misspelt, nearest_column
from newsbt.catalysts.lint_pairs import lint_ids, lint_order, lint_repeats
from newsbt.catalysts.lint_rows import lint_calendar, lint_labels, lint_symbols, lint_texts
from newsbt.catalysts.parse import examine_row
from newsbt.catalysts.rules import finding
from newsbt.records import Catalyst, Finding
from newsbt.sessions import VenueCalendar
from newsbt.universe import Universe

__all__ = ["Entry", "Row", "lint", "lint_entries", "read_entries", "unknown_columns"]

#: Number of the line that a row begins on, and its texts by column.
Row = tuple[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a file, read.

    Parameters
    ----------
    file : str
        As messages name it.
    line : int
        On which the row begins, from 1.
    row : mapping of column to text
    catalyst : Catalyst or None
        None where the row cannot be read.
    findings : tuple of Finding
        Why it cannot.
    """

    file: str
    line: int
    row: Mapping[str, str]
    catalyst: Catalyst | None
    findings: tuple[Finding, ...]

    @property
    def where(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"


def read_entries(rows: Iterable[Row], file: str) -> list[Entry]:
    """Read all rows of a file, those with errors too."""
    entries = []
    for line, row in rows:
        catalyst, found = examine_row(row, f"{file}:{line}")
        entries.append(Entry(file, line, row, catalyst, tuple(found)))
    return entries


def lint(
    rows: Sequence[Row],
    file: str,
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
    today: dt.date,
) -> list[Finding]:
    """Everything that is wrong with, or worth knowing about, the rows of one file.

    Parameters
    ----------
    rows : sequence of (int, mapping of column to text)
        With the line each begins on; the header of a CSV is line 1.
    file : str
        As messages name it.
    universe : Universe
        Who is known.
    calendars : mapping of venue to VenueCalendar
        Days outside their range are not looked at.
    today : date
        In UTC.

    Returns
    -------
    list of Finding
        By line; `where` is ``"file:line"``. Codes and severities are those of
        :data:`newsbt.catalysts.rules.RULES`.
    """
    entries = read_entries(rows, file)
    return lint_entries({file: entries}, universe, calendars, today)


def lint_entries(
    files: Mapping[str, Sequence[Entry]],
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
    today: dt.date,
) -> list[Finding]:
    """Findings of several files that are read together: as :func:`lint`, and ids used in more than one."""
    found: list[Finding] = []
    for file, entries in files.items():
        found += _lint_file(file, entries, universe, calendars, today)
    everything = [entry for entries in files.values() for entry in entries]
    read = [(entry.where, entry.catalyst) for entry in everything if entry.catalyst is not None]
    found += lint_ids((entry.where, entry.row.get("id", "").strip()) for entry in everything)
    found += lint_repeats(read)
    place = {entry.where: at for at, entry in enumerate(everything)}
    return sorted(found, key=lambda item: place.get(item.where, -1))


def _lint_file(
    file: str,
    entries: Sequence[Entry],
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
    today: dt.date,
) -> Iterator[Finding]:
    if not entries:
        yield finding("no-rows", f"{file}:1", "the file has a header and no rows", "add a row below it")
    yield from unknown_columns(entries)
    for entry in entries:
        yield from entry.findings
        yield from lint_texts(entry.row, entry.where)
        yield from lint_symbols(entry.row, entry.where, universe)
        if entry.catalyst is not None:
            yield from lint_labels(entry.catalyst, entry.where, today)
            yield from lint_calendar(entry.catalyst, entry.where, universe, calendars, today)
    yield from lint_order([(entry.where, entry.catalyst) for entry in entries if entry.catalyst is not None])


def unknown_columns(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Each column that no catalogue has, once a file, at the first row that has it: ``unknown-column``."""
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        for name in entry.row:
            if name in NAMES or name == BROKEN or (entry.file, name) in seen or name in misspelt(entry.row):
                continue
            seen.add((entry.file, name))
            near = nearest_column(name)
            action = f"move it into {near}, or delete it" if near else "move it into note, or delete it"
            yield finding("unknown-column", entry.where, f"there is no column {name!r}", action)
