"""Conservation of money over generated worlds, with borrow fees, margin, dividends and two currencies."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import backtrader as bt
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsbt.adapters.plugins import PluginRef, load
from newsbt.engine.frames import equity_frame, orders_frame, trades_frame
from newsbt.engine.reference import run_reference
from newsbt.engine.world import Limits, World
from newsbt.schedule import Period, Schedule
from newsbt.shorting import Margin, ShortBook
from worlds import worlds

ROOT = Path(__file__).parents[2]
SLOW = [HealthCheck.too_slow]
MANY = settings(max_examples=500, deadline=None, suppress_health_check=SLOW)
ENDS = {"filled", "reduced", "rejected", "cancelled", "open-at-end"}


def borrow(rate: float) -> dict[str, Schedule[float]]:
    period = Period(dt.date(1900, 1, 1), None, rate, "test", "no")
    return {venue: Schedule(venue, "test", (period,)) for venue in ("XNYS", "XHKG")}


books = st.builds(
    ShortBook,
    margin=st.sampled_from([Margin(), Margin(0.5, 0.3), Margin(0.4, 0.4)]),
    drop=st.sampled_from([0.0, 0.1]),
    drop_venues=st.just(("XNYS",)),
    permission=st.sampled_from([{}, {"XHKG": "never"}]),
    borrow=st.sampled_from([{}, borrow(0.003), borrow(2.0)]),
)
cases = st.tuples(
    worlds(),
    books,
    st.sampled_from(["drift", "fade", "decay", "hold", "random"]),
    st.sampled_from([1.0, 3.0]),
    st.sampled_from([0, 60]),
)


def run(case: Any) -> tuple[World, Any]:
    world, book, name, gross, shares = case
    limits = Limits(gross, 3.0, world.limits.volume, shares)
    world = dataclasses.replace(world, shorting=book, limits=limits)
    strategy = load(PluginRef(ROOT / "strategies" / f"{name}.py"), bt.Strategy)
    return world, run_reference(world, strategy, {"weight": 0.8}).journal


@MANY
@given(cases)
def test_money_is_conserved_and_no_order_is_lost(case: Any) -> None:
    """Every law over every world: parts add up at each step, cash comes from somewhere, orders end."""
    world, journal = run(case)
    check_parts(world, journal)
    check_trades(world, journal)
    check_cash(world, journal)
    check_orders(journal, bool(case[1].permission))


def check_parts(world: World, journal: Any) -> None:
    """Equity changes by the sum of its parts at every step."""
    frame = equity_frame(journal, world)
    parts = (
        frame["pnl_price"] + frame["pnl_fx"] - frame["fees"] - frame["borrow"] + frame["dividends"]
    ).to_numpy()
    scale = max(world.cash, float(frame["gross_exposure"].abs().max() or 0.0) * world.cash)
    np.testing.assert_allclose(frame["equity"].to_numpy() - world.cash, parts, rtol=1e-9, atol=1e-9 * scale)


def check_trades(world: World, journal: Any) -> None:
    """Trades share out the whole change of equity."""
    trades, last = trades_frame(journal, world), journal.steps[-1]
    for column, total in (
        ("fees_base", last.parts.fees),
        ("borrow_base", last.parts.borrow),
        ("dividends_base", last.parts.dividends),
        ("pnl_base", last.equity - world.cash),
    ):
        assert trades[column].sum() == pytest.approx(total, rel=1e-9, abs=1e-9 * world.cash)


def check_cash(world: World, journal: Any) -> None:
    """Cash is what fills, dividends and borrow made it."""
    cash = world.cash
    cash -= sum(fill.size * fill.price * fill.fx + fill.fees_base for fill in journal.fills)
    cash += sum(entry.amount for entry in (*journal.dividends, *journal.borrows))
    assert journal.steps[-1].cash == pytest.approx(cash, rel=1e-9, abs=1e-9 * world.cash)


def check_orders(journal: Any, hong_kong_is_never_shorted: bool) -> None:
    """Every order ends and says why, and what may not be sold short is not."""
    orders = orders_frame(journal)
    assert len(orders) == len(journal.orders)
    assert set(orders["status"]) <= ENDS
    assert (orders.loc[orders["status"] != "filled", "why"].str.len() > 0).all()
    if hong_kong_is_never_shorted:
        held: dict[str, int] = {}
        for fill in (fill for fill in journal.fills if fill.currency == "HKD"):
            held[fill.symbol] = held.get(fill.symbol, 0) + fill.size
            assert held[fill.symbol] >= 0
