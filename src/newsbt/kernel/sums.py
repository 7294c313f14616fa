"""Sums of many floats in several partial sums, compiled: a processor adds them up side by side."""

from __future__ import annotations

from newsbt.kernel.compile import compiled, outlined
from newsbt.records import FloatArray

__all__ = ["losses", "powers", "products", "total"]


@outlined
def total(values: FloatArray, room: FloatArray) -> float:
    """Sum of `values`: that of eight parts of the array place by place, and again, and then one by one.

    The order of the additions does not depend on the machine.

    Parameters
    ----------
    values : array
    room : array
        Written over: a seventh as many places, and not those of `values`.
    """
    size = len(values) // 8
    few = size // 8
    _fold(values, room[:size])
    _fold(room[:size], room[size : size + few])
    return (
        _one_by_one(room[size : size + few])
        + _one_by_one(room[8 * few : size])
        + _one_by_one(values[8 * size :])
    )


@compiled
def losses(values: FloatArray, room: FloatArray) -> float:
    """Sum of the squares of those below 0."""
    squares, rest = room[: len(values)], room[len(values) :]
    for k in range(len(values)):
        down = values[k] if values[k] < 0.0 else 0.0
        squares[k] = down * down
    return total(squares, rest)


@compiled
def powers(values: FloatArray, mean: float, room: FloatArray) -> tuple[float, float, float]:
    """Sums of the second, third and fourth powers of the distances from the mean."""
    size = len(values) // 4
    one, two, three, four = values[:size], values[size:], values[2 * size :], values[3 * size :]
    seconds, thirds, fourths, rest = room[:size], room[size:], room[2 * size :], room[3 * size :]
    for k in range(size):
        second, third, fourth = _powers_of(one[k] - mean)
        second_two, third_two, fourth_two = _powers_of(two[k] - mean)
        second_three, third_three, fourth_three = _powers_of(three[k] - mean)
        second_four, third_four, fourth_four = _powers_of(four[k] - mean)
        seconds[k] = (second + second_two) + (second_three + second_four)
        thirds[k] = (third + third_two) + (third_three + third_four)
        fourths[k] = (fourth + fourth_two) + (fourth_three + fourth_four)
    second, third, fourth = total(seconds, rest), total(thirds[:size], rest), total(fourths[:size], rest)
    for k in range(4 * size, len(values)):
        more = _powers_of(values[k] - mean)
        second, third, fourth = second + more[0], third + more[1], fourth + more[2]
    return second, third, fourth


@compiled
def products(own: FloatArray, mean: float, other: FloatArray, room: FloatArray) -> tuple[float, float]:
    """Sums of the squares of the distances from the mean, and of these distances times `other`."""
    size = len(own) // 4
    one, two, three, four = own[:size], own[size:], own[2 * size :], own[3 * size :]
    first, second, third, fourth = other[:size], other[size:], other[2 * size :], other[3 * size :]
    squares, together, rest = room[:size], room[size : 2 * size], room[2 * size :]
    for k in range(size):
        away, away_two, away_three, away_four = one[k] - mean, two[k] - mean, three[k] - mean, four[k] - mean
        squares[k] = (away * away + away_two * away_two) + (away_three * away_three + away_four * away_four)
        together[k] = (away * first[k] + away_two * second[k]) + (
            away_three * third[k] + away_four * fourth[k]
        )
    square, product = total(squares, rest), total(together, rest)
    for k in range(4 * size, len(own)):
        away = own[k] - mean
        square, product = square + away * away, product + away * other[k]
    return square, product


@compiled
def _powers_of(away: float) -> tuple[float, float, float]:
    square = away * away
    return square, square * away, square * square


@compiled
def _fold(values: FloatArray, sums: FloatArray) -> None:
    """Add up eight parts of `values`, each as long as `sums`, place by place."""
    size = len(sums)
    one, two, three, four = values[:size], values[size:], values[2 * size :], values[3 * size :]
    five, six, seven, eight = values[4 * size :], values[5 * size :], values[6 * size :], values[7 * size :]
    for k in range(size):
        low = (one[k] + two[k]) + (three[k] + four[k])
        high = (five[k] + six[k]) + (seven[k] + eight[k])
        sums[k] = low + high


@compiled
def _one_by_one(values: FloatArray) -> float:
    result = 0.0
    for k in range(len(values)):
        result += values[k]
    return result
