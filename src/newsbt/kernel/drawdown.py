"""Deepest and longest drawdown of a path, compiled: as :mod:`newsbt.metrics.drawdown`."""

from __future__ import annotations

from typing import NamedTuple

from newsbt.kernel.compile import compiled
from newsbt.records import FloatArray, IntArray

__all__ = ["Water", "drawdown"]

#: As :data:`newsbt.metrics.drawdown.ROUNDING`.
ROUNDING = 1e-12
#: Steps that are first looked at together.
BLOCK = 64


class Water(NamedTuple):
    """Where a path is, and what it has gone through.

    Parameters
    ----------
    peak, trough : float
        Highest worth until now; the lowest since.
    since : int
        Date of the last step at a peak.
    under : bool
        Whether the last step was below the peak.
    deepest : float
        Largest loss from a peak among the drawdowns that are over, as a fraction of it.
    longest : int
        Their longest, days.
    """

    peak: float
    trough: float
    since: int
    under: bool
    deepest: float
    longest: int


@compiled
def drawdown(path: FloatArray, dates: IntArray, cash: float) -> tuple[float, int]:
    """Deepest (a fraction) and longest (days) drawdown, `cash` being the first peak.

    Parameters
    ----------
    path : array, shape (steps,)
        At least one.
    dates : array of int64, shape (steps,)
    cash : float
    """
    water = Water(cash, cash, dates[0], False, 0.0, 0)
    for begin in range(0, len(path), BLOCK):
        block, days = path[begin : begin + BLOCK], dates[begin : begin + BLOCK]
        # Most blocks are all under water, or stay where they are: nothing is held.
        below, lower = _compare(block, water.peak, water.trough)
        if below == len(block):
            trough = _lowest(block, water.trough) if lower else water.trough
            water = Water(water.peak, trough, water.since, True, water.deepest, water.longest)
        elif below == 0 and not water.under and not _climbs(block, water.peak):
            water = Water(water.peak, water.trough, days[len(days) - 1], False, water.deepest, water.longest)
        else:
            water = _step_by_step(block, days, water)
    if water.under:
        water = _surface(water, dates[len(dates) - 1])
    return water.deepest, water.longest


@compiled
def _compare(block: FloatArray, peak: float, trough: float) -> tuple[int, int]:
    """Number of steps below a peak by more than rounding, and number of those below a trough."""
    below = lower = 0
    for k in range(len(block)):
        below += 1 if peak - block[k] > ROUNDING * peak else 0
        lower += 1 if block[k] < trough else 0
    return below, lower


@compiled
def _climbs(block: FloatArray, peak: float) -> bool:
    """Whether a step is not at or below a peak."""
    higher = 0
    for k in range(len(block)):
        higher += 1 if not block[k] <= peak else 0
    return higher > 0


@compiled
def _lowest(block: FloatArray, trough: float) -> float:
    for k in range(len(block)):
        trough = block[k] if block[k] < trough else trough
    return trough


@compiled
def _step_by_step(block: FloatArray, days: IntArray, water: Water) -> Water:
    """Go through any steps."""
    for k in range(len(block)):
        worth = block[k]
        if water.peak - worth > ROUNDING * water.peak:
            trough = worth if worth < water.trough else water.trough
            water = Water(water.peak, trough, water.since, True, water.deepest, water.longest)
            continue
        if water.under:
            water = _surface(water, days[k])
        peak = worth if worth > water.peak else water.peak
        water = Water(peak, peak, days[k], False, water.deepest, water.longest)
    return water


@compiled
def _surface(water: Water, day: int) -> Water:
    """End a drawdown: the peak is reached again, or the path ends."""
    loss = (water.peak - water.trough) / water.peak
    deepest = loss if loss > water.deepest else water.deepest
    longest = max(water.longest, day - water.since)
    return Water(water.peak, water.trough, water.since, False, deepest, longest)
