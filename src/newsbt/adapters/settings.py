"""Reads ``newsbt.toml``: defaults, presets, brokers, and parameter defaults of strategies and signals."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from newsbt.adapters.settings_errors import nearest, validate
from newsbt.adapters.settings_tables import BROKERS, Broker, LedgerTable, Preset, RunDefaults, Settings
from newsbt.adapters.workspace import Workspace, read_toml
from newsbt.errors import SettingsError

__all__ = ["load_settings"]

TABLES = ("run", "broker", "strategy", "signal", "ledger")

R = TypeVar("R", bound=RunDefaults)


def load_settings(workspace: Workspace) -> Settings:
    """Read the workspace's ``newsbt.toml``.

    Relative folders and files in it are taken from the workspace's root.

    Raises
    ------
    SettingsError
        For a table or key that there is none of (with the nearest), a value out of bounds, a broker or
        parameters of a strategy or signal that the workspace does not have, or a ``data/fees.toml`` that is
        wrong.
    """
    where = str(workspace.settings_file)
    table = read_toml(workspace.settings_file)
    for name, value in table.items():
        if name not in TABLES or not isinstance(value, dict):
            raise SettingsError(f"{where} has no use for {name!r}; {nearest(name, TABLES)}")
    run = table.get("run", {})
    presets = {name: row for name, row in run.items() if isinstance(row, dict)}
    defaults = {name: value for name, value in run.items() if name not in presets}
    for kind, refs in (("strategy", workspace.strategy_refs()), ("signal", workspace.signal_refs())):
        known = [ref.name for ref in refs]
        for name in table.get(kind, {}):
            if name not in known:
                raise SettingsError(
                    f"{where}: [{kind}.{name}] is for no {kind} there is; {nearest(name, known)}"
                )
    brokers = {
        n: validate(Broker, row, f"{where}: [broker.{n}]") for n, row in table.get("broker", {}).items()
    }
    priced = workspace.fees().brokers
    for name, broker in brokers.items():
        if isinstance(broker.commission, str) and broker.commission not in priced:
            raise SettingsError(
                f"{where}: [broker.{name}] has commission = {broker.commission!r}, which is no broker in"
                f" {workspace.fees_file}; write a fraction, or: {nearest(broker.commission, priced)}"
            )
    return Settings(
        run=_rooted(validate(RunDefaults, defaults, f"{where}: [run]"), workspace.root),
        presets={
            name: _rooted(validate(Preset, row, f"{where}: [run.{name}]"), workspace.root)
            for name, row in presets.items()
        },
        broker={**{name: Broker(commission=name) for name in priced}, **BROKERS, **brokers},
        strategy={
            n: _params(row, f"{where}: [strategy.{n}]") for n, row in table.get("strategy", {}).items()
        },
        signal={n: _params(row, f"{where}: [signal.{n}]") for n, row in table.get("signal", {}).items()},
        ledger=validate(LedgerTable, table.get("ledger", {}), f"{where}: [ledger]"),
    )


def _params(row: object, place: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise SettingsError(f"{place} is {row!r}; write it as a table, in [brackets]")
    for name, value in row.items():
        if not isinstance(value, bool | int | float | str):
            raise SettingsError(f"{place} {name} is {value!r}; write a number, a text, true or false")
    return dict(row)


def _rooted(table: R, root: Path) -> R:
    """`table` with its relative folder of prices and catalogues taken from `root`."""
    update: dict[str, Any] = {}
    if table.prices is not None and table.prices not in ("sample", "yahoo"):
        update["prices"] = str(root / table.prices)
    if table.catalysts is not None:
        update["catalysts"] = tuple(str(root / path) for path in table.catalysts)
    return table.model_copy(update=update)
