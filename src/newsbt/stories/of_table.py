"""Stories of a catalogue of a million rows, found in its columns; records are made when asked for (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

import numpy as np

from newsbt.catalysts.table import CatalogueTable
from newsbt.records import Catalyst
from newsbt.stories import chains, duplicates
from newsbt.stories.catalogue import Chain, Columns, Repeated, Stories, Told, find_in_columns, in_chain
from newsbt.stories.duplicates import Report

__all__ = ["TableStories", "find_table_stories"]

Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True, slots=True)
class TableStories:
    """What became of the rows of a table.

    Parameters
    ----------
    stories : Stories
        As :func:`newsbt.stories.catalogue.find_stories` gives them; records are made as they are asked for.
    rows : list of int
        Rows that are left, by time of publication and id.
    chains : list of str
        Name of the chain of each row of the table.
    """

    stories: Stories
    rows: list[int]
    chains: list[str]


def find_table_stories(
    table: CatalogueTable,
    *,
    repeat_s: int = duplicates.WINDOW_S,
    chain_s: int = chains.WINDOW_S,
    report: Report | None = None,
) -> TableStories:
    """Leave repetitions out of a table and name chains; as :func:`newsbt.stories.catalogue.find_stories`.

    Rows are taken by time of publication and id, whatever their order in the table.
    """
    order: list[int] = table.order().tolist()
    split: dict[str, tuple[str, ...]] = {}
    empty = [""] * len(table)
    symbols = table.columns.get("symbols", empty)
    roles = table.columns.get("role")
    for text in set(symbols):
        split[text] = tuple(text.split(";"))

    def ordered(name: str) -> list[str]:
        column = table.columns.get(name, empty)
        return [column[at] for at in order]

    columns = Columns(
        headlines=ordered("headline"),
        public=table.public[order] if order else table.public,
        issuers=[split[symbols[at]] for at in order],
        categories=ordered("category"),
        chains=ordered("chain"),
        ids=ordered("id"),
        events=np.ones(len(order), np.bool_)
        if roles is None
        else np.array([roles[at] == "event" for at in order], dtype=np.bool_),
    )
    told = find_in_columns(columns, repeat_s=repeat_s, chain_s=chain_s, report=report)
    named = list(empty)
    for at, name in zip(order, told.chains, strict=True):
        named[at] = name
    rows = [at for at, lead, place in zip(order, told.lead, range(len(order)), strict=True) if lead == place]
    return TableStories(_stories(table, order, told, named, rows), rows, named)


def _stories(
    table: CatalogueTable, order: Sequence[int], told: Told, named: Sequence[str], rows: Sequence[int]
) -> Stories:
    def record(at: int) -> Catalyst:
        return in_chain(table.catalyst(at), named[at])

    def repeat(at: int) -> Repeated:
        return Repeated(table.catalyst(order[at]), table.catalyst(order[told.lead[at]]))

    return Stories(
        _Lazy(rows, record),
        _Lazy(told.repeated, repeat),
        [Chain(name, _Lazy([order[at] for at in group], record)) for name, group in told.groups()],
    )


class _Lazy(Sequence[Item]):
    """A sequence whose items are made when they are asked for."""

    def __init__(self, rows: Sequence[int], make: Callable[[int], Item]) -> None:
        self._rows, self._make = rows, make

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        if isinstance(at, slice):
            return _Lazy(self._rows[at], self._make)
        return self._make(self._rows[at])

    def __iter__(self) -> Iterator[Item]:
        return map(self._make, self._rows)
