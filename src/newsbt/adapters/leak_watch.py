"""A watch on what plug-ins read: files, databases, other programs, the network."""

from __future__ import annotations

import contextlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsbt.adapters.scaffold import template_root

__all__ = ["Watched", "is_foreign_data", "watched"]

#: Endings of files that hold data rather than code or settings.
DATA = frozenset((
    ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".feather", ".arrow", ".orc",
    ".pkl", ".pickle", ".joblib", ".npy", ".npz", ".xls", ".xlsx", ".h5", ".hdf5", ".db", ".sqlite",
    ".sqlite3", ".gz", ".zip", ".bz2", ".xz", ".zst",
))  # fmt: skip


@dataclass
class Watched:
    """What was opened.

    Parameters
    ----------
    files : set of str
        Paths opened for reading by Python's own means.
    others : set of str
        Databases, programs and addresses, in words: ``"the database prices.sqlite"``.
    written : set of str
        Paths opened for writing first; what is read of them is the plug-in's own.
    """

    files: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)


_WATCHES: list[Watched] = []
_HOOKED: list[bool] = []


@contextlib.contextmanager
def watched() -> Iterator[Watched]:
    """Collect what is opened within; files that C code of other libraries opens are not seen."""
    if not _HOOKED:
        sys.addaudithook(_note)
        _HOOKED.append(True)
    seen = Watched()
    _WATCHES.append(seen)
    try:
        yield seen
    finally:
        _WATCHES.remove(seen)


def is_foreign_data(path: Path) -> bool:
    """Whether a file holds data and is no part of Python, of an installed package, or of the system.

    Prices and news that ship with newsbt count as data wherever they lie.
    """
    if path.suffix.lower() not in DATA:
        return False
    shipped = template_root().resolve() / "data"
    if any(path.is_relative_to(shipped / name) for name in ("prices", "catalysts")):
        return True
    system = (*_installed(), "/proc", "/sys", "/dev", "/usr", "/etc")
    return not any(path.is_relative_to(folder) for folder in system)


def _installed() -> tuple[str, ...]:
    package = str(Path(__file__).resolve().parents[1])
    places = {os.path.realpath(place) for place in (sys.prefix, sys.base_prefix, *_libraries())}
    return (package, *places)


def _libraries() -> Iterator[str]:
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        if (place := sysconfig.get_path(name)) is not None:
            yield place


def _note(event: str, arguments: Any) -> None:
    if not _WATCHES:
        return
    seen = _WATCHES[-1]
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        if _writes(arguments[1], arguments[2]):
            seen.written.add(path)
        elif path not in seen.written:
            seen.files.add(path)
    elif event == "sqlite3.connect" and (name := os.fsdecode(arguments[0])) != ":memory:":
        seen.others.add(f"the database {name}")
    elif event in ("subprocess.Popen", "os.posix_spawn"):
        seen.others.add(f"another program, {Path(os.fsdecode(arguments[0] or arguments[1][0])).name},")
    elif event == "os.system":
        seen.others.add("another program, by os.system,")
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        seen.others.add(f"the network, {arguments[1][0]},")


def _writes(mode: str | None, flags: int) -> bool:
    """Whether a file is opened to be written from scratch or at its end."""
    if mode is not None:
        return mode[:1] in ("w", "a", "x")
    return bool(flags & (os.O_WRONLY | os.O_APPEND | os.O_TRUNC))
