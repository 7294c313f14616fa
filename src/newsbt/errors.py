"""Every error that newsbt raises on purpose, and the exit status each one ends a command with.

::

    NewsbtError
    ├── InputError                  bad input or usage                                  exit 2
    │   ├── UnknownNameError        a name that is not there, with the nearest that is
    │   ├── ParameterError          a parameter of a strategy or signal out of bounds
    │   ├── SettingsError           newsbt.toml or another table in data/
    │   ├── WorkspaceError          no workspace here, or one that cannot be used
    │   ├── PluginError             a strategy or signal file that cannot be loaded
    │   ├── CatalystError           a catalyst file that cannot be read
    │   └── OutputError             results that cannot be written
    └── DataUnavailableError        prices, exchange rates or network not to be had     exit 3

Arguments go to ``super().__init__`` untouched, so that errors survive a process pool.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

__all__ = [
    "CatalystError",
    "DataUnavailableError",
    "InputError",
    "NewsbtError",
    "OutputError",
    "ParameterError",
    "PluginError",
    "SettingsError",
    "UnknownNameError",
    "WorkspaceError",
]


class NewsbtError(Exception):
    """Root of all errors meant for the user: one sentence that says what, where and what to do instead."""

    exit_status: ClassVar[int] = 2


class InputError(NewsbtError):
    """Bad input or usage."""


class UnknownNameError(InputError):
    """A name that is not there.

    Parameters
    ----------
    kind : str
        What was looked for, in the singular: ``"strategy"``, ``"symbol"``.
    name : str
        What the user wrote.
    choices : iterable of str
        What would have been accepted.
    where : str
        Where the choices stand (``"strategies/"``), or empty.
    """

    def __init__(self, kind: str, name: str, choices: Iterable[str], where: str = "") -> None:
        self.kind, self.name, self.where = kind, name, where
        self.choices = tuple(sorted(set(choices)))
        super().__init__(kind, name, self.choices, where)

    def __str__(self) -> str:
        """Name the nearest choice, or list them all when none is near."""
        near = difflib.get_close_matches(self.name, self.choices, n=1)
        lower = {choice.lower(): choice for choice in self.choices}
        if not near and self.name.lower() in lower:
            near = [lower[self.name.lower()]]
        place = f" in {self.where}" if self.where else ""
        if near:
            return f"there is no {self.kind} {self.name!r}{place}; did you mean {near[0]!r}?"
        if self.choices:
            return f"there is no {self.kind} {self.name!r}{place}; choose from {', '.join(self.choices)}"
        return f"there is no {self.kind} {self.name!r}{place}, nor any other {self.kind}"


class ParameterError(InputError):
    """A parameter value of the wrong kind or out of its bounds."""


class SettingsError(InputError):
    """A settings file or a table in ``data/`` that cannot be used."""


class WorkspaceError(InputError):
    """There is no workspace here, or its folders cannot be used."""


class PluginError(InputError):
    """A strategy or signal file that cannot be imported, or does not hold exactly one class.

    Parameters
    ----------
    path : Path
        The file.
    reason : str
        What is wrong with it and what to do.
    """

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        """Put the file first."""
        return f"{self.path}: {self.reason}"


class CatalystError(InputError):
    """A catalyst file that cannot be read as one."""


class OutputError(InputError):
    """Results that cannot be written."""


class DataUnavailableError(NewsbtError):
    """Prices, exchange rates or network not to be had."""

    exit_status: ClassVar[int] = 3
