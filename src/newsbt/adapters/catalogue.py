"""Catalogues of news on disk: CSV and JSONL, read with line numbers, written whole or not at all."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from newsbt.adapters.catalogue_text import csv_rows, csv_text, jsonl_rows, jsonl_text
from newsbt.adapters.whole_files import whole_file
from newsbt.catalysts.lint import Entry, read_entries, unknown_columns
from newsbt.catalysts.lint_pairs import lint_ids
from newsbt.errors import CatalystError
from newsbt.records import Catalyst

__all__ = ["check_text_file", "read_catalogue", "read_catalogues", "read_rows", "write_catalogue"]

Form = TypeVar("Form")

LARGEST = 256 * 2**20
#: First line of a file of drafts, as ``newsbt catalysts extract`` writes it.
_DRAFTS = re.compile(r'^id,review,date_first,|"review": "\w+", "date_first"')
READERS: dict[str, Callable[[str, str], list[tuple[int, dict[str, str]]]]] = {
    ".csv": csv_rows,
    ".jsonl": jsonl_rows,
}
WRITERS: dict[str, Callable[[Iterable[Catalyst]], str]] = {".csv": csv_text, ".jsonl": jsonl_text}


def read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Rows of a catalogue as texts by column, each with the line it begins on.

    Parameters
    ----------
    path : Path
        CSV (UTF-8, with or without a byte order mark) or JSONL, by its suffix. Names of columns are read
        without regard to case, inner spaces as underscores; columns that are not ours stay in the rows.

    Raises
    ------
    CatalystError
        For a file that cannot be read as a table at all: missing, unreadable, empty, over 256 MiB, binary,
        not UTF-8, another suffix, a header that lacks or misspells columns, broken quotes, drafts. A single
        line that cannot be taken apart is no such case; see :data:`newsbt.catalysts.columns.BROKEN`.
    """
    read = _by_suffix(path, READERS)
    text = _decoded(path, _content(path))
    _check_drafts(path, text)
    return read(text, str(path))


def read_catalogue(path: Path) -> list[Catalyst]:
    """Catalysts of one file, in its order.

    Raises
    ------
    CatalystError
        As :func:`read_rows`, for a column that no catalogue has, and for the first row that is wrong, with
        the number of further ones.
    """
    return _catalysts(_entries(path))


def read_catalogues(paths: Sequence[Path]) -> list[Catalyst]:
    """Catalysts of several files, by time of publication and id; a file that is named twice is read once.

    Raises
    ------
    CatalystError
        As :func:`read_catalogue`, and for an id that stands in two files, naming both places.
    """
    once = {os.path.realpath(path): path for path in reversed(paths)}
    entries = [entry for path in reversed(once.values()) for entry in _entries(path)]
    return sorted(_catalysts(entries), key=lambda item: (item.published_at, item.id))


def write_catalogue(path: Path, catalysts: Iterable[Catalyst]) -> None:
    """Write `catalysts` as CSV or JSONL, by the suffix of `path`, whole or not at all.

    Equal catalysts give equal bytes; :func:`read_catalogue` gives equal catalysts back.

    Raises
    ------
    CatalystError
        For another suffix.
    OutputError
        If the file cannot be written. What stood there before stays.
    """
    content = _by_suffix(path, WRITERS)(catalysts).encode("utf-8")
    with whole_file(path) as handle:
        handle.write(content)


def check_text_file(path: Path, largest: int) -> None:
    """Refuse a file whose beginning says that it is no catalogue, in the words of :func:`read_rows`.

    Raises
    ------
    CatalystError
        For a file that is missing, unreadable, empty, larger than `largest` bytes, binary, UTF-16 or drafts.
    """
    try:
        with path.open("rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            head = handle.read(2**16)
    except OSError as error:
        raise CatalystError(f"{path} cannot be read: {_reason(error)}; name a readable file") from error
    if size > largest:
        raise CatalystError(f"{path} is larger than {largest // 2**20} MiB; split it into several catalogues")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head:
        _decoded(path, head)
    if size < 2**16 and not head.removeprefix(codecs.BOM_UTF8).strip():
        raise CatalystError(f"{path} is empty; a CSV begins with the line of columns, a JSONL with a row")
    _check_drafts(path, head.decode("utf-8-sig", "replace"))


def _check_drafts(path: Path, text: str) -> None:
    if _DRAFTS.search(text[: text.find("\n") + 1 or len(text)]):
        raise CatalystError(
            f"{path} holds drafts of articles, which are no news before somebody has accepted them; review"
            f" them with newsbt catalysts extract {path} --review --into mine.csv"
        )


def _entries(path: Path) -> list[Entry]:
    return read_entries(read_rows(path), str(path))


def _catalysts(entries: Sequence[Entry]) -> list[Catalyst]:
    found = [*unknown_columns(entries), *(item for entry in entries for item in entry.findings)]
    found += lint_ids((entry.where, entry.row.get("id", "").strip()) for entry in entries)
    if found:
        first, rest = found[0], len(found) - 1
        file = first.where.rpartition(":")[0]
        more = f" ({rest} more; see newsbt catalysts check {file})" if rest else ""
        raise CatalystError(f"{first.where}: {first.message}; {first.action}{more}")
    return [entry.catalyst for entry in entries if entry.catalyst is not None]


def _by_suffix(path: Path, forms: Mapping[str, Form]) -> Form:
    form = forms.get(path.suffix.lower())
    if form is None:
        state = f"ends in {path.suffix}" if path.suffix else "has no suffix"
        raise CatalystError(f"{path} {state}; a catalogue is a .csv or a .jsonl file")
    return form


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            # Read no more than that, whatever the size says: a device or a pipe has none.
            too_large = os.fstat(handle.fileno()).st_size > LARGEST
            content = b"" if too_large else handle.read(LARGEST + 1)
    except OSError as error:
        raise CatalystError(f"{path} cannot be read: {_reason(error)}; name a readable file") from error
    if too_large or len(content) > LARGEST:
        raise CatalystError(f"{path} is larger than {LARGEST // 2**20} MiB; split it into several catalogues")
    if not content.strip():
        raise CatalystError(f"{path} is empty; a CSV begins with the line of columns, a JSONL with a row")
    return content


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CatalystError(f"{path} is UTF-16 text; save it as UTF-8")
    at = content.find(b"\0")
    if at >= 0:
        hint = "a spreadsheet or an archive; save it as CSV" if content.startswith(b"PK") else "not text"
        raise CatalystError(f"{path} is binary ({hint}; byte {at} is zero)")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalystError(
            f"{path}:{line}: not UTF-8 text (byte {error.start}); save the file as CSV in UTF-8"
        ) from error
    if not text.strip():
        raise CatalystError(f"{path} is empty; a CSV begins with the line of columns, a JSONL with a row")
    return text


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
