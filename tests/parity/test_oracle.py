"""The engine against the oracle: two implementations of one rule book, over generated worlds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import backtrader as bt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine_tools import ours
from newsbt.adapters.plugins import PluginRef, load
from newsbt.engine.world import World
from parity import decisions
from parity.oracle import Oracle
from worlds import worlds

STRATEGIES = Path(__file__).parents[2] / "strategies"
WEIGHTS = {"weight": st.sampled_from([0.1, 0.6, 1.0, 3.0])}
NEWS = {**WEIGHTS, "min_score": st.sampled_from([0.0, 0.1, 0.5]), "delay": st.sampled_from([0, 0, 1, 3])}
DRIFT = st.fixed_dictionaries(
    {
        **NEWS,
        "hold": st.integers(1, 12),
        "stop": st.sampled_from([0.0, 0.03, 0.0005]),
        "take": st.sampled_from([0.0, 0.05]),
        "trail": st.sampled_from([0.0, 0.05, 0.001]),
        "side": st.sampled_from(["both", "both", "long", "short"]),
    }
)
DECAY = st.fixed_dictionaries(
    {
        **NEWS,
        "half_life": st.sampled_from([0.5, 2.0, 8.0]),
        "band": st.sampled_from([0.0, 0.02, 0.1]),
        "side": st.sampled_from(["both", "both", "long", "short"]),
    }
)
HOLD = st.fixed_dictionaries(WEIGHTS)


def examples(count: int) -> Callable[[Any], Any]:
    return settings(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def agree(world: World, name: str, params: dict[str, Any]) -> None:
    """Same fills (session, symbol, size and reason exactly, price to 1e-12), same account step by step."""
    journal = ours(world, load(PluginRef(STRATEGIES / f"{name}.py"), bt.Strategy), **params).journal
    oracle = Oracle(world, getattr(decisions, name), params).run()
    fills = [(fill.session, fill.symbol, fill.size, fill.reason) for fill in journal.fills]
    assert fills == [(fill.session, fill.symbol, fill.size, fill.reason) for fill in oracle.fills]
    close_to([fill.price for fill in journal.fills], [fill.price for fill in oracle.fills], 1e-12)
    assert [step.at for step in journal.steps] == [step.at for step in oracle.steps]
    close_to([step.equity for step in journal.steps], [step.equity for step in oracle.steps], 1e-9)
    for ours_, theirs in zip(journal.steps, oracle.steps, strict=True):
        assert abs(ours_.cash - theirs.cash) <= 1e-9 * max(abs(ours_.cash), abs(ours_.equity))


def close_to(found: list[float], wanted: list[float], relative: float) -> None:
    assert found == pytest.approx(wanted, rel=relative, abs=0.0)


@examples(150)
@given(worlds(), DRIFT)
def test_drift(world: World, params: dict[str, Any]) -> None:
    agree(world, "drift", params)


@examples(40)
@given(worlds(), DECAY)
def test_decay(world: World, params: dict[str, Any]) -> None:
    agree(world, "decay", params)


@examples(20)
@given(worlds(), HOLD)
def test_hold(world: World, params: dict[str, Any]) -> None:
    agree(world, "hold", params)
