"""Steps on which positions are only left, compiled: levels and exits by time, without any decision."""

from __future__ import annotations

from newsbt.kernel.account import fill
from newsbt.kernel.agenda import look_again
from newsbt.kernel.codes import TIME
from newsbt.kernel.compile import compiled
from newsbt.kernel.levels import protect, trail
from newsbt.kernel.orders import retire
from newsbt.kernel.run_state import Run
from newsbt.kernel.valuation import book

__all__ = ["leave"]


@compiled
def leave(run: Run, kind: int, step: int) -> bool:
    """Go through a step without news, if all that may happen is that positions end; give whether it was.

    An order that opens nothing needs no other listing: not their worth, and no turn among their orders. What
    a listing that waits, is watched, or has no session to trade in needs is left to the whole frame.
    """
    rows, head = run.due, run.due_head[step]
    entry = head
    while entry >= 0:
        desk, at = run.desks[rows[entry, 0]], rows[entry, 1]
        if desk.due == at:
            bar = run.market.bars[at]
            if desk.watched or desk.waiting or desk.forced or not (bar.tradable and bar.live):
                return False
        entry = rows[entry, 2]
    account = run.account[0]
    account.step = step
    entry = head
    while entry >= 0:
        desk = run.desks[rows[entry, 0]]
        if desk.due == rows[entry, 1]:
            desk.bar = rows[entry, 1]
            desk.number = rows[entry, 3]
            _end_or_wait(run, kind, rows[entry, 0])
        entry = rows[entry, 2]
    if account.cash != account.booked:
        book(run, step)
    return True


@compiled
def _end_or_wait(run: Run, kind: int, listing: int) -> None:
    """Leave a position whose time is over or whose level is reached, or look at it again."""
    desk, hold = run.desks[listing], run.point[0].hold
    overdue = hold > 0 and desk.number - max(desk.entered, desk.renewed) >= hold
    at_close = run.market.rules[0].at_close
    if overdue and not at_close:
        _out(run, listing)
    if desk.guarded:
        protect(run, listing)
    if overdue and at_close:
        _out(run, listing)
    if desk.position == 0:
        retire(run, listing)
    else:
        if run.point[0].trail > 0.0:
            trail(run, listing)
        look_again(run, kind, listing)


@compiled
def _out(run: Run, listing: int) -> None:
    """Sell what is held, or buy it back, because its time is over."""
    desk = run.desks[listing]
    if desk.position != 0:
        bar, at_close = run.market.bars[desk.bar], run.market.rules[0].at_close
        price = bar.close if at_close else bar.open
        fill(run, listing, desk.bar, -desk.position, price, True, True, at_close, TIME, desk.ids)
