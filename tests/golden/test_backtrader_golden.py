"""Golden values of Backtrader 1.9.78.123 on seven bars, worked out from its source and by hand arithmetic.

Where our rule book agrees, the value stands as it is. Where it differs on purpose the case is in
``test_differences``, with what plain Backtrader does beside it; docs/engine.md lists the same differences.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import backtrader as bt
import pytest

from engine_tools import GOLDEN, fills_of, make_tape, make_world, ours, plain, scripted
from newsbt.engine.world import Limits

LOOSE = Limits(gross=100.0, weight=100.0, volume=0.0)


def run(actions: dict[int, Any], **options: Any) -> tuple[list[tuple[int, float, float]], Any]:
    """Fills as (day of January, size, price), and the journal."""
    outcome = ours(make_world([make_tape(GOLDEN)], **options), scripted(actions))
    return [(day.day, size, price) for _, day, size, price in fills_of(outcome)], outcome.journal


def test_commission_on_a_reversal_and_cash_to_the_cent() -> None:
    actions = {
        1: lambda s: s.buy(size=10),
        3: lambda s: s.sell(size=25),
        5: lambda s: s.close(),
    }
    fills, journal = run(actions, commission=0.001)
    assert fills == [(2, 10.0, 101.0), (4, -25.0, 106.0), (6, 15.0, 93.0)]
    assert journal.steps[-1].cash == pytest.approx(10_239.945, abs=1e-9)


def test_trade_profits_net_of_commission() -> None:
    seen: list[float] = []

    class Script(bt.Strategy):  # type: ignore[misc]
        def next(self) -> None:
            if len(self) in (1, 3, 5):
                {1: lambda: self.buy(size=10), 3: lambda: self.sell(size=25), 5: self.close}[len(self)]()

        def notify_trade(self, trade: Any) -> None:
            if trade.isclosed:
                seen.append(trade.pnlcomm)

    ours(make_world([make_tape(GOLDEN)], commission=0.001), Script)
    assert seen == pytest.approx([47.93, 192.015], abs=1e-9)


def test_market_order_that_the_gap_makes_too_dear_is_refused() -> None:
    fills, journal = run({2: lambda s: s.buy(size=98)})
    assert fills == []
    assert journal.orders[0].status == "rejected"
    assert "10,290.00 of exposure" in journal.orders[0].why


def test_trailing_stop_moves_on_closes_only() -> None:
    actions = {
        1: lambda s: s.buy(size=10),
        2: lambda s: s.sell(size=10, exectype=bt.Order.StopTrail, trailamount=3.0),
    }
    fills, journal = run(actions)
    assert fills == [(2, 10.0, 101.0), (4, -10.0, 104.0)]
    assert journal.steps[-1].cash == pytest.approx(10_030.0)


def test_bracket_stop_wins_and_the_limit_is_cancelled() -> None:
    actions = {2: lambda s: s.buy_bracket(size=1, exectype=bt.Order.Market, stopprice=103, limitprice=109)}
    fills, journal = run(actions)
    assert fills == [(3, 1.0, 105.0), (4, -1.0, 103.0)]
    assert [order.status for order in journal.orders] == ["filled", "filled", "cancelled"]


def test_bracket_children_are_not_tried_on_the_bar_of_the_parent() -> None:
    actions = {
        2: lambda s: s.buy_bracket(size=1, exectype=bt.Order.Market, stopprice=104.5, limitprice=107.5)
    }
    fills, _ = run(actions)
    assert fills == [(3, 1.0, 105.0), (4, -1.0, 104.5)]


def test_first_of_an_oco_pair_wins() -> None:
    def pair(strategy: Any) -> None:
        first = strategy.sell(size=1, exectype=bt.Order.Limit, price=109)
        strategy.sell(size=1, exectype=bt.Order.Stop, price=103, oco=first)

    fills, journal = run({1: lambda s: s.buy(size=1), 3: pair})
    assert fills == [(2, 1.0, 101.0), (4, -1.0, 109.0)]
    assert journal.orders[2].status == "cancelled"


def test_sell_then_buy_at_one_open() -> None:
    def swap(strategy: Any) -> None:
        strategy.sell(size=99)
        strategy.buy(size=90)

    fills, journal = run({1: lambda s: s.buy(size=99), 3: swap})
    assert fills == [(2, 99.0, 101.0), (4, -99.0, 106.0), (4, 90.0, 106.0)]
    assert journal.steps[-1].cash == pytest.approx(955.0)


def test_buy_then_sell_at_one_open_refuses_the_buy() -> None:
    def swap(strategy: Any) -> None:
        strategy.buy(size=90)
        strategy.sell(size=99)

    fills, journal = run({1: lambda s: s.buy(size=99), 3: swap})
    assert fills == [(2, 99.0, 101.0), (4, -99.0, 106.0)]
    assert journal.steps[-1].cash == pytest.approx(10_495.0)


@pytest.mark.parametrize(("slippage", "price"), [(0.01, 102.01), (0.05, 106.05)])
def test_slippage_of_a_market_order(slippage: float, price: float) -> None:
    fills, _ = run({1: lambda s: s.buy(size=1)}, slippage=slippage)
    assert fills == [(2, 1.0, price)]


def test_stop_slips_from_its_trigger() -> None:
    fills, _ = run({1: lambda s: s.buy(size=1, exectype=bt.Order.Stop, price=102)}, slippage=0.005)
    assert fills == [(2, 1.0, 102.51)]


def test_leverage_values() -> None:
    fills, journal = run(
        {1: lambda s: s.buy(size=300), 4: lambda s: s.close()},
        limits=Limits(gross=4.0, weight=4.0, volume=0.0),
    )
    assert fills == [(2, 300.0, 101.0), (5, -300.0, 99.0)]
    assert [step.equity for step in journal.steps[1:4]] == pytest.approx([10_300.0, 11_800.0, 9_700.0])
    assert journal.steps[-1].cash == pytest.approx(9_400.0)


def test_close_order_fills_at_the_next_close() -> None:
    fills, _ = run({2: lambda s: s.buy(size=1, exectype=bt.Order.Close)})
    assert fills == [(3, 1.0, 107.0)]


def test_stop_limit() -> None:
    fills, _ = run({3: lambda s: s.buy(size=1, exectype=bt.Order.StopLimit, price=108, plimit=105.5)})
    assert fills == [(4, 1.0, 105.5)]


def test_limit_improves_at_the_open() -> None:
    fills, _ = run({4: lambda s: s.buy(size=1, exectype=bt.Order.Limit, price=99.5)})
    assert fills == [(5, 1.0, 99.0)]


def test_target_percent_sizes() -> None:
    actions = {
        1: lambda s: s.order_target_percent(target=0.5),
        3: lambda s: s.order_target_percent(target=0.25),
        5: lambda s: s.order_target_percent(target=-0.25),
    }
    fills, journal = run(actions, commission=0.001)
    assert [size for _, size, _ in fills] == [49.0, -24.0, -51.0]
    assert journal.steps[-1].cash == pytest.approx(12_325.764, abs=1e-9)
    assert journal.steps[-1].equity == pytest.approx(9_777.764, abs=1e-9)


# Where the rule book differs on purpose ---------------------------------------------------------------


def test_a_refused_order_does_not_sink_the_next() -> None:
    """Backtrader's test on submission never gives the cash of a refused order back."""
    both = {2: lambda s: (s.buy(size=200), s.buy(size=1))}
    _, theirs = plain([make_tape(GOLDEN)], scripted(both))
    assert theirs == []
    fills, journal = run(both)
    assert fills == [(3, 1.0, 105.0)]
    assert [order.status for order in journal.orders] == ["rejected", "filled"]


def test_a_limit_never_slips() -> None:
    """Backtrader's slipped limit sell fills at 95, below the low of 100."""
    fills, _ = run({1: lambda s: s.sell(size=1, exectype=bt.Order.Limit, price=95)}, slippage=0.09)
    assert fills == [(2, -1.0, 101.0)]


def test_a_short_is_bounded_by_exposure() -> None:
    """Backtrader takes any short: 1,000 shares against 10,000 of cash."""
    short = {1: lambda s: s.sell(size=1_000)}
    _, theirs = plain([make_tape(GOLDEN)], scripted(short))
    assert theirs == [("X", dt.date(2024, 1, 2), -1_000.0, 101.0)]
    fills, journal = run(short)
    assert fills == []
    assert journal.orders[0].status == "rejected"
