"""Strategy and signal files: found by name, described without being imported, loaded from a reference."""

from __future__ import annotations

import difflib
import functools
import hashlib
import importlib.util
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from newsbt.adapters.plugin_hooks import check_hooks
from newsbt.adapters.plugin_source import PluginInfo, read_info
from newsbt.errors import PluginError, UnknownNameError, WorkspaceError

__all__ = ["PluginInfo", "PluginRef", "blame", "describe", "discover", "find", "load", "load_module"]

T = TypeVar("T")
PREFIX = "newsbt_workspace_"


@dataclass(frozen=True, slots=True)
class PluginRef:
    """Where a plug-in lives: small and picklable. Worker processes get this, never the class.

    Parameters
    ----------
    path : Path
        The file, absolute.
    """

    path: Path

    @property
    def name(self) -> str:
        """Stem of the file, by which users call it."""
        return self.path.stem


def discover(folder: Path) -> list[PluginRef]:
    """Every plug-in in `folder`, sorted by name; imports nothing.

    A plug-in is a file ``NAME.py`` whose name does not begin with ``_`` or ``.``. A missing folder has none.

    Raises
    ------
    WorkspaceError
        If `folder` is there and cannot be listed.
    """
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be listed: {error.strerror}; check its permissions") from error
    paths = [folder.resolve() / name for name in names if name.endswith(".py") and name[0] not in "_."]
    return [PluginRef(path) for path in paths if path.is_file()]


def find(folder: Path, name: str, kind: str) -> PluginRef:
    """Plug-in `name` of `folder`; imports nothing.

    Raises
    ------
    UnknownNameError
        With the nearest name; `kind` (``"strategy"``) is for the message.
    """
    refs = {ref.name: ref for ref in discover(folder)}
    if name not in refs:
        raise UnknownNameError(kind, name, refs, where=f"{folder.name}/")
    return refs[name]


def describe(ref: PluginRef) -> PluginInfo:
    """Name, description and parameters of a plug-in, read from its text without importing it.

    Raises
    ------
    PluginError
        If the file cannot be read or parsed, holds no plug-in class or several, or its bounds are wrong.
    """
    return read_info(ref.path)


def load(ref: PluginRef, base: type[T]) -> type[T]:
    """The one class of the file that subclasses `base`; imports that one file.

    Classes whose names begin with ``_`` do not count, and neither do classes that the file imports.

    Raises
    ------
    PluginError
        If the import fails, there is no such class, or there are several, or it has a method that cannot be
        called as newsbt calls it. It names file, line and cause.
    """
    module = load_module(ref.path)
    own = [c for c in vars(module).values() if isinstance(c, type) and c.__module__ == module.__name__]
    found = {c.__name__: c for c in own if issubclass(c, base) and not c.__name__.startswith("_")}
    if len(found) == 1:
        plugin = next(iter(found.values()))
        check_hooks(plugin, ref.path)
        return plugin
    if found:
        raise PluginError(
            ref.path,
            f"it defines {len(found)} subclasses of {base.__name__} ({', '.join(found)}); keep one a file,"
            " or let the names of helper classes begin with _",
        )
    others = f"its {own[0].__name__} is none" if len(own) == 1 else "none of its classes is one"
    raise PluginError(
        ref.path, f"it defines no subclass of {base.__name__}; {others if own else 'it has no classes'}"
    )


def load_module(path: Path) -> ModuleType:
    """Import one file as a module of its own; the same unchanged file is imported once a process.

    Raises
    ------
    PluginError
        If the file is gone or its import fails. It names file, line and cause.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise PluginError(path, f"it cannot be read: {error.strerror}") from error
    return _load_version(path, stat.st_mtime_ns, stat.st_size)


@functools.cache
def _load_version(path: Path, mtime_ns: int, size: int) -> ModuleType:
    """Import this version of the file; time and size are the key that an edit in a long session changes."""
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:8]  # same stem in two folders: no clash
    name = f"{PREFIX}{digest}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PluginError(path, "it is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # before its code runs: dataclasses and numba look themselves up there
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]  # a half-run module must not be found by the next import
        raise PluginError(path, _reason(path, error)) from error
    return module


def blame(error: BaseException) -> PluginError | None:
    """The plug-in file in which `error` arose while a strategy or signal was at work, as an error of it.

    Returns
    -------
    PluginError or None
        None if no code of a plug-in was being run.
    """
    trace, path = error.__traceback__, None
    while trace is not None:
        names = trace.tb_frame.f_globals
        if str(names.get("__name__", "")).startswith(PREFIX):
            path = Path(names["__file__"])
        trace = trace.tb_next
    return PluginError(path, _reason(path, error)) if path is not None else None


def _reason(path: Path, error: BaseException) -> str:
    """Line of `path` and cause, for the message."""
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == str(path) else None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(path):
            line = frame.lineno
    place = f"line {line}: " if line else ""
    if isinstance(error, SyntaxError):
        return f"{place}{error.msg}"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"{place}there is no module {error.name!r}; install it, or take the import out"
    if isinstance(error, SystemExit):
        return f"{place}it ends the program; take that out"
    if isinstance(error, AttributeError) and error.obj is not None and error.name:
        # Backtrader looks a missing attribute of a strategy up in its lines, whose class nobody knows.
        known = {*dir(error.obj), *dir(_self_in(path, error))}
        near = difflib.get_close_matches(error.name, sorted(known), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"{place}AttributeError: there is no attribute {error.name!r}{hint}"
    return f"{place}{type(error).__name__}: {error}"


def _self_in(path: Path, error: BaseException) -> object:
    """The object that the last method of `path` in the traceback of `error` belongs to; None if none."""
    found: object = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            found = trace.tb_frame.f_locals.get("self")
        trace = trace.tb_next
    return found
