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
SOME = settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
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
def test_equity_changes_by_the_sum_of_its_parts_at_every_step(case: Any) -> None:
    world, journal = run(case)
    frame = equity_frame(journal, world)
    parts = (
        frame["pnl_price"] + frame["pnl_fx"] - frame["fees"] - frame["borrow"] + frame["dividends"]
    ).to_numpy()
    scale = max(world.cash, float(frame["gross_exposure"].abs().max() or 0.0) * world.cash)
    np.testing.assert_allclose(frame["equity"].to_numpy() - world.cash, parts, rtol=1e-9, atol=1e-9 * scale)


@SOME
@given(cases)
def test_trades_share_out_the_whole_change_of_equity(case: Any) -> None:
    world, journal = run(case)
    trades, last = trades_frame(journal, world), journal.steps[-1]
    for column, total in (
        ("fees_base", last.parts.fees),
        ("borrow_base", last.parts.borrow),
        ("dividends_base", last.parts.dividends),
        ("pnl_base", last.equity - world.cash),
    ):
        assert trades[column].sum() == pytest.approx(total, rel=1e-9, abs=1e-9 * world.cash)


@SOME
@given(cases)
def test_cash_is_what_fills_dividends_and_borrow_made_it(case: Any) -> None:
    world, journal = run(case)
    cash = world.cash
    cash -= sum(fill.size * fill.price * fill.fx + fill.fees_base for fill in journal.fills)
    cash += sum(entry.amount for entry in (*journal.dividends, *journal.borrows))
    assert journal.steps[-1].cash == pytest.approx(cash, rel=1e-9, abs=1e-9 * world.cash)


@SOME
@given(cases)
def test_every_order_ends_and_says_why(case: Any) -> None:
    _world, journal = run(case)
    orders = orders_frame(journal)
    assert set(orders["status"]) <= ENDS
    assert (orders.loc[orders["status"] != "filled", "why"].str.len() > 0).all()
    never = [fill for fill in journal.fills if fill.currency == "HKD"]
    if case[1].permission and never:
        held: dict[str, int] = {}
        for fill in never:
            held[fill.symbol] = held.get(fill.symbol, 0) + fill.size
            assert held[fill.symbol] >= 0
