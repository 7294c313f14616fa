"""Files of drafts, JSONL or CSV, and the catalogues that accepted ones go to; written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.catalogue import read_catalogue, write_catalogue
from newsbt.adapters.report import write_text
from newsbt.articles.draft_rows import COLUMNS, DraftRow, from_row, to_row
from newsbt.cells import guarded, unguarded
from newsbt.errors import InputError
from newsbt.records import Catalyst

__all__ = ["append_catalysts", "is_draft_file", "keep_decisions", "read_drafts", "write_drafts"]

SUFFIXES = (".jsonl", ".csv")
_NESTED = ("symbols", "date_words", "evidence")


def is_draft_file(path: Path) -> bool:
    """Whether `path` is named like a file of drafts, and begins like one."""
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        head = file.readline(100_000)
    return '"review"' in head or ",review," in head


def read_drafts(path: Path) -> list[DraftRow]:
    """Rows of a file of drafts, in its order.

    Raises
    ------
    InputError
        If it cannot be read, with the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a file of drafts: {error}") from error
    if path.suffix.lower() == ".csv":
        return _from_csv(text, path)
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            try:
                values: Any = json.loads(line)
            except ValueError as error:
                raise InputError(f"{where}: no JSON object: {error}") from error
            if not isinstance(values, dict):
                raise InputError(f"{where}: no JSON object; write one draft a line")
            rows.append(from_row(values, where))
    return rows


def _from_csv(text: str, path: Path) -> list[DraftRow]:
    rows = []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            values: dict[str, Any] = {
                name: unguarded(cell) if isinstance(cell, str) else cell for name, cell in cells.items()
            }
            where = f"{path}:{reader.line_num}"
            for name in _NESTED:
                try:
                    values[name] = json.loads(values.get(name) or "null")
                except ValueError as error:
                    raise InputError(f"{where}: {name} is no JSON: {error}") from error
            rows.append(from_row(values, where))
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: the CSV cannot be read: {error}") from error
    return rows


def write_drafts(path: Path, rows: Sequence[DraftRow]) -> None:
    """Write `rows` as JSONL or CSV, by the suffix, whole or not at all.

    Raises
    ------
    InputError
        For another suffix.
    OutputError
        If it cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: drafts are written as .jsonl or .csv; give such a name with --out")
    values = [to_row(row) for row in rows]
    if path.suffix.lower() == ".csv":
        buffer = io.StringIO(newline="")
        writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in values:
            nested = {name: json.dumps(row[name], ensure_ascii=False) for name in _NESTED}
            plain = {name: guarded(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
            writer.writerow({**plain, **nested})
        text = buffer.getvalue()
    else:
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in values)
    write_text(path, text)


def keep_decisions(rows: Sequence[DraftRow], path: Path) -> list[DraftRow]:
    """`rows`, those that `path` holds already as they stand there: what was decided stays decided."""
    known = {row.id: row for row in read_drafts(path)} if path.exists() else {}
    fresh = {row.id for row in rows}
    return [
        *(known.get(row.id, row) for row in rows),
        *(row for row in known.values() if row.id not in fresh),
    ]


def append_catalysts(path: Path, found: Sequence[Catalyst]) -> int:
    """Append those of `found` whose id is not there yet to the catalogue at `path`, by date.

    Returns
    -------
    int
        How many were appended; the file is made where there is none, and is written whole or not at all.

    Raises
    ------
    CatalystError, OutputError
        If the catalogue cannot be read or written.
    """
    there = read_catalogue(path) if path.exists() and path.stat().st_size else []
    ids = {item.id for item in there}
    new = [item for item in found if item.id not in ids]
    if new:
        write_catalogue(path, sorted([*there, *new], key=lambda item: (item.published_at, item.id)))
    return len(new)
