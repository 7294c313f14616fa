"""The file that holds every entry that was not imported."""

from __future__ import annotations

import contextlib
import csv
import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO

from newsbt.cells import guarded
from newsbt.errors import InputError, OutputError
from newsbt.news.outcome import Rejected

__all__ = ["RejectsFile"]


class RejectsFile(contextlib.AbstractContextManager["RejectsFile"]):
    """The file of rejected entries; written even if nothing could be imported, and then most of all.

    Parameters
    ----------
    path : path or None
        ``.jsonl`` or ``.csv``; None keeps nothing.

    Raises
    ------
    OutputError
        On entering, if it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        self._path = Path(path) if path is not None else None
        self._temporary: Path | None = None
        self._handle: IO[str] | None = None

    def __enter__(self) -> RejectsFile:
        """Open a temporary file beside the place, if there is one."""
        if self._path is not None:
            self._temporary = self._path.with_name(f".{self._path.name[:100]}.{os.getpid()}.tmp")
            try:
                self._handle = self._temporary.open("w", encoding="utf-8", newline="")
            except OSError as error:
                raise OutputError(f"{self._path} cannot be written: {error.strerror}") from error
            if self._path.suffix.lower() == ".csv":
                self._handle.write(",".join(field.name for field in fields(Rejected)) + "\n")
        return self

    def add(self, rejected: Rejected) -> None:
        """Write one."""
        if self._handle is None or self._path is None:
            return
        values = asdict(rejected)
        if self._path.suffix.lower() == ".csv":
            cells = [guarded(str(value)) for value in values.values()]
            csv.writer(self._handle, lineterminator="\n").writerow(cells)
        else:
            self._handle.write(json.dumps(values, ensure_ascii=False) + "\n")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        """Put the file in its place, unless something else than the input failed."""
        if self._handle is None or self._temporary is None or self._path is None:
            return
        self._handle.close()
        if kind is None or (error is not None and isinstance(error, InputError)):
            self._temporary.replace(self._path)
        else:
            self._temporary.unlink(missing_ok=True)
