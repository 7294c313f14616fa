"""``newsbt.simulate``: a world with a known effect, for a notebook and the command line."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.workspace import find_workspace
from newsbt.api.simulate import simulate as simulate_to
from newsbt.errors import InputError, UnknownNameError
from newsbt.evidence.simulation.settings import Effect, Market, News, Simulation

__all__ = ["build_simulation", "simulate"]

PARTS = (Market, News, Effect)


def simulate(
    folder: str | os.PathLike[str],
    *,
    workspace: str | os.PathLike[str] | None = None,
    symbols: str | Sequence[str] = (),
    seed: int = 0,
    **settings: Any,
) -> dict[str, Any]:
    """Write simulated prices and news with a planted effect to a new folder.

    Parameters
    ----------
    folder : path
        Must not exist. ``prices=folder`` and ``catalysts=folder/catalysts.csv`` then run on it.
    workspace : path, optional
        Whose listings and calendars; found as the command line finds it where it is not given.
    symbols : str or sequence of str
        Listings or issuers; one string may hold several with commas. All traded ones where empty.
    seed : int
        Equal seeds and settings give equal files.
    **settings
        Any field of :class:`newsbt.evidence.simulation.settings.Market`, ``News`` and ``Effect``, with
        ``effect`` for the effect's size, and ``start`` and ``end``: ``effect=0.04, over=10, events=120``.

    Returns
    -------
    dict
        What ``truth.json`` holds: settings, and of each story where its effect went.

    Raises
    ------
    NewsbtError
        With one sentence that says what is wrong and what to do.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    names = symbols.split(",") if isinstance(symbols, str) else symbols
    wanted = [name.strip() for name in names if name.strip()]
    return simulate_to(Path(folder), build_simulation(**settings), place, symbols=wanted, seed=seed)


def build_simulation(**settings: Any) -> Simulation:
    """Checked settings from flat ones; None is not given.

    Raises
    ------
    ParameterError
        For a value out of bounds.
    UnknownNameError
        For a setting that there is none of.
    InputError
        For a date that is none, or a period that ends before it starts.
    """
    given = {name: value for name, value in settings.items() if value is not None}
    if "effect" in given:
        given["size"] = given.pop("effect")
    fields = {kind: {item.name for item in dataclasses.fields(kind)} for kind in PARTS}
    known = set().union(*fields.values(), ("start", "end"))
    for name in given:
        if name not in known:
            raise UnknownNameError("setting", name, (known - {"size"}) | {"effect"})
    market, news, effect = (
        kind(**{name: value for name, value in given.items() if name in fields[kind]}) for kind in PARTS
    )
    days = {name: _day(given[name], name) for name in ("start", "end") if name in given}
    simulation = Simulation(market, news, effect, **days)  # type: ignore[arg-type]
    if simulation.end <= simulation.start:
        raise InputError(
            f"a simulation from {simulation.start} to {simulation.end} has no sessions; choose a later end"
        )
    return simulation


def _day(value: str | dt.date, name: str) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{name} {value!r} is no date; write it as 2022-01-03") from error
