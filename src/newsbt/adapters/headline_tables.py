"""Tables with a column of headlines, CSV or JSONL: read as they are, written with what a model says."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from newsbt.adapters.news_tables import Entries, csv_entries, jsonl_entries
from newsbt.adapters.news_text import HEAD, encoding_of
from newsbt.adapters.report import write_text
from newsbt.cells import guarded
from newsbt.errors import InputError, UnknownNameError
from newsbt.news.outcome import Broken

__all__ = ["HEADLINE", "read_headline_table", "write_headline_table"]

#: Column of a file that has lines only.
HEADLINE: Final = "headline"
#: Bytes of the longest name of a column.
LONGEST_NAME: Final = 1000


def read_headline_table(path: Path, columns: Sequence[str]) -> list[Mapping[str, Any]]:
    """Rows of a table that has `columns`, in its order.

    Parameters
    ----------
    path : Path
        CSV, separated by ``,``, ``;``, tab or ``|``, or by its suffix JSONL; or ``.txt``, a headline a line,
        which is the column :data:`HEADLINE`. A CSV of one column needs no quotes.
    columns : sequence of str
        Must be there.

    Raises
    ------
    InputError
        If it cannot be read; for a row that cannot, with its line; for a column that is not there.
    """
    rows: list[Mapping[str, Any]] = []
    try:
        with path.open("rb") as handle:
            encoding = encoding_of(handle.read(HEAD), str(path))
            handle.seek(0)
            for line, row in _entries(path, handle, encoding, columns):
                if isinstance(row, Broken):
                    raise InputError(f"{path}:{line}: {row.reason}")
                if not rows and (missing := [name for name in columns if name not in row]):
                    raise UnknownNameError("column", missing[0], list(row), str(path))
                rows.append(row)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path} cannot be read: {reason}; name a readable file") from error
    if not rows:
        raise InputError(f"{path} has no rows; name a table with a row for each headline")
    return rows


def _entries(path: Path, handle: IO[bytes], encoding: str, columns: Sequence[str]) -> Entries:
    kind = path.suffix.lower()
    if kind == ".jsonl":
        return jsonl_entries(handle, encoding)
    if kind == ".txt":
        return _lines(handle, encoding, HEADLINE)
    first = handle.readline(LONGEST_NAME).decode(encoding, "replace").lstrip("\ufeff").strip().strip('"')
    alone = len(columns) == 1 and first == columns[0]
    if not alone:
        handle.seek(0)
    return _lines(handle, encoding, first, 2) if alone else csv_entries(handle, encoding, str(path))


def _lines(handle: IO[bytes], encoding: str, name: str, start: int = 1) -> Entries:
    """Lines as rows of one column, with the quotes of a CSV taken off."""
    plain = "utf-8-sig" if encoding == "utf-8" else encoding
    stream = io.TextIOWrapper(handle, plain, "replace")
    for at, line in enumerate(stream, start):
        text = line.strip()
        if len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1].replace('""', '"')
        if text:
            yield at, {name: text}
    stream.detach()


def write_headline_table(
    path: Path, rows: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, object]]
) -> None:
    """Write each row with what is `said` of it, as CSV, whole or not at all.

    Where both have a column, that of `said` counts.

    Raises
    ------
    InputError
        For another suffix than .csv.
    OutputError
        If it cannot be written.
    """
    if path.suffix.lower() != ".csv":
        raise InputError(f"{path}: a table of headlines is written as .csv; name one")
    names = list(dict.fromkeys(name for row in (*rows, *said[:1]) for name in row))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    for row, own in zip(rows, said, strict=True):
        whole = {**row, **own}
        cells = (whole.get(name) for name in names)
        writer.writerow(["" if cell is None else guarded(str(cell)) for cell in cells])
    write_text(path, buffer.getvalue())
