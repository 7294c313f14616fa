"""Files of feeds: what they are, found by their content, and what becomes of each of their entries."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from newsbt.adapters.news_gzip import MAGIC, Packed
from newsbt.adapters.news_json import entry_path, json_entries
from newsbt.adapters.news_tables import csv_entries, is_jsonl, jsonl_entries, parquet_entries
from newsbt.adapters.news_text import HEAD, encoding_of
from newsbt.adapters.news_xml import feed_channel, xml_entries
from newsbt.errors import InputError, UnknownNameError
from newsbt.news.feeds import Channel, parse_entry
from newsbt.news.formats import FORMATS, TABLE, XML_FORMATS, detect
from newsbt.news.items import NewsItem
from newsbt.news.outcome import Broken, EntryError, Reading, Rejected
from newsbt.news.tables import FIELDS, REQUIRED, guessed_columns
from newsbt.news.texts import plain_text

__all__ = ["Source", "check_format", "open_bytes", "open_source"]

#: Entries that a format is found from.
SAMPLES: Final = 20
#: Keys under which services say why they give no news, and how many keys such an answer has at most.
MESSAGES: Final = ("information", "note", "error message", "message", "error", "detail", "errors", "reason")
MOST_KEYS: Final = 6
#: First bytes of files that hold no text, and what to do with them.
BINARY: Final = {
    MAGIC: "compressed with gzip, and more than once; unpack it first",
    b"PK\x03\x04": "a spreadsheet or a ZIP archive; save it as CSV, or unpack it first",
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database; export the table as CSV",
    b"BZh": "compressed with bzip2; unpack it first",
    b"\xfd7zXZ": "compressed with xz; unpack it first",
    b"(\xb5/\xfd": "compressed with Zstandard; unpack it first",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet; save it as CSV",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file of news whose format is known.

    Parameters
    ----------
    path : str
        Its name.
    format : str
        ``"rss2"``, ``"atom"``, ``"gdelt"``, ...; ``"table"`` for one read by columns.
    container : str
        ``"xml"``, ``"json"``, ``"jsonl"``, ``"csv"`` or ``"parquet"``.
    columns : mapping
        For a table, our name to theirs.
    outcomes : callable
        Called, gives what becomes of each entry, in order; reads the file once a call.
    """

    path: str
    format: str
    container: str
    columns: Mapping[str, str]
    outcomes: Callable[[], Iterator[NewsItem | Rejected]]


def check_format(name: str) -> None:
    """Refuse a ``--format`` that does not exist with an UnknownNameError."""
    if name and name not in FORMATS and name not in XML_FORMATS:
        raise UnknownNameError("format", name, [*FORMATS, *XML_FORMATS])


def open_source(path: Path, reading: Reading, *, format_: str = "", encoding: str = "") -> Source:
    """Find out what a file is; its entries are read later, as they are asked for.

    Parameters
    ----------
    path : Path
        The file.
    reading : Reading
        How entries are read; file and columns are filled in here.
    format_ : str
        Name of a format, empty to find it by content.
    encoding : str
        Of a text without a byte order mark; empty for what it declares, else UTF-8.

    Raises
    ------
    InputError
        For a file that cannot be read, is empty, or is nothing that is read: with what it looks like.
    """
    try:
        if not path.is_file():
            state = "is a folder" if path.is_dir() else "is no file" if path.exists() else "does not exist"
            raise InputError(f"{path} {state}; name a file of news")
        with path.open("rb") as handle:
            head = handle.read(HEAD)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    reading = dataclasses.replace(reading, file=path.name)
    if head.startswith(MAGIC):
        return _unpacked(path, reading, format_, encoding)
    return _source(str(path), head, lambda: path.open("rb"), path, reading, format_, encoding)


def open_bytes(
    content: bytes, name: str, reading: Reading, *, format_: str = "", encoding: str = ""
) -> Source:
    """As :func:`open_source`, for an answer that is in memory; Parquet and what is packed are refused."""
    reading = dataclasses.replace(reading, file=name)
    return _source(name, content[:HEAD], lambda: io.BytesIO(content), None, reading, format_, encoding)


def _unpacked(path: Path, reading: Reading, format_: str, encoding: str) -> Source:
    """As :func:`open_source`, for a file packed with gzip; where it breaks off, that is one refused entry."""
    packed = Packed(lambda: path.open("rb"))
    head = packed.head(HEAD)
    if packed.broken and not head:
        raise InputError(f"{path} is packed with gzip and cannot be unpacked: {packed.broken}")
    found = _source(str(path), head, packed.open, None, reading, format_, encoding)

    def outcomes() -> Iterator[NewsItem | Rejected]:
        entries = 0
        for outcome in found.outcomes():
            entries += 1
            yield outcome
        if packed.broken:
            reason = f"the file cannot be unpacked any further: {packed.broken}; what follows is not read"
            yield Rejected("broken", reason, reading.file, entries + 1)

    return dataclasses.replace(found, outcomes=outcomes)


def _source(
    name: str,
    head: bytes,
    open_: Callable[[], IO[bytes]],
    path: Path | None,
    reading: Reading,
    format_: str,
    encoding: str,
) -> Source:
    check_format(format_)
    if head.startswith(b"PAR1") and path is not None:
        return _table("parquet", lambda: parquet_entries(path), name, reading, format_)
    for start, what in BINARY.items():
        if head.startswith(start):
            raise InputError(f"{name} is {what}")
    charset = encoding_of(head, name, encoding)
    text = head.decode(charset, "replace").lstrip("\ufeff \t\r\n")
    if not text:
        raise InputError(f"{name} is empty")
    if "\0" in text[:1000]:
        raise InputError(f"{name} is binary, and no file of news; save it as CSV, JSON or Parquet")
    if text[:50].lower().startswith(("<!doctype html", "<html")):
        raise InputError(f"{name} is a web page; look on it for its RSS or Atom feed")
    if text[0] == "<":
        return _feed(name, head, open_, charset, reading, format_)
    if text[0] == "{" and not text[1:].strip(" \t\r\n}"):
        # How GDELT, for one, says that it found nothing.
        return Source(name, TABLE, "json", {}, lambda: iter(()))
    if text[0] == "{" and is_jsonl(text):
        return _table("jsonl", lambda: jsonl_entries(open_(), charset), name, reading, format_)
    if text[0] in "{[":
        where = entry_path(head, charset)
        return _table("json", lambda: json_entries(open_(), charset, where), name, reading, format_)
    return _table("csv", lambda: csv_entries(open_(), charset, name), name, reading, format_)


def _feed(
    name: str, head: bytes, open_: Callable[[], IO[bytes]], charset: str, reading: Reading, format_: str
) -> Source:
    if format_ and format_ not in XML_FORMATS:
        raise InputError(f"{name} is XML, and cannot be read as {format_}; leave --format out")
    kind = feed_channel(head, charset, name).format
    if format_ and not kind.startswith(format_):
        raise InputError(f"{name} is {kind}, and cannot be read as {format_}; leave --format out")

    def outcomes() -> Iterator[NewsItem | Rejected]:
        channel = Channel("")
        for line, entry in xml_entries(open_(), charset, channel, name):
            yield _outcome(entry, lambda found, at: parse_entry(found, channel, reading, at), reading, line)

    return Source(name, kind, "xml", {}, outcomes)


def _table(
    container: str,
    entries: Callable[[], Iterator[tuple[int, Mapping[str, Any] | Broken]]],
    name: str,
    reading: Reading,
    format_: str,
) -> Source:
    if format_ in XML_FORMATS:
        raise InputError(
            f"{name} is {container.upper()}, and cannot be read as {format_}; leave --format out"
        )
    samples = []
    for at, (_, entry) in enumerate(entries()):
        if not isinstance(entry, Broken):
            samples.append(entry)
        if len(samples) == SAMPLES or at == 10 * SAMPLES:
            break
    if format_ not in ("", TABLE) and reading.columns:
        raise InputError(f"--map is for tables, and --format {format_} is none; leave one of them out")
    form = FORMATS[format_] if format_ else detect(samples)
    if reading.columns and all(_has(samples, name) for name in reading.columns.values()):
        # Columns that somebody maps make it a table, whatever it looks like.
        form = FORMATS[TABLE]
    columns: Mapping[str, str] = {}
    if form.name == TABLE and samples:
        columns = _columns(name, samples, reading.columns)
    reading = dataclasses.replace(reading, columns=columns, feed=container)

    def outcomes() -> Iterator[NewsItem | Rejected]:
        for line, entry in entries():
            yield _outcome(entry, lambda found, at: form.parse(found, reading, at), reading, line)

    return Source(name, form.name, container, columns, outcomes)


def _has(samples: list[Mapping[str, Any]], column: str) -> bool:
    return any(column in sample or column.split(".")[0] in sample for sample in samples)


def _columns(name: str, samples: list[Mapping[str, Any]], given: Mapping[str, str]) -> Mapping[str, str]:
    """The column map of a table, or an InputError that names what it has."""
    names = list(dict.fromkeys(key for sample in samples for key in sample))
    for field, theirs in given.items():
        if field not in FIELDS:
            raise UnknownNameError("column", field, FIELDS, "--map")
        if not _has(samples, theirs):
            raise UnknownNameError("column", theirs, names, name)
    columns = guessed_columns(names, given)
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        if len(samples) == 1 and (said := _message(samples[0])):
            raise InputError(f"{name} holds no news: the service answers {said!r}; ask it again")
        asked = ",".join(f"{field}=COLUMN" for field in missing)
        shown = ", ".join(key[:40] for key in names[:30])
        raise InputError(
            f"{name}: there is no column for {' or '.join(missing)}; use --map {asked}; it has {shown}"
        )
    return columns


def _message(entry: Mapping[str, Any]) -> str:
    """What a service says in place of news; empty where the entry is no such answer."""
    plain = {key.strip().lower(): value for key, value in entry.items()}
    texts = [str(plain[key]) for key in MESSAGES if isinstance(plain.get(key), str | int) and plain[key]]
    if not texts and isinstance(plain.get("error"), Mapping):
        texts = [str(value) for key, value in plain["error"].items() if key.lower() in MESSAGES]
    return plain_text(texts[0], 200) if texts and len(entry) <= MOST_KEYS else ""


def _outcome(
    entry: Any, parse: Callable[[Any, int], NewsItem], reading: Reading, line: int
) -> NewsItem | Rejected:
    if isinstance(entry, Broken):
        return Rejected(entry.code, entry.reason, reading.file, line)
    try:
        return parse(entry, line)
    except EntryError as error:
        return Rejected(error.code, error.reason, reading.file, line, _title_of(entry, reading))


def _title_of(entry: Any, reading: Reading) -> str:
    """What there is of the title of an entry that is not imported, to be found again."""
    if not isinstance(entry, Mapping):
        found = next((child.text for child in entry if str(child.tag).endswith("title")), "")
        return plain_text(found or "", 120)
    inner = entry.get("content")
    for part in (entry, inner if isinstance(inner, Mapping) else {}):
        for key in (reading.columns.get("title", ""), "title", "headline", "Title"):
            if isinstance(part.get(key), str):
                return plain_text(part[key], 120)
    return ""
