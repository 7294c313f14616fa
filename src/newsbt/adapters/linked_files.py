"""A news file of any length to a catalogue: rows held as columns, what is left out written as it comes."""

from __future__ import annotations

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsbt.adapters.catalogue_table import check_catalogue_suffix, write_catalogue_table
from newsbt.adapters.news_files import iter_news
from newsbt.adapters.whole_files import whole_file
from newsbt.catalysts.table import TableBuilder
from newsbt.cells import guarded
from newsbt.linking.catalogue import MIN_RELEVANCE, REASONS, Rejected, linked_items
from newsbt.linking.linker import Linker
from newsbt.news.moments import KnownRule
from newsbt.universe import Universe

__all__ = ["LinkReport", "link_file"]

LEFT_OUT = ("file", "line", "id", "reason", "why", "relevance", "title")


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What became of the items of a news file.

    Parameters
    ----------
    items, linked : int
        All, and those that became a row.
    named, first : Counter
        Rows by issuer: that name it, and that are about it first of all.
    reasons : Counter
        Items that became none, by a key of :data:`newsbt.linking.catalogue.REASONS`.
    """

    items: int
    linked: int
    named: Counter[str]
    first: Counter[str]
    reasons: Counter[str]


def link_file(
    news: Path,
    output: Path,
    linker: Linker,
    universe: Universe,
    *,
    rejects: Path | None = None,
    known: KnownRule = "published",
    min_relevance: float = MIN_RELEVANCE,
    funds: bool = False,
    report: Callable[[int], None] | None = None,
) -> LinkReport:
    """Find whom the items of a news file are about; write a catalogue, and a CSV of what is left out.

    As :func:`newsbt.linking.catalogue.link_items`. A million rows take half a gigabyte; what is left out
    takes none.

    Raises
    ------
    InputError, CatalystError
        For a news file that cannot be read; for an output of another kind than .csv, .jsonl, .parquet.
    OutputError
        If a file cannot be written. Neither is written then.
    """
    check_catalogue_suffix(output)
    builder = TableBuilder()
    named: Counter[str] = Counter()
    first: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    items = linked_items(
        iter_news(news),
        linker,
        universe,
        known=known,
        min_relevance=min_relevance,
        funds=funds,
        report=report,
    )
    with _left_out(rejects) as add:
        for item in items:
            if isinstance(item, Rejected):
                reasons[item.reason] += 1
                add(item)
            else:
                named.update(item.symbols)
                first[item.symbols[0]] += 1
                builder.add_catalyst(item)
        table = builder.table()
        write_catalogue_table(output, table, table.order().tolist())
    return LinkReport(len(table) + reasons.total(), len(table), named, first, reasons)


@contextlib.contextmanager
def _left_out(path: Path | None) -> Iterator[Callable[[Rejected], None]]:
    """What takes items that are left out: writes each to `path`, if there is one."""
    if path is None:
        yield lambda item: None
        return
    with whole_file(path) as handle:
        stream = io.TextIOWrapper(handle, "utf-8", newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(LEFT_OUT)

        def add(found: Rejected) -> None:
            item = found.item
            why = REASONS[found.reason]
            cells = (item.file, item.line or "", item.id, found.reason, why, found.relevance, item.title)
            writer.writerow([guarded(str(cell)) for cell in cells])

        yield add
        stream.flush()
        stream.detach()
