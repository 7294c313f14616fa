"""The agenda of a run, compiled: on which bars a listing needs more than a mark."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.account import NEVER
from newsbt.kernel.codes import HOLD, PAIR, PARITY, RANDOM, RUNUP
from newsbt.kernel.compile import compiled, entrance, outlined
from newsbt.kernel.marks import mark
from newsbt.kernel.rows import fetch_ahead
from newsbt.kernel.run_state import Run
from newsbt.records import IntArray

__all__ = ["gather", "look_again", "open_agenda", "push", "same_agenda", "watch"]


@entrance
def same_agenda(point: Any, other: Any) -> bool:
    """Whether listings that neither hold nor wait are to be looked at on the same bars."""
    same = point.delay == other.delay and point.series == other.series
    return bool(same and point.before == other.before and point.notice == other.notice)


@outlined
def open_agenda(run: Run, kind: int) -> None:
    """Note when to look at listings that neither hold nor wait, unless the point before had that agenda."""
    point, key = run.point[0], run.first_key
    run.account[0].entries = 0
    run.due_head[:] = -1
    run.due_marks[:] = 0
    same = key[0] >= 0 and key[1] == point.delay and key[2] == point.series
    if same and key[3] == point.before and key[4] == point.notice:
        return
    key[0], key[1], key[2], key[3], key[4] = 0, point.delay, point.series, point.before, point.notice
    run.first_head[:] = -1
    run.first_marks[:] = 0
    watch(run, kind)


@compiled
def watch(run: Run, kind: int) -> None:
    """Note when to look at listings that neither hold nor wait."""
    point, market = run.point[0], run.market
    for listing in range(len(run.desks) - 1, -1, -1):  # a chain is read from its end: listings in their order
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
    """Note to look at a listing on one of its bars in every run with this agenda, if there is such a bar."""
    if at < end:
        _put(run, run.first_head, run.first_marks, run.first, run.first_key[0], listing, at)
        run.first_key[0] += 1


@compiled
def look_again(run: Run, kind: int, listing: int) -> None:
    """Note the next bar on which a listing needs more than a mark."""
    desk, market = run.desks[listing], run.market
    line, at = market.listings[listing], desk.bar + 1
    each = desk.waiting or desk.forced or desk.watched or kind == RUNUP
    if not (each or (desk.guarded and run.point[0].trail > 0.0)):
        end = line.end
        if desk.alarm < NEVER:
            # Sessions count up by one or more from bar to bar, so the alarm rings no later than here.
            end = min(line.end, int(desk.bar) + max(int(desk.alarm) - int(desk.number), 1))
            while end > at and market.times[end - 1].number >= desk.alarm:
                end -= 1
        at = _reached(run, at, end, desk.floor, desk.ceiling) if desk.guarded else end
    if at < line.end and at != desk.due:
        push(run, listing, at)
        fetch_ahead(market.bars, at)


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
def push(run: Run, listing: int, at: int) -> None:
    """Note to look at a listing on one of its bars, and no sooner."""
    account = run.account[0]
    _put(run, run.due_head, run.due_marks, run.due, account.entries, listing, at)
    account.entries += 1
    run.desks[listing].due = at


@compiled
def _put(
    run: Run,
    head: NDArray[np.int32],
    marks: IntArray,
    rows: NDArray[np.int32],
    entry: int,
    listing: int,
    at: int,
) -> None:
    """Write an entry in front of the chain of its step."""
    time = run.market.times[at]
    rows[entry, 0] = listing
    rows[entry, 1] = at
    rows[entry, 2] = head[time.step]
    rows[entry, 3] = time.number
    head[time.step] = entry
    mark(marks, time.step)


@outlined
def _gather_active(run: Run, step: int) -> int:
    """Collect all active listings that have a bar at a step."""
    count = 0
    for place in range(run.account[0].active):
        at = run.market.bar_at[step, run.active[place]]
        if at >= 0:
            count = _collect(run, run.active[place], at, run.market.times[at].number, count)
    return count


@compiled
def gather(run: Run, step: int, written: bool) -> int:
    """Collect the listings with something due at a step, and all active ones of a run that is written."""
    count = _gather_active(run, step) if written else 0
    entry, rows = run.first_head[step], run.first
    while entry >= 0:
        count = _collect(run, rows[entry, 0], rows[entry, 1], rows[entry, 3], count)
        entry = rows[entry, 2]
    entry, rows = run.due_head[step], run.due
    while entry >= 0:
        if run.desks[rows[entry, 0]].due == rows[entry, 1]:
            count = _collect(run, rows[entry, 0], rows[entry, 1], rows[entry, 3], count)
        entry = rows[entry, 2]
    return count


@compiled
def _collect(run: Run, listing: int, at: int, number: int, count: int) -> int:
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
    run.desks[listing].number = number
    return count + 1
