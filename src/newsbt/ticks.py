"""Price steps of the venues by date, and rounding to them (pure; table in ``data/ticks.toml``)."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, Final, get_args

from newsbt.costs import Side
from newsbt.errors import SettingsError, UnknownNameError
from newsbt.schedule import Schedule, known_keys, parse_schedule
from newsbt.universe import VENUES, Kind

__all__ = ["TickBook", "TickTable", "parse_ticks"]

#: What binary fractions add to a price beyond this is noise and does not move it off its step.
NOISE: Final = Decimal("0.000000001")


@dataclass(frozen=True, slots=True)
class TickTable:
    """Steps by price.

    Parameters
    ----------
    rows : tuple of (Decimal, Decimal)
        Price up to and including which a step holds, and the step; ascending. The last holds above too.
    """

    rows: tuple[tuple[Decimal, Decimal], ...]

    def tick(self, price: float) -> float:
        """Step at `price`, which is positive."""
        return float(self._step(_decimal(price)))

    def round_down(self, price: float) -> float:
        """Nearest price on the grid that is not above `price`; the lowest step for less than that."""
        return self._rounded(price, ROUND_FLOOR)

    def round_up(self, price: float) -> float:
        """Nearest price on the grid that is not below `price`."""
        return self._rounded(price, ROUND_CEILING)

    def round_safe(self, price: float, side: Side) -> float:
        """Level of an order on the safe side: a buyer's down, a seller's up.

        A limit then never pays more, or takes less, than was asked, and a protective stop never lets a loss
        grow beyond it.
        """
        return self.round_down(price) if side == "buy" else self.round_up(price)

    def _step(self, price: Decimal) -> Decimal:
        return next((step for bound, step in self.rows if price <= bound), self.rows[-1][1])

    def _rounded(self, price: float, way: str) -> float:
        # Every bound lies on the grids of both its sides, so a price rounded to its own step is on the grid.
        exact = _decimal(price)
        step = self._step(exact)
        return float(max((exact / step).quantize(Decimal(1), way), Decimal(1)) * step)


@dataclass(frozen=True, slots=True)
class TickBook:
    """Tables of all venues.

    Parameters
    ----------
    schedules : mapping of (venue, kind) to Schedule of TickTable
    where : str
        File, for messages.
    """

    schedules: Mapping[tuple[str, Kind], Schedule[TickTable]]
    where: str = "data/ticks.toml"

    def schedule(self, kind: Kind, venue: str) -> Schedule[TickTable]:
        """Tables of `kind` listings on `venue`; SettingsError if there are none."""
        if (venue, kind) not in self.schedules:
            raise SettingsError(
                f"{self.where}: no table for {kind} on {venue}; add a [tick.NAME] with that venue and kind"
            )
        return self.schedules[venue, kind]

    def at(self, kind: Kind, venue: str, day: dt.date) -> TickTable:
        """Table of `kind` listings on `venue` on `day`.

        Raises
        ------
        SettingsError
            If there is none for them, or none for that day.
        """
        return self.schedule(kind, venue).at(day).value

    def tick(self, kind: Kind, venue: str, price: float, day: dt.date) -> float:
        """Step at `price` (positive, local currency, as traded and not adjusted) on `day`."""
        return self.at(kind, venue, day).tick(price)


def parse_ticks(table: Mapping[str, Any], where: str) -> TickBook:
    """Check and read tables of price steps.

    Parameters
    ----------
    table : mapping
        ``[tick.NAME]`` with venue and kinds, ``[[tick.NAME.schedule]]`` with rows.
    where : str
        Path for error messages.

    Raises
    ------
    SettingsError
        For an unknown venue or kind, two tables for one kind, rows that do not ascend or whose bounds are on
        no grid, or dates that overlap or leave a gap.
    UnknownNameError
        For a misspelt key.
    """
    known_keys(table, ("tick",), where)
    rows = table.get("tick", {})
    if not isinstance(rows, Mapping):
        raise SettingsError(f"{where}: [tick] is {rows!r}; write it as a table, in [brackets]")
    schedules: dict[tuple[str, Kind], Schedule[TickTable]] = {}
    for name, row in rows.items():
        place = f"{where}: [tick.{name}]"
        if not isinstance(row, Mapping):
            raise SettingsError(f"{place} is {row!r}; write it as a table, in [brackets]")
        known_keys(row, ("venue", "kinds", "schedule"), place)
        schedule = parse_schedule(row.get("schedule"), f"tick.{name}", where, _table)
        for key in _users(row, place):
            if key in schedules:
                raise SettingsError(
                    f"{place} is a second table for {key[1]} on {key[0]}; keep one of the two"
                )
            schedules[key] = schedule
    return TickBook(schedules, where)


def _users(row: Mapping[str, Any], place: str) -> list[tuple[str, Kind]]:
    venue, kinds = row.get("venue"), row.get("kinds")
    if venue not in VENUES:
        raise UnknownNameError("venue", str(venue), VENUES, where=place)
    if not isinstance(kinds, list) or not kinds or not set(kinds) <= set(get_args(Kind)):
        raise SettingsError(f"{place} has kinds = {kinds!r}; write a list of {', '.join(get_args(Kind))}")
    return [(venue, kind) for kind in kinds]


def _table(row: Mapping[str, Any], place: str) -> TickTable:
    known_keys(row, ("rows",), place)
    rows = row.get("rows")
    if not isinstance(rows, list) or not rows or not all(_is_row(item) for item in rows):
        raise SettingsError(f"{place} has rows = {rows!r}; write [[price, step], ...], both positive numbers")
    steps = tuple((Decimal(repr(float(bound))), Decimal(repr(float(step)))) for bound, step in rows)
    for (bound, step), (above, wider) in itertools.pairwise(steps):
        if above <= bound:
            raise SettingsError(
                f"{place} has a row up to {above} after one up to {bound}; sort them by price"
            )
        if bound % step or bound % wider:
            raise SettingsError(
                f"{place} changes its step at {bound}, which is no multiple of both {step} and {wider}"
            )
    return TickTable(steps)


def _is_row(item: object) -> bool:
    return (
        isinstance(item, list)
        and len(item) == 2
        and all(isinstance(v, int | float) and not isinstance(v, bool) for v in item)
        and all(0 < v < math.inf for v in item)
    )


def _decimal(price: float) -> Decimal:
    return Decimal(repr(float(price))).quantize(NOISE, ROUND_HALF_EVEN)
