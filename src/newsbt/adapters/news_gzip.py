"""Files of news packed with gzip, unpacked as they are read."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["MAGIC", "Packed"]

#: First bytes of such a file.
MAGIC: Final = b"\x1f\x8b"


class Packed:
    """A file packed with gzip: opens what is in it.

    Parameters
    ----------
    open_ : callable
        Opens the packed file.
    """

    def __init__(self, open_: Callable[[], IO[bytes]]) -> None:
        self._open = open_
        #: Why what was opened last ended too early; empty where it did not.
        self.broken = ""

    def open(self) -> IO[bytes]:
        """What is in the file, as a stream; it ends where the file cannot be unpacked any further."""
        self.broken = ""
        return cast("IO[bytes]", io.BufferedReader(_Unpacked(self._open(), self), 2**16))

    def head(self, size: int) -> bytes:
        """The first `size` bytes of what is in the file."""
        with self.open() as stream:
            return stream.read(size)


class _Unpacked(io.RawIOBase):
    def __init__(self, packed: IO[bytes], owner: Packed) -> None:
        self._packed, self._owner = packed, owner
        self._file = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        return True

    def readinto(self, target: WriteableBuffer, /) -> int:
        view = memoryview(target).cast("B")
        try:
            piece = self._file.read1(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self._owner.broken = str(error) or "damaged"
            return 0
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._file.close()
        self._packed.close()
        super().close()
