"""The folder a user works in: where it is and what is in it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsbt.adapters.plugins import PluginRef, discover, find
from newsbt.errors import SettingsError, WorkspaceError
from newsbt.fees.tables import FeeBook, parse_fees
from newsbt.ticks import TickBook, parse_ticks
from newsbt.universe import Universe
from newsbt.universe_table import parse_universe

__all__ = ["MARKER", "Workspace", "find_workspace", "read_toml"]

MARKER = "newsbt.toml"
VARIABLE = "NEWSBT_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with a ``newsbt.toml`` and what stands beside it.

    Parameters
    ----------
    root : Path
        Absolute.
    """

    root: Path

    @property
    def settings_file(self) -> Path:
        """Defaults and presets."""
        return self.root / MARKER

    @property
    def strategies(self) -> Path:
        """One Backtrader strategy a file."""
        return self.root / "strategies"

    @property
    def signals(self) -> Path:
        """One signal model a file."""
        return self.root / "signals"

    @property
    def data(self) -> Path:
        """Tables, catalogues and prices."""
        return self.root / "data"

    @property
    def catalysts(self) -> Path:
        """Catalogues of news."""
        return self.data / "catalysts"

    @property
    def prices(self) -> Path:
        """The shipped prices."""
        return self.data / "prices"

    @property
    def cache(self) -> Path:
        """Prices fetched from the network; safe to delete."""
        return self.data / "cache"

    @property
    def results(self) -> Path:
        """One folder a run."""
        return self.root / "results"

    @property
    def universe_file(self) -> Path:
        """Issuers, listings, groups and peers."""
        return self.data / "universe.toml"

    @property
    def overlay_file(self) -> Path:
        """What the calendar library gets wrong."""
        return self.data / "calendar_overlay.toml"

    @property
    def fees_file(self) -> Path:
        """What markets and brokers charge."""
        return self.data / "fees.toml"

    @property
    def ticks_file(self) -> Path:
        """Price steps of the venues."""
        return self.data / "ticks.toml"

    def strategy(self, name: str) -> PluginRef:
        """Strategy file `name`; UnknownNameError with the nearest name if there is none."""
        return find(self.strategies, name, "strategy")

    def signal(self, name: str) -> PluginRef:
        """Signal file `name`; UnknownNameError with the nearest name if there is none."""
        return find(self.signals, name, "signal")

    def strategy_refs(self) -> list[PluginRef]:
        """All strategy files, by name."""
        return discover(self.strategies)

    def signal_refs(self) -> list[PluginRef]:
        """All signal files, by name."""
        return discover(self.signals)

    def catalogue_files(self) -> list[Path]:
        """The catalogues in ``data/catalysts`` (CSV and JSONL), by name."""
        folder = self.catalysts
        found = [path for suffix in ("*.csv", "*.jsonl") for path in folder.glob(suffix)]
        return sorted(path for path in found if path.is_file() and not path.name.startswith((".", "_")))

    def table(self, name: str) -> Mapping[str, Any]:
        """A TOML file of ``data/``, parsed; SettingsError if it is missing or broken."""
        return read_toml(self.data / name)

    def universe(self) -> Universe:
        """The table of issuers and listings; SettingsError if it is missing or wrong."""
        return parse_universe(read_toml(self.universe_file), str(self.universe_file))

    def fees(self) -> FeeBook:
        """The table of fees, empty where there is none; SettingsError if it is wrong."""
        path = self.fees_file
        return parse_fees(read_toml(path), str(path)) if path.exists() else FeeBook(where=str(path))

    def ticks(self) -> TickBook:
        """The table of price steps; SettingsError if it is missing or wrong."""
        return parse_ticks(read_toml(self.ticks_file), str(self.ticks_file))


def find_workspace(explicit: Path | None = None) -> Workspace:
    """The workspace to work in.

    Parameters
    ----------
    explicit : Path or None
        As given with ``--workspace``. Without it: the folder that ``NEWSBT_WORKSPACE`` names, else the
        nearest folder with a ``newsbt.toml`` from the current one upwards.

    Raises
    ------
    WorkspaceError
        If there is none.
    """
    named, origin = explicit, "--workspace"
    if named is None and os.environ.get(VARIABLE):
        named, origin = Path(os.environ[VARIABLE]), VARIABLE
    if named is not None:
        if (named / MARKER).is_file():
            return Workspace(named.resolve())
        state = f"has no {MARKER}" if named.is_dir() else "is no folder"
        raise WorkspaceError(
            f"{origin} names {named}, which {state}; make a workspace with: newsbt init {named}"
        )
    try:
        here = Path.cwd()
    except FileNotFoundError as error:
        raise WorkspaceError("the current folder is gone; change to another one") from error
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return Workspace(folder)
    raise WorkspaceError(
        f"there is no {MARKER} in {here} or above it; change to a workspace, name one with --workspace DIR,"
        " or make one with: newsbt init DIR"
    )


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a TOML file.

    Raises
    ------
    SettingsError
        If it is missing, unreadable, no UTF-8 or no TOML; with line and column.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SettingsError(
            f"{path} is missing; copy it from a workspace made with: newsbt init DIR"
        ) from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
