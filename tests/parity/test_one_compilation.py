"""Every world, strategy and way to ask goes through the same machine code: it is compiled once."""

from __future__ import annotations

from collections import deque

import numba
import numpy as np
import pytest

from engine_tools import make_signal, make_tape, make_world
from newsbt.engine import compiled, spaces
from newsbt.engine.compiled import CompiledWorld
from newsbt.engine.news_layout import news_layout
from newsbt.engine.world import World
from newsbt.kernel.codes import KINDS
from parity.agreement import benchmark_of, complete
from parity.markets import halted, long_suspended


def one_listing() -> World:
    tape = make_tape([(100.0 + day,) * 4 for day in range(6)])
    return make_world([tape], [make_signal(tape, 1, 1.0)])


@pytest.mark.parametrize("world", [one_listing(), halted(), long_suspended()], ids=["one", "many", "pair"])
@pytest.mark.parametrize("name", KINDS)
def test_arguments_have_the_same_types(monkeypatch: pytest.MonkeyPatch, world: World, name: str) -> None:
    """Layout and the right to write are part of an array's type, and pandas and numpy give what they like."""
    asked: list[tuple[numba.types.Type, ...]] = []
    moved: list[tuple[numba.types.Type, ...]] = []
    # What only looks at its arguments leaves no account; another test's would be taken for this run's.
    monkeypatch.setattr(spaces, "FREE", deque())
    monkeypatch.setattr(compiled, "sweep", lambda *given: asked.append(tuple(map(numba.typeof, given))))
    monkeypatch.setattr(compiled, "sweep_news", lambda *given: moved.append(tuple(map(numba.typeof, given))))
    params = complete(name, {})
    for benchmark in (None, benchmark_of(world)):
        engine = CompiledWorld(world, name, benchmark)
        engine.metrics([params, params])
        engine.daily_returns([params])
        engine.journal(params)
        layout = news_layout(world)
        engine.news_metrics(params, layout.bars[None, :], layout.scores[None, :])
        engine.news_metrics(params, np.tile(layout.bars, (3, 1)), np.tile(layout.scores, (3, 1)))
    usual = CompiledWorld(halted(), "drift")
    usual.metrics([complete("drift", {})])
    usual.news_metrics(complete("drift", {}), np.zeros((1, 4), np.int64), np.zeros((1, 4)))
    assert set(asked) == {asked[-1]}
    assert set(moved) == {moved[-1]}
