"""Bytes of feeds to text: encodings found and decoded as they are read, lines of bounded length."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import IO, Final

from newsbt.errors import InputError

__all__ = [
    "HEAD",
    "LARGEST_ENTRY",
    "LISTS",
    "Meter",
    "bounded_lines",
    "encoding_of",
    "known_encoding",
    "text_stream",
]

#: Bytes that a format is found from.
HEAD: Final = 4 * 2**20
#: Characters of the largest entry: no news is longer, and whatever is would fill the memory.
LARGEST_ENTRY: Final = 2 * 2**20
#: Lists that hold the entries in answers of known interfaces; in a JSON document others are found, too.
LISTS: Final = ("feed", "articles", "news", "items", "data", "results", "stream", "entries", "docs")
#: Characters read at once.
CHUNK: Final = 64 * 1024

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Names under which files in fact hold a larger set.
WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "big5": "big5hkscs",
}
#: Codecs that are no encodings of files, or that take time out of proportion.
REFUSED: Final = (
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "utf-7",
    "undefined",
    "mbcs",
    "oem",
)
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")


def known_encoding(name: str, where: str) -> str:
    """Python's name of an encoding, of a larger one where such files in fact are in that.

    Raises
    ------
    InputError
        For a name that is none.
    """
    try:
        found = codecs.lookup(name)
        text = "x".encode(name)
    except (LookupError, UnicodeError, ValueError) as error:
        raise InputError(f"{where}: there is no encoding {name!r}; name another with --encoding") from error
    if found.name in REFUSED or not isinstance(text, bytes):
        raise InputError(f"{where}: {name!r} is no encoding of files; name another with --encoding")
    return WIDER.get(found.name, found.name)


def encoding_of(head: bytes, where: str, given: str = "") -> str:
    """Encoding of a file that begins with `head`.

    A byte order mark counts first, then what the user says, zeros in every second byte, what an XML file
    declares, and UTF-8.

    Raises
    ------
    InputError
        As :func:`known_encoding`.
    """
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if given:
        return known_encoding(given, where)
    start = head[:64]
    if len(start) >= 4 and start[1] == 0 and start[0] and start[3] == 0:
        return "utf-16-le"
    if len(start) >= 4 and start[0] == 0 and start[1] and start[2] == 0:
        return "utf-16-be"
    declared = _DECLARED.match(head.lstrip())
    if declared:
        name = known_encoding(declared[1].decode("ascii"), where)
        # Declared UTF-16 without a mark and without zeros is not UTF-16.
        return "utf-8" if name.startswith(("utf-16", "utf-32")) else name
    return "utf-8"


def text_stream(handle: IO[bytes], encoding: str, *, lines: bool = False) -> io.TextIOWrapper:
    """`handle` as text.

    Bytes that cannot be decoded become U+FFFD, or for `lines` of UTF-8 lone surrogates, which tell them from
    a U+FFFD that was in the file.
    """
    escape = lines and encoding in ("utf-8", "utf-8-sig")
    return io.TextIOWrapper(handle, encoding, "surrogateescape" if escape else "replace", newline=None)


def bounded_lines(stream: io.TextIOWrapper, longest: int = LARGEST_ENTRY) -> Iterator[tuple[int, str | None]]:
    """Lines with their numbers from 1; None for one that is longer than `longest` characters."""
    at = 0
    while line := stream.readline(longest):
        at += 1
        if len(line) < longest or line.endswith("\n"):
            yield at, line
            continue
        while (rest := stream.readline(CHUNK)) and not rest.endswith("\n"):
            pass
        yield at, None


class EntryTooLargeError(Exception):
    """More text than an entry can have was read since the last one."""


class Meter:
    """Text read in pieces, with a limit to what is read between two entries.

    Parameters
    ----------
    stream : TextIOWrapper
        The text.
    """

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._since = 0

    def entry_done(self) -> None:
        """Count from here."""
        self._since = 0

    def text(self) -> str:
        """The next piece; empty at the end.

        Raises
        ------
        EntryTooLargeError
            If the limit is passed.
        """
        if self._since > LARGEST_ENTRY:
            raise EntryTooLargeError
        piece = self._stream.read(CHUNK)
        self._since += len(piece)
        return piece

    def read(self, size: int = -1) -> bytes:
        """The next piece as UTF-8, whatever `size`."""
        return b"" if size == 0 else self.text().encode("utf-8", "replace")
