"""Orders, compiled: from what a step's decisions want to orders, and their turn at a bar.

The same rules as :mod:`newsbt.engine.strategy` and :mod:`newsbt.engine.broker`.
"""

from __future__ import annotations

import math

from newsbt.kernel.account import fill, in_lots, time_over
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.levels import guard
from newsbt.kernel.run_state import Run

__all__ = [
    "activate",
    "idle",
    "keep",
    "leaving",
    "rank_waiting",
    "retire",
    "send",
    "trade_waiting",
    "want",
]

EXIT, REDUCTION, TURN, ENTRY = range(4)


@compiled
def activate(run: Run, listing: int) -> None:
    """Put a listing among the active ones."""
    desk, account = run.desks[listing], run.account[0]
    if desk.place < 0:
        desk.place = account.active
        run.active[account.active] = listing
        account.active += 1


@compiled
def idle(run: Run, listing: int) -> bool:
    """Whether an active listing neither holds nor waits nor is watched any more."""
    desk = run.desks[listing]
    busy = desk.position != 0 or desk.waiting or desk.forced or desk.watched
    return desk.place >= 0 and not busy


@compiled
def retire(run: Run, listing: int) -> None:
    """Take a listing from among the active ones; the last of them takes its place."""
    desk, account = run.desks[listing], run.account[0]
    account.active -= 1
    last, place = run.active[account.active], desk.place
    run.active[place] = last
    run.desks[last].place = place
    desk.place = -1
    desk.due = -1


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
        guard(run, listing)
