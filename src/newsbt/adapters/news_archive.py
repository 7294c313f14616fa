"""An archive of news that only grows: what a poll saw is appended, and never touched again."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from newsbt.adapters.interrupts import held_interrupts
from newsbt.adapters.news_files import iter_news, news_line
from newsbt.errors import InputError, OutputError
from newsbt.news.entries import content_key, digest
from newsbt.news.items import NewsItem
from newsbt.news.rows import from_row

__all__ = ["Appended", "Archive"]

#: Bytes of the longest line that a killed writer can have left.
LONGEST_TAIL: Final = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Appended:
    """What was new among items that a poll saw.

    Parameters
    ----------
    new, revised, known : int
        First versions, later versions, and versions that were there.
    """

    new: int
    revised: int
    known: int


class Archive:
    """A JSONL news file, open for appending by one writer.

    Use as a context manager. A last line that a killed writer left unfinished is taken off; a finished one
    without its line feed gets it.

    Parameters
    ----------
    path : Path
        ``.jsonl``; made if it is not there.

    Raises
    ------
    InputError
        For another suffix, another writer at work, or a file that is no news file.
    OutputError
        If it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() != ".jsonl":
            raise InputError(f"{path}: an archive is a .jsonl file; name one")
        self.path = path
        self._file = -1
        self._ids: set[str] = set()
        self._versions: set[int] = set()
        #: Whether an unfinished line was taken off.
        self.repaired = False

    def __len__(self) -> int:
        """How many items, later versions among them."""
        return len(self._ids)

    def __enter__(self) -> Archive:
        """Take the lock, mend the end, and learn what is there."""
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._file = os.open(self.path, flags, 0o666)
            self._lock()
            self._mend()
        except OSError as error:
            self._close()
            raise self._failure(error) from error
        except BaseException:
            self._close()
            raise
        try:
            for item in iter_news(self.path):
                self._remember(item)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let another writer in."""
        self._close()

    def append(self, items: Iterable[NewsItem]) -> Appended:
        """Append what is not there, in one go, and wait until the disk has it.

        An id whose text or time is new becomes a later version: an item with an id of its own that
        `revises` the first. A version that was there before is not repeated, even if others came since.

        Raises
        ------
        OutputError
            If it cannot be written; none of the items is there then.
        """
        lines: list[str] = []
        counts = {"new": 0, "revised": 0, "known": 0}
        fresh: list[NewsItem] = []
        for item in items:
            version = _version(item.id, item)
            if version in self._versions:
                counts["known"] += 1
                continue
            kind = "new"
            if item.id in self._ids:
                kind = "revised"
                item = dataclasses.replace(item, id=f"{item.id}-r{version:016x}", revises=item.id)
            counts[kind] += 1
            self._remember(item)
            fresh.append(item)
            lines.append(news_line(item))
        if lines:
            try:
                self._write("".join(lines).encode("utf-8"))
            except OSError as error:
                for item in fresh:
                    self._ids.discard(item.id)
                    self._versions.discard(_version(item.revises or item.id, item))
                raise self._failure(error) from error
        return Appended(**counts)

    def _remember(self, item: NewsItem) -> None:
        self._ids.add(item.id)
        self._versions.add(_version(item.revises or item.id, item))

    def _write(self, content: bytes) -> None:
        with held_interrupts():
            size = os.fstat(self._file).st_size
            try:
                done = 0
                while done < len(content):
                    done += os.write(self._file, content[done:])
                os.fsync(self._file)
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._file, size)
                raise

    def _lock(self) -> None:
        """Hold the file; the lock goes with the process, however that ends."""
        with contextlib.suppress(ImportError):  # where there is no such lock, two at once are not noticed
            import fcntl

            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise InputError(
                    f"{self.path} is being written by another newsbt; stop that one first"
                ) from error

    def _mend(self) -> None:
        size = os.fstat(self._file).st_size
        start = max(0, size - LONGEST_TAIL)
        os.lseek(self._file, start, os.SEEK_SET)
        tail = b""
        while len(tail) < size - start and (piece := os.read(self._file, 2**20)):
            tail += piece
        if not tail or tail.endswith(b"\n"):
            return
        last = tail[tail.rfind(b"\n") + 1 :]
        if len(last) == LONGEST_TAIL:
            raise InputError(
                f"{self.path} has a last line of over {LONGEST_TAIL // 2**20} MiB; it is no news file"
            )
        if _is_whole(last):
            os.write(self._file, b"\n")
            return
        if size == len(last) and not last.lstrip().startswith(b"{"):
            raise InputError(f"{self.path} is no news file; name another archive")
        os.ftruncate(self._file, size - len(last))
        self.repaired = True

    def _failure(self, error: OSError) -> OutputError:
        reason = (error.strerror or str(error)).lower()
        return OutputError(f"{self.path} cannot be written: {reason}; choose another place with --archive")

    def _close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _version(first: str, item: NewsItem) -> int:
    """A number for one version of the item whose first version has the id `first`."""
    return int(digest(first, f"{content_key(item):x}"), 16)


def _is_whole(line: bytes) -> bool:
    try:
        from_row(json.loads(line))
    except (ValueError, AttributeError, RecursionError):
        return False
    return True
