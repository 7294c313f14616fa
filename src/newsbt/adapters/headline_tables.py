"""Tables with a column of headlines, CSV or JSONL: read as they are, written with what a model says."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.news_tables import csv_entries, jsonl_entries
from newsbt.adapters.news_text import HEAD, encoding_of
from newsbt.adapters.report import write_text
from newsbt.cells import guarded
from newsbt.errors import InputError, UnknownNameError
from newsbt.news.outcome import Broken

__all__ = ["read_headline_table", "write_headline_table"]


def read_headline_table(path: Path, columns: Sequence[str]) -> list[Mapping[str, Any]]:
    """Rows of a table that has `columns`, in its order.

    Parameters
    ----------
    path : Path
        CSV, separated by ``,``, ``;``, tab or ``|``, or by its suffix JSONL.
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
            lines = path.suffix.lower() == ".jsonl"
            entries = jsonl_entries(handle, encoding) if lines else csv_entries(handle, encoding, str(path))
            for line, row in entries:
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
