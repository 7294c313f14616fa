"""The compiled engine against Backtrader: the same fills and the same account, over generated worlds."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsbt.engine.compiled import CompiledWorld
from newsbt.engine.world import World
from newsbt.kernel.codes import KINDS
from parity.agreement import agree, benchmark_of, complete
from parity.markets import halted, long_suspended
from parity.rich import PARAMS, params, rich_worlds

ROOT = Path(__file__).parents[2]
#: Worlds of each strategy; together three hundred.
WORLDS = 30
LATE = [HealthCheck.too_slow, HealthCheck.data_too_large]


def examples(count: int) -> Any:
    return settings(max_examples=count, deadline=None, suppress_health_check=LATE)


def test_every_compiled_strategy_has_parameters_here() -> None:
    assert set(PARAMS) == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_same_as_backtrader(name: str) -> None:
    @examples(WORLDS)
    @given(rich_worlds(), params(name))
    def law(world: World, given_params: dict[str, Any]) -> None:
        agree(world, name, given_params)

    law()


@examples(40)
@given(rich_worlds(), st.sampled_from(KINDS), st.data())
def test_a_point_does_not_depend_on_the_others(world: World, name: str, data: st.DataObject) -> None:
    """In a batch, in any order, and from two threads at once, every point is what it is alone."""
    compiled = CompiledWorld(world, name, benchmark_of(world))
    points = [complete(name, point) for point in data.draw(st.lists(params(name), min_size=2, max_size=6))]
    alone = np.array([compiled.metrics([point])[0] for point in points])
    order = data.draw(st.permutations(range(len(points))))
    np.testing.assert_array_equal(compiled.metrics(points), alone)
    np.testing.assert_array_equal(compiled.metrics([points[place] for place in order]), alone[order])
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(compiled.metrics, [points, points[::-1]]))
    np.testing.assert_array_equal(both[0], alone)
    np.testing.assert_array_equal(both[1], alone[::-1])


def test_premiums_from_before_a_long_suspension_count() -> None:
    """They are among the last ones that the window asks for, however long ago the other line had them."""
    point = {"window": 20, "enter": 0.5, "leave": 0.1, "hold": 3, "stop": 0.0}
    fills = agree(long_suspended(), "parity", point).fills
    back = dt.date(2024, 1, 1) + dt.timedelta(days=90)
    assert any(back <= fill.session < back + dt.timedelta(days=9) for fill in fills)


def in_plain_python(*arguments: str) -> str:
    """Standard output of Python with compilation off; an index out of bounds is an error there."""
    paths = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def test_same_without_compilation() -> None:
    told = in_plain_python("benchmarks/parity_worlds.py", "20", "--seed", "11")
    assert told.splitlines()[-1].endswith("10 strategies, seed 11: 0 failures")


MARGIN_CALLS = """
from parity.agreement import agree
from parity.markets import halted, long_suspended
print(len(agree(halted(), "drift", {"hold": 100, "stop": 0.0, "weight": 0.5}).margin_calls))
"""


def test_margin_calls_while_nothing_can_be_traded() -> None:
    """A call after every step for weeks, each for four listings, fills no list beyond its end."""
    calls = len(agree(halted(), "drift", {"hold": 100, "stop": 0.0, "weight": 0.5}).margin_calls)
    assert calls > 30
    assert int(in_plain_python("-c", MARGIN_CALLS)) == calls
