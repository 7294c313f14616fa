"""Follow-ups of one story count less and less (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.records import FloatArray, IntArray

__all__ = ["shares_at", "story_numbers"]


def story_numbers(story: IntArray, known_ns: IntArray, window_ns: int) -> IntArray:
    """Which story of its chain each row is, counted from 0 and anew after a quiet window.

    Parameters
    ----------
    story : array of int64, shape (n,)
        Same number for the rows of one chain at one listing; negative for rows without a chain.
    known_ns : array of int64, shape (n,)
        When each row was known, UTC nanoseconds; ascending.
    window_ns : int
        A row known later than this after the one before it in its chain starts again at 0. Exactly this
        much later still counts as a follow-up.

    Returns
    -------
    array of int64, shape (n,)
        0 for rows without a chain. A row depends on earlier rows only.
    """
    order = np.argsort(story, kind="stable")
    chain, known = story[order], known_ns[order]
    place = np.arange(len(order))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (chain[1:] != chain[:-1]) | (np.diff(known) > window_ns) | (chain[1:] < 0)
    start = np.maximum.accumulate(np.where(first, place, 0))
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = place - start
    return numbers


def shares_at(numbers: IntArray, shares: tuple[float, ...]) -> FloatArray:
    """Share of its score that each story keeps.

    Parameters
    ----------
    numbers : array of int64, shape (n,)
        From :func:`story_numbers`.
    shares : tuple of float
        For the first, second, ... story; beyond its end each story keeps half as much as the one before.

    Returns
    -------
    array of float64, shape (n,)
    """
    last = len(shares) - 1
    listed = np.asarray(shares, dtype=np.float64)[np.minimum(numbers, last)]
    # 1,074 halvings reach zero in float64; the cap keeps the power from underflowing with a warning.
    return listed * np.exp2(-np.clip(numbers - last, 0, 1000).astype(np.float64))
