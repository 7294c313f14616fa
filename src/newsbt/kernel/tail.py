"""A quantile near the low end of many values, compiled: most are only counted, few are put in order."""

from __future__ import annotations

import math

from newsbt.kernel.compile import compiled
from newsbt.records import FloatArray

__all__ = ["low_quantile"]

#: So many values may lie between a bound and the wanted ones, and so often is a better bound looked for.
NEAR, TRIES = 10, 10
#: In a tail the logarithm of the count mostly grows by one on so many deviations.
STEP = 0.5
#: Values that are looked through one by one if any of them lies between the bounds.
BLOCK = 32


@compiled
def low_quantile(values: FloatArray, place: float, mean: float, deviation: float, room: FloatArray) -> float:
    """Value at a `place` in the order of `values`, linear between two.

    Parameters
    ----------
    values : array
        Finite.
    place : float
        From 0 to less than the number of values less 1.
    mean, deviation : float
        Of the values: where to look first. They change nothing but the time.
    room : array
        As many places, written over.
    """
    lower, under, upper = _bounds(values, int(place), mean, deviation)
    size = _between(values, lower, upper, room)
    return _quantile(room, size, place - under)


@compiled
def _bounds(values: FloatArray, below: int, mean: float, deviation: float) -> tuple[float, int, float]:
    """Bounds of the values at places `below` and the next, and how many values lie under the lower one.

    Each look counts the values under a cut; most are spent on the upper bound, the lower one is near it.
    """
    lower, under, upper, over = -math.inf, 0, math.inf, len(values)
    cut = mean - deviation
    for _ in range(TRIES):
        if over - (below + 2) <= NEAR and below - under <= NEAR:
            break
        count = _count_under(values, cut)
        if under < count <= below:
            lower, under = cut, count
        elif below + 2 <= count < over:
            upper, over = cut, count
        goal = below + 2 + NEAR // 2 if over - (below + 2) > NEAR else below - NEAR // 2
        cut += STEP * deviation * math.log(max(goal, 1) / max(count, 1))
        if not lower < cut < upper:
            cut = 0.5 * (max(lower, mean - 8.0 * deviation) + min(upper, mean + 8.0 * deviation))
    return lower, under, upper


@compiled
def _count_under(values: FloatArray, cut: float) -> int:
    count = 0
    for k in range(len(values)):
        count += 1 if values[k] < cut else 0
    return count


@compiled
def _between(values: FloatArray, lower: float, upper: float, room: FloatArray) -> int:
    """Copy the values from `lower` to before `upper`, and give their number."""
    size = 0
    for begin in range(0, len(values), BLOCK):
        block = values[begin : begin + BLOCK]
        found = 0
        for k in range(len(block)):
            found += 1 if (block[k] >= lower) & (block[k] < upper) else 0
        if found:
            for k in range(len(block)):
                room[size] = block[k]
                size += 1 if (block[k] >= lower) & (block[k] < upper) else 0
    return size


@compiled
def _quantile(values: FloatArray, count: int, place: float) -> float:
    """Value at a `place` in the order of `values`, linear between two; the lowest are sorted in place."""
    below = int(place)
    size = 0
    for read in range(count):
        value = values[read]
        if size == below + 2 and value >= values[size - 1]:
            continue
        at = size if size < below + 2 else size - 1
        while at > 0 and values[at - 1] > value:
            values[at] = values[at - 1]
            at -= 1
        values[at] = value
        size = min(size + 1, below + 2)
    return float(values[below] + (values[below + 1] - values[below]) * (place - below))
