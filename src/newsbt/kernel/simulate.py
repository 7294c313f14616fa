"""One run of one point, compiled: the steps of the rule book, and equity after each."""

from __future__ import annotations

import math

from newsbt.kernel.account import NEVER, remark, settle
from newsbt.kernel.agenda import gather, look_again, open_agenda, push
from newsbt.kernel.codes import PAIR, PARITY, RUNUP
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.decide import decide, seen
from newsbt.kernel.exits import leave
from newsbt.kernel.lend import stay_apart
from newsbt.kernel.levels import protect, trail
from newsbt.kernel.margin import call_margin, trade_forced
from newsbt.kernel.marks import BLOCK, SHIFT, first_mark, later, marked
from newsbt.kernel.orders import (
    activate,
    idle,
    rank_waiting,
    retire,
    send,
    trade_waiting,
)
from newsbt.kernel.pair import on_pair_step
from newsbt.kernel.run_state import Run
from newsbt.kernel.valuation import book, charge, value, weigh, write

__all__ = ["advance", "advance_with_care", "close_run", "open_run"]

#: Venues that a hedge is kept apart by.
VENUES = 2
#: Two ways to the same sum differ by less, as a fraction.
ROUNDING = 1e-9


@outlined
def open_run(run: Run, kind: int, careful: bool) -> None:
    """Begin the run of the first point of `run`; :func:`advance` follows by block, and :func:`close_run`.

    Between two fills of a listing nothing of its position has to be looked at, so its worth goes into the
    path in one piece, and what it has brought into cash. A run that is written down, and one that comes below
    its maintenance margin, is done with care: each step is settled and valued as it comes.

    Parameters
    ----------
    run : Run
    kind : int
        Code of the strategy.
    careful : bool
        Whether :func:`advance_with_care` follows.
    """
    stay_apart()
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
    for listing in range(len(run.desks)):
        desk, line = run.desks[listing], market.listings[listing]
        desk.position = 0
        desk.mark_price = desk.mark_fx = desk.mark = desk.average = 0.0
        desk.entered = desk.renewed = desk.ids = desk.pending = desk.event = desk.news = desk.leader = -1
        desk.brought = desk.owed = desk.borrowed = 0.0
        desk.since = 0
        desk.forced_bar = -1
        desk.bar = line.first
        desk.due = desk.place = -1
        desk.next_news, desk.next_event = line.first_news, line.first_event
        desk.watched = desk.guarded = desk.waiting = desk.forced = desk.wanted = False
        desk.flag = desk.leg = desk.opening = desk.ended = desk.hedged = False
        desk.level = desk.weight = desk.last_score = desk.hedge = desk.hedge_before = 0.0
        desk.premium = desk.sign = 0.0
        desk.level_at = desk.leg_since = 0
        desk.floor, desk.ceiling, desk.alarm = -math.inf, math.inf, NEVER
        if kind == PAIR or (kind == PARITY and line.other >= 0):
            desk.watched = True
            activate(run, listing)
    open_agenda(run, kind)


@outlined
def advance(run: Run, kind: int, begin: int, end: int) -> None:
    """Go through the steps from the `begin` of a block to before `end`, which those before have led to."""
    stay_apart()
    run.path[begin:end] = 0.0
    run.exposure[begin:end] = 0.0
    brief = kind != RUNUP and kind != PAIR and kind != PARITY
    for first in range(begin, end, BLOCK):
        block = first >> SHIFT
        news = run.first_marks[block]
        left = news | run.due_marks[block]
        while left != 0:
            place = first_mark(left)
            if marked(news, place) or not (brief and leave(run, kind, first + place)):
                _act(run, kind, first + place, False)
            left = later(news | run.due_marks[block], place)


@outlined
def advance_with_care(run: Run, kind: int) -> None:
    """Go through all steps, each settled and valued as it comes."""
    stay_apart()
    account, maintenance = run.account[0], run.market.rules[0].maintenance
    written = len(run.log.steps) > 0
    for step in range(len(run.path)):
        if run.first_head[step] >= 0 or run.due_head[step] >= 0 or written:
            _act(run, kind, step, written)
        elif account.active:
            charge(run, step)
        worth, gross = value(run, step)
        run.path[step] = worth
        run.exposure[step] = gross
        if written:
            write(run, step, worth, gross)
        if maintenance > 0.0 and gross > 0.0 and worth < maintenance * gross:
            _call(run, step, worth, gross)


@outlined
def close_run(run: Run) -> bool:
    """Leave equity and gross exposure after each step in the path and exposure of `run`.

    Gives whether they hold: a run that came near a margin call is to be done again, with care.
    """
    stay_apart()
    account, steps = run.account[0], len(run.path)
    for place in range(account.active):
        listing = run.active[place]
        settle(run, listing, run.market.listings[listing].end - 1, steps)
    book(run, steps)
    maintenance = run.market.rules[0].maintenance
    least, near = maintenance * (1.0 + ROUNDING), 0
    for step in range(steps):
        near += 1 if run.path[step] < least * run.exposure[step] else 0
    return near == 0 or not maintenance > 0.0


@compiled
def _act(run: Run, kind: int, step: int, written: bool) -> None:
    """A step on which something is due: decide, send, pay, trade, and note when to look again."""
    account, market = run.account[0], run.market
    account.step = step
    count = gather(run, step, written)
    for place in range(count):
        decide(run, kind, run.work[place])
    if kind == PAIR:
        on_pair_step(run, count, VENUES)
    wanted = opening = waiting = forced = guarded = False
    for place in range(count):
        desk = run.desks[run.work[place]]
        opens = (desk.wanted and desk.want_weight != 0.0) or (desk.waiting and desk.order_target != 0)
        opening = opening or opens
        wanted = wanted or desk.wanted
        waiting = waiting or desk.waiting
        forced = forced or desk.forced
        guarded = guarded or desk.guarded
    if account.careful or opening:  # else nobody asks for equity and exposure
        weigh(run, step)
    asked = send(run, count) if wanted else 0
    if account.careful:
        charge(run, step)
    if forced:
        trade_forced(run, count)
    if guarded or waiting or asked:
        _trade(run, count, asked, waiting)
    trails = run.point[0].trail > 0.0
    for place in range(count):
        listing = run.work[place]
        desk = run.desks[listing]
        if written and market.bar_at[step, listing] >= 0:
            remark(run, listing, market.bars[desk.bar].close, market.bars[desk.bar].fx)
        if trails:
            trail(run, listing)
        if idle(run, listing):
            retire(run, listing)
    if not account.careful and account.cash != account.booked:
        book(run, step)
    for place in range(count - 1, -1, -1):  # chains are read from their end, so listings come in their order
        if run.desks[run.work[place]].place >= 0:
            look_again(run, kind, run.work[place])


@compiled
def _trade(run: Run, count: int, asked: int, waiting: bool) -> None:
    """Orders at the open, levels inside the bar, orders for the close.

    The `asked` orders that the step has sent are in ``run.ranked`` already; `waiting` is whether older ones
    may come between them.
    """
    at_close = run.market.rules[0].at_close
    for closing in range(2):
        if closing:
            for place in range(count):
                desk = run.desks[run.work[place]]
                if desk.guarded and run.market.bars[desk.bar].tradable:
                    protect(run, run.work[place])
        if at_close == (closing == 1):
            trade_waiting(run, rank_waiting(run, count) if waiting else asked)


@outlined
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
            push(run, listing, desk.forced_bar)
    if account.calls < len(run.log.calls):
        row = run.log.calls[account.calls]
        row[0], row[1], row[2], row[3] = float(step), worth, gross, kept
    account.calls += 1
