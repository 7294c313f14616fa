"""Catalogues of any length on disk, read into columns and written row by row: CSV, JSONL and Parquet."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import itertools
import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from newsbt.adapters.catalogue import check_text_file, read_rows
from newsbt.adapters.catalogue_text import NUMBERS, csv_lines, csv_row, jsonl_row
from newsbt.adapters.whole_files import whole_file
from newsbt.catalysts.columns import COLUMNS, FIGURES, NAMES, column_name
from newsbt.catalysts.table import DEFAULTS, CatalogueTable, TableBuilder
from newsbt.cells import guarded, unguarded
from newsbt.errors import CatalystError

__all__ = ["check_catalogue_suffix", "read_catalogue_table", "write_catalogue_table"]

#: Rows that are read and checked at once.
PART: Final = 20_000
#: Bytes of the largest file; a catalogue of some ten million rows.
LARGEST: Final = 4 * 2**30

_NAMES: Final = frozenset(NAMES)

Report = Callable[[str, float], None]
Part = tuple[list[int], Mapping[str, Sequence[str]]]


def read_catalogue_table(paths: Sequence[Path], report: Report | None = None) -> CatalogueTable:
    """Rows of several catalogues as one table; a file that is named twice is read once.

    A million rows take some ten seconds and half a gigabyte. What is read, and what is wrong with it, is as
    with :func:`newsbt.adapters.catalogue.read_catalogues`; besides, files may be larger, and Parquet with the
    same columns: texts, numbers, times with a zone, lists of symbols.

    Raises
    ------
    CatalystError
        For a file that cannot be read, and for the first thing that is wrong, with the number of the others.
    """
    builder = TableBuilder()
    once = {os.path.realpath(path): path for path in reversed(paths)}
    files = list(reversed(once.values()))
    for number, path in enumerate(files):
        check_catalogue_suffix(path)
        builder.file(str(path))
        done = 0
        for lines, columns in _READERS[path.suffix.lower()](path):
            builder.add(lines, columns)
            done += len(lines)
            if report is not None:
                report(f"Reading {path.name}, {done:,} rows", number / len(files))
    first, count = builder.findings()
    if first is not None:
        file = first.where.rpartition(":")[0]
        more = f" ({count - 1} more; see newsbt catalysts check {file})" if count > 1 else ""
        raise CatalystError(f"{first.where}: {first.message}; {first.action}{more}")
    return builder.table()


def write_catalogue_table(
    path: Path, table: CatalogueTable, rows: Iterable[int], changed: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Write `rows` of a table, in that order, by the suffix of `path`, whole or not at all.

    Equal rows give equal bytes, those of :func:`newsbt.adapters.catalogue.write_catalogue` in CSV and JSONL.

    Parameters
    ----------
    path : Path
        A .csv, .jsonl or .parquet file.
    table : CatalogueTable
    rows : iterable of int
        Places in `table`, from 0.
    changed : mapping of column to sequence of str, optional
        Texts of all rows that replace those of the table.

    Raises
    ------
    CatalystError
        For another suffix.
    OutputError
        If the file cannot be written. What stood there before stays.
    """
    check_catalogue_suffix(path)
    columns = {**table.columns, **(changed or {})}
    names = [
        column.name for column in COLUMNS if column.name not in FIGURES or any(columns.get(column.name, ()))
    ]
    with whole_file(path) as handle:
        _WRITERS[path.suffix.lower()](handle, names, _parts(columns, names, rows))


def check_catalogue_suffix(path: Path) -> None:
    """Refuse another file than .csv, .jsonl and .parquet with a CatalystError."""
    if path.suffix.lower() not in _WRITERS:
        state = f"ends in {path.suffix}" if path.suffix else "has no suffix"
        raise CatalystError(f"{path} {state}; a catalogue is a .csv, a .jsonl or a .parquet file")


def _csv(path: Path) -> Iterator[Part]:
    with _text(path) as stream:
        names, rows = csv_lines(stream, str(path))
        while part := list(itertools.islice(rows, PART)):
            lines = [line for line, _ in part]
            fit = all(len(cells) == len(names) for _, cells in part)
            if fit and "" not in names:
                columns = list(zip(*(cells for _, cells in part), strict=True))
                yield lines, {name: _plain(column) for name, column in zip(names, columns, strict=True)}
            else:
                yield from _each(lines, [csv_row(names, cells) for _, cells in part])


def _jsonl(path: Path) -> Iterator[Part]:
    with _text(path) as stream:
        numbered = ((at, line.strip()) for at, line in enumerate(stream, 1))
        rows = ((at, line) for at, line in numbered if line)
        objects = False
        while part := list(itertools.islice(rows, PART)):
            objects = objects or any(line.startswith("{") and len(line) > 1 for _, line in part)
            yield from _each([at for at, _ in part], [jsonl_row(line) for _, line in part])
    if not objects:
        read_rows(path)


def _parquet(path: Path) -> Iterator[Part]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    at = 0
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            names = [column_name(name) for name in file.schema_arrow.names]
            for batch in file.iter_batches(PART, use_threads=False):
                lines = list(range(at + 1, at + 1 + batch.num_rows))
                at += batch.num_rows
                if lines:
                    columns = (list(map(_cell, column.to_pylist())) for column in batch.columns)
                    yield lines, dict(zip(names, columns, strict=True))
    except (pa.ArrowException, ValueError, OverflowError, OSError) as error:
        if isinstance(error, CatalystError):
            raise
        reason = (str(error).splitlines() or ["damaged"])[0][:200]
        raise CatalystError(f"{path} is no Parquet file that can be read: {reason}") from error


@contextlib.contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    """A text file, decoded as it is read; whatever is wrong with it as a whole is said as for small files."""
    check_text_file(path, LARGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="" if path.suffix.lower() == ".csv" else "\n") as stream:
            yield stream
    except UnicodeDecodeError as error:
        line = _line_of_bad_text(path)
        raise CatalystError(f"{path}:{line}: not UTF-8 text; save the file in UTF-8") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CatalystError(f"{path} cannot be read: {reason}; name a readable file") from error


def _line_of_bad_text(path: Path) -> int:
    with path.open("rb") as handle:
        for at, line in enumerate(handle, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return at
    return 1


def _each(lines: list[int], rows: list[dict[str, str]]) -> Iterator[Part]:
    """Rows in runs: those of known columns, by all that any has; each other by itself."""
    fits = [row.keys() <= _NAMES for row in rows]
    for fit, run in itertools.groupby(zip(fits, lines, rows, strict=True), lambda entry: entry[0]):
        pairs = [(line, row) for _, line, row in run]
        if fit:
            names = dict.fromkeys(name for _, row in pairs for name in row)
            yield (
                [line for line, _ in pairs],
                {name: [row.get(name, "") for _, row in pairs] for name in names},
            )
        else:
            yield from (([line], {name: [text] for name, text in row.items()}) for line, row in pairs)


def _plain(column: Sequence[str]) -> Sequence[str]:
    """Cells without the apostrophes that keep spreadsheets from running them."""
    return [unguarded(cell) for cell in column] if any(cell[:1] == "'" for cell in column) else column


def _cell(value: object) -> str:
    """What a CSV cell would hold; a value of another kind as Python shows it, to be refused by name."""
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ";".join(value)
    return str(value)


def _parts(
    columns: Mapping[str, Sequence[str]], names: Sequence[str], rows: Iterable[int]
) -> Iterator[list[list[str]]]:
    """Cells of the rows by column, some rows at a time."""
    waiting = iter(rows)
    while part := list(itertools.islice(waiting, PART)):
        made = []
        for name in names:
            column = columns.get(name)
            made.append(
                [DEFAULTS.get(name, "")] * len(part) if column is None else [column[at] for at in part]
            )
        yield made


def _write_csv(handle: IO[bytes], names: Sequence[str], parts: Iterable[list[list[str]]]) -> None:
    stream = io.TextIOWrapper(handle, "utf-8", newline="", write_through=False)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    for columns in parts:
        safe = [list(map(guarded, column)) if _may_run(column) else column for column in columns]
        writer.writerows(zip(*safe, strict=True))
    stream.flush()
    stream.detach()


def _may_run(column: Sequence[str]) -> bool:
    return any(cell[:1] in _RISKY for cell in set(column) if cell)


_RISKY: Final = frozenset("'=+-@\t\r＝＋－＠")


def _write_jsonl(handle: IO[bytes], names: Sequence[str], parts: Iterable[list[list[str]]]) -> None:
    for columns in parts:
        lines = []
        for cells in zip(*columns, strict=True):
            texts = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
            # Numbers stand last, as they do where records are written.
            numbers = {name: _number(name, texts[name]) for name in NUMBERS if name in texts}
            lines.append(_ENCODE({**texts, **numbers} if numbers else texts))
        handle.write("".join(f"{line}\n" for line in lines).encode("utf-8"))


#: Made once: to make one for each row takes longer than the row.
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _number(name: str, text: str) -> int | float:
    return int(text) if name == "direction" else float(text)


def _write_parquet(handle: IO[bytes], names: Sequence[str], parts: Iterable[list[list[str]]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(handle, schema) as writer:
        for columns in parts:
            writer.write_table(pa.table(columns, schema=schema))


_READERS: Mapping[str, Callable[[Path], Iterator[Part]]] = {
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
}
_WRITERS: Mapping[str, Callable[[IO[bytes], Sequence[str], Any], None]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
}
