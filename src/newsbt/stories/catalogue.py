"""A catalogue with every story once: repetitions out, follow-ups in chains (pure)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsbt.records import BoolArray, Catalyst
from newsbt.stories import chains, duplicates
from newsbt.stories.duplicates import Report
from newsbt.stories.minhash import Places

__all__ = ["Chain", "Columns", "Repeated", "Stories", "Told", "find_in_columns", "find_stories", "in_chain"]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that tells again what another row has told."""

    catalyst: Catalyst
    first: Catalyst


@dataclass(frozen=True, slots=True)
class Chain:
    """Stories about one matter, oldest first, two or more."""

    name: str
    catalysts: Sequence[Catalyst]


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
    columns = Columns(
        headlines=[row.headline for row in catalysts],
        public=np.array([int(_public(row).timestamp()) for row in catalysts], dtype=np.int64),
        issuers=[row.symbols for row in catalysts],
        categories=[row.category for row in catalysts],
        chains=[row.chain for row in catalysts],
        ids=[row.id for row in catalysts],
        events=np.array([row.role == "event" for row in catalysts], dtype=np.bool_),
    )
    found = find_in_columns(columns, repeat_s=repeat_s, chain_s=chain_s, report=report)
    kept = (
        in_chain(row, name)
        for row, name, lead, at in zip(
            catalysts, found.chains, found.lead, range(len(catalysts)), strict=True
        )
        if lead == at
    )
    return Stories(
        list(kept),
        [Repeated(catalysts[at], catalysts[found.lead[at]]) for at in found.repeated],
        [Chain(name, tuple(in_chain(catalysts[at], name) for at in group)) for name, group in found.groups()],
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """What of a catalogue says which rows tell one story.

    Parameters
    ----------
    headlines, issuers, categories, chains, ids : sequences
        Of each row.
    public : array of int64
        Seconds at which each row was public at the latest.
    events : array of bool
        Rows that are events; the others stay as they are.
    """

    headlines: Sequence[str]
    public: Places
    issuers: Sequence[Sequence[str]]
    categories: Sequence[str]
    chains: Sequence[str]
    ids: Sequence[str]
    events: BoolArray


@dataclass(frozen=True, slots=True)
class Told:
    """Which rows tell one story.

    Parameters
    ----------
    lead : list of int
        The row that each repeats, its own place where it repeats none.
    chains : list of str
        Name of the chain of each row; empty for none.
    kept, repeated : list of int
        Events that are stories, and those that repeat one, oldest first.
    """

    lead: list[int]
    chains: list[str]
    kept: list[int]
    repeated: list[int]

    def groups(self) -> list[tuple[str, list[int]]]:
        """Chains of two stories or more with their rows, by the first story."""
        members: dict[str, list[int]] = {}
        for at in self.kept:
            if self.chains[at]:
                members.setdefault(self.chains[at], []).append(at)
        return [(name, group) for name, group in members.items() if len(group) > 1]


def find_in_columns(
    columns: Columns,
    *,
    repeat_s: int = duplicates.WINDOW_S,
    chain_s: int = chains.WINDOW_S,
    report: Report | None = None,
) -> Told:
    """As :func:`find_stories`, for a catalogue that is held as columns."""
    events = np.flatnonzero(columns.events)
    events = events[np.argsort(columns.public[events], kind="stable")]
    order: list[int] = events.tolist()
    lead = list(range(len(columns.headlines)))
    titles = [columns.headlines[at] for at in order]
    texts = duplicates.normalised(titles, report or (lambda _label, _share: None))
    if repeat_s and order:
        found = duplicates.find_duplicates(
            titles,
            columns.public[events],
            [columns.issuers[at] for at in order],
            window_s=repeat_s,
            report=report,
            texts=texts,
        )
        for at, first in zip(order, found.tolist(), strict=True):
            lead[at] = order[first]
    kept = [at for at in order if lead[at] == at]
    plain = [text for at, text in zip(order, texts, strict=True) if lead[at] == at]
    del texts
    return Told(
        lead, _named(columns, kept, plain, chain_s, report), kept, [at for at in order if lead[at] != at]
    )


def _named(
    columns: Columns, kept: Sequence[int], texts: Sequence[str], window_s: int, report: Report | None
) -> list[str]:
    """Name of the chain of each row; empty for a story by itself."""
    named = list(columns.chains)
    free = [at for at in kept if not named[at]]
    if not window_s or not free:
        return named
    first = chains.find_chains(
        [columns.headlines[at] for at in free],
        columns.public[np.array(free)],
        [columns.issuers[at] for at in free],
        [columns.categories[at] for at in free],
        window_s=window_s,
        report=report,
        texts=[text for at, text in zip(kept, texts, strict=True) if not named[at]],
    )
    sizes = np.bincount(first, minlength=len(free)).tolist()
    for at, begun in zip(free, first.tolist(), strict=True):
        if sizes[begun] > 1:
            named[at] = columns.ids[free[begun]]
    return named


def in_chain(row: Catalyst, name: str) -> Catalyst:
    """`row` with `name` as its chain."""
    return row if row.chain == name else dataclasses.replace(row, chain=name)


def _public(row: Catalyst) -> dt.datetime:
    """When everybody could have read it: at once, or at the end of the day if only that is known."""
    if row.time_precision == "minute":
        return row.published_at
    return row.published_at.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
