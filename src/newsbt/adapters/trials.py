"""A tuning's folder while it is written: trials in small files as they come, one table at the end."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

import pandas as pd

from newsbt.adapters.results import check_writable, write_json
from newsbt.adapters.trial_files import (
    FORMAT,
    HEADER,
    PARTS,
    TABLE,
    UNFINISHED,
    batches,
    count_trials,
    encoded,
    part_name,
    parts_of,
    read_header,
    read_part,
    row_count,
    tuning_folder,
    unfinished,
    write_part,
)
from newsbt.errors import InputError, OutputError

__all__ = ["TrialStore"]

#: Seconds of finished trials that may wait in memory.
PATIENCE_S: Final = 0.5
#: Small parts that are put together into a larger one.
MANY: Final = 64


class TrialStore:
    """Where the trials of one search go; see :meth:`create` and :meth:`reopen`.

    Trials are appended in their order. A process that is killed loses those of the last half second before
    the last call. While it is written the folder is called ``NAME.unfinished`` and is locked.

    Attributes
    ----------
    folder : Path
        The one that is written now.
    """

    def __init__(self, target: Path, folder: Path, header: Mapping[str, Any]) -> None:
        self.target, self.folder, self.header = target, folder, dict(header)
        self._lock: IO[bytes] | None = _lock(folder)
        self._written = count_trials(folder)
        self._waiting: list[pd.DataFrame] = []
        self._small: list[Path] = []
        self._flushed = time.monotonic()

    @property
    def done(self) -> int:
        """Trials appended, those of earlier sessions included."""
        return self._written + sum(map(len, self._waiting))

    @classmethod
    def create(cls, target: Path, header: Mapping[str, Any]) -> TrialStore:
        """Begin a search whose folder will be `target`.

        Parameters
        ----------
        target : Path
            Does not exist.
        header : mapping
            JSON values for ``tune.json``.

        Raises
        ------
        OutputError
            If the folder cannot be made.
        """
        check_writable(target.parent)
        folder = unfinished(target)
        try:
            (folder / PARTS).mkdir(parents=True)
        except FileExistsError as error:
            raise OutputError(
                f"{folder} exists already; --resume it, delete it or choose another --name"
            ) from error
        except OSError as error:
            raise _write_error(folder, error) from error
        store = cls(target, folder, {"format": FORMAT, **header})
        try:
            store.write_header()
        except BaseException:
            store.abandon()
            raise
        return store

    @classmethod
    def reopen(cls, folder: Path) -> TrialStore:
        """Go on with a search.

        Parameters
        ----------
        folder : Path
            With or without ``.unfinished``; a finished one becomes unfinished.

        Raises
        ------
        InputError
            If it is no tuning, is damaged, or another process is at work in it.
        OutputError
            If it cannot be written.
        """
        found = tuning_folder(folder)
        header = read_header(found)
        target = found
        try:
            if found.name.endswith(UNFINISHED):
                target = found.with_name(found.name.removesuffix(UNFINISHED))
            else:
                found = found.rename(unfinished(found))
            (found / PARTS).mkdir(exist_ok=True)
            store = cls(target, found, header)
            table = found / TABLE
            if table.exists():
                count = row_count(table)
                for part in parts_of(found):
                    if part[1] <= count:
                        part[2].unlink()
                table.rename(found / PARTS / part_name(0, count))
            for scrap in (found / PARTS).glob(".*"):
                scrap.unlink()
        except OSError as error:
            raise _write_error(found, error) from error
        return store

    def append(self, trials: pd.DataFrame) -> None:
        """Add finished trials: the rows after those that are there, columns always the same."""
        if len(trials):
            self._waiting.append(trials)
        if time.monotonic() - self._flushed >= PATIENCE_S:
            self.flush()

    def flush(self) -> None:
        """Write what waits in memory.

        Raises
        ------
        OutputError
            If the disk is full or the folder is gone.
        """
        self._flushed = time.monotonic()
        if not self._waiting:
            return
        frame = pd.concat(self._waiting, ignore_index=True)
        path = self.folder / PARTS / part_name(self._written, self._written + len(frame))
        try:
            write_part(encoded(frame), path)
            self._waiting, self._written = [], self._written + len(frame)
            self._small.append(path)
            if len(self._small) >= MANY:
                self._merge()
        except OSError as error:
            raise _write_error(self.folder, error) from error

    def write_header(self, **changes: Any) -> None:
        """Write ``tune.json`` anew, with `changes`."""
        self.header.update(changes)
        temporary = self.folder / f".{HEADER}"
        try:
            write_json(temporary, self.header)
            temporary.replace(self.folder / HEADER)
        except OSError as error:
            raise _write_error(self.folder, error) from error

    def finish(self, **changes: Any) -> Path:
        """Put all trials into one table, give the folder its name, and close.

        Returns
        -------
        Path
            The finished folder.
        """
        self.flush()
        if self.done:
            self._fold(self.folder / TABLE)
        self.write_header(finished=True, trials_done=self.done, **changes)
        try:
            shutil.rmtree(self.folder / PARTS)
            self.close()
            self.folder = self.folder.rename(self.target)
        except OSError as error:
            raise _write_error(self.folder, error) from error
        return self.folder

    def close(self) -> None:
        """Write what waits and let go of the folder, which stays unfinished."""
        if self._lock is not None:
            if (self.folder / PARTS).is_dir():
                self.flush()
            self._lock.close()
            self._lock = None
            (self.folder / "lock").unlink(missing_ok=True)

    def abandon(self, *, worthless: bool = False) -> None:
        """Close after an error; without any trial, or with none that is worth it, the folder goes."""
        with contextlib.suppress(OutputError):
            self.close()
        if (worthless or not self.done) and self.folder.name.endswith(UNFINISHED):
            shutil.rmtree(self.folder, ignore_errors=True)

    def _merge(self) -> None:
        small, self._small = self._small, []
        rows = pd.concat([read_part(path) for path in small], ignore_index=True)
        first = int(rows["trial"].iloc[0])
        write_part(rows, self.folder / PARTS / part_name(first, first + len(rows)))
        for path in small:
            path.unlink()

    def _fold(self, table: Path) -> None:
        """All parts as one file, a part at a time, so that memory does not grow with their number."""
        import pyarrow.parquet as pq

        temporary, writer = table.with_name(f".{table.name}"), None
        try:
            for part in batches(self.folder, None):
                if writer is None:
                    writer = pq.ParquetWriter(temporary, part.schema)
                writer.write_table(part.cast(writer.schema))
        except OSError as error:
            raise _write_error(self.folder, error) from error
        finally:
            if writer is not None:
                writer.close()
        temporary.replace(table)


def _lock(folder: Path) -> IO[bytes]:
    """Hold the folder; the lock goes with the process, however that ends."""
    file = (folder / "lock").open("wb")
    with contextlib.suppress(ImportError):  # where there is no such lock, two at once are not noticed
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise InputError(
                f"{folder} is being written by another newsbt; wait for it or stop it"
            ) from error
    return file


def _write_error(folder: Path, error: OSError) -> OutputError:
    reason = (error.strerror or os.strerror(error.errno or 0) or str(error)).lower()
    return OutputError(
        f"{folder} cannot be written: {reason}; free some space or choose another place with --out"
    )
