"""One run of one point, compiled: the steps of the rule book, and equity after each."""

from __future__ import annotations

import math

from newsbt.kernel.account import NEVER, pay, remark
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
from newsbt.records import BoolArray, FloatArray

__all__ = ["simulate"]

#: Venues that a hedge is kept apart by.
VENUES = 2


@compiled
def simulate(run: Run, kind: int, path: FloatArray, held: BoolArray) -> None:
    """Run the point of `run`, from the state that :func:`reset` gives.

    Parameters
    ----------
    run : Run
    kind : int
        Code of the strategy.
    path : array, shape (steps,)
        Equity after each step is written here, base currency.
    held : array of bool, shape (steps,)
        Whether there is exposure, or nothing left to hold it with.
    """
    account, rules = run.account[0], run.market.rules[0]
    reset(run)
    watch(run, kind)
    written = len(run.log.steps) > 0
    for step in range(len(path)):
        if run.due_head[step] >= 0 or written:
            _act(run, kind, step, written)
        elif account.active:
            _charge(run, step)
        worth, gross = _value(run, step)
        path[step] = worth
        held[step] = gross != 0.0 or not worth > 0.0
        if written:
            _write(run, step, worth, gross)
        if rules.maintenance > 0.0 and gross > 0.0 and worth < rules.maintenance * gross:
            _call(run, step, worth, gross)


@compiled
def _act(run: Run, kind: int, step: int, written: bool) -> None:
    """A step on which something is due: decide, send, pay, trade, and note when to look again."""
    account, market = run.account[0], run.market
    account.step = step
    count = _gather(run, step, written)
    held = gross = 0.0
    for place in range(account.active):
        desk = run.desks[run.active[place]]
        desk.mark = market.values[max(step - 1, 0), run.active[place]]
        held += desk.position * desk.mark
        gross += abs(desk.position * desk.mark)
    account.held = held
    account.gross = gross
    for place in range(count):
        decide(run, kind, run.work[place])
    if kind == PAIR:
        on_pair_step(run, count, VENUES)
    send(run, count)
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
    if account.changed:
        compact(run)
    for place in range(count):
        if run.desks[run.work[place]].in_active:
            _look_again(run, kind, run.work[place])


@compiled
def _gather(run: Run, step: int, written: bool) -> int:
    """Collect the listings with something due at a step, and all active ones of a run that is written."""
    count = 0
    if written:
        for place in range(run.account[0].active):
            if run.market.bar_at[step, run.active[place]] >= 0:
                count = _collect(run, step, run.active[place], count)
    entry = run.due_head[step]
    while entry >= 0:
        count = _collect(run, step, run.due_listing[entry], count)
        entry = run.due_next[entry]
    return count


@compiled
def _collect(run: Run, step: int, listing: int, count: int) -> int:
    """Put a listing into the work of a step, in its place and once."""
    place = count
    while place > 0 and run.work[place - 1] > listing:
        place -= 1
    if place > 0 and run.work[place - 1] == listing:
        return count
    for other in range(count, place, -1):
        run.work[other] = run.work[other - 1]
    run.work[place] = listing
    run.desks[listing].bar = run.market.bar_at[step, listing]
    return count + 1


@compiled
def _charge(run: Run, step: int) -> None:
    """Pay dividends, and borrow fees since the bar before, of everything that is held."""
    for place in range(run.account[0].active):
        listing = run.active[place]
        desk = run.desks[listing]
        at = run.market.bar_at[step, listing]
        if at >= 0 and (desk.position < 0 or (desk.position > 0 and run.market.carries[at].pays)):
            desk.mark = run.market.values[step - 1, listing]
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
        worth = run.desks[listing].position * run.market.values[step, listing]
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
            end = min(line.end, desk.bar + max(desk.alarm - market.numbers[desk.bar], 1))
            while end > at and market.numbers[end - 1] >= desk.alarm:
                end -= 1
        if desk.guarded:
            floor, ceiling = desk.floor, desk.ceiling
            while at < end and market.lows[at] > floor and market.highs[at] < ceiling:
                at += 1
        else:
            at = end
    if at < line.end:
        _push(run, listing, market.step_of[at])


@compiled
def _push(run: Run, listing: int, step: int) -> None:
    entry = run.account[0].entries
    run.due_listing[entry] = listing
    run.due_next[entry] = run.due_head[step]
    run.due_head[step] = entry
    run.account[0].entries = entry + 1


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
            _push(run, listing, run.market.step_of[desk.forced_bar])
    if account.calls < len(run.log.calls):
        row = run.log.calls[account.calls]
        row[0], row[1], row[2], row[3] = float(step), worth, gross, kept
    account.calls += 1


@compiled
def reset(run: Run) -> None:
    """Put the account, the desks and the agenda back to the start."""
    account, market = run.account[0], run.market
    account.cash = market.rules[0].cash
    account.fees = account.borrow = account.dividends = account.traded = account.price = account.fx = 0.0
    account.turn = account.fills = account.payments = account.active = account.step = 0
    account.trades = account.wins = account.sessions = account.calls = account.entries = 0
    account.gained = account.lost = account.returns = 0.0
    account.best, account.worst = -1e300, 1e300
    account.changed = False
    run.due_head[:] = -1
    for listing in range(len(run.desks)):
        desk, line = run.desks[listing], market.listings[listing]
        desk.position = desk.trade_held = 0
        desk.mark_price = desk.mark_fx = desk.mark = desk.average = 0.0
        desk.entered = desk.renewed = desk.ids = desk.pending = desk.event = desk.news = desk.leader = -1
        desk.forced_bar = -1
        desk.bar = line.first
        desk.next_news, desk.next_event = line.first_news, line.first_event
        desk.in_active = desk.watched = desk.guarded = desk.waiting = desk.forced = desk.wanted = False
        desk.flag = desk.leg = desk.opening = desk.ended = desk.hedged = False
        desk.level = desk.weight = desk.last_score = desk.hedge = desk.hedge_before = 0.0
        desk.premium = desk.sign = 0.0
        desk.level_at = desk.leg_since = 0
        desk.floor, desk.ceiling, desk.alarm = -math.inf, math.inf, NEVER


@compiled
def watch(run: Run, kind: int) -> None:
    """Note when to look at listings that neither hold nor wait."""
    point, market = run.point[0], run.market
    for listing in range(len(run.desks)):
        line = market.listings[listing]
        if kind == PAIR or (kind == PARITY and line.other >= 0):
            run.desks[listing].watched = True
            activate(run, listing)
            _due(run, listing, line.first, line.end)
        at = line.first
        for news in range(line.first_news, line.end_news):
            at = max(at, market.news[news].bar)
            while at < line.end and market.numbers[at] < market.news[news].number + point.delay:
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
        _push(run, listing, run.market.step_of[at])


@compiled
def _write(run: Run, step: int, worth: float, gross: float) -> None:
    account, row = run.account[0], run.log.steps[step]
    net = 0.0
    for place in range(account.active):
        listing = run.active[place]
        net += run.desks[listing].position * run.market.values[step, listing]
    row[0], row[1], row[2], row[3] = worth, account.cash, gross, net
    row[4], row[5], row[6], row[7], row[8] = (
        account.price,
        account.fx,
        account.fees,
        account.borrow,
        account.dividends,
    )
