"""Rules of the linter that compare rows with one another (pure)."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence

from newsbt.catalysts.rules import finding
from newsbt.records import Catalyst, Finding

__all__ = ["lint_ids", "lint_order", "lint_repeats"]

#: Within which two rows of one headline are probably one event.
REPEAT_WINDOW = dt.timedelta(days=3)

Placed = tuple[str, Catalyst]


def lint_ids(places: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Ids that stand twice.

    Parameters
    ----------
    places : iterable of (str, str)
        ``"file:line"`` and id, in the order of reading; empty ids do not count.
    """
    first: dict[str, str] = {}
    for where, name in places:
        if name and first.setdefault(name, where) != where:
            yield finding(
                "duplicate-id", where, f"id {name!r} is that of {first[name]} too", "give it another"
            )


def lint_order(rows: Sequence[Placed]) -> Iterator[Finding]:
    """Rows that are earlier than the one before; a file that runs backwards throughout is told once."""
    pairs = list(itertools.pairwise(rows))
    late = [(before, row) for before, row in pairs if row[1].published_at < before[1].published_at]
    if len(late) == len(pairs) > 1:
        where = late[0][1][0]
        yield finding(
            "unsorted", where, "rows run from the newest to the oldest", "sort them by published_at"
        )
        return
    for (place, before), (where, row) in late:
        message = (
            f"published_at {row.published_at.isoformat()} is earlier than {before.published_at.isoformat()}"
            f" at {place}"
        )
        yield finding("unsorted", where, message, "sort the rows by published_at")


def lint_repeats(rows: Iterable[Placed]) -> Iterator[Finding]:
    """Rows with the headline of another one within three days that share a symbol with it."""
    latest: dict[tuple[str, str], Placed] = {}
    for where, row in sorted(rows, key=lambda item: item[1].published_at):
        words = "".join(char for char in row.headline.casefold() if char.isalnum())
        keys = [(words, symbol) for symbol in row.symbols]
        before = [latest[key] for key in keys if key in latest]
        same = [place for place, other in before if row.published_at - other.published_at <= REPEAT_WINDOW]
        if same:
            message = f"the headline is that of {same[0]}, published within three days"
            yield finding("repeated-headline", where, message, "keep one row, or say what is new")
        latest.update(dict.fromkeys(keys, (where, row)))
