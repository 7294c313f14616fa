"""Laws of the reference engine over generated worlds: two venues, gaps, placeholders, dense news."""

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

from engine_tools import ours
from newsbt.adapters.plugins import PluginRef, load
from newsbt.engine.frames import equity_frame, fills_frame, orders_frame, trades_frame
from newsbt.engine.world import Tape, World
from siblings import OWN, announced, with_siblings
from worlds import worlds

ROOT = Path(__file__).parents[2]
STRATEGIES = ("drift", "fade", "decay", "hold", "random", "cash", "lead_lag", "runup", "parity", "pair")
LOOSE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def strategy(name: str) -> type[Any]:
    return load(PluginRef(ROOT / "strategies" / f"{name}.py"), bt.Strategy)


def params_of(name: str, stop: float, trail: float, hold: int, weight: float) -> dict[str, Any]:
    if name == "cash":
        return {}
    if name == "hold":
        return {"weight": weight}
    if name == "decay":
        return {"weight": weight, "half_life": float(hold)}
    common = {"weight": weight, "stop": stop, "trail": trail, "take": 0.05, "hold": hold, "min_score": 0.1}
    if name in ("runup", "parity", "pair"):
        del common["min_score"]
    if name == "runup":
        del common["hold"]
    return {**common, **OWN.get(name, {})}


runs = st.tuples(
    worlds().map(with_siblings),
    st.sampled_from(STRATEGIES),
    st.sampled_from([0.0, 0.03]),
    st.sampled_from([0.0, 0.05]),
    st.integers(1, 12),
    st.sampled_from([0.1, 0.6, 1.0]),
)


def execute(case: Any) -> tuple[World, Any]:
    world, name, stop, trail, hold, weight = case
    return world, ours(world, strategy(name), **params_of(name, stop, trail, hold, weight)).journal


@LOOSE
@given(runs)
def test_profits_of_all_trades_add_up_to_the_change_of_equity(case: Any) -> None:
    world, journal = execute(case)
    trades, equity = trades_frame(journal, world), equity_frame(journal, world)
    change = equity["equity"].iloc[-1] - world.cash
    assert trades["pnl_base"].sum() == pytest.approx(change, rel=1e-9, abs=1e-9 * world.cash)
    parts = trades["pnl_price"] + trades["pnl_fx"] + trades["dividends_base"] - trades["fees_base"]
    np.testing.assert_allclose(parts, trades["pnl_base"], rtol=1e-9, atol=1e-9 * world.cash)


@LOOSE
@given(runs)
def test_no_order_is_lost(case: Any) -> None:
    world, journal = execute(case)
    orders = orders_frame(journal)
    assert set(orders["status"]) <= {"filled", "reduced", "rejected", "cancelled", "open-at-end"}
    assert (
        orders.loc[~orders["status"].isin(["filled"]), "why"].str.len().min() > 0
        or (orders["status"] == "filled").all()
    )
    assert orders["filled"].sum() == fills_frame(journal, world.costs.columns)["size"].sum()


@LOOSE
@given(runs)
def test_fills_lie_in_their_bar_on_sessions_that_trade_in_whole_lots(case: Any) -> None:
    world, journal = execute(case)
    tapes: dict[str, Tape] = {tape.listing.symbol: tape for tape in world.tapes}
    slip = 1.0 + world.costs.slippage + 1e-12  # type: ignore[attr-defined]
    held: dict[str, int] = {}
    for fill in journal.fills:
        tape = tapes[fill.symbol]
        assert not tape.placeholder[fill.bar]
        assert tape.low[fill.bar] / slip <= fill.price <= tape.high[fill.bar] * slip
        held[fill.symbol] = held.get(fill.symbol, 0) + fill.size
        assert held[fill.symbol] % tape.listing.lot(fill.session) == 0


@LOOSE
@given(runs)
def test_a_signal_never_trades_before_it_may(case: Any) -> None:
    world, journal = execute(case)
    due = {name: signal.session for signal in world.signals for name in signal.catalyst_ids}
    for fill in journal.fills:
        for name in fill.catalyst_ids:
            assert fill.session >= due[name]


@LOOSE
@given(runs, st.floats(0.2, 0.9))
def test_the_future_changes_nothing_before_it(case: Any, share: float) -> None:
    """Cut prices, news and announcements at a step: everything before stays to the last digit."""
    world, journal = execute(case)
    if case[1] == "random" or not journal.steps:
        return  # draws as many dates as there are signals: a baseline, not a rule
    cut = journal.steps[int(share * (len(journal.steps) - 1))].at
    tapes = tuple(short for tape in world.tapes if len(short := _until(tape, cut)))
    kept = tuple(s for s in world.signals if s.tradable_at <= dt.datetime.fromtimestamp(cut / 1e9, dt.UTC))
    if case[1] == "hold" and len(tapes) < len(world.tapes):
        return  # equal shares of fewer listings
    agenda = announced(world, tapes, OWN["runup"]["notice"])
    before = dataclasses.replace(world, tapes=tapes, signals=kept, agenda=agenda)
    shorter = ours(before, strategy(case[1]), **params_of(*case[1:])).journal
    assert [fill for fill in journal.fills if fill.at <= cut] == shorter.fills
    assert [step for step in journal.steps if step.at <= cut] == shorter.steps


def _until(tape: Tape, cut: int) -> Tape:
    count = int((tape.closes_at <= cut).sum())
    arrays = {
        field.name: getattr(tape, field.name)[:count]
        for field in dataclasses.fields(tape)
        if field.name != "listing"
    }
    return dataclasses.replace(tape, **arrays)


@LOOSE
@given(runs)
def test_same_input_same_result(case: Any) -> None:
    _, first = execute(case)
    _, second = execute(case)
    assert first.fills == second.fills
    assert first.orders == second.orders
    assert first.steps == second.steps
