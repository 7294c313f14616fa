"""A walk-forward's folder while it is made: the trials of every training window as they come."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from newsbt.adapters.trial_files import HEADER, read_header, read_trials, unfinished
from newsbt.adapters.trials import TrialStore

__all__ = ["WalkStore"]

#: Folder of the windows.
WINDOWS: Final = "windows"
#: Where ``tune.json`` says how many folds were tested.
TESTED: Final = "tested"


class WalkStore:
    """Where a walk-forward is while it is made; see :meth:`create` and :meth:`reopen`.

    ``NAME.unfinished`` is locked and holds ``tune.json`` and ``windows/``: one folder a training window, each
    as that of a search. A process that is killed loses what a search would, the last half second.

    Parameters
    ----------
    outer : TrialStore
        The folder and its lock; it holds no trials of its own.
    """

    def __init__(self, outer: TrialStore) -> None:
        self._outer = outer

    @classmethod
    def create(cls, target: Path, header: Mapping[str, Any]) -> WalkStore:
        """Begin a walk-forward whose folder will be `target`; arguments and errors as of a search."""
        return cls(TrialStore.create(target, {**header, "finished": False}))

    @classmethod
    def reopen(cls, folder: Path) -> WalkStore:
        """Go on with one; errors as of :meth:`newsbt.adapters.trials.TrialStore.reopen`."""
        return cls(TrialStore.reopen(folder))

    @property
    def target(self) -> Path:
        """The folder that there will be at the end."""
        return self._outer.target

    @property
    def folder(self) -> Path:
        """The folder that is written now."""
        return self._outer.folder

    @property
    def tested(self) -> int:
        """Folds whose test has been run, in this session or an earlier one."""
        return int(self._outer.header.get(TESTED, 0))

    @tested.setter
    def tested(self, number: int) -> None:
        self._outer.write_header(**{TESTED: number})

    def searched(self, number: int) -> tuple[pd.DataFrame, list[dict[str, Any]]] | None:
        """Trials and failures of window `number`; None while its search is not at its end."""
        folder = self._window(number)
        if not (folder / HEADER).is_file():
            return None
        return read_trials(folder), list(read_header(folder).get("failures", ()))

    def window(self, number: int) -> TrialStore:
        """The trials of window `number`, begun, or gone on with after the last that is on disk."""
        folder = self._window(number)
        begun = unfinished(folder)
        if (begun / HEADER).is_file():
            return TrialStore.reopen(begun)
        shutil.rmtree(begun, ignore_errors=True)  # killed before it had a header
        return TrialStore.create(folder, {"fold": number})

    def leave(self, *, in_vain: bool = False) -> Path | None:
        """Let go of the folder so that it can be gone on with.

        Parameters
        ----------
        in_vain : bool
            It would end as it did now, unless a window is half searched or a test has been run.

        Returns
        -------
        Path or None
            The folder; None if it is deleted, in vain or without any trial.
        """
        kind = "*.unfinished/**/*.parquet" if in_vain and not self.tested else "**/*.parquet"
        if not any((self.folder / WINDOWS).glob(kind)):
            self.discard()
            return None
        self._outer.close()
        return self.folder

    def write_header(self, **changes: Any) -> None:
        """Write ``tune.json`` anew, with `changes`."""
        self._outer.write_header(**changes)

    def discard(self) -> None:
        """Delete the folder: the walk-forward is written whole elsewhere."""
        self._outer.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _window(self, number: int) -> Path:
        return self.folder / WINDOWS / f"{number:04d}"
