"""Fees, slippage and price steps of one order, compiled: those of :mod:`newsbt.fees` in floats.

The reference counts in exact decimals. Here a fee is rounded to 1e-6 before it is rounded by its own rule,
nudged by a few units in the last place, so that what is exactly on a boundary in decimals falls on the same
side.
"""

from __future__ import annotations

import math

import numpy as np

from newsbt.kernel.codes import NEAREST_CENT, UNROUNDED, UP_TO_UNIT
from newsbt.kernel.compile import compiled, entrance
from newsbt.kernel.fee_lanes import NUDGE, first_cents, sum_cents
from newsbt.kernel.market import Records
from newsbt.records import FloatArray, IntArray

__all__ = ["cents", "fees", "round_safe", "slipped", "tick", "total_fees"]

#: Unit of prices on the grid; see newsbt.ticks.
UNIT = 1e9
#: Beyond a whole day's volume the square-root law says nothing; see newsbt.slippage.
PARTICIPATION_CAP = 1.0


@entrance
def cents(fee: float, how: int) -> float:
    """Fee as it is charged, in cents."""
    if how == UNROUNDED:
        return fee * 100.0
    millionths = int(fee * 1e6 * NUDGE + 0.5)
    if how == UP_TO_UNIT:
        return (millionths + 999_999) // 1_000_000 * 100.0
    return float((millionths + (5_000 if how == NEAREST_CENT else 9_999)) // 10_000)


@entrance
def fees(table: Records, entry: int, size: int, price: float, buy: bool, into: FloatArray) -> float:
    """All fees of an order of `size` (positive) shares, local currency; each goes `into` its column.

    The other columns become 0. `into` may be empty: then only the sum is wanted.
    """
    value = size * price
    commission = total = 0.0
    into[:] = 0.0
    for place in range(table.shape[1]):
        fee = table[entry, place]
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


@entrance
def total_fees(market, entry: int, size: int, price: float, buy: bool) -> float:  # type: ignore[no-untyped-def]
    """The sum of :func:`fees`, faster: most of it is worked out at once, see ``Market.totals``."""
    value, shares = size * price, float(size)
    sums = market.totals[2 * entry + (0 if buy else 1)]
    commission = sums.rate * value + sums.per_share * shares + sums.amount
    commission = min(max(commission, sums.minimum), sums.maximum)
    if sums.max_rate < math.inf:
        commission = min(commission, sums.max_rate * value)
    charged = commission
    if sums.asks:
        charged = first_cents(market.blocks[sums.first], value, shares) * 0.01
    total = 0.0
    for block in range(sums.first, sums.end):
        total += sum_cents(market.blocks[block], value, shares, charged)
    rest = sums.rest_rate * value + sums.rest_per_share * shares + sums.rest_amount
    return total / 100.0 + (commission + (rest + sums.rest_of_commission * charged))


@entrance
def tick(bounds: IntArray, grid: IntArray, table: int, exact: int) -> int:
    """Price step at a price, both in units of 1e-9; the last one holds above all bounds."""
    for row in range(bounds.shape[1]):
        if exact <= bounds[table, row]:
            return int(grid[table, row])
    return int(grid[table, grid.shape[1] - 1])


@entrance
def round_safe(bounds: IntArray, grid: IntArray, table: int, price: float, buy: bool) -> float:
    """Level on the safe side of the order: a buyer's down, a seller's up, at least one step."""
    if table < 0:
        return price
    exact = int(np.rint(price * UNIT))
    step = tick(bounds, grid, table, exact)
    count = exact // step if buy else -(-exact // step)
    return max(count, 1) * step / UNIT


@compiled
def slipped(market, at: int, size: int, price: float, buy: bool) -> float:  # type: ignore[no-untyped-def]
    """Price after slippage of an order of `size` (positive) shares in the bar `at`."""
    rules = market.rules[0]
    move = rules.slip_fraction * price + rules.slip_fixed
    if rules.slip_ticks > 0.0:
        exact = int(np.rint(price * UNIT))
        move += rules.slip_ticks * (tick(market.bounds, market.grid, market.details[at].spread, exact) / UNIT)
    if rules.impact > 0.0:
        volume, volatility = market.bars[at].average_volume, market.details[at].volatility
        if volume > 0.0 and math.isfinite(volatility):
            participation = min(size / volume, PARTICIPATION_CAP)
            move += rules.impact * volatility * math.sqrt(participation) * price
    if buy:
        return price * (1.0 + rules.slip) + move
    return max(price * (1.0 - rules.slip) - move, 0.0)
