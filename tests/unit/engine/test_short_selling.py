"""Margin, borrow fees, permission, Rule 201 and dividends of shorts, by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import backtrader as bt
import pytest

from engine_tools import fills_of, make_tape, make_world, ours, plain, scripted
from newsbt.engine.frames import equity_frame, trades_frame
from newsbt.engine.world import Limits
from newsbt.schedule import Period, Schedule
from newsbt.shorting import Margin, ShortBook

FLAT = (100.0, 101.0, 99.0, 100.0)
LOOSE = Limits(gross=100.0, weight=100.0)
SELL = scripted({1: lambda s: s.sell(size=10)})


def rate(value: float) -> dict[str, Schedule[float]]:
    return {"XNYS": Schedule("borrow.XNYS", "s", (Period(dt.date(1900, 1, 1), None, value, "x", "no"),))}


def days(*numbers: int) -> list[dt.date]:
    return [dt.date(2024, 1, number) for number in numbers]


def test_borrow_is_charged_for_calendar_days_on_the_last_mark() -> None:
    """10 shares short from Thursday 4 January: 1,000 over one night, then 1,100 over three at 36 % a year."""
    bars = [FLAT, FLAT, (110.0, 111.0, 109.0, 110.0), (110.0, 111.0, 109.0, 110.0)]
    tape = make_tape(bars, days(3, 4, 5, 8))
    world = make_world([tape], shorting=ShortBook(borrow=rate(0.36)))
    journal = ours(world, SELL).journal
    assert [entry.amount for entry in journal.borrows] == pytest.approx([-1.0, -3.3])
    trade = trades_frame(journal, world).iloc[0]
    assert trade["borrow_base"] == pytest.approx(4.3)
    assert trade["pnl_base"] == pytest.approx(-100.0 - 4.3)


def test_a_long_borrows_nothing() -> None:
    world = make_world([make_tape([FLAT] * 4)], shorting=ShortBook(borrow=rate(0.36)))
    assert ours(world, scripted({1: lambda s: s.buy(size=10)})).journal.borrows == []


def test_a_listing_that_may_not_be_shorted_can_still_be_sold() -> None:
    world = make_world([make_tape([FLAT] * 6)], shorting=ShortBook(permission={"X": "never"}))
    actions: dict[int, Any] = {
        1: lambda s: s.sell(size=5),
        2: lambda s: s.buy(size=5),
        3: lambda s: s.sell(size=9),
    }
    outcome = ours(world, scripted(actions))
    assert [fill[2] for fill in fills_of(outcome)] == [5.0, -5.0]
    refused, _, cut = outcome.journal.orders
    assert (refused.status, cut.status) == ("rejected", "reduced")
    assert "never" in refused.why and "never" in cut.why


def test_rule_201_forbids_new_shorts_in_the_session_after_a_fall_of_ten_percent() -> None:
    """The third session falls to 90 from a close of 100: no short at the open of the fourth."""
    after = (95.0, 96.0, 94.0, 95.0)
    tape = make_tape([FLAT, FLAT, (100.0, 100.0, 90.0, 95.0), after, after])
    world = make_world([tape], shorting=ShortBook(drop=0.1, drop_venues=("XNYS",)))
    filled = {
        step: bool(ours(world, scripted({step: lambda s: s.sell(size=1)})).journal.fills)
        for step in (1, 2, 3, 4)
    }
    assert filled == {1: True, 2: True, 3: False, 4: True}
    refused = ours(world, scripted({3: lambda s: s.sell(size=1)})).journal.orders[0]
    assert refused.status == "rejected"
    assert refused.why == "Rule 201: X fell 10% or more in the session before"
    at_close = scripted({2: lambda s: s.sell(size=1, exectype=bt.Order.Close)})
    assert "in this session" in ours(world, at_close).journal.orders[0].why


def test_initial_margin_bounds_exposure() -> None:
    """10,000 of equity at 50 % carries 20,000: 200 shares at 100 pass, 201 do not."""
    rules = ShortBook(Margin(initial=0.5, maintenance=0.3))
    for size, status in ((200, "filled"), (201, "rejected")):
        world = make_world([make_tape([FLAT] * 3)], limits=LOOSE, shorting=rules)
        outcome = ours(world, scripted({1: lambda s, size=size: s.sell(size=size)}))
        assert outcome.journal.orders[0].status == status


def test_a_breach_cuts_positions_at_the_next_open_and_is_said() -> None:
    """190 short at 100, fee 19. At 120 equity is 6,181 on 22,800, under 30 % of it.

    Half of 22,800 would be needed: 6,181 / 11,400 = 0.5422 of 190 is 103, so 87 are bought back at 121.
    """
    rules = ShortBook(Margin(initial=0.5, maintenance=0.3))
    after = (121.0, 122.0, 120.0, 121.0)
    tape = make_tape([FLAT, FLAT, (120.0, 121.0, 119.0, 120.0), after, after])
    world = make_world([tape], limits=LOOSE, shorting=rules, commission=0.001)
    outcome = ours(world, scripted({1: lambda s: s.sell(size=190)}))
    first, second = outcome.journal.fills
    assert (first.size, first.price, first.reason) == (-190, 100.0, "order")
    assert (second.size, second.price, second.reason) == (87, 121.0, "margin")
    assert second.fees["commission"] == pytest.approx(87 * 121 * 0.001), "fees are charged"
    assert [finding.code for finding in outcome.findings] == ["margin-call"]
    assert outcome.findings[0].where == "2024-01-03"
    assert outcome.findings[0].message == "equity of 6,181.00 USD is below 30% of an exposure of 22,800.00"


def test_ten_thousand_of_cash_does_not_end_far_below_nothing() -> None:
    """A naked short of twenty times the capital against a price that rises fivefold."""
    path = [(price, price * 1.01, price * 0.99, price) for price in (100.0, 100.0, *range(110, 530, 10))]
    short = scripted({1: lambda s: s.sell(size=2_000)})
    broker, _ = plain([make_tape(path)], short)
    assert broker.getvalue() < -800_000
    rules = ShortBook(Margin(initial=0.5, maintenance=0.3))
    for size, limits in ((2_000, LOOSE), (200, LOOSE), (100, Limits())):
        world = make_world([make_tape(path)], limits=limits, shorting=rules)
        journal = ours(world, scripted({1: lambda s, size=size: s.sell(size=size)})).journal
        assert journal.steps[-1].equity > 0.0


def test_dividends_net_of_the_depositarys_fee_for_longs_and_gross_for_shorts() -> None:
    base = make_tape([FLAT] * 5, dividend={3: 1.0})
    tape = dataclasses.replace(base, listing=dataclasses.replace(base.listing, kind="adr", adr_fee=0.02))
    for size, amount in ((10, 9.8), (-10, -10.0)):
        order = scripted({1: lambda s, size=size: s.buy(size=size) if size > 0 else s.sell(size=-size)})
        journal = ours(make_world([tape]), order).journal
        assert [entry.amount for entry in journal.dividends] == pytest.approx([amount])


def test_fixed_shares_do_not_depend_on_costs() -> None:
    from newsbt.engine import Desk, NewsStrategy

    class Once(NewsStrategy):
        def on_session(self, desk: Desk) -> None:
            if desk.bars == 1:
                self.target(desk, 0.37, "test")

    for commission in (0.0, 0.01):
        limits = Limits(gross=1.0, weight=1.0, shares=25)
        world = make_world([make_tape([FLAT] * 4, lot=10)], commission=commission, limits=limits)
        assert [fill[2] for fill in fills_of(ours(world, Once))] == [20.0]


def test_parts_of_equity_by_step() -> None:
    """100 shares at 10 HKD, 0.125; close 12 at 0.13: price 100*2*0.125 = 25, rate 100*12*0.005 = 6."""
    tape = make_tape(
        [(10, 10, 10, 10), (10, 12, 10, 12), (12, 12, 12, 12)],
        venue="XHKG", fx=[0.125, 0.125, 0.13], dividend={2: 1.0},
    )  # fmt: skip
    world = make_world([tape], commission=0.001)
    frame = equity_frame(ours(world, scripted({1: lambda s: s.buy(size=100)})).journal, world)
    last = frame.iloc[-1]
    assert last["pnl_price"] == pytest.approx(25.0)
    assert last["pnl_fx"] == pytest.approx(6.0)
    assert last["fees"] == pytest.approx(0.125)
    assert last["dividends"] == pytest.approx(13.0)
    assert last["equity"] == pytest.approx(10_000 + 25.0 + 6.0 - 0.125 + 13.0)
