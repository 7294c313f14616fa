"""What the shipped strategies decide, written once: plain functions that both engines call (pure).

Each takes numbers and arrays of the past and gives numbers, so that it can be compiled as it stands; none
calls another. Arrays reach up to, and never beyond, the index given with them.
"""

from __future__ import annotations

import math

import numpy as np

from newsbt.records import FloatArray, IntArray

__all__ = [
    "beta",
    "decay_target",
    "faded",
    "follow",
    "judge_reaction",
    "judge_sibling",
    "leave_parity",
    "open_parity",
    "runup_distance",
    "sibling_move",
    "volatility",
]

#: What :func:`follow` asks for.
NOTHING, RENEW, REVERSE, ENTER = 0, 1, 2, 3
#: What :func:`judge_reaction` finds.
TOO_FAR, NO_VOLATILITY, OTHER_WAY, TOO_SMALL = 0, 1, 2, 3
#: What :func:`judge_sibling` finds.
GO, UNDER_THRESHOLD, AGAINST_SCORE, BARRED = 0, 1, 2, 3
#: Beyond this a slope over some dozen sessions is an accident.
MOST_BETA = 3.0


def follow(position: int, score: float) -> int:
    """Go the way of `score`: :data:`ENTER`, :data:`REVERSE`, or :data:`RENEW` the time of what is held."""
    if score == 0.0:
        return NOTHING
    if position * score > 0:
        return RENEW
    return REVERSE if position else ENTER


def faded(level: float, sessions: int, half_life: float) -> float:
    """What is left of a score of `level` after so many `sessions`."""
    return level * math.pow(0.5, sessions / half_life)


def decay_target(level: float, weight: float, min_score: float, side: int) -> tuple[float, bool]:
    """Weight that a faded sum of scores asks for, and whether the sum is worth keeping.

    `side` is 1 for long only, -1 for short only, 0 for both.
    """
    total = max(-1.0, min(1.0, level))
    kept = abs(total) >= min_score
    if not kept or side * total < 0.0:
        total = 0.0
    return weight * total, kept


def volatility(closes: FloatArray, last: int, window: int) -> float:
    """Sample deviation of up to `window` daily returns ending with ``closes[last]``; nan for fewer than 2."""
    first = max(last - window, 0)
    count = last - first
    if count < 2:
        return math.nan
    mean = 0.0
    for place in range(first + 1, last + 1):
        mean += closes[place] / closes[place - 1] - 1.0
    mean /= count
    squares = 0.0
    for place in range(first + 1, last + 1):
        squares += (closes[place] / closes[place - 1] - 1.0 - mean) ** 2
    return math.sqrt(squares / (count - 1))


def judge_reaction(reaction: float, score: float, sigma: float, sigmas: float) -> int:
    """Whether a first reaction to news of `score` went :data:`TOO_FAR`, or why not."""
    if not sigma > 0.0:
        return NO_VOLATILITY
    if reaction * score <= 0.0:
        return OTHER_WAY
    return TOO_SMALL if abs(reaction) <= sigmas * sigma else TOO_FAR


def sibling_move(closes: FloatArray, closes_at: IntArray, first: int, end: int, moment: int) -> float:
    """Return from the last close before `moment` to the last one, over bars [first, end).

    Nan if no bar closed before it, or none since.
    """
    before = first + np.searchsorted(closes_at[first:end], moment)
    if before in (first, end):
        return math.nan
    return float(closes[end - 1] / closes[before - 1] - 1.0)


def judge_sibling(move: float, score: float, threshold: float, by_score: bool, side: int) -> int:
    """Whether to :data:`GO` with a sibling's `move`, or why not; `side` as in :func:`decay_target`."""
    if abs(move) < threshold:
        return UNDER_THRESHOLD
    if by_score and move * score < 0.0:
        return AGAINST_SCORE
    return BARRED if side * move < 0.0 else GO


def runup_distance(event: int, number: int, before: int, notice: int) -> int:
    """Sessions from `number` to the next `event` while a run-up to it is on; 0 while none is."""
    distance = event - number
    return distance if 1 < distance <= min(before, notice) else 0


def beta(own: FloatArray, hedge: FloatArray) -> float:
    """Slope of the returns `own` on those of the `hedge`, within 0 and :data:`MOST_BETA`.

    0 where the hedge never moved.
    """
    count = len(own)
    own_mean = hedge_mean = 0.0
    for place in range(count):
        own_mean += own[place]
        hedge_mean += hedge[place]
    own_mean /= count
    hedge_mean /= count
    together = square = 0.0
    for place in range(count):
        together += (own[place] - own_mean) * (hedge[place] - hedge_mean)
        square += (hedge[place] - hedge_mean) ** 2
    slope = together / square if square > 0.0 else 0.0
    return min(max(slope, 0.0), MOST_BETA)


def open_parity(premium: float, before: float, enter: float) -> float:
    """Sign of a premium that has just come to `enter`; 0 while it has not, or had already."""
    if not abs(premium) >= enter:
        return 0.0
    sign = math.copysign(1.0, premium)
    return 0.0 if before * sign >= enter else sign


def leave_parity(premium: float, sign: float, leave: float) -> bool:
    """Whether the premium that was entered against with `sign` is gone; an unknown one is not."""
    return premium * sign < leave
