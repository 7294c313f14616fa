"""Levels around a position, compiled: stops and take-profit, as :mod:`newsbt.engine.protection`."""

from __future__ import annotations

import math

from newsbt.kernel.account import fill
from newsbt.kernel.codes import STOP, TAKE, TRAIL
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.costs import round_safe
from newsbt.kernel.run_state import Run

__all__ = ["guard", "protect", "trail"]


@compiled
def guard(run: Run, listing: int) -> None:
    """Put levels around what an order has just opened or added to."""
    desk = run.desks[listing]
    if not desk.guarded:
        desk.best = desk.average
    desk.guarded = True
    desk.entry = desk.average
    desk.grid = run.market.bars[desk.bar].ticks
    desk.guard_ids = desk.order_ids
    _set_levels(run, listing)


@compiled
def _set_levels(run: Run, listing: int) -> None:
    """Work out the levels around a position, on their price steps, and the prices that reach one."""
    desk, point, market = run.desks[listing], run.point[0], run.market
    sign, buy = (1.0, False) if desk.position > 0 else (-1.0, True)
    stop, reason = -math.inf, STOP
    if point.stop > 0.0:
        stop = sign * (desk.entry * (1.0 - sign * point.stop))
    if point.trail > 0.0:
        trail = sign * (desk.best - sign * point.trail * desk.entry)
        if trail > stop:
            stop, reason = trail, TRAIL
    stop *= sign
    gain = sign * math.inf
    if point.gain > 0.0:
        gain = round_safe(market.bounds, market.grid, desk.grid, desk.entry * (1.0 + sign * point.gain), buy)
    if math.isfinite(stop):
        stop = round_safe(market.bounds, market.grid, desk.grid, stop, buy)
    desk.stop_price = stop
    desk.stop_reason = reason
    desk.gain_price = gain
    desk.floor = stop if desk.position > 0 else gain
    desk.ceiling = gain if desk.position > 0 else stop


@outlined
def trail(run: Run, listing: int) -> None:
    """Move the levels of a position after its best close."""
    desk = run.desks[listing]
    bar = run.market.bars[desk.bar]
    if desk.guarded and run.point[0].trail > 0.0 and bar.tradable:
        ahead = bar.close > desk.best if desk.position > 0 else bar.close < desk.best
        if ahead:
            desk.best = bar.close
            _set_levels(run, listing)


@compiled
def protect(run: Run, listing: int) -> None:
    """Close a position whose level its new bar has reached: a gap at the open, then the stops."""
    desk = run.desks[listing]
    bar = run.market.bars[desk.bar]
    sign = 1.0 if desk.position > 0 else -1.0
    low, high = run.market.lows[desk.bar], run.market.highs[desk.bar]
    worst, best = (low, high) if desk.position > 0 else (high, low)
    stop, gain, reason = sign * desk.stop_price, sign * desk.gain_price, desk.stop_reason
    if sign * bar.open >= gain:
        price, reason = bar.open, TAKE
    elif sign * worst <= stop:
        price = bar.open if sign * bar.open <= stop else desk.stop_price
    elif sign * best >= gain:
        price, reason = desk.gain_price, TAKE
    else:
        return
    slips = reason != TAKE
    fill(run, listing, desk.bar, -desk.position, price, slips, False, True, reason, desk.guard_ids)
