"""Orders, compiled: from what a step's decisions want to orders, and their turn at a bar.

The same rules as :mod:`newsbt.engine.strategy`, :mod:`newsbt.engine.broker` and
:mod:`newsbt.engine.protection`.
"""

from __future__ import annotations

import math

from newsbt.kernel.account import fill, in_lots, time_over
from newsbt.kernel.codes import MARGIN, STOP, TAKE, TRAIL
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.costs import round_safe
from newsbt.kernel.run_state import Run

__all__ = [
    "activate",
    "call_margin",
    "idle",
    "keep",
    "leaving",
    "protect",
    "rank_waiting",
    "retire",
    "send",
    "trade_forced",
    "trade_waiting",
    "trail",
    "want",
]

EXIT, REDUCTION, TURN, ENTRY = range(4)


@compiled
def activate(run: Run, listing: int) -> None:
    """Put a listing among the active ones, in its place."""
    desk, account = run.desks[listing], run.account[0]
    if desk.in_active:
        return
    desk.in_active = True
    place = account.active
    while place > 0 and run.active[place - 1] > listing:
        run.active[place] = run.active[place - 1]
        place -= 1
    run.active[place] = listing
    account.active += 1


@compiled
def idle(run: Run, listing: int) -> bool:
    """Whether an active listing neither holds nor waits nor is watched any more."""
    desk = run.desks[listing]
    busy = desk.position != 0 or desk.waiting or desk.forced or desk.watched
    return desk.in_active and not busy


@compiled
def retire(run: Run, listing: int) -> None:
    """Take a listing from among the active ones."""
    account, active = run.account[0], run.active
    run.desks[listing].in_active = False
    run.desks[listing].due = -1
    account.active -= 1
    place = 0
    while active[place] != listing:
        place += 1
    for after in range(place, account.active):
        active[after] = active[after + 1]


@compiled
def want(run: Run, listing: int, weight: float, reason: int, ids: int, guarded: bool) -> None:
    """Ask for a position of `weight` (signed share of equity) in this session."""
    desk = run.desks[listing]
    desk.wanted = True
    desk.want_weight = weight
    desk.want_reason = reason
    desk.want_ids = ids
    desk.want_guarded = guarded


@compiled
def keep(run: Run, listing: int) -> None:
    """Count the holding time of a position from this session again, and stay out of any exit."""
    desk = run.desks[listing]
    desk.renewed = run.market.bars[desk.bar].number
    desk.alarm = time_over(desk.renewed, run.point[0].hold)
    desk.wanted = False
    desk.waiting = False


@compiled
def leaving(run: Run, listing: int) -> bool:
    """Whether an order that takes from the position waits for a session that trades."""
    desk = run.desks[listing]
    return desk.waiting and desk.order_size * desk.position < 0


@compiled
def send(run: Run, count: int) -> int:
    """Turn what the first `count` listings of ``run.work`` want into orders, in the order of their rank.

    Gives how many, and leaves them in ``run.ranked``.
    """
    account = run.account[0]
    worth = account.cash + account.accrued + account.held
    account.planned = account.gross
    asked = 0
    for place in range(count):
        listing = run.work[place]
        desk = run.desks[listing]
        if desk.wanted:
            activate(run, listing)
            desk.want_group = _group(desk.want_weight, desk.position, desk.mark, worth)
            asked = _rank(run, listing, desk.want_group, abs(desk.want_weight), asked)
    for place in range(asked):
        _order(run, run.ranked[place], worth)
        run.desks[run.ranked[place]].wanted = False
    return asked


@compiled
def _rank(run: Run, listing: int, group: int, weight: float, count: int) -> int:
    """Put a listing among the first `count` of ``run.ranked``: by group, then by weight, then as it comes."""
    place = count
    while place > 0 and (
        run.groups[place - 1] > group or (run.groups[place - 1] == group and run.weights[place - 1] < weight)
    ):
        run.ranked[place] = run.ranked[place - 1]
        run.groups[place] = run.groups[place - 1]
        run.weights[place] = run.weights[place - 1]
        place -= 1
    run.ranked[place] = listing
    run.groups[place] = group
    run.weights[place] = weight
    return count + 1


@compiled
def _group(weight: float, position: int, mark: float, worth: float) -> int:
    if weight == 0.0:
        return EXIT
    if weight * position > 0 and abs(weight) * worth < abs(position * mark):
        return REDUCTION
    return TURN if weight * position < 0 else ENTRY


@compiled
def _order(run: Run, listing: int, worth: float) -> None:
    """Replace the waiting order of a listing by what it wants now."""
    desk, point, account = run.desks[listing], run.point[0], run.account[0]
    others = account.planned - abs(desk.position * desk.mark)
    wanted = _shares(run, listing, worth, others)
    account.planned = others + abs(wanted) * run.market.values[listing, account.step - 1]
    desk.waiting = wanted != desk.position
    if not desk.waiting:
        return
    desk.order_size = wanted - desk.position
    desk.order_target = wanted
    desk.order_group = desk.want_group
    desk.order_weight = abs(desk.want_weight)
    desk.order_reason = desk.want_reason
    desk.order_ids = desk.want_ids
    levels = point.stop > 0.0 or point.gain > 0.0 or point.trail > 0.0
    desk.order_guarded = desk.want_guarded and wanted != 0 and levels
    desk.ids = desk.want_ids


@compiled
def _shares(run: Run, listing: int, worth: float, others: float) -> int:
    """Signed whole lots for the weight that is wanted, within the limits."""
    desk, rules = run.desks[listing], run.market.rules[0]
    weight = desk.want_weight
    if weight == 0.0:
        return 0
    bar, value = run.market.bars[desk.bar], run.market.values[listing, run.account[0].step - 1]
    lot, sign = bar.lot, 1 if weight > 0.0 else -1
    if rules.shares > 0:
        shares = in_lots(rules.shares, lot)
    else:
        share = min(abs(weight), rules.weight) * max(worth, 0.0)
        shares = math.floor(share / (value * lot) * (1.0 + 1e-12)) * lot
    if shares == 0:
        return 0
    free = max(rules.gross * worth - others, 0.0)
    if shares * value > free:
        shares = int(free / value // lot * lot)
    shares *= sign
    if rules.volume > 0.0:
        most = rules.volume * bar.average_volume
        change = shares - desk.position
        if abs(change) > most - lot:  # else whole lots fit as well, and floored division is slow
            whole = int(most // lot * lot)
            if abs(change) > whole:
                shares = desk.position + (whole if change > 0 else -whole)
    return shares


@outlined
def trade_forced(run: Run, count: int) -> None:
    """Try the orders of margin calls at the open, the oldest first."""
    while True:
        chosen = -1
        for place in range(count):
            listing = run.work[place]
            desk = run.desks[listing]
            ready = desk.forced and run.market.bars[desk.bar].tradable
            if ready and (chosen < 0 or desk.forced_turn < run.desks[chosen].forced_turn):
                chosen = listing
        if chosen < 0:
            return
        desk = run.desks[chosen]
        desk.forced = False
        missing = desk.forced_target - desk.position
        if missing * desk.forced_size > 0:
            at = desk.bar
            fill(run, chosen, at, missing, run.market.bars[at].open, True, False, False, MARGIN, -1)


@outlined
def rank_waiting(run: Run, count: int) -> int:
    """Put the listings with an order into ``run.ranked``, those that waited included; give their number."""
    ready = 0
    for place in range(count):
        listing = run.work[place]
        desk = run.desks[listing]
        if desk.waiting:
            ready = _rank(run, listing, desk.order_group, desk.order_weight, ready)
    return ready


@compiled
def trade_waiting(run: Run, ranked: int) -> None:
    """Try the orders of the strategy, the first of ``run.ranked``: at the open, or at the close."""
    for place in range(ranked):
        desk = run.desks[run.ranked[place]]
        if desk.waiting and run.market.bars[desk.bar].tradable:
            _trade(run, run.ranked[place])


@compiled
def _trade(run: Run, listing: int) -> None:
    desk = run.desks[listing]
    bar, at_close = run.market.bars[desk.bar], run.market.rules[0].at_close
    desk.waiting = False
    before = desk.position
    missing = desk.order_target - before
    if missing * desk.order_size <= 0:
        return
    price = bar.close if at_close else bar.open
    fill(run, listing, desk.bar, missing, price, True, True, at_close, desk.order_reason, desk.order_ids)
    after = desk.position
    opened = after != 0 and (before * after <= 0 or abs(after) > abs(before))
    if opened and desk.order_guarded:
        if not desk.guarded:
            desk.best = desk.average
        desk.guarded = True
        desk.entry = desk.average
        desk.grid = bar.ticks
        desk.guard_ids = desk.order_ids
        set_levels(run, listing)


@compiled
def set_levels(run: Run, listing: int) -> None:
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
            set_levels(run, listing)


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


@outlined
def call_margin(run: Run, worth: float, gross: float) -> float:
    """Order positions cut at their next opens, the account being below maintenance margin.

    Gives the fraction of positions that is kept.
    """
    rules, account = run.market.rules[0], run.account[0]
    kept = max(0.0, min(1.0, worth / (rules.initial * gross)))
    for place in range(account.active):
        desk = run.desks[run.active[place]]
        lot = run.market.bars[desk.bar].lot
        target = int(desk.position * kept / lot) * lot
        desk.forced = target != desk.position
        if desk.forced:
            desk.forced_size = target - desk.position
            desk.forced_target = target
            desk.forced_turn = account.turn
            account.turn += 1
    return kept
