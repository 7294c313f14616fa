"""How many shares an order may have (pure)."""

from __future__ import annotations

import math
from typing import NamedTuple

__all__ = ["Fitted", "fit", "shares_for", "split"]


class Fitted(NamedTuple):
    """Signed size that may be filled, and in words what was taken off (empty: nothing)."""

    size: int
    why: str


def split(size: int, held: int) -> tuple[int, int]:
    """Split a signed order into the shares that close `held` and those that open; both positive."""
    closing = min(abs(size), abs(held)) if size * held < 0 else 0
    return closing, abs(size) - closing


def fit(size: int, held: int, lot: int, value: float, room: float, may_reduce: bool) -> Fitted:
    """Cut the opening part of an order to board lots and to the exposure that is free.

    Parameters
    ----------
    size, held : int
        Signed order and position, shares.
    lot : int
        Board lot; the part that closes is never rounded.
    value : float
        Worth of one share at the fill, base currency.
    room : float
        Exposure that may be added at the fill, fees already taken off, base currency.
    may_reduce : bool
        Cut an opening part that does not fit; otherwise refuse it whole, as Backtrader does.
    """
    sign = 1 if size > 0 else -1
    closing, wanted = split(size, held)
    opening = wanted // lot * lot
    why = f"rounded down from {wanted} to board lots of {lot}" if opening < wanted else ""
    if opening * value > room:
        free = max(room, 0.0)
        fits = int(free / value // lot * lot) if may_reduce else 0
        why = f"{opening} shares need {opening * value:,.2f} of exposure, {free:,.2f} is free at the fill"
        opening = fits
    return Fitted(sign * (closing + opening), why)


def shares_for(weight: float, equity: float, value: float, lot: int) -> int:
    """Whole lots for a signed target weight of `equity`, rounded towards zero.

    The product is nudged by one part in 10^12, so that a weight that buys exactly n lots does not lose one
    to binary rounding.
    """
    lots = math.floor(abs(weight) * max(equity, 0.0) / (value * lot) * (1.0 + 1e-12))
    return int(math.copysign(lots * lot, weight)) if lots else 0
