"""Signal models with all that they need: their tables, and the other models that they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsbt.adapters.plugins import PluginRef, load
from newsbt.errors import InputError
from newsbt.records import ParamValue
from newsbt.scoring.model import SignalContext, SignalModel
from newsbt.universe import Universe

__all__ = ["BuiltModel", "ModelSource", "build_model"]


@dataclass(frozen=True)
class ModelSource:
    """Where models and their tables come from.

    Parameters
    ----------
    universe : Universe
    signal : callable
        File of a signal by its name; raises where there is none.
    table : callable
        A table of ``data/`` by its file name.
    """

    universe: Universe
    signal: Callable[[str], PluginRef]
    table: Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True)
class BuiltModel:
    """A model that is ready to score.

    Parameters
    ----------
    model : SignalModel
    files : tuple of Path
        Of the model and of those that it asks.
    tables : tuple of str
        Names of all the tables they read.
    learns : bool
        Any of them needs prices from long before the run.
    """

    model: SignalModel
    files: tuple[Path, ...]
    tables: tuple[str, ...]
    learns: bool


def build_model(name: str, params: Mapping[str, ParamValue], source: ModelSource) -> BuiltModel:
    """Build the signal `name`; models that it asks have their own defaults.

    Raises
    ------
    InputError
        If a model asks itself, directly or through others.
    UnknownNameError, PluginError, WorkspaceError
        For a file or a table that is missing or cannot be used.
    """
    return _build(name, params, source, ())


def _build(
    name: str, params: Mapping[str, ParamValue], source: ModelSource, asking: tuple[str, ...]
) -> BuiltModel:
    if name in asking:
        raise InputError(
            f"signal {asking[0]!r} asks itself ({' asks '.join([*asking, name])}); leave it out of its"
            " own models"
        )
    ref = source.signal(name)
    kind = load(ref, SignalModel)  # type: ignore[type-abstract, unused-ignore]
    members = {
        member: _build(member, {}, source, (*asking, name)) for member in dict.fromkeys(kind.members(params))
    }
    tables = {table: source.table(table) for table in kind.tables}
    context = SignalContext(source.universe, tables, {key: built.model for key, built in members.items()})
    return BuiltModel(
        kind(context, params),
        tuple(dict.fromkeys([ref.path, *(path for built in members.values() for path in built.files)])),
        tuple(dict.fromkeys([*tables, *(table for built in members.values() for table in built.tables)])),
        kind.learns or any(built.learns for built in members.values()),
    )
