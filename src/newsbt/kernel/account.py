"""The account, compiled: exposure, fills, dividends, borrow, and the trades that fills make.

The same rules as :mod:`newsbt.engine.booking` and :mod:`newsbt.trades`, in the same order of operations, so
that sizes come out alike to the share.
"""

from __future__ import annotations

import math

from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.costs import fees, slipped, total_fees
from newsbt.kernel.run_state import Run
from newsbt.kernel.stretches import add_position

__all__ = ["NEVER", "disarm", "fill", "in_lots", "pay", "remark", "settle", "time_over"]

#: A session that does not come.
NEVER = 2**31 - 1

#: As :data:`newsbt.metrics.trades.ROUNDING`.
ROUNDING = 1e-12
#: Rounding room of the exposure test, as a fraction of equity; see newsbt.engine.booking.
SLACK = 1e-9


@compiled
def remark(run: Run, listing: int, price: float, fx: float) -> None:
    """Move the mark of what is held; where steps are written, book the move as profit of price and of FX."""
    desk = run.desks[listing]
    if len(run.log.steps):
        if desk.position:
            run.account[0].price += desk.position * (price - desk.mark_price) * desk.mark_fx
            run.account[0].fx += desk.position * price * (fx - desk.mark_fx)
        desk.mark_price = price
        desk.mark_fx = fx
    desk.mark = price * fx


@compiled
def pay(run: Run, listing: int, at: int) -> None:
    """Credit or debit the dividend of a bar's ex-date, then charge the borrow fee since the bar before."""
    desk, account, detail = run.desks[listing], run.account[0], run.market.details[at]
    if detail.pays:
        paid = detail.paid_long if desk.position > 0 else detail.paid_short
        amount = desk.position * paid * run.market.bars[at].fx
        account.cash += amount
        account.dividends += amount
        desk.trade_paid += amount
        _note(run, listing, at, amount, False)
    if desk.position < 0 and detail.borrow > 0.0:
        fee = abs(desk.position * desk.mark) * detail.borrow * detail.gap / 360.0
        account.cash -= fee
        account.borrow += fee
        desk.trade_paid -= fee
        _note(run, listing, at, -fee, True)


@compiled
def settle(run: Run, listing: int, at: int, end: int) -> None:
    """Take what a position has brought since it was last settled into cash, and its worth into the path.

    `at` is its last bar, `end` the step before which it has been held.
    """
    desk, account = run.desks[listing], run.account[0]
    if desk.position == 0:
        return
    size, base = float(desk.position), desk.brought
    worths = run.market.worths[1 if size < 0.0 else 0, listing]
    add_position(run.path, run.exposure, worths, int(desk.since), end, size, base)
    last = min(end, len(worths) - 1)
    brought = size * (worths[last] - run.market.values[listing, last] - base)
    account.carried -= brought
    if size > 0.0:
        account.cash += brought
        account.dividends += brought
        desk.trade_paid += brought
        return
    bar = run.market.bars[at]
    owed, fee = size * (bar.paid_short - desk.owed), -size * (bar.borrowed - desk.borrowed)
    account.cash += owed - fee
    account.dividends += owed
    account.borrow += fee
    desk.trade_paid += owed - fee


@compiled
def _begin(run: Run, listing: int, at: int) -> None:
    """Note what a share had brought when the position became what it is."""
    desk, step = run.desks[listing], run.account[0].step
    desk.since = step
    side = 1 if desk.position < 0 else 0
    desk.brought = run.market.worths[side, listing, step] - run.market.values[listing, step]
    if side:
        desk.owed = run.market.bars[at].paid_short
        desk.borrowed = run.market.bars[at].borrowed


@compiled
def in_lots(shares: int, lot: int) -> int:
    """Shares in whole lots, without the division where that is all of them."""
    return shares if lot == 1 else shares // lot * lot


@compiled
def _note(run: Run, listing: int, at: int, amount: float, borrow: bool) -> None:
    account = run.account[0]
    if account.payments < len(run.log.payments):
        row = run.log.payments[account.payments]
        row.listing = listing
        row.bar = at
        row.shares = run.desks[listing].position
        row.amount = amount
        row.borrow = borrow
    account.payments += 1


@outlined
def fill(
    run: Run,
    listing: int,
    at: int,
    size: int,
    price: float,
    slips: bool,
    reduces: bool,
    inside: bool,
    reason: int,
    ids: int,
) -> int:
    """Fill what the limits allow of `size` signed shares at `price`; give the signed shares that were filled.

    `reduces` lets an opening part that does not fit be cut; else it is refused whole.
    """
    market, account = run.market, run.account[0]
    bar, desk, rules = market.bars[at], run.desks[listing], market.rules[0]
    held = desk.position
    closing = min(abs(size), abs(held)) if size * held < 0 else 0
    if size < 0 and abs(size) > closing and (bar.no_short_close if inside else bar.no_short_open):
        size = -closing
        if size == 0:
            return 0
    buy, asked = size > 0, abs(size)
    if slips:
        price = slipped(market, at, asked, price, buy)
    logged = account.fills < len(run.log.fills)
    cost = total_fees(market, bar.fees, asked, price, buy)
    opening = asked - closing
    if opening:
        opening = in_lots(opening, bar.lot)
        value = price * bar.fx
        kept = abs(held) if held * size > 0 else 0
        worth = account.cash + account.carried + account.held + held * (value - desk.mark)
        others = account.gross - abs(held * desk.mark)
        room = rules.gross * worth * (1.0 + SLACK) - others - kept * value
        room -= rules.gross * (cost * bar.fx)
        if opening * value > room:
            opening = int(max(room, 0.0) / value // bar.lot * bar.lot) if reduces else 0
    if closing + opening == 0:
        return 0
    size = (closing + opening) if buy else -(closing + opening)
    if logged or abs(size) != asked:
        into = run.log.fees[account.fills] if logged else run.log.blank
        cost = fees(market.fees, bar.fees, abs(size), price, buy, into)
    paid = cost * bar.fx
    if not account.careful:
        settle(run, listing, at, account.step)
    before = held * desk.mark
    remark(run, listing, price, bar.fx)
    account.cash -= size * price * bar.fx + paid
    account.fees += paid
    account.traded += abs(size) * price * bar.fx
    if logged:
        row = run.log.fills[account.fills]
        row.listing = listing
        row.bar = at
        row.shares = size
        row.price = price
        row.fees = paid
        row.reason = reason
        row.ids = ids
        row.inside = inside
    account.fills += 1
    _change(run, listing, size, price, bar.fx, paid, bar.number)
    if not account.careful:
        _begin(run, listing, at)
    after = desk.position * desk.mark
    account.held += after - before
    account.gross += abs(after) - abs(before)
    return size


@compiled
def _change(run: Run, listing: int, size: int, price: float, fx: float, paid: float, number: int) -> None:
    """Position, average price and trade after a fill: it opens, grows, is cut, ends, or turns round."""
    desk = run.desks[listing]
    held = desk.position
    after = held + size
    desk.position = after
    if held == 0:
        _open(run, listing, price, fx, paid, number)
        return
    shares = abs(size)
    if (held > 0) == (size > 0):
        before, cost = abs(held), price * fx * shares
        total = desk.average * desk.trade_fx * before + cost
        desk.average = (desk.average * before + price * shares) / (before + shares)
        desk.trade_fx = total / (desk.average * (before + shares))
        desk.trade_invested += cost
        desk.trade_fees += paid
        return
    closing = min(shares, abs(held))
    part = paid if closing == shares else paid / shares * closing
    gone = float(closing) if held > 0 else -float(closing)
    desk.trade_profit += gone * (price - desk.average) * desk.trade_fx
    desk.trade_profit += gone * price * (fx - desk.trade_fx)
    desk.trade_fees += part
    if after != 0 and (after > 0) == (held > 0):
        return
    _close(run, listing, number)
    if after != 0:
        _open(run, listing, price, fx, paid - part, number)
    else:
        desk.average = 0.0
        disarm(run, listing)


@compiled
def _open(run: Run, listing: int, price: float, fx: float, paid: float, number: int) -> None:
    """A position from nothing: its levels come when its order has been filled."""
    desk, hold = run.desks[listing], run.point[0].hold
    desk.average = price
    desk.entered = number
    desk.alarm = time_over(max(number, desk.renewed), hold)
    disarm(run, listing)
    desk.trade_fx = fx
    desk.trade_invested = price * fx * abs(desk.position)
    desk.trade_fees = paid
    desk.trade_paid = 0.0
    desk.trade_profit = 0.0


@compiled
def time_over(since: int, hold: int) -> int:
    """Session at whose number a position that counts from `since` has been held for its time."""
    return int(since) + min(int(hold), NEVER - int(since)) if hold > 0 else NEVER


@compiled
def disarm(run: Run, listing: int) -> None:
    """Take the levels off a listing."""
    desk = run.desks[listing]
    desk.guarded = False
    desk.floor = -math.inf
    desk.ceiling = math.inf


@compiled
def _close(run: Run, listing: int, number: int) -> None:
    """Add a trade that has ended to the sums."""
    desk, account = run.desks[listing], run.account[0]
    profit = desk.trade_profit - desk.trade_fees + desk.trade_paid
    result = profit / desk.trade_invested if desk.trade_invested else 0.0
    if abs(profit) <= ROUNDING * desk.trade_invested:
        profit = 0.0
    account.trades += 1
    account.wins += 1 if profit > 0.0 else 0
    account.gained += max(profit, 0.0)
    account.lost += max(-profit, 0.0)
    account.returns += result
    account.best = max(account.best, result)
    account.worst = min(account.worst, result)
    account.sessions += number - desk.entered
