"""Which events a study is of (pure)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.errors import InputError, UnknownNameError
from newsbt.records import CATEGORIES, ROLES, BoolArray
from newsbt.universe import Universe

__all__ = ["DIRECTIONS", "Selection", "check_selection", "choose"]

DIRECTIONS: dict[str, int] = {"up": 1, "down": -1, "none": 0}


@dataclass(frozen=True)
class Selection:
    """Conditions that an event must meet; empty ones are none.

    Parameters
    ----------
    categories : tuple of str
        Of :data:`newsbt.records.CATEGORIES`.
    direction : str
        ``"up"``, ``"down"``, ``"none"`` or empty.
    issuers : tuple of str
        Issuers or symbols.
    role : str
        Of :data:`newsbt.records.ROLES`; only ``"event"`` trades.
    min_score : float
        Least absolute net score.
    start, end : date or None
        Of the first tradable session, both included.
    """

    categories: tuple[str, ...] = ()
    direction: str = ""
    issuers: tuple[str, ...] = ()
    role: str = "event"
    min_score: float = 0.0
    start: dt.date | None = None
    end: dt.date | None = None


def check_selection(selection: Selection, universe: Universe) -> None:
    """Refuse a name that there is none of.

    Raises
    ------
    UnknownNameError
        For a category, direction, issuer or role.
    InputError
        For a score outside 0 to 1, or an end before the start.
    """
    asked = [("category", name, CATEGORIES) for name in selection.categories]
    asked += [("role", selection.role, tuple(ROLES))]
    asked += [("direction", selection.direction, tuple(DIRECTIONS))] if selection.direction else []
    for kind, name, choices in asked:
        if name not in choices:
            raise UnknownNameError(kind, name, choices)
    for name in selection.issuers:
        if not universe.resolve(name):
            raise UnknownNameError("issuer", name, [*universe.issuers, *universe.listings])
    if not 0.0 <= selection.min_score <= 1.0:
        raise InputError(f"min_score is {selection.min_score}; write a number from 0 to 1")
    if selection.start and selection.end and selection.end < selection.start:
        raise InputError(f"end {selection.end} is before start {selection.start}; swap the two days")


def choose(events: pd.DataFrame, selection: Selection, universe: Universe) -> pd.DataFrame:
    """The rows of `events` that meet `selection`, with a fresh index."""
    keep: BoolArray = np.ones(len(events), dtype=np.bool_)
    if selection.categories:
        keep &= events["category"].isin(selection.categories).to_numpy(dtype=np.bool_)
    if selection.direction:
        keep &= (events["direction"] == DIRECTIONS[selection.direction]).to_numpy(dtype=np.bool_)
    if selection.issuers:
        symbols = {item.symbol for name in selection.issuers for item in universe.resolve(name)}
        keep &= events["symbol"].isin(symbols).to_numpy(dtype=np.bool_)
    keep &= events["score"].abs().to_numpy(dtype=np.float64) >= selection.min_score
    for at, session in enumerate(events["session"]):
        if (selection.start and session < selection.start) or (selection.end and session > selection.end):
            keep[at] = False
    return events[keep].reset_index(drop=True)
