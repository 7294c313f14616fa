"""One run of one point, compiled: the steps of the rule book, and equity after each."""

from __future__ import annotations

from newsbt.kernel.account import equity, gross_without, pay, remark
from newsbt.kernel.compile import compiled
from newsbt.kernel.decide import decide
from newsbt.kernel.layout import HOLD, PAIR, PARITY, RANDOM, RUNUP, Run
from newsbt.kernel.orders import activate, call_margin, compact, protect, send, trade_forced, trade_waiting
from newsbt.kernel.pair import on_pair_step
from newsbt.records import BoolArray, FloatArray

__all__ = ["simulate"]


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
    account, market = run.account[0], run.market
    reset(run)
    watch(run, kind)
    worth, gross = account.cash, 0.0
    for step in range(len(path)):
        account.step = step
        count = _gather(run, step)
        if count:
            for place in range(count):
                decide(run, kind, run.work[place])
            if kind == PAIR:
                on_pair_step(run, count, 2)
            send(run, count)
            for place in range(count):
                if run.desks[run.work[place]].position:
                    pay(run, run.work[place], run.desks[run.work[place]].bar)
            _trade(run, count)
            for place in range(count):
                listing = run.work[place]
                desk = run.desks[listing]
                if desk.position:
                    bar = market.bars[desk.bar]
                    remark(run, listing, bar.close, bar.fx)
                    if desk.guarded and bar.tradable:
                        if desk.position > 0:
                            desk.best = max(desk.best, bar.close)
                        else:
                            desk.best = min(desk.best, bar.close)
            if account.changed:
                compact(run)
            worth, gross = equity(run), gross_without(run, -1)
        path[step] = worth
        held[step] = gross != 0.0 or not worth > 0.0
        if len(run.log.steps):
            _write(run, step, worth, gross)
        if count and market.rules[0].maintenance > 0.0:
            kept = call_margin(run, worth, gross)
            if kept < 1.0 or (gross > 0.0 and worth < market.rules[0].maintenance * gross):
                _write_call(run, step, worth, gross, kept)


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
def _gather(run: Run, step: int) -> int:
    """Collect the listings that this step is about: fresh ones that are active or have something due."""
    count = 0
    for place in range(run.account[0].active):
        listing = run.active[place]
        at = run.market.bar_at[step, listing]
        if at >= 0:
            run.work[count] = listing
            run.desks[listing].bar = at
            count += 1
    entry = run.due_head[step]
    while entry >= 0:
        listing = run.due_listing[entry]
        place = count
        while place > 0 and run.work[place - 1] > listing:
            place -= 1
        if place == 0 or run.work[place - 1] != listing:
            for other in range(count, place, -1):
                run.work[other] = run.work[other - 1]
            run.work[place] = listing
            run.desks[listing].bar = run.market.bar_at[step, listing]
            count += 1
        entry = run.due_next[entry]
    return count


@compiled
def reset(run: Run) -> None:
    """Put the account, the desks and the agenda back to the start."""
    account, market = run.account[0], run.market
    account.cash = market.rules[0].cash
    account.fees = account.borrow = account.dividends = account.traded = account.price = account.fx = 0.0
    account.turn = account.fills = account.payments = account.active = account.step = 0
    account.trades = account.wins = account.sessions = account.calls = 0
    account.gained = account.lost = account.returns = 0.0
    account.best, account.worst = -1e300, 1e300
    account.changed = False
    run.due_head[:] = -1
    for listing in range(len(run.desks)):
        desk, line = run.desks[listing], market.listings[listing]
        desk.position = desk.trade_held = 0
        desk.mark_price = desk.mark_fx = desk.mark = desk.average = 0.0
        desk.entered = desk.renewed = desk.ids = desk.pending = desk.event = desk.news = desk.leader = -1
        desk.bar = line.first
        desk.next_news, desk.next_event = line.first_news, line.first_event
        desk.in_active = desk.watched = desk.guarded = desk.waiting = desk.forced = desk.wanted = False
        desk.flag = desk.leg = desk.opening = desk.ended = desk.hedged = False
        desk.level = desk.weight = desk.last_score = desk.hedge = desk.hedge_before = 0.0
        desk.premium = desk.sign = 0.0
        desk.level_at = desk.leg_since = 0


@compiled
def watch(run: Run, kind: int) -> None:
    """Note when to look at listings that neither hold nor wait."""
    point, market, entries = run.point[0], run.market, 0
    for listing in range(len(run.desks)):
        line = market.listings[listing]
        if kind == PAIR or (kind == PARITY and line.other >= 0):
            run.desks[listing].watched = True
            activate(run, listing)
        at = line.first
        for news in range(line.first_news, line.end_news):
            at = max(at, market.news[news].bar)
            while at < line.end and market.bars[at].number < market.news[news].number + point.delay:
                at += 1
            entries = _due(run, listing, at, line.end, entries)
        if kind == HOLD:
            entries = _due(run, listing, _live(run, line.first, line.end), line.end, entries)
        elif kind == RANDOM:
            for planned in range(line.first, line.end):
                if market.series[point.series, planned] == market.series[point.series, planned]:
                    entries = _due(run, listing, planned, line.end, entries)
        elif kind == RUNUP:
            entries = _watch_events(run, listing, entries)


@compiled
def _watch_events(run: Run, listing: int, entries: int) -> int:
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
            entries = _due(run, listing, at, line.end, entries)
        before = event
    return entries


@compiled
def _live(run: Run, first: int, end: int) -> int:
    """First bar on which a listing may trade; `end` if there is none."""
    at = first
    while at < end and not run.market.bars[at].live:
        at += 1
    return at


@compiled
def _due(run: Run, listing: int, at: int, end: int, entries: int) -> int:
    """Add a listing to what the step of a bar has to look at."""
    if at >= end:
        return entries
    step = run.market.step_of[at]
    run.due_listing[entries] = listing
    run.due_next[entries] = run.due_head[step]
    run.due_head[step] = entries
    return entries + 1


@compiled
def _write(run: Run, step: int, worth: float, gross: float) -> None:
    account, row = run.account[0], run.log.steps[step]
    net = 0.0
    for place in range(account.active):
        desk = run.desks[run.active[place]]
        net += desk.position * desk.mark
    row[0], row[1], row[2], row[3] = worth, account.cash, gross, net
    row[4], row[5], row[6], row[7], row[8] = (
        account.price,
        account.fx,
        account.fees,
        account.borrow,
        account.dividends,
    )


@compiled
def _write_call(run: Run, step: int, worth: float, gross: float, kept: float) -> None:
    account = run.account[0]
    if account.calls < len(run.log.calls):
        row = run.log.calls[account.calls]
        row[0], row[1], row[2], row[3] = float(step), worth, gross, kept
    account.calls += 1
