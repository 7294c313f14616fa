"""News files on disk: JSONL, CSV and Parquet with one item a row, streamed, written whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from newsbt.adapters.whole_files import whole_file
from newsbt.cells import guarded, unguarded
from newsbt.errors import InputError
from newsbt.news.items import NewsItem
from newsbt.news.rows import COLUMNS, REQUIRED, from_row, to_row, to_texts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SUFFIXES", "iter_news", "news_line", "read_news", "read_news_table", "write_news"]

SUFFIXES = (".jsonl", ".csv", ".parquet")
#: Rows of Parquet written or read at once.
BATCH = 5_000
#: Characters of the longest line that is read.
LONGEST_LINE = 8 * 2**20


def read_news(path: Path | str) -> list[NewsItem]:
    """Items of a news file, in its order.

    Parameters
    ----------
    path : Path or str
        ``.jsonl``, ``.csv`` or ``.parquet``, as ``newsbt catalysts import`` and ``fetch`` write them.

    Raises
    ------
    InputError
        If it is missing, unreadable or no news file; with the line that is wrong.
    """
    return list(iter_news(path))


def iter_news(path: Path | str) -> Iterator[NewsItem]:
    """Items of a news file one after the other, in bounded memory; errors as :func:`read_news`.

    The last line of a JSONL without its line feed is left out unless it is complete: an archive whose writer
    was killed, or is just writing.
    """
    place = Path(path)
    rows = _READERS[_suffix(place)]
    with _readable(place):
        for line, row in rows(place):
            try:
                yield from_row(row)
            except ValueError as error:
                raise InputError(f"{place}:{line}: {error}; {_HINT}") from error


def read_news_table(path: Path | str) -> pd.DataFrame:
    """Items of a news file as a table.

    Returns
    -------
    DataFrame
        One row an item in the file's order, columns as the fields of :class:`~newsbt.news.items.NewsItem`:
        ``published_at`` and ``fetched_at`` as datetime64[us, UTC] (NaT where there is none), ``tickers`` as
        tuples, ``line`` as int64, all others as text. An empty file gives the columns without rows.

    Raises
    ------
    InputError
        As :func:`read_news`.
    """
    import pandas as pd

    items = read_news(path)
    data: dict[str, Any] = {}
    for name in COLUMNS:
        values = [getattr(item, name) for item in items]
        if name in ("published_at", "fetched_at"):
            data[name] = pd.Series(values, dtype="datetime64[us, UTC]")
        else:
            kind = {"tickers": "object", "line": "int64"}.get(name, "str")
            data[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(data, columns=list(COLUMNS))


def write_news(path: Path | str, items: Iterable[NewsItem]) -> int:
    """Write `items` as JSONL, CSV or Parquet by the suffix of `path`, whole or not at all.

    Items are written as they come, in bounded memory. Equal items give equal bytes in JSONL and CSV;
    :func:`read_news` gives equal items back.

    Returns
    -------
    int
        Number of items.

    Raises
    ------
    InputError
        For another suffix.
    OutputError
        If the file cannot be written. What stood there before stays, also if `items` raises.
    """
    place = Path(path)
    write = _WRITERS[_suffix(place)]
    with whole_file(place) as handle:
        return write(handle, items)


def news_line(item: NewsItem) -> str:
    """The line of a JSONL that holds `item`, with its line feed."""
    return json.dumps(to_row(item), ensure_ascii=False, allow_nan=False) + "\n"


_HINT = "a news file is what newsbt catalysts import writes"


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        state = f"ends in {path.suffix}" if path.suffix else "has no suffix"
        raise InputError(f"{path} {state}; a news file is a .jsonl, .csv or .parquet file")
    return suffix


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{path} cannot be read: {_reason(error)}; name a readable file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}); {_HINT}") from error


def _jsonl(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="\n") as handle:
        at = 0
        while text := handle.readline(LONGEST_LINE):
            at += 1
            if not text.strip():
                continue
            try:
                value = json.loads(text)
            except (ValueError, RecursionError) as error:
                if not text.endswith("\n") and len(text) < LONGEST_LINE and text[-1] != "}":
                    return
                raise InputError(f"{path}:{at}: the line is no JSON object; {_HINT}") from error
            if not isinstance(value, dict):
                raise InputError(f"{path}:{at}: the line is JSON, but no object; {_HINT}")
            yield at, value


def _csv(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as handle, _wide_cells():
        reader = csv.DictReader(handle, strict=True, restkey="")
        try:
            missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path}: there is no column {missing[0]}; {_HINT}")
            for row in reader:
                if "" in row or None in row.values():
                    raise InputError(
                        f"{path}:{reader.line_num}: more or fewer cells than the header; {_HINT}"
                    )
                yield reader.line_num, {name: unguarded(cell) for name, cell in row.items()}
        except csv.Error as error:
            raise InputError(f"{path}:{reader.line_num}: the CSV cannot be read: {error}; {_HINT}") from error


@contextlib.contextmanager
def _wide_cells() -> Iterator[None]:
    """Let a cell be as long as a line; Python's own limit is 131,072 characters."""
    before = csv.field_size_limit(min(LONGEST_LINE, sys.maxsize))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _parquet(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=2**20) as file:
            names = set(file.schema_arrow.names)
            missing = [name for name in REQUIRED if name not in names]
            if missing:
                raise InputError(f"{path}: there is no column {missing[0]}; {_HINT}")
            at = 0
            columns = [name for name in COLUMNS if name in names]
            for batch in file.iter_batches(BATCH, columns=columns):
                for row in batch.to_pylist():
                    at += 1
                    yield at, row
    except (pa.ArrowException, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} is no Parquet file that can be read: {error}; {_HINT}") from error


def _write_jsonl(handle: IO[bytes], items: Iterable[NewsItem]) -> int:
    count = 0
    for item in items:
        handle.write(news_line(item).encode("utf-8"))
        count += 1
    return count


def _write_csv(handle: IO[bytes], items: Iterable[NewsItem]) -> int:
    count = 0
    handle.write((",".join(COLUMNS) + "\n").encode())
    lines = csv.DictWriter(_Encoded(handle), COLUMNS, lineterminator="\n")
    for item in items:
        lines.writerow({name: guarded(cell) for name, cell in to_texts(item).items()})
        count += 1
    return count


class _Encoded:
    """What csv writes texts to: a binary file."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle

    def write(self, text: str) -> int:
        return self._handle.write(text.encode("utf-8"))


def _write_parquet(handle: IO[bytes], items: Iterable[NewsItem]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds: dict[str, Any] = {"tickers": pa.list_(pa.string()), "line": pa.int64()}
    kinds |= {"published_at": pa.timestamp("us", tz="UTC"), "fetched_at": pa.timestamp("us", tz="UTC")}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    count = 0
    with pq.ParquetWriter(handle, schema) as writer:
        rows: list[dict[str, Any]] = []
        for item in items:
            rows.append({name: getattr(item, name) for name in COLUMNS})
            count += 1
            if len(rows) == BATCH:
                writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))
                rows = []
        writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))
    return count


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


_READERS: dict[str, Callable[[Path], Iterator[tuple[int, Mapping[str, Any]]]]] = {
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".parquet": _parquet,
}
_WRITERS: dict[str, Callable[[IO[bytes], Iterable[NewsItem]], int]] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
}
