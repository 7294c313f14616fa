"""Fees, price steps and slippage of the compiled engine against the exact decimals of the reference."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine_tools import make_tape, make_world
from newsbt.costs import CostModel, Execution, PercentCosts
from newsbt.engine.cost_tables import Tables
from newsbt.engine.packing import pack
from newsbt.engine.world import World
from newsbt.errors import SettingsError
from newsbt.fees.charge import ROUNDINGS, Fee
from newsbt.fees.model import DatedCosts
from newsbt.kernel import costs as kernel
from newsbt.kernel.codes import NEAREST_CENT, UNROUNDED, UP_TO_CENT, UP_TO_UNIT
from newsbt.schedule import Schedule
from newsbt.slippage import Fixed, HalfSpread, Percentage, SlippedCosts, SquareRootImpact
from newsbt.ticks import TickTable
from parity.rich import BROKERS, fee_book, tick_book

HOW = {"none": UNROUNDED, "nearest_cent": NEAREST_CENT, "up_to_cent": UP_TO_CENT, "up_to_unit": UP_TO_UNIT}
#: Days on either side of changes of fees and of price steps.
DAYS = [dt.date(2020, 6, 1) + dt.timedelta(days=23 * place) for place in range(90)]
TABLES = sorted(
    {period.value for schedule in tick_book().schedules.values() for period in schedule.periods},
    key=lambda table: table.rows,
)
#: Prices as they are quoted, and any others.
PRICES = st.one_of(
    st.integers(1, 2_000_000).map(lambda ticks: ticks / 1000),
    st.integers(1, 200_000).map(lambda cents: cents / 100),
    st.floats(0.005, 5_000.0),
)
SIZES = st.one_of(st.integers(1, 2_000), st.integers(1, 500_000).map(lambda lots: 100 * lots))


def plain(function: Any) -> Any:
    """The function before compilation."""
    return getattr(function, "py_func", function)


def world(costs: CostModel) -> World:
    """A share and a fund on each venue, a bar on each of :data:`DAYS`."""
    bars = [(10.0, 11.0, 9.0, 10.0 + place % 3) for place in range(len(DAYS))]
    tapes = [
        make_tape(bars, DAYS, f"{venue}-{kind}", venue, kind=kind)
        for venue in ("XNYS", "XHKG")
        for kind in ("equity", "etf")
    ]
    return dataclasses.replace(make_world(tapes), costs=costs)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(len(table.rows)))
@pytest.mark.parametrize("compiled", [False, True])
def test_levels_lie_on_the_same_step(table: TickTable, compiled: bool) -> None:
    tables = Tables()
    for other in TABLES:
        tables.number(other)
    bounds, grid = tables.arrays()
    row = tables.number(table)
    function = kernel.round_safe if compiled else plain(kernel.round_safe)
    edges = [float(bound) for bound, _ in table.rows if bound < 10**6]
    steps = [float(step) for _, step in table.rows]
    near = [
        edge + sign * step / part
        for edge in edges
        for step in steps
        for sign in (-1, 0, 1)
        for part in (1, 3)
    ]

    @settings(max_examples=150, deadline=None)
    @given(st.one_of(PRICES, st.sampled_from(near) if near else PRICES), st.sampled_from(["buy", "sell"]))
    def law(price: float, side: Any) -> None:
        if price > 0.0:
            assert function(bounds, grid, row, price, side == "buy") == table.round_safe(price, side)

    law()


def test_a_level_without_price_steps_stays() -> None:
    bounds = grid = np.ones((1, 1), dtype=np.int64)
    assert kernel.round_safe(bounds, grid, -1, 12.3456789, True) == 12.3456789


@pytest.mark.parametrize("how", ROUNDINGS)
@settings(max_examples=150, deadline=None)
@given(st.one_of(st.integers(0, 10**13).map(lambda half: half / 2e6), st.floats(0.0, 1e7)))
@example(0.005)
@example(0.015)
@example(1.005)
@example(0.0000004)
@example(500_000.01)
@example(2_000_000.01)
@example(5_000_000.0)
def test_a_fee_is_rounded_as_in_decimals(how: str, amount: float) -> None:
    fee = Fee("f", None, how, (), Schedule("f", "test", ()))
    exact = float(fee.rounded(Decimal(repr(amount))) * 100)
    assert plain(kernel.cents)(amount, HOW[how]) == pytest.approx(exact, rel=1e-14, abs=1e-12)


@pytest.mark.parametrize("broker", BROKERS)
def test_fees_are_those_of_the_table(broker: str) -> None:
    """Any size at any price on any day, for both venues, kinds and sides, each fee by itself."""
    model = DatedCosts(fee_book(), broker)
    place = world(model)
    market = pack(place)
    into = np.full(len(model.columns), 99.0)

    @settings(max_examples=200, deadline=None)
    @given(SIZES, PRICES, st.sampled_from(DAYS), st.integers(0, 3), st.sampled_from(["buy", "sell"]))
    def law(size: int, price: float, day: dt.date, listing: int, side: Any) -> None:
        tape, bar = place.tapes[listing], DAYS.index(day)
        exact = model.fees(Execution(tape.listing, side, size, price, day))
        entry = int(market.bars[market.listings[listing].first + bar].fees)
        total = plain(kernel.fees)(market.fees, entry, size, price, side == "buy", into)
        np.testing.assert_allclose(into, list(exact.values()), rtol=1e-12, atol=1e-12)
        assert total == pytest.approx(sum(exact.values()), rel=1e-12, abs=1e-12)
        added_up = kernel.total_fees(market, entry, size, price, side == "buy")
        assert added_up == pytest.approx(total, rel=1e-13, abs=1e-13)

    law()


@pytest.mark.parametrize(
    "items",
    [
        (),
        (Fixed(0.01),),
        (Percentage(0.002),),
        (HalfSpread(0.5, tick_book()),),
        (SquareRootImpact(1.0),),
        (Fixed(0.02), Percentage(0.001), HalfSpread(2.0, tick_book()), SquareRootImpact(0.5)),
    ],
    ids=lambda items: "+".join(type(item).__name__ for item in items) or "none",
)
@pytest.mark.parametrize("percent", [0.0, 0.0015])
def test_slippage_is_that_of_the_model(items: tuple[Any, ...], percent: float) -> None:
    model = SlippedCosts(PercentCosts(0.001, percent), items)
    place = world(model)
    market = pack(place)

    @settings(max_examples=50, deadline=None)
    @given(SIZES, PRICES, st.integers(0, len(DAYS) - 1), st.integers(0, 3), st.sampled_from(["buy", "sell"]))
    def law(size: int, price: float, bar: int, listing: int, side: Any) -> None:
        exact = model.slip(place.tapes[listing].execution(bar, side, size, price))
        at = market.listings[listing].first + bar
        found = plain(kernel.slipped)(market, at, size, price, side == "buy")
        assert found == pytest.approx(exact, rel=1e-13, abs=1e-15)

    law()


def test_fees_of_one_order_leave_nothing_of_the_one_before() -> None:
    """A sale that is refused must not leave its own fees in the row of the purchase after it."""
    model = DatedCosts(fee_book(), "ibkr_tiered")
    place = world(model)
    market = pack(place)
    into = np.zeros(len(model.columns))
    entry = int(market.bars[len(DAYS) - 1].fees)
    kernel.fees(market.fees, entry, 1_000, 50.0, False, into)
    sold = dict(zip(model.columns, into.copy(), strict=True))
    kernel.fees(market.fees, entry, 1_000, 50.0, True, into)
    bought = dict(zip(model.columns, into, strict=True))
    assert sold["taf"] > 0.0
    assert bought["taf"] == 0.0


def test_a_venue_that_the_broker_does_not_trade_on_is_not_free() -> None:
    book = fee_book()
    broker = book.brokers["ibkr_tiered"]
    here = dataclasses.replace(broker, fees={"XNYS": broker.fees["XNYS"]})
    model = DatedCosts(dataclasses.replace(book, brokers={"ibkr_tiered": here}), "ibkr_tiered")
    with pytest.raises(SettingsError, match=r"has no fees for XHKG, where XHKG-equity trades"):
        pack(world(model))
