"""What a run did, as entries that can be compared, each with the moment it may rest on (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

__all__ = ["Change", "Entry", "EntryKind", "compare", "entry_key", "numbered", "utc"]

EntryKind: TypeAlias = Literal["score", "audit", "signal", "order", "fill"]
#: In the order of cause and effect; of changes at one moment the first is named.
KINDS: tuple[EntryKind, ...] = ("score", "audit", "signal", "order", "fill")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a run did.

    Parameters
    ----------
    kind : {"score", "audit", "signal", "order", "fill"}
    moment : int
        UTC nanoseconds. Scores: when the catalyst was known; audit rows and signals: when they could first be
        traded; orders: the last close before the decision; fills: their time.
    key : tuple
        What it is about; of several equal ones `number` tells them apart.
    number : int
        From 0.
    value : tuple
        What must not change.
    text : str
        In words: ``"order to buy 300 BABA for 2025-02-12"``.
    symbol : str
        Listing, or empty.
    session : date or None
        Session of the listing that it is for.
    catalyst_ids : tuple of str
        The news behind it.
    """

    kind: EntryKind
    moment: int
    key: tuple[Any, ...]
    number: int
    value: tuple[Any, ...]
    text: str
    symbol: str = ""
    session: dt.date | None = None
    catalyst_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that two runs do not share.

    Parameters
    ----------
    before : Entry or None
        In the run as it is; None where only the other run has it.
    after : Entry or None
        In the run with another future; None where it is gone.
    """

    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry of the run as it is, or else of the other one."""
        found = self.before or self.after
        if found is None:
            raise ValueError("a change has an entry on at least one side")
        return found

    @property
    def what(self) -> str:
        """What happened to it: ``"changes"``, ``"is gone"`` or ``"appears"``."""
        if self.after is None:
            return "is gone"
        return "appears" if self.before is None else "changes"


def entry_key(entry: Entry) -> tuple[Any, ...]:
    """What tells an entry apart from all others of its run."""
    return (entry.kind, entry.key, entry.number)


def compare(base: Iterable[Entry], other: Iterable[Entry], decided: int, known: int) -> list[Change]:
    """Entries before a moment that differ, oldest first, causes before effects.

    Parameters
    ----------
    base, other : iterable of Entry
        The run as it is, and with another future.
    decided : int
        UTC nanoseconds: orders and fills before this moment count.
    known : int
        UTC nanoseconds: scores, audit rows and signals before this moment count.
    """
    mine, theirs = _before(base, decided, known), _before(other, decided, known)
    found = [Change(entry, theirs.get(key)) for key, entry in mine.items()]
    found += [Change(None, entry) for key, entry in theirs.items() if key not in mine]
    different = [
        change
        for change in found
        if change.before is None or change.after is None or change.before.value != change.after.value
    ]
    return sorted(different, key=lambda change: (change.entry.moment, KINDS.index(change.entry.kind)))


def _before(entries: Iterable[Entry], decided: int, known: int) -> dict[tuple[Any, ...], Entry]:
    return {
        entry_key(entry): entry
        for entry in entries
        if entry.moment < (decided if entry.kind in ("order", "fill") else known)
    }


def numbered(entries: Sequence[Entry]) -> list[Entry]:
    """`entries` with those of one kind and key numbered from 0 in their order."""
    seen: dict[tuple[Any, ...], int] = {}
    result = []
    for entry in entries:
        at = seen[entry.kind, entry.key] = seen.get((entry.kind, entry.key), -1) + 1
        result.append(
            Entry(
                entry.kind,
                entry.moment,
                entry.key,
                at,
                entry.value,
                entry.text,
                entry.symbol,
                entry.session,
                entry.catalyst_ids,
            )
        )
    return result


def utc(moment: int) -> str:
    """UTC nanoseconds as ``"2025-02-12 14:30 UTC"``."""
    return f"{dt.datetime.fromtimestamp(moment / 1e9, dt.UTC):%Y-%m-%d %H:%M} UTC"
