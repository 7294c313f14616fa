"""The two text forms of a catalogue, CSV and JSONL: to rows with line numbers, and from catalysts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from newsbt.catalysts.columns import (
    BROKEN,
    COLUMNS,
    FIGURES,
    NAMES,
    REQUIRED,
    column_name,
    misspelt,
    nearest_column,
)
from newsbt.catalysts.parse import format_row
from newsbt.cells import guarded, unguarded
from newsbt.errors import CatalystError
from newsbt.records import Catalyst

__all__ = ["csv_lines", "csv_row", "csv_rows", "csv_text", "jsonl_row", "jsonl_rows", "jsonl_text"]

TextRow = tuple[int, dict[str, str]]

_NAMES = frozenset(NAMES)
NUMBERS = ("direction", "strength", *FIGURES)


def csv_rows(text: str, where: str) -> list[TextRow]:
    """Rows of a CSV with the line each begins on.

    A row whose cells do not fit the header has nothing but the key
    :data:`~newsbt.catalysts.columns.BROKEN`, with the reason.

    Raises
    ------
    CatalystError
        For a header that cannot be used, or quotes that make the rest of the file unreadable.
    """
    names, lines = csv_lines(io.StringIO(text, newline=""), where)
    return [(line, csv_row(names, cells)) for line, cells in lines]


def csv_lines(stream: Iterable[str], where: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Names of the columns of a CSV, and the cells of each row with its line; errors as :func:`csv_rows`."""
    lines = _cells(stream, where)
    at, header = next(lines)
    names = [column_name(cell) for cell in header]
    _check_header(names, f"{where}:{at}")
    return names, lines


def _cells(stream: Iterable[str], where: str) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line that is not blank; a quoted line break makes one row of several lines."""
    reader = csv.reader(stream, strict=True)
    begin = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CatalystError(
                f"{where}:{begin}: the CSV cannot be read from here on: {error}; put texts with a comma or a"
                ' line break in double quotes, and write a quote inside one twice: ""'
            ) from error
        if any(cell.strip() for cell in cells):
            yield begin, cells
        begin = reader.line_num + 1


def csv_row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """A row by its columns; one that does not fit them has nothing but why."""
    if len(cells) != len(names):
        hint = "; put texts that hold a comma in double quotes" if len(cells) > len(names) else ""
        return {BROKEN: f"the line has {len(cells)} cells and the header {len(names)}{hint}"}
    row = dict(zip(names, map(unguarded, cells), strict=True))
    if row.pop("", "").strip():
        return {BROKEN: "the line has a value in a column without a name"}
    return row


def _check_header(names: Sequence[str], where: str) -> None:
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and mark in names[0]:
            raise CatalystError(f"{where}: cells are separated by {word}; save the file with commas instead")
    named = [name for name in names if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise CatalystError(f"{where}: the header names {', '.join(twice)} twice; keep one")
    wrong = misspelt(named)
    parts = [f"there is no column {name!r}, did you mean {near}?" for name, near in wrong.items()]
    missing = [name for name in REQUIRED if name not in named and name not in wrong.values()]
    if missing:
        plural = "s" * (len(missing) > 1)
        parts.append(f"the header lacks the column{plural} {', '.join(missing)}; it has {', '.join(named)}")
    if parts:
        raise CatalystError(f"{where}: " + " ".join(parts))


def jsonl_rows(text: str, where: str) -> list[TextRow]:
    """Rows of a JSONL with their lines: an object a line, with the columns' names as keys.

    Values may be texts, numbers, true and false, null, and for symbols a list of texts. A line that is no
    such object has nothing but the key :data:`~newsbt.catalysts.columns.BROKEN`, with the reason.

    Raises
    ------
    CatalystError
        If not one line begins like an object.
    """
    # Not splitlines: that splits at U+2028 and others, which JSON allows inside a text.
    lines = [(at, line.strip()) for at, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not any(line.startswith("{") and len(line) > 1 for _, line in lines):
        hint = "; a JSON list or an object over several lines is not JSONL" if lines[0][1][0] in "[{" else ""
        raise CatalystError(
            f'{where}:{lines[0][0]}: no line is a JSON object; write one a line: {{"id": ..., ...}}{hint}'
        )
    return [(at, jsonl_row(line)) for at, line in lines]


def jsonl_row(line: str) -> dict[str, str]:
    """A row by its columns; one that is no row has nothing but why."""
    try:
        value = _QUICK.decode(line)
        # As many keys as stand there: none twice. Anything else is looked at pair by pair.
        if not (isinstance(value, dict) and len(value) == line.count('":') and value.keys() <= _NAMES):
            value = _EXACT.decode(line)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "too many brackets"
        return {BROKEN: f"the line is no JSON object: {reason}"}
    if not isinstance(value, dict):
        return {BROKEN: "the line is JSON, but no object"}
    if set(map(type, value.values())) <= {str}:
        return value
    row: dict[str, str] = {}
    for key, item in value.items():
        text = item if type(item) is str else _text(key, item)
        if text is None:
            return {BROKEN: f"{key!r} holds {type(item).__name__}, and should hold a text or a number"}
        row[key] = text
    return row


def _pairs(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object's keys as column names; ValueError for an empty one and for one given twice."""
    names = [column_name(key) for key, _ in pairs]
    for name in names:
        if not name or names.count(name) > 1:
            raise ValueError(f"key {name!r} is given {names.count(name)} times" if name else "a key is empty")
    return dict(zip(names, (value for _, value in pairs), strict=True))


def _text(key: str, value: object) -> str | None:
    """What a CSV cell would hold; None for a value that has no such form."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, str):
        return value
    if key == "symbols" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    # A column that no catalogue has is refused by its name, whatever it holds.
    known = key in NAMES or bool(nearest_column(key))
    return None if known else ""


_QUICK = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_EXACT = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=str)


def csv_text(catalysts: Iterable[Catalyst]) -> str:
    """CSV of `catalysts`: all columns but the figures, which stand there only where a row has one."""
    rows = [format_row(item) for item in catalysts]
    used = [
        column.name for column in COLUMNS if column.name not in FIGURES or any(r[column.name] for r in rows)
    ]
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, used, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(text) for name, text in row.items()} for row in rows)
    return buffer.getvalue()


def jsonl_text(catalysts: Iterable[Catalyst]) -> str:
    """JSONL of `catalysts`: numbers as numbers, the other columns as in CSV, empty ones left out."""
    lines = []
    for item in catalysts:
        values: dict[str, object] = {name: text for name, text in format_row(item).items() if text}
        values |= {name: getattr(item, name) for name in NUMBERS if getattr(item, name) is not None}
        lines.append(json.dumps(values, ensure_ascii=False, allow_nan=False))
    return "".join(f"{line}\n" for line in lines)
