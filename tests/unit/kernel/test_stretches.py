"""Positions and cash added to stretches of a path, against slices."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsbt.kernel.compile import allocating
from newsbt.kernel.stretches import LANES, add_cash, add_position
from newsbt.records import FloatArray

STEPS = 5 * LANES
PLACES = st.integers(0, STEPS)
NUMBERS = st.floats(-1e6, 1e6)


@allocating
def added(
    path: FloatArray, exposure: FloatArray, worths: FloatArray, begin: int, end: int, size: float, base: float
) -> None:
    """Add a position, and then as much cash as its size."""
    add_position(path, exposure, worths, begin, end, size, base)
    add_cash(path, begin, end, size)


def rows(seed: int) -> list[Any]:
    """A path, an exposure and worths."""
    source = np.random.default_rng(seed)
    return [source.normal(1e3, 1e3, STEPS) for _ in range(3)]


@settings(deadline=None)
@given(st.integers(0, 99), PLACES, PLACES, NUMBERS, NUMBERS)
@example(0, 0, STEPS, -300.0, 12.5)
@example(0, 3, 5, 100.0, 0.0)
@example(0, LANES + 1, LANES + 1, 100.0, 0.0)
def test_a_stretch_is_a_slice(seed: int, one: int, other: int, size: float, base: float) -> None:
    """Each step of the stretch gets its part once, and no other step changes, wherever it begins and ends."""
    begin, end = sorted((one, other))
    path, exposure, worths = rows(seed)
    own = size * (worths[begin:end] - base)
    wanted, wanted_exposure = path.copy(), exposure.copy()
    wanted[begin:end] += own
    wanted[begin:end] += size
    wanted_exposure[begin:end] += np.abs(own)
    added(path, exposure, worths, begin, end, size, base)
    np.testing.assert_array_equal(path, wanted)
    np.testing.assert_array_equal(exposure, wanted_exposure)
    # A path is filled from its beginning, so whatever comes after a stretch is not even written.
    path, exposure, worths = rows(seed)
    path[end:] = exposure[end:] = np.nan
    added(path, exposure, worths, begin, end, size, base)
    assert np.isnan(path[end:]).all() and np.isfinite(path[:end]).all()
