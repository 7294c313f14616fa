"""The premium of an ADS over its ordinary shares, bar by bar, as it is known before each session (pure)."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["EX_WINDOW", "Line", "deviations", "relative_prices"]

#: Sessions after an ex-date in which the other line must have gone ex too.
EX_WINDOW = 5


class Line(Protocol):
    """Bars of one listing, as :class:`newsbt.engine.world.Tape` has them; every array has shape (n,)."""

    @property
    def numbers(self) -> IntArray:
        """Position of each session in the venue's calendar."""

    @property
    def closes_at(self) -> IntArray:
        """UTC nanoseconds."""

    @property
    def close(self) -> FloatArray:
        """Local currency."""

    @property
    def usd(self) -> FloatArray:
        """US dollars per unit of local currency."""

    @property
    def dividend(self) -> FloatArray:
        """Cash a share on its ex-date."""

    @property
    def placeholder(self) -> BoolArray:
        """Bars without prices."""


def relative_prices(mine: Line, other: Line, session: int) -> FloatArray:
    """Price here over price there, in one currency, as seen before the session after each bar of `mine`.

    Parameters
    ----------
    mine, other : Line
    session : int
        Number of the session after the last bar of `mine`.

    Returns
    -------
    array, shape (n,)
        Nan where the other venue has not closed since the bar, where sessions are missing between the bar and
        the next one, over bars without prices, and between the ex-dates of the two lines.
    """
    if not len(mine.close) or not len(other.close):
        return np.full(len(mine.close), math.nan)
    following = np.append(mine.closes_at[1:], np.iinfo(np.int64).max)
    there = np.searchsorted(other.closes_at, following) - 1
    usable = (there >= 0) & (other.closes_at[there] > mine.closes_at)
    usable &= np.append(mine.numbers[1:], session) - mine.numbers == 1
    usable &= ~(mine.placeholder | other.placeholder[there])
    usable &= _lately_ex(mine.dividend) == _lately_ex(other.dividend)[there]
    found: FloatArray = mine.close * mine.usd / (other.close * other.usd)[there]
    return np.where(usable, found, math.nan)


def deviations(premiums: FloatArray) -> FloatArray:
    """Distance of the last of each row from the mean of those before it, in their sample deviations.

    Parameters
    ----------
    premiums : array, shape (..., window + 1)
        Nan where there was none.

    Returns
    -------
    array, shape (...)
        Nan where the last one is, where fewer than half of the earlier ones exist, or where they do not move.
    """
    earlier, last = premiums[..., :-1], premiums[..., -1]
    known = ~np.isnan(earlier)
    count = known.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, earlier, 0.0).sum(axis=-1) / count
        squares = np.where(known, (earlier - mean[..., None]) ** 2, 0.0).sum(axis=-1)
        found = (last - mean) / np.sqrt(squares / (count - 1))
    return np.where((2 * count >= earlier.shape[-1]) & (squares > 0.0), found, math.nan)


def _lately_ex(dividend: FloatArray) -> BoolArray:
    """Whether each bar lies within :data:`EX_WINDOW` sessions of an ex-date, that day included."""
    paid = np.cumsum(np.append(np.zeros(EX_WINDOW, dtype=np.int64), dividend > 0.0))
    return np.greater(paid[EX_WINDOW:], paid[:-EX_WINDOW])
