"""A catalogue with every story once: repetitions out, follow-ups in chains (pure)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsbt.records import Catalyst
from newsbt.stories import chains, duplicates
from newsbt.stories.duplicates import Report
from newsbt.stories.minhash import Places

__all__ = ["Chain", "Repeated", "Stories", "find_stories"]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that tells again what another row has told."""

    catalyst: Catalyst
    first: Catalyst


@dataclass(frozen=True, slots=True)
class Chain:
    """Stories about one matter, oldest first, two or more."""

    name: str
    catalysts: tuple[Catalyst, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """A catalogue without repetitions.

    Parameters
    ----------
    catalysts : sequence of Catalyst
        As given, without the repetitions, with `chain` set where a story has a follow-up or is one.
    repeated : sequence of Repeated
        What was left out, oldest first.
    chains : sequence of Chain
        What was joined, by the first story.
    """

    catalysts: Sequence[Catalyst]
    repeated: Sequence[Repeated]
    chains: Sequence[Chain]


def find_stories(
    catalysts: Sequence[Catalyst],
    *,
    repeat_s: int = duplicates.WINDOW_S,
    chain_s: int = chains.WINDOW_S,
    report: Report | None = None,
) -> Stories:
    """Leave repetitions out and name chains.

    Rows are taken in the order in which they became public at the latest; of equals in the order given. Rows
    that are no events stay as they are, and so do names of chains that rows have already.

    Parameters
    ----------
    catalysts : sequence of Catalyst
    repeat_s, chain_s : int
        Most seconds from a story to its repetition, and from the last story of a chain to a follow-up; 0
        finds neither.
    report : callable, optional
        Told what is done and the share of it.
    """
    events = sorted((row for row in catalysts if row.role == "event"), key=_public)
    lead = _leads(events, repeat_s, report)
    kept = [row for at, row in enumerate(events) if lead[at] == at]
    named = _named(kept, chain_s)
    gone = {row.id for at, row in enumerate(events) if lead[at] != at}
    rows = [
        dataclasses.replace(row, chain=named[row.id]) if named.get(row.id) else row
        for row in catalysts
        if row.role != "event" or row.id not in gone
    ]
    members: dict[str, list[Catalyst]] = {}
    for row in kept:
        if named[row.id]:
            members.setdefault(named[row.id], []).append(row)
    return Stories(
        rows,
        [Repeated(row, events[lead[at]]) for at, row in enumerate(events) if lead[at] != at],
        [Chain(name, tuple(group)) for name, group in members.items() if len(group) > 1],
    )


def _leads(events: Sequence[Catalyst], window_s: int, report: Report | None) -> list[int]:
    if not window_s or not events:
        return list(range(len(events)))
    titles, issuers = [row.headline for row in events], [row.symbols for row in events]
    found = duplicates.find_duplicates(titles, _seconds(events), issuers, window_s=window_s, report=report)
    return [int(at) for at in found]


def _named(kept: Sequence[Catalyst], window_s: int) -> dict[str, str]:
    """Name of the chain of each row; empty for a story by itself."""
    named = {row.id: row.chain for row in kept}
    free = [row for row in kept if not row.chain]
    if not window_s or not free:
        return named
    first = chains.find_chains(
        [row.headline for row in free],
        _seconds(free),
        [row.symbols for row in free],
        [row.category for row in free],
        window_s=window_s,
    )
    sizes = np.bincount(first, minlength=len(free))
    for row, at in zip(free, first, strict=True):
        if sizes[at] > 1:
            named[row.id] = free[at].id
    return named


def _public(row: Catalyst) -> dt.datetime:
    """When everybody could have read it: at once, or at the end of the day if only that is known."""
    if row.time_precision == "minute":
        return row.published_at
    return row.published_at.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)


def _seconds(rows: Sequence[Catalyst]) -> Places:
    return np.array([int(_public(row).timestamp()) for row in rows], dtype=np.int64)
