"""Fees, slippage and price steps of one order, compiled: those of :mod:`newsbt.fees` in floats.

The reference counts in exact decimals. Here a fee is rounded to 1e-6 before it is rounded by its own rule,
nudged by a few units in the last place, so that what is exactly on a boundary in decimals falls on the same
side.
"""

from __future__ import annotations

import math

import numpy as np

from newsbt.kernel.codes import NEAREST_CENT, UNROUNDED, UP_TO_CENT
from newsbt.kernel.compile import compiled
from newsbt.records import FloatArray, IntArray

__all__ = ["cents", "fees", "round_safe", "slipped", "tick"]

NUDGE = 1.0 + 2e-15
#: Unit of prices on the grid; see newsbt.ticks.
UNIT = 1e9
#: Beyond a whole day's volume the square-root law says nothing; see newsbt.slippage.
PARTICIPATION_CAP = 1.0


@compiled
def cents(fee: float, how: int) -> float:
    """Fee as it is charged, in cents."""
    if how == UNROUNDED:
        return fee * 100.0
    millionths = int(fee * 1e6 * NUDGE + 0.5)
    if how == NEAREST_CENT:
        return float((millionths + 5_000) // 10_000)
    if how == UP_TO_CENT:
        return float((millionths + 9_999) // 10_000)
    return (millionths + 999_999) // 1_000_000 * 100.0


@compiled
def fees(market, entry: int, size: int, price: float, buy: bool, into: FloatArray) -> float:  # type: ignore[no-untyped-def]
    """All fees of an order of `size` (positive) shares, local currency; each goes `into` its column.

    The other columns become 0. `into` may be empty: then only the sum is wanted.
    """
    value = size * price
    commission = total = 0.0
    into[:] = 0.0
    for place in range(market.fees.shape[1]):
        fee = market.fees[entry, place]
        if (fee.buy and buy) or (fee.sell and not buy):
            amount = fee.rate * value + fee.per_share * size + fee.amount + fee.of_commission * commission
            amount = min(max(amount, fee.minimum), fee.maximum)
            charged = cents(min(amount, fee.max_rate * value), fee.rounding)
            if fee.is_commission:
                commission = charged * 0.01
            total += charged
            if len(into):
                into[fee.column] = charged / 100.0
        if fee.last:
            break
    return total / 100.0


@compiled
def tick(bounds: IntArray, grid: IntArray, table: int, exact: int) -> int:
    """Price step at a price, both in units of 1e-9; the last one holds above all bounds."""
    for row in range(bounds.shape[1]):
        if exact <= bounds[table, row]:
            return int(grid[table, row])
    return int(grid[table, -1])


@compiled
def round_safe(bounds: IntArray, grid: IntArray, table: int, price: float, buy: bool) -> float:
    """Level on the safe side of the order: a buyer's down, a seller's up, at least one step."""
    if table < 0:
        return price
    exact = int(np.rint(price * UNIT))
    step = tick(bounds, grid, table, exact)
    count = exact // step if buy else -(-exact // step)
    return max(count, 1) * step / UNIT


@compiled
def slipped(market, detail, size: int, price: float, buy: bool) -> float:  # type: ignore[no-untyped-def]
    """Price after slippage of an order of `size` (positive) shares; `detail` is of its bar."""
    rules = market.rules[0]
    move = rules.slip_fraction * price + rules.slip_fixed
    if rules.slip_ticks > 0.0:
        exact = int(np.rint(price * UNIT))
        move += rules.slip_ticks * (tick(market.bounds, market.grid, detail.spread, exact) / UNIT)
    if rules.impact > 0.0 and detail.average_volume > 0.0 and math.isfinite(detail.volatility):
        participation = min(size / detail.average_volume, PARTICIPATION_CAP)
        move += rules.impact * detail.volatility * math.sqrt(participation) * price
    if buy:
        return price * (1.0 + rules.slip) + move
    return max(price * (1.0 - rules.slip) - move, 0.0)
