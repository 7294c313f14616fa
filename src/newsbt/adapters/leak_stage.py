"""A copy of a workspace whose data can be given another future."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from newsbt.adapters.catalogue_text import csv_text
from newsbt.adapters.plugins import PluginRef
from newsbt.adapters.workspace import MARKER, Workspace
from newsbt.evidence.leaks.news import REVISED
from newsbt.records import Catalyst

__all__ = ["Stage", "inside", "plugin", "staged"]

IGNORED = shutil.ignore_patterns("cache", "*.sqlite*", "__pycache__", ".git")
VARIABLE = "NEWSBT_WORKSPACE"


class Stage:
    """Copies of a workspace in a temporary folder, a fresh one for each probe, so that no module is shared.

    Parameters
    ----------
    workspace : Workspace
        The user's own; it is only read.
    folder : Path
        Where copies go.
    prices : Path or None
        The price folder of the run; None where there is none.
    catalogues : sequence of Path
        The catalogue files of the run.
    """

    def __init__(
        self, workspace: Workspace, folder: Path, prices: Path | None, catalogues: tuple[Path, ...]
    ) -> None:
        self._root, self._folder = workspace.root, folder
        self._prices, self._catalogues = prices, catalogues
        self._numbers = itertools.count()
        self._copy = folder / "copy"
        for name in ("strategies", "signals", "data"):
            if (self._root / name).is_dir():
                shutil.copytree(self._root / name, self._copy / name, ignore=IGNORED)
        shutil.copy(self._root / MARKER, self._copy)

    def fresh(
        self,
        bars: Mapping[str, pd.DataFrame] | None = None,
        catalysts: tuple[Catalyst, ...] | None = None,
    ) -> Workspace:
        """A new copy; with `bars` and `catalysts` in its files if they are given."""
        root = self._folder / f"probe-{next(self._numbers)}"
        shutil.copytree(self._copy, root, copy_function=os.link)
        if bars is not None and catalysts is not None:
            self._write(root, bars, catalysts)
        return Workspace(root)

    def reachable(self, path: Path) -> bool:
        """Whether a file has a copy that a probe changes."""
        return path.is_relative_to(self._folder)

    def own_files(self) -> tuple[Path, ...]:
        """Folders and files of the run's prices and news where the user keeps them."""
        prices = (self._prices,) if self._prices is not None else ()
        return (*prices, self._root / "data" / "prices", self._root / "data" / "catalysts", *self._catalogues)

    def _write(self, root: Path, bars: Mapping[str, pd.DataFrame], catalysts: tuple[Catalyst, ...]) -> None:
        folder = self._copied(root, self._prices)
        if folder is not None:
            last = max((frame.index[-1] for frame in bars.values() if len(frame)), default=None)
            for path in sorted(folder.glob("*.csv")):
                _rewrite(path, bars.get(path.stem), last)
        rows = {row.id: row for row in catalysts}
        for original in self._catalogues:
            place = self._copied(root, original)
            if place is not None and place.suffix == ".csv":
                own = _ids(original)
                kept = [rows[name] for name in own if name in rows]
                kept += [
                    row for row in catalysts if row.id not in own and row.id.removesuffix(REVISED) in own
                ]
                place.unlink()  # it is a link to the copy that all probes share
                place.write_text(csv_text(kept), encoding="utf-8")

    def _copied(self, root: Path, original: Path | None) -> Path | None:
        if original is None or not original.resolve().is_relative_to(self._root.resolve()):
            return None
        path = root / original.resolve().relative_to(self._root.resolve())
        return path if path.exists() else None


@contextlib.contextmanager
def staged(workspace: Workspace, prices: Path | None, catalogues: tuple[Path, ...]) -> Iterator[Stage]:
    """A :class:`Stage` that is gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="newsbt-leakcheck-"))
    try:
        yield Stage(workspace, folder, prices, catalogues)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def inside(copy: Workspace, original: Workspace) -> Iterator[None]:
    """Work within `copy`: relative paths and ``NEWSBT_WORKSPACE`` lead there."""
    before, variable = Path.cwd(), os.environ.get(VARIABLE)
    within = before.relative_to(original.root) if before.is_relative_to(original.root) else Path()
    target = copy.root / within
    os.chdir(target if target.is_dir() else copy.root)
    os.environ[VARIABLE] = str(copy.root)
    try:
        yield
    finally:
        os.chdir(before)
        if variable is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = variable


def plugin(copy: Workspace, original: PluginRef) -> PluginRef:
    """The copy of a plug-in file."""
    return PluginRef(copy.root / original.path.parent.name / original.path.name)


def _ids(path: Path) -> dict[str, None]:
    frame = pd.read_csv(path, dtype=str, usecols=["id"], encoding="utf-8-sig")
    return dict.fromkeys(frame["id"])


def _rewrite(path: Path, bars: pd.DataFrame | None, last: Any) -> None:
    """Rows of the run's prices replaced; those of other tables end with the run."""
    table = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    dated = next((name for name in table.columns if name.lower() in ("date", "ex_date", "session")), None)
    if dated is None or last is None:
        return
    path.unlink()  # it is a link to the copy that all probes share
    days = pd.to_datetime(table[dated], errors="coerce").dt.normalize()
    if bars is None or not len(bars):
        table.loc[days <= last].to_csv(path, index=False)
        return
    old = table.loc[days < bars.index[0]]
    new = pd.DataFrame({dated: pd.DatetimeIndex(bars.index).strftime("%Y-%m-%d")})
    for name in table.columns:
        key, _, unit = name.lower().partition("_")
        if key in bars.columns and name != dated:
            new[name] = (
                (bars[key].astype("float64") / (1000.0 if unit == "k" else 1.0))
                .map("{:.4f}".format)
                .to_numpy()
            )
    pd.concat([old, new], ignore_index=True).to_csv(path, index=False)
