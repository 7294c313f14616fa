"""The rule book where two rules meet: exits beside entries, orders that wait, caps beside levels."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import backtrader as bt
import numpy as np
import pytest

from engine_tools import fills_of, make_signal, make_tape, make_world, ours
from newsbt.adapters.plugins import PluginRef, load
from newsbt.engine import Desk, NewsStrategy
from newsbt.engine.world import Limits, Tape
from newsbt.records import Signal

ROOT = Path(__file__).parents[3]
FLAT = (100.0, 101.0, 99.0, 100.0)
Fills = list[tuple[str, int, float, str]]


class Follow(NewsStrategy):
    """Goes with the signal, with all of the equity at a score of 1."""

    params = {"hold": 3, "stop": 0.0, "weight": 1.0, "min_score": 0.0, "side": "both"}

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        self.follow(desk, signal.score, signal)


def run(
    tapes: list[Tape], news: dict[str, list[tuple[int, float]]], options: dict[str, Any], **params: Any
) -> tuple[Fills, Any]:
    """Fills as (symbol, bar, size, reason), and the journal."""
    table = {tape.listing.symbol: tape for tape in tapes}
    signals = [make_signal(table[symbol], *signal) for symbol, rows in news.items() for signal in rows]
    journal = ours(make_world(tapes, signals, **options), Follow, **params).journal
    return [(fill.symbol, fill.bar, fill.size, fill.reason) for fill in journal.fills], journal


def shipped(name: str) -> type[Any]:
    return load(PluginRef(ROOT / "strategies" / f"{name}.py"), bt.Strategy)


def test_an_exit_goes_before_a_reversal_that_needs_its_exposure() -> None:
    tapes = [make_tape([FLAT] * 5, symbol="A"), make_tape([FLAT] * 5, symbol="B")]
    fills, _ = run(tapes, {"A": [(1, 0.3), (4, -1.0)], "B": [(1, 0.7)]}, {})
    assert fills[2:] == [("B", 4, -70, "time"), ("A", 4, -130, "reversal")], "from 30 long to 100 short"


def test_a_reduction_goes_before_an_entry_that_needs_its_exposure() -> None:
    class Plan(NewsStrategy):
        """Four fifths in A, then a fifth, and the rest in B."""

        params: dict[str, float] = {}
        plan = {("A", 1): 0.8, ("A", 3): 0.2, ("B", 3): 0.6}

        def on_session(self, desk: Desk) -> None:
            if (desk.symbol, desk.number) in self.plan:
                self.target(desk, self.plan[desk.symbol, desk.number], "plan")

    world = make_world([make_tape([FLAT] * 4, symbol="A"), make_tape([FLAT] * 4, symbol="B")])
    sizes = [(symbol, size) for symbol, _, size, _ in fills_of(ours(world, Plan))]
    assert sizes == [("A", 80.0), ("A", -60.0), ("B", 60.0)]


def test_an_exit_goes_before_an_entry_that_has_waited() -> None:
    gap = [*[FLAT] * 4, (120.0, 121.0, 119.0, 120.0)]
    tapes = [make_tape(gap, symbol="A", placeholder=[3]), make_tape([FLAT] * 5, symbol="B")]
    fills, _ = run(tapes, {"A": [(3, 0.3)], "B": [(1, 0.7)]}, {})
    assert fills[1:] == [("B", 4, -70, "time"), ("A", 4, 30, "signal")], "3,600 for A where 3,000 was free"


def test_the_holding_time_does_not_replace_a_reversal_that_waits() -> None:
    tape = make_tape([FLAT] * 5, placeholder=[2])
    fills, journal = run([tape], {"X": [(1, 1.0), (2, -1.0)]}, {}, hold=2)
    assert fills == [("X", 1, 100, "signal"), ("X", 3, -200, "reversal")]
    assert journal.outcomes["X", dt.date(2024, 1, 3)] == ("traded", "sold 200")


@pytest.mark.parametrize("before", [[(1, 1.0)], [(1, 1.0), (3, -1.0)]], ids=["exit", "reversal"])
def test_a_renewal_withdraws_what_waits_to_close_the_position(before: list[tuple[int, float]]) -> None:
    tape = make_tape([FLAT] * 7, placeholder=[3])
    fills, journal = run([tape], {"X": [*before, (4, 0.5)]}, {}, hold=2)
    assert fills == [("X", 1, 100, "signal"), ("X", 6, -100, "time")]
    assert journal.orders[1].status == "cancelled"
    assert journal.orders[1].why == "the holding time was renewed for 2024-01-05"


def test_what_is_left_of_a_cut_reversal_is_not_bought_back_after_a_stop() -> None:
    tape = make_tape([FLAT, FLAT, FLAT, (100, 101, 90, 100), FLAT])
    thin = dataclasses.replace(tape, volume=np.array([1000.0, 10, 10, 10, 10]))
    options = {"entry": "close", "limits": Limits(1.0, 1.0, 0.1)}
    fills, journal = run([thin], {"X": [(1, 0.5), (3, -0.5)]}, options, stop=0.05, hold=9)
    assert fills == [("X", 1, 50, "signal"), ("X", 3, -50, "stop")], "34 of the 50 may be sold at the close"
    assert journal.orders[1].status == "cancelled"


def test_a_stop_that_slippage_has_passed_fills_at_the_open_of_the_entry() -> None:
    still = (100.0, 100.0, 100.0, 100.0)
    _, journal = run([make_tape([FLAT, still])], {"X": [(1, 1.0)]}, {"slippage": 0.01}, stop=0.005)
    assert [fill.price for fill in journal.fills] == [101.0, 99.0], "the level of 100.495 was never traded"


def test_a_reversal_that_volume_forbids_is_reported() -> None:
    tape = make_tape([FLAT] * 4, lot=100)
    thin = dataclasses.replace(tape, volume=np.array([1000.0, 0, 0, 0]))
    options = {"limits": Limits(1.0, 1.0, 0.1)}
    fills, journal = run([thin], {"X": [(1, 1.0), (3, -1.0)]}, options, hold=9)
    assert fills == [("X", 1, 100, "signal")]
    why = "cut to 0 shares: 10% of the average daily volume"
    assert journal.outcomes["X", dt.date(2024, 1, 4)] == ("not-traded", why)
    assert [order.status for order in journal.orders] == ["filled", "rejected"]


def test_a_score_of_zero_leaves_a_position_alone() -> None:
    fills, journal = run([make_tape([FLAT] * 5)], {"X": [(1, 1.0), (2, 0.0)]}, {})
    assert fills == [("X", 1, 100, "signal"), ("X", 4, -100, "time")]
    assert journal.outcomes["X", dt.date(2024, 1, 3)] == ("not-traded", "a score of 0 has no direction")


def test_a_gap_beyond_the_take_profit_comes_before_the_stop_inside_the_bar() -> None:
    """Bought at 100, stop 95, take 110: the open of 112 sells, whatever the low of 90 says later."""
    tape = make_tape([FLAT, FLAT, (112, 113, 90, 95), FLAT])
    fills = fills_of(
        ours(
            make_world([tape], [make_signal(tape, 1, 1.0)]), shipped("drift"), stop=0.05, take=0.1, weight=0.5
        )
    )
    assert [(size, price) for _, _, size, price in fills] == [(50.0, 100.0), (-50.0, 112.0)]


def test_a_one_sided_sum_of_scores_counts_the_other_side_and_never_trades_without_news() -> None:
    """+0.8 then -0.9: the sum is below nothing, so a long-only position is closed and not opened again."""
    tape = make_tape([FLAT] * 12)
    world = make_world([tape], [make_signal(tape, 1, 0.8), make_signal(tape, 2, -0.9)])
    fills = fills_of(ours(world, shipped("decay"), weight=1.0, side="long", band=0.2))
    assert [size for _, _, size, _ in fills] == [80.0, -80.0]
