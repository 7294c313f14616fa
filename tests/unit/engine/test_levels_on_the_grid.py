"""Levels of protective and resting orders lie on the venue's price steps, on the safe side."""

from __future__ import annotations

import tomllib
from pathlib import Path

import backtrader as bt

from engine_tools import fills_of, make_tape, make_world, ours, scripted
from newsbt.engine.world import Tape
from newsbt.ticks import parse_ticks

ROOT = Path(__file__).parents[3]
TICKS = parse_ticks(tomllib.loads((ROOT / "data/ticks.toml").read_text(encoding="utf-8")), "ticks.toml")
FLAT = (100.0, 101.0, 99.0, 100.0)


def hong_kong(*bars: tuple[float, float, float, float]) -> Tape:
    return make_tape([FLAT, *bars, FLAT], venue="XHKG")


def test_a_stop_rounds_towards_the_position() -> None:
    """Bought at 100.30: 5 % below is 95.285, a seller's 95.30. Sold there: 105.315 is a buyer's 105.30."""
    tape = hong_kong((100.3, 100.4, 94.0, 95.0))
    buy = scripted({1: lambda s: s.buy(size=100, stop=0.05)})
    assert fills_of(ours(make_world([tape], ticks=TICKS, cash=1e6), buy))[1][3] == 95.3
    tape = hong_kong((100.3, 106.0, 100.2, 105.0))
    sell = scripted({1: lambda s: s.sell(size=100, stop=0.05)})
    assert fills_of(ours(make_world([tape], ticks=TICKS, cash=1e6), sell))[1][3] == 105.3


def test_a_take_profit_rounds_away_from_the_position() -> None:
    """Bought at 100.30: 5 % above is 105.315, on steps of 0.10 a seller's 105.40."""
    buy = scripted({1: lambda s: s.buy(size=100, take=0.05)})
    near, there = hong_kong((100.3, 105.35, 100.2, 105.0)), hong_kong((100.3, 105.4, 100.2, 105.0))
    assert len(fills_of(ours(make_world([near], ticks=TICKS, cash=1e6), buy))) == 1
    assert fills_of(ours(make_world([there], ticks=TICKS, cash=1e6), buy))[1][3] == 105.4


def test_a_resting_limit_never_pays_more_than_was_asked() -> None:
    limit = scripted({1: lambda s: s.buy(size=100, exectype=bt.Order.Limit, price=99.57)})
    tape = hong_kong((100.0, 100.5, 99.0, 100.0))
    assert fills_of(ours(make_world([tape], ticks=TICKS, cash=1e6), limit))[0][3] == 99.55


def test_new_york_rounds_to_the_cent() -> None:
    """Bought at 100.33: 5 % below is 95.3135, a seller's 95.32."""
    tape = make_tape([FLAT, (100.33, 100.4, 94.0, 95.0), FLAT])
    buy = scripted({1: lambda s: s.buy(size=10, stop=0.05)})
    assert fills_of(ours(make_world([tape], ticks=TICKS), buy))[1][3] == 95.32
