"""The compiled engine against Backtrader: the same fills and the same account, over generated worlds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsbt.engine.compiled import CompiledWorld
from newsbt.engine.world import World
from newsbt.kernel.layout import KINDS
from parity.agreement import agree, benchmark_of, complete
from parity.rich import PARAMS, params, rich_worlds

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
