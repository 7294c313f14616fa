"""Fees, price steps and slippage as the tables of the compiled engine (pure)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from newsbt.costs import CostModel, PercentCosts
from newsbt.engine.world import EPOCH, Tape, World
from newsbt.errors import NewsbtError
from newsbt.fees.charge import Charge, Fee
from newsbt.fees.model import DatedCosts
from newsbt.kernel.codes import NEAREST_CENT, UNROUNDED, UP_TO_CENT, UP_TO_UNIT
from newsbt.kernel.market import FEE, Records
from newsbt.records import IntArray
from newsbt.schedule import Schedule
from newsbt.slippage import Fixed, HalfSpread, Percentage, SlippedCosts, SquareRootImpact
from newsbt.ticks import TickBook, TickTable

__all__ = [
    "Tables",
    "can_pack",
    "fee_table",
    "periods",
    "slippage",
    "spread_book",
    "tick_tables",
]

ROUNDINGS = {
    "none": UNROUNDED,
    "nearest_cent": NEAREST_CENT,
    "up_to_cent": UP_TO_CENT,
    "up_to_unit": UP_TO_UNIT,
}
NANO = Decimal(10) ** 9
KNOWN_SLIPPAGE = (Fixed, Percentage, HalfSpread, SquareRootImpact)


def can_pack(costs: CostModel) -> bool:
    """Whether the compiled engine knows a cost model: the project's own are, a user's class is not."""
    if isinstance(costs, SlippedCosts):
        return can_pack(costs.costs) and all(isinstance(item, KNOWN_SLIPPAGE) for item in costs.slippage)
    return isinstance(costs, PercentCosts | DatedCosts)


def slippage(costs: CostModel) -> dict[str, float]:
    """Slippage of a cost model by the names of the rules record."""
    found = dict.fromkeys(("slip", "slip_fraction", "slip_fixed", "slip_ticks", "impact"), 0.0)
    inner = costs.costs if isinstance(costs, SlippedCosts) else costs
    if isinstance(inner, PercentCosts):
        found["slip"] = inner.slippage
    for item in costs.slippage if isinstance(costs, SlippedCosts) else ():
        if isinstance(item, Fixed):
            found["slip_fixed"] += item.amount
        elif isinstance(item, Percentage):
            found["slip_fraction"] += item.fraction
        elif isinstance(item, HalfSpread):
            found["slip_ticks"] += item.ticks
        elif isinstance(item, SquareRootImpact):
            found["impact"] += item.k
    return found


def spread_book(costs: CostModel) -> TickBook | None:
    """Price steps that a cost model counts slippage in; None where it does not."""
    parts = costs.slippage if isinstance(costs, SlippedCosts) else ()
    return next((item.book for item in parts if isinstance(item, HalfSpread)), None)


def periods(schedule: Schedule[Any], tape: Tape) -> Iterator[tuple[int, int, Any]]:
    """Stretches of bars [first, end) within one period of a dated table, and what it says.

    Raises
    ------
    SettingsError
        For a bar of a day that the table says nothing of.
    """
    starts = [(period.first - EPOCH).days for period in schedule.periods]
    period = np.searchsorted(starts, tape.days, side="right")
    edges = [0, *(np.flatnonzero(np.diff(period)) + 1).tolist(), len(tape)]
    for first, end in itertools.pairwise(edges):
        schedule.at(tape.day(end - 1))
        yield first, end, schedule.at(tape.day(first)).value


def fee_table(world: World) -> tuple[Records, list[IntArray]]:
    """Rows of fees, shape (entries, columns), and for each tape the row of every bar."""
    costs = world.costs.costs if isinstance(world.costs, SlippedCosts) else world.costs
    if isinstance(costs, PercentCosts):
        rows = np.zeros((1, 1), dtype=FEE).view(np.recarray)
        rows[0, 0] = (costs.commission, 0, 0, 0, 0, math.inf, math.inf, UNROUNDED, True, True, True, True, 0)
        return rows, [np.zeros(len(tape), dtype=np.int64) for tape in world.tapes]
    if not isinstance(costs, DatedCosts):
        raise NewsbtError(f"the compiled engine does not know the costs of {type(costs).__name__}")
    columns = costs.columns
    entries: dict[tuple[tuple[Any, ...], ...], int] = {}
    rows_of = []
    for tape in world.tapes:
        own = _own_fees(costs, tape)
        choice = np.full((len(tape), len(columns)), -1, dtype=np.int64)
        charges: list[tuple[Fee, Charge]] = []
        for fee in own:
            for first, end, charge in periods(fee.schedule, tape):
                choice[first:end, columns.index(fee.name)] = len(charges)
                charges.append((fee, charge))
        distinct, place_of = np.unique(choice, axis=0, return_inverse=True)
        numbers = [entries.setdefault(_key(row, charges), len(entries)) for row in distinct]
        rows_of.append(np.array(numbers, dtype=np.int64)[place_of.reshape(-1)])
    width = max((len(key) for key in entries), default=1)
    table = np.zeros((max(len(entries), 1), max(width, 1)), dtype=FEE).view(np.recarray)
    table["last"][:, :1] = True
    for key, number in entries.items():
        for place, values in enumerate(key):
            table[number, place] = (*values[:-1], place == len(key) - 1, values[-1])
    return table, rows_of


def _own_fees(costs: DatedCosts, tape: Tape) -> list[Fee]:
    """Fees that orders in a listing may pay, the commission first."""
    return [fee for fee in costs.charged(tape.listing) if tape.listing.kind not in fee.exempt]


def _key(row: IntArray, charges: list[tuple[Fee, Charge]]) -> tuple[tuple[Any, ...], ...]:
    """Fee records of one entry, in the order they are charged, each with its column at the end."""
    return tuple((*_record(*charges[number]), column) for column, number in enumerate(row) if number >= 0)


def _record(fee: Fee, charge: Charge) -> tuple[Any, ...]:
    return (
        float(charge.rate + charge.per_million / Decimal(1_000_000)),
        float(charge.per_share),
        float(charge.amount),
        float(charge.of_commission),
        float(charge.minimum),
        math.inf if charge.maximum is None else float(charge.maximum),
        math.inf if charge.max_rate is None else float(charge.max_rate),
        ROUNDINGS[fee.rounding],
        fee.side in (None, "buy"),
        fee.side in (None, "sell"),
        fee.name == "commission",
    )


class Tables:
    """Tables of price steps, each kept once."""

    def __init__(self) -> None:
        self._rows: dict[tuple[tuple[Decimal, Decimal], ...], int] = {}

    def number(self, table: TickTable) -> int:
        """Row of a table."""
        return self._rows.setdefault(table.rows, len(self._rows))

    def arrays(self) -> tuple[IntArray, IntArray]:
        """Bounds and steps in units of 1e-9, shape (tables, rows); shorter tables repeat their last step."""
        width = max((len(rows) for rows in self._rows), default=1)
        bounds = np.full((max(len(self._rows), 1), width), np.iinfo(np.int64).max, dtype=np.int64)
        grid = np.ones_like(bounds)
        for rows, number in self._rows.items():
            for place in range(width):
                bound, step = rows[min(place, len(rows) - 1)]
                grid[number, place] = int(step * NANO)
                if place < len(rows):
                    bounds[number, place] = min(int(bound * NANO), np.iinfo(np.int64).max)
        return bounds, grid


def tick_tables(book: TickBook | None, tape: Tape, tables: Tables) -> IntArray:
    """Row of the table of price steps for every bar; -1 where there is none."""
    found = np.full(len(tape), -1, dtype=np.int64)
    if book is not None:
        for first, end, table in periods(book.schedule(tape.listing.kind, tape.listing.venue), tape):
            found[first:end] = tables.number(table)
    return found
