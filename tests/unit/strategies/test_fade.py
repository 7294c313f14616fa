"""Fading a first reaction, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import backtrader as bt
import pytest

from engine_tools import fills_of, make_signal, make_tape, make_world, ours
from newsbt.adapters.plugins import PluginRef, load

ROOT = Path(__file__).parents[3]
#: Ten sessions between 100 and 101, a deviation of about 1 %, then the news.
CALM = [(100.0, 101.5, 99.5, 100.0 + place % 2) for place in range(10)]
PARAMS: dict[str, Any] = {"window": 8, "sigmas": 2.0, "hold": 3, "weight": 0.5, "stop": 0.0}


def run(reaction: float, score: float, **params: Any) -> tuple[list[tuple[float, float]], tuple[str, str]]:
    """Size and price of the fills, and what became of the signal."""
    close = 101.0 * (1.0 + reaction)
    first = (101.0, max(close, 101.5), min(close, 100.0), close)
    bars = [*CALM, first, *[(close, close + 1, close - 1, close)] * 6]
    tape = make_tape(bars)
    signal = make_signal(tape, 10, score)
    fade = load(PluginRef(ROOT / "strategies/fade.py"), bt.Strategy)
    outcome = ours(make_world([tape], [signal]), fade, **{**PARAMS, **params})
    fills = [(size, price) for _, _, size, price in fills_of(outcome)]
    return fills, outcome.journal.outcomes["X", signal.session]


def test_it_goes_against_a_reaction_of_more_than_two_deviations_at_the_next_open() -> None:
    """Up 10 % to 111.10 on good news: half of 10,000 is 45 shares, sold, and back three sessions later."""
    fills, (status, _) = run(0.10, 1.0)
    assert fills == [(-45.0, pytest.approx(111.1)), (45.0, pytest.approx(111.1))]
    assert status == "traded"


def test_it_leaves_a_small_reaction_and_says_how_small() -> None:
    fills, (status, why) = run(0.005, 1.0)
    assert fills == []
    assert status == "not-traded"
    assert "sigmas, under 2" in why


def test_it_leaves_a_reaction_the_other_way() -> None:
    fills, (_, why) = run(-0.10, 1.0)
    assert fills == []
    assert "the price went the other way (-10.00%)" in why


@pytest.mark.parametrize(
    ("side", "score", "trades"), [("long", 1.0, 0), ("short", 1.0, 2), ("long", -1.0, 2)]
)
def test_side_is_of_the_position_and_not_of_the_story(side: str, score: float, trades: int) -> None:
    fills, _ = run(0.10 * score, score, side=side)
    assert len(fills) == trades
