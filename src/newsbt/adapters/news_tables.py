"""Rows of CSV, JSONL and Parquet files with any columns, streamed, each with its line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from newsbt.adapters.news_parquet import rows_of
from newsbt.adapters.news_text import LARGEST_ENTRY, LISTS, bounded_lines, text_stream
from newsbt.errors import InputError
from newsbt.news.outcome import Broken
from newsbt.news.tables import FIELDS, plain_name

__all__ = ["Entries", "csv_entries", "is_jsonl", "jsonl_entries", "parquet_entries"]

Entries = Iterator[tuple[int, Mapping[str, Any] | Broken]]

SEPARATORS: Final = ",;\t|"
_SAYS: Final = re.compile(r"sep=([,;\t|])", re.IGNORECASE)
#: A cell that is a time, and so no name of a column.
_TIME: Final = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ].*)?|\d{10}|\d{13,14}|\d{8}T\d{6}Z?")
#: Lines of one row at most: a quote that is never closed would take the rest of the file.
MOST_LINES: Final = 200
#: Rows that cannot be taken apart before the file counts as something else.
MOST_BROKEN: Final = 10_000
MOST_COLUMNS: Final = 1_000
#: Uncompressed bytes of the largest row group of Parquet.
LARGEST_GROUP: Final = 2**30
#: Rows decoded at once: few, for a text that many rows share is stored once and decoded for each.
BATCH_ROWS: Final = 32


def csv_entries(handle: IO[bytes], encoding: str, where: str) -> Entries:
    """Rows of a CSV by its header; separated by what the header has most of: ``,``, ``;``, tab or ``|``.

    Raises
    ------
    InputError
        If the header names fewer than two columns.
    """
    with text_stream(handle, encoding, lines=True) as stream:
        yield from _csv_rows(_Lines(stream), where)


def _csv_rows(lines: _Lines, where: str) -> Entries:
    try:
        first = next((line for line in lines if line.strip()), "")
    except _RowTooLongError as error:
        raise InputError(f"{where}: the header cannot be read: {error}") from error
    said = _SAYS.fullmatch(first.strip().lstrip("\ufeff"))
    if said is None:
        lines.put_back(first)
    # A spreadsheet may say in the first line what separates the cells.
    separator = said[1] if said else max(SEPARATORS, key=first.count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    broken = 0
    names: list[str] | None = None
    while True:
        lines.row_begins()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _RowTooLongError) as error:
            if names is None:
                raise InputError(f"{where}: the header cannot be read: {_words(error)}") from error
            broken += 1
            yield lines.begun, Broken("broken", f"the row cannot be taken apart: {_words(error)}")
            if broken == MOST_BROKEN:
                yield lines.begun, Broken("broken", f"{MOST_BROKEN} such rows: what follows is not read")
                return
            lines.put_back_all_but_first()
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = _header(cells, where)
        else:
            yield lines.begun, _row(names, cells)


def _header(cells: Sequence[str], where: str) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        raise InputError(
            f"{where}: the first line has {len(cells):,} cells, and no table of news so many columns"
        )
    names = [cell.strip().encode("utf-8", "replace").decode("utf-8") for cell in cells]
    if time := next((name for name in names if _TIME.fullmatch(name)), None):
        raise InputError(
            f"{where}: the first line holds a row ({time[:40]!r} is a time), and a CSV begins with the names"
            " of its columns; put them above, such as published_at,title,url"
        )
    if sum(map(bool, names)) < 2:
        raise InputError(
            f"{where}: this is no feed and no table; it begins with {names[0][:60]!r}, and "
            "a CSV begins with the names of its columns"
        )
    return [name if name not in names[:at] else f"{name}.{at + 1}" for at, name in enumerate(names)]


def _row(names: Sequence[str], cells: Sequence[str]) -> Mapping[str, Any] | Broken:
    if len(cells) != len(names):
        hint = "; texts that hold the separator stand in double quotes" if len(cells) > len(names) else ""
        return Broken("broken", f"the row has {len(cells)} cells and the header {len(names)}{hint}")
    if any(_escaped(cell) for cell in cells):
        return _NO_UTF8
    return dict(zip(names, cells, strict=True))


_NO_UTF8: Final = Broken("bad-bytes", "the line is not UTF-8; name its encoding, such as --encoding gb18030")


def _escaped(text: str) -> bool:
    """Whether bytes that are not UTF-8 stand in `text`."""
    return not text.isascii() and any("\udc80" <= mark <= "\udcff" for mark in text)


class _RowTooLongError(Exception):
    """A row of more lines or characters than any."""


class _Lines:
    """Lines for a CSV reader, which can be put back when a row turns out to be none."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._source = bounded_lines(stream)
        self._waiting: deque[tuple[int, str | None]] = deque()
        self._taken: list[tuple[int, str | None]] = []
        self.begun = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        at, line = self._waiting.popleft() if self._waiting else next(self._source)
        if not self._taken:
            self.begun = at
        self._taken.append((at, line))
        if line is None or len(self._taken) > MOST_LINES:
            long = f"a line is longer than {LARGEST_ENTRY // 2**20} MiB"
            raise _RowTooLongError(long if line is None else f"it has more than {MOST_LINES} lines")
        return line

    def row_begins(self) -> None:
        self._taken = []

    def put_back(self, line: str) -> None:
        if line:
            self._waiting.appendleft((self._taken[-1][0], line))

    def put_back_all_but_first(self) -> None:
        self._waiting.extendleft(reversed(self._taken[1:]))


def _words(error: Exception) -> str:
    text = str(error)
    if "end of data" in text or "more than" in text:
        return f"a quote is opened and not closed ({text})"
    return text


def is_jsonl(head: str) -> bool:
    """Whether a text that begins with a brace is JSON by the line: a line among the first is an object."""
    lines = [line for line in head.split("\n")[:20] if line.strip()]
    for line in lines[:5]:
        if line.startswith("{") and len(line) > 2:
            try:
                if isinstance(json.loads(line), dict):
                    return True
            except (ValueError, RecursionError):
                continue
    return False


def jsonl_entries(handle: IO[bytes], encoding: str) -> Entries:
    """Objects of a JSONL; of a line that is a whole answer of an interface, its entries."""
    with text_stream(handle, encoding, lines=True) as stream:
        for at, line in bounded_lines(stream):
            if line is None:
                yield at, Broken("too-large", f"the line is longer than {LARGEST_ENTRY // 2**20} MiB")
            elif _escaped(line):
                yield at, _NO_UTF8
            elif line.strip():
                yield from ((at, entry) for entry in _objects(line))


def _objects(line: str) -> Iterator[Mapping[str, Any] | Broken]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        text = str(error) if isinstance(error, ValueError) else "too many levels"
        yield Broken("broken", f"the line is no JSON: {text[:100]}")
        return
    if not isinstance(value, dict):
        yield Broken("broken", "the line is JSON, but no object")
        return
    lists = [value[key] for key in LISTS if isinstance(value.get(key), list)]
    # A row may have such a list, too: tickers under "data". An answer has no time of its own.
    if "title" in value and not (any(lists) and _is_answer(value)):
        lists = []
    elif not lists and not _is_entry(value):
        lists = list(_nested(value))
    if not lists:
        yield value
        return
    for entry in lists[0]:
        yield entry if isinstance(entry, dict) else Broken("broken", "the entry is no object")


def _is_answer(value: Mapping[str, Any]) -> bool:
    """Whether an object with a title is a whole feed (JSON Feed) rather than an entry: it has no time."""
    return not any(plain_name(key) in FIELDS["published_at"] for key in value)


def _is_entry(value: Mapping[str, Any]) -> bool:
    names = {plain_name(key) for key in value}
    return any(name in names for name in (*FIELDS["title"], *FIELDS["summary"]))


def _nested(value: Mapping[str, Any], levels: int = 3) -> Iterator[list[Any]]:
    """Lists of entries further within: ``response.docs``, ``data.news``."""
    for key, inner in value.items():
        if key in LISTS and isinstance(inner, list):
            yield inner
        elif isinstance(inner, dict) and levels:
            yield from _nested(inner, levels - 1)


def parquet_entries(path: Path, columns: Sequence[str] | None = None) -> Entries:
    """Rows of a Parquet file with their positions from 1; only `columns`, where they are given.

    Raises
    ------
    InputError
        If it cannot be read at all, or has row groups beyond a gigabyte.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    at = 0
    try:
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=2**20) as file:
            _check_groups(file.metadata, path)
            names = list(columns) if columns else None
            for batch in file.iter_batches(BATCH_ROWS, columns=names, use_threads=False):
                for row in rows_of(batch):
                    at += 1
                    yield at, row
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, InputError):
            raise
        reason = (str(error).splitlines() or ["damaged"])[0][:200]
        if at == 0:
            raise InputError(f"{path} is no Parquet file that can be read: {reason}") from error
        yield at + 1, Broken("broken", f"the Parquet file cannot be read from here on: {reason}")


def _check_groups(metadata: Any, path: Path) -> None:
    """Refuse a file whose row groups do not fit into memory."""
    for position in range(metadata.num_row_groups):
        group = metadata.row_group(position)
        if group.total_byte_size > LARGEST_GROUP:
            raise InputError(
                f"{path}: row group {position + 1} holds {group.total_byte_size / 2**30:.1f} GiB; write the "
                "file with smaller row groups (row_group_size=50000)"
            )
