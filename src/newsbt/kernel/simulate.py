"""One run of one point, compiled: the steps of the rule book, and equity after each."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.account import NEVER, pay, remark, settle
from newsbt.kernel.codes import HOLD, PAIR, PARITY, RANDOM, RUNUP
from newsbt.kernel.compile import compiled
from newsbt.kernel.decide import decide, seen
from newsbt.kernel.orders import (
    activate,
    call_margin,
    compact,
    protect,
    send,
    set_levels,
    trade_forced,
    trade_waiting,
)
from newsbt.kernel.pair import on_pair_step
from newsbt.kernel.run_state import Run

__all__ = ["simulate"]

#: Venues that a hedge is kept apart by.
VENUES = 2
#: Two ways to the same sum differ by less, as a fraction.
ROUNDING = 1e-9


@compiled
def simulate(run: Run, kind: int) -> None:
    """Run the point of `run`; equity and gross exposure after each step are left in its path and exposure.

    Between two fills of a listing nothing of its position has to be looked at, so its worth goes into the
    path in one piece, and what it has brought into cash. A run that is written down, and one that comes below
    its maintenance margin, is done with care: each step is settled and valued as it comes.

    Parameters
    ----------
    run : Run
    kind : int
        Code of the strategy.
    """
    account, maintenance = run.account[0], run.market.rules[0].maintenance
    written = len(run.log.steps) > 0
    careful = written
    while True:
        reset(run, kind, careful)
        for step in range(len(run.path)):
            if run.due_head[step] >= 0 or written:
                _act(run, kind, step, written)
            elif careful and account.active:
                _charge(run, step)
            if careful:
                worth, gross = _value(run, step)
                run.path[step] = worth
                run.exposure[step] = gross
                if written:
                    _write(run, step, worth, gross)
                if maintenance > 0.0 and gross > 0.0 and worth < maintenance * gross:
                    _call(run, step, worth, gross)
        if careful or _finish(run, maintenance):
            return
        careful = True


@compiled
def _finish(run: Run, maintenance: float) -> bool:
    """Settle what is still held and complete the path; say whether no step came near a margin call."""
    account, steps = run.account[0], len(run.path)
    for place in range(account.active):
        listing = run.active[place]
        settle(run, listing, run.market.listings[listing].end - 1, steps)
    _book(run, steps)
    least, near = maintenance * (1.0 + ROUNDING), 0
    for step in range(steps):
        near += 1 if run.path[step] < least * run.exposure[step] else 0
    return near == 0 or not maintenance > 0.0


@compiled
def _book(run: Run, end: int) -> None:
    """Put the cash that there has been up to the step `end` into the path."""
    account = run.account[0]
    cash = account.booked
    for step in range(account.since, end):
        run.path[step] += cash
    account.since = end
    account.booked = account.cash


@compiled
def _act(run: Run, kind: int, step: int, written: bool) -> None:
    """A step on which something is due: decide, send, pay, trade, and note when to look again."""
    account, market = run.account[0], run.market
    account.step = step
    count = _gather(run, step, written)
    for place in range(count):
        decide(run, kind, run.work[place])
    if kind == PAIR:
        on_pair_step(run, count, VENUES)
    if account.careful or _opening(run, count):
        _weigh(run, step)
    send(run, count)
    if account.careful:
        _charge(run, step)
    _trade(run, count)
    for place in range(count):
        listing = run.work[place]
        desk = run.desks[listing]
        bar = market.bars[desk.bar]
        if written and market.bar_at[step, listing] >= 0:
            remark(run, listing, bar.close, bar.fx)
        if desk.guarded and desk.trail > 0.0 and bar.tradable:
            ahead = bar.close > desk.best if desk.position > 0 else bar.close < desk.best
            if ahead:
                desk.best = bar.close
                set_levels(run, listing)
    if _any_idle(run, count):
        compact(run)
    if not account.careful and account.cash != account.booked:
        _book(run, step)
    for place in range(count - 1, -1, -1):  # chains are read from their end, so listings come in their order
        if run.desks[run.work[place]].in_active:
            _look_again(run, kind, run.work[place])


@compiled
def _any_idle(run: Run, count: int) -> bool:
    """Whether an active listing of this step need not be one any more."""
    found = False
    for place in range(count):
        desk = run.desks[run.work[place]]
        busy = desk.position != 0 or desk.waiting or desk.forced or desk.watched
        found = found or (desk.in_active and not busy)
    return found


@compiled
def _opening(run: Run, count: int) -> bool:
    """Whether an order of this step may open something, so that equity and exposure must be known."""
    found = False
    for place in range(count):
        desk = run.desks[run.work[place]]
        found = (
            found or (desk.wanted and desk.want_weight != 0.0) or (desk.waiting and desk.order_target != 0)
        )
    return found


@compiled
def _weigh(run: Run, step: int) -> None:
    """Sum up positions at the last marks, and what they have brought since they were settled."""
    account, before = run.account[0], max(step - 1, 0)
    held = gross = accrued = carried = 0.0
    for place in range(account.active):
        listing = run.active[place]
        desk = run.desks[listing]
        values = run.market.values[listing]
        desk.mark = values[before]
        own = desk.position * desk.mark
        held += own
        gross += abs(own)
        if not account.careful:
            worths = run.market.worths[1 if desk.position < 0 else 0, listing]
            accrued += desk.position * (worths[before] - desk.mark - desk.brought)
            carried += desk.position * (worths[step] - values[step] - desk.brought)
    account.held = held
    account.gross = gross
    account.accrued = accrued
    account.carried = carried


@compiled
def _gather(run: Run, step: int, written: bool) -> int:
    """Collect the listings with something due at a step, and all active ones of a run that is written."""
    count = 0
    if written:
        for place in range(run.account[0].active):
            if run.market.bar_at[step, run.active[place]] >= 0:
                at = run.market.bar_at[step, run.active[place]]
                count = _collect(run, run.active[place], at, count)
    entry = run.due_head[step]
    while entry >= 0:
        count = _collect(run, run.due[entry, 0], run.due[entry, 1], count)
        entry = run.due[entry, 2]
    return count


@compiled
def _collect(run: Run, listing: int, at: int, count: int) -> int:
    """Put a listing into the work of a step, in its place and once."""
    place = count
    while place > 0 and run.work[place - 1] > listing:
        place -= 1
    if place > 0 and run.work[place - 1] == listing:
        return count
    for other in range(count, place, -1):
        run.work[other] = run.work[other - 1]
    run.work[place] = listing
    run.desks[listing].bar = at
    # Read here, so that the bars of a step come to the processor side by side.
    run.desks[listing].number = run.market.bars[at].number
    return count + 1


@compiled
def _charge(run: Run, step: int) -> None:
    """Pay dividends, and borrow fees since the bar before, of everything that is held."""
    for place in range(run.account[0].active):
        listing = run.active[place]
        desk = run.desks[listing]
        at = run.market.bar_at[step, listing]
        if at >= 0 and (desk.position < 0 or (desk.position > 0 and run.market.details[at].pays)):
            desk.mark = run.market.values[listing, step - 1]
            pay(run, listing, at)


@compiled
def _trade(run: Run, count: int) -> None:
    """Orders at the open, levels inside the bar, orders for the close."""
    at_close = run.market.rules[0].at_close
    waiting = forced = False
    for place in range(count):
        desk = run.desks[run.work[place]]
        waiting = waiting or desk.waiting
        forced = forced or desk.forced
    if forced:
        trade_forced(run, count)
    if waiting and not at_close:
        trade_waiting(run, count)
    for place in range(count):
        desk = run.desks[run.work[place]]
        if desk.guarded and run.market.bars[desk.bar].tradable:
            protect(run, run.work[place])
    if waiting and at_close:
        trade_waiting(run, count)


@compiled
def _value(run: Run, step: int) -> tuple[float, float]:
    """Equity and gross exposure after a step: positions at the last closes."""
    held = gross = 0.0
    for place in range(run.account[0].active):
        listing = run.active[place]
        worth = run.desks[listing].position * run.market.values[listing, step]
        held += worth
        gross += abs(worth)
    return run.account[0].cash + held, gross


@compiled
def _look_again(run: Run, kind: int, listing: int) -> None:
    """Note the next bar on which a listing needs more than a mark."""
    desk, market = run.desks[listing], run.market
    line, at = market.listings[listing], desk.bar + 1
    each = desk.waiting or desk.forced or desk.watched or kind == RUNUP
    if not (each or (desk.guarded and desk.trail > 0.0)):
        end = line.end
        if desk.alarm < NEVER:
            # Sessions count up by one or more from bar to bar, so the alarm rings no later than here.
            end = min(line.end, desk.bar + max(desk.alarm - desk.number, 1))
            while end > at and market.times[end - 1].number >= desk.alarm:
                end -= 1
        at = _reached(run, at, end, desk.floor, desk.ceiling) if desk.guarded else end
    if at < line.end:
        _push(run, listing, at)


@compiled
def _reached(run: Run, at: int, end: int, floor: float, ceiling: float) -> int:
    """First bar from `at` on that comes to `floor` or `ceiling`; `end` if none does."""
    lows, highs = run.market.lows, run.market.highs
    if ceiling == math.inf:
        while at < end and lows[at] > floor:
            at += 1
    elif floor == -math.inf:
        while at < end and highs[at] < ceiling:
            at += 1
    else:
        while at < end and lows[at] > floor and highs[at] < ceiling:
            at += 1
    return at


@compiled
def _push(run: Run, listing: int, at: int) -> None:
    """Note to look at a listing on one of its bars."""
    account, step = run.account[0], run.market.times[at].step
    run.due[account.entries, 0] = listing
    run.due[account.entries, 1] = at
    run.due[account.entries, 2] = run.due_head[step]
    run.due_head[step] = account.entries
    account.entries += 1


@compiled
def _call(run: Run, step: int, worth: float, gross: float) -> None:
    """A margin call: orders for the next opens of what is held."""
    account = run.account[0]
    for place in range(account.active):
        listing = run.active[place]
        run.desks[listing].bar = max(seen(run, listing, step + 1) - 1, run.market.listings[listing].first)
    kept = call_margin(run, worth, gross)
    for place in range(account.active):
        listing = run.active[place]
        desk = run.desks[listing]
        # Once for each bar, however many calls come before it: the room for entries counts on that.
        if desk.forced and desk.forced_bar <= desk.bar and desk.bar + 1 < run.market.listings[listing].end:
            desk.forced_bar = desk.bar + 1
            _push(run, listing, desk.forced_bar)
    if account.calls < len(run.log.calls):
        row = run.log.calls[account.calls]
        row[0], row[1], row[2], row[3] = float(step), worth, gross, kept
    account.calls += 1


@compiled
def reset(run: Run, kind: int, careful: bool) -> None:
    """Put the account, the desks and the agenda back to the start."""
    account, market = run.account[0], run.market
    account.cash = account.booked = market.rules[0].cash
    account.careful = careful
    account.accrued = account.carried = 0.0
    account.since = 0
    account.fees = account.borrow = account.dividends = account.traded = account.price = account.fx = 0.0
    account.turn = account.fills = account.payments = account.active = account.step = 0
    account.trades = account.wins = account.sessions = account.calls = account.entries = 0
    account.gained = account.lost = account.returns = 0.0
    account.best, account.worst = -1e300, 1e300
    run.path[:] = 0.0
    run.exposure[:] = 0.0
    for listing in range(len(run.desks)):
        desk, line = run.desks[listing], market.listings[listing]
        desk.position = desk.trade_held = 0
        desk.mark_price = desk.mark_fx = desk.mark = desk.average = 0.0
        desk.entered = desk.renewed = desk.ids = desk.pending = desk.event = desk.news = desk.leader = -1
        desk.brought = desk.owed = desk.borrowed = 0.0
        desk.since = 0
        desk.forced_bar = -1
        desk.bar = line.first
        desk.next_news, desk.next_event = line.first_news, line.first_event
        desk.in_active = desk.watched = desk.guarded = desk.waiting = desk.forced = desk.wanted = False
        desk.flag = desk.leg = desk.opening = desk.ended = desk.hedged = False
        desk.level = desk.weight = desk.last_score = desk.hedge = desk.hedge_before = 0.0
        desk.premium = desk.sign = 0.0
        desk.level_at = desk.leg_since = 0
        desk.floor, desk.ceiling, desk.alarm = -math.inf, math.inf, NEVER

        if kind == PAIR or (kind == PARITY and line.other >= 0):
            desk.watched = True
            activate(run, listing)
    _open_agenda(run, kind)


@compiled
def _open_agenda(run: Run, kind: int) -> None:
    """Begin with the agenda of a point that neither holds nor waits; the next point may have the same."""
    point, account, key = run.point[0], run.account[0], run.first_key
    same = key[0] >= 0 and key[1] == point.delay and key[2] == point.series
    if same and key[3] == point.before and key[4] == point.notice:
        entries = key[0]
        _copy(run.first_head, run.first, run.due_head, run.due, entries)
        account.entries = entries
        return
    run.due_head[:] = -1
    watch(run, kind)
    entries = account.entries
    _copy(run.due_head, run.due, run.first_head, run.first, entries)
    key[0], key[1], key[2], key[3], key[4] = entries, point.delay, point.series, point.before, point.notice


@compiled
def _copy(
    head: NDArray[np.int32],
    rows: NDArray[np.int32],
    into_head: NDArray[np.int32],
    into: NDArray[np.int32],
    count: int,
) -> None:
    """Copy an agenda of `count` entries."""
    for step in range(len(head)):
        into_head[step] = head[step]
    for place in range(count):
        for column in range(3):
            into[place, column] = rows[place, column]


@compiled
def watch(run: Run, kind: int) -> None:
    """Note when to look at listings that neither hold nor wait."""
    point, market = run.point[0], run.market
    for listing in range(len(run.desks) - 1, -1, -1):  # as in _act
        line = market.listings[listing]
        if kind == PAIR or (kind == PARITY and line.other >= 0):
            _due(run, listing, line.first, line.end)
        at = line.first
        for news in range(line.first_news, line.end_news):
            at = max(at, market.news[news].bar)
            while at < line.end and market.times[at].number < market.news[news].number + point.delay:
                at += 1
            _due(run, listing, at, line.end)
        if kind == HOLD:
            _due(run, listing, _live(run, line.first, line.end), line.end)
        elif kind == RANDOM:
            for planned in range(line.first, line.end):
                if market.series[point.series, planned] == market.series[point.series, planned]:
                    _due(run, listing, planned, line.end)
        elif kind == RUNUP:
            _watch_events(run, listing)


@compiled
def _watch_events(run: Run, listing: int) -> None:
    """Note the first session of each run-up."""
    point, market = run.point[0], run.market
    line, before = market.listings[listing], -1
    at = _live(run, line.first, line.end)
    for place in range(line.first_event, line.end_event):
        event = market.events[place]
        begin = max(event - min(point.before, point.notice), before)
        while at < line.end and market.bars[at].number < begin:
            at += 1
        if at < line.end and market.bars[at].number < event - 1:
            _due(run, listing, at, line.end)
        before = event


@compiled
def _live(run: Run, first: int, end: int) -> int:
    """First bar on which a listing may trade; `end` if there is none."""
    at = first
    while at < end and not run.market.bars[at].live:
        at += 1
    return at


@compiled
def _due(run: Run, listing: int, at: int, end: int) -> None:
    """Note to look at a listing on one of its bars, if there is such a bar."""
    if at < end:
        _push(run, listing, at)


@compiled
def _write(run: Run, step: int, worth: float, gross: float) -> None:
    account, row = run.account[0], run.log.steps[step]
    net = 0.0
    for place in range(account.active):
        listing = run.active[place]
        net += run.desks[listing].position * run.market.values[listing, step]
    row[0], row[1], row[2], row[3] = worth, account.cash, gross, net
    row[4], row[5], row[6], row[7], row[8] = (
        account.price,
        account.fx,
        account.fees,
        account.borrow,
        account.dividends,
    )
