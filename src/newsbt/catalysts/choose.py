"""Selections from a catalogue: by date, issuer or listing, category and role (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from newsbt.errors import InputError, UnknownNameError
from newsbt.records import CATEGORIES, ROLES, Catalyst
from newsbt.universe import Universe

__all__ = ["choose"]


def choose(
    catalysts: Iterable[Catalyst],
    universe: Universe,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    names: Collection[str] = (),
    categories: Collection[str] = (),
    roles: Collection[str] = (),
) -> list[Catalyst]:
    """The catalysts that fit every filter given, in their order.

    Parameters
    ----------
    catalysts : iterable of Catalyst
    universe : Universe
        Says which listings a name stands for.
    start, end : date, optional
        First and last date of publication in UTC, both included.
    names : collection of str
        Issuers, listings or outside names. A row fits if it names one of their listings or its issuer; that a
        row of scope sector or market reaches a listing without naming it does not count.
    categories, roles : collection of str
        Members of :data:`~newsbt.records.CATEGORIES` and :data:`~newsbt.records.ROLES`.

    Raises
    ------
    InputError
        If `end` is before `start`.
    UnknownNameError
        For a name, category or role that does not exist.
    """
    if start is not None and end is not None and end < start:
        raise InputError(f"the end {end} is before the start {start}; exchange them")
    for kind, given, choices in (("category", categories, CATEGORIES), ("role", roles, tuple(ROLES))):
        for name in given:
            if name not in choices:
                raise UnknownNameError(kind, name, choices)
    wanted = {target for name in names for target in _known_targets(name, universe)}
    chosen = []
    for item in catalysts:
        day = item.published_at.astimezone(dt.UTC).date()
        if (start is not None and day < start) or (end is not None and day > end):
            continue
        if (categories and item.category not in categories) or (roles and item.role not in roles):
            continue
        if names and wanted.isdisjoint(
            target for name in item.symbols for target in _targets(name, universe)
        ):
            continue
        chosen.append(item)
    return chosen


def _targets(name: str, universe: Universe) -> tuple[str, ...]:
    """Symbols of the listings that `name` stands for; an outside or unknown name stands for itself."""
    return tuple(listing.symbol for listing in universe.resolve(name)) or (name,)


def _known_targets(name: str, universe: Universe) -> tuple[str, ...]:
    if not universe.knows(name):
        choices = [*universe.listings, *universe.issuers, *universe.outside]
        raise UnknownNameError("symbol or issuer", name, choices, where="data/universe.toml")
    return _targets(name, universe)
