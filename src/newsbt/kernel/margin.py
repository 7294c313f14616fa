"""Orders of margin calls, compiled: positions are cut at their next opens."""

from __future__ import annotations

from newsbt.kernel.account import fill
from newsbt.kernel.codes import MARGIN
from newsbt.kernel.compile import outlined
from newsbt.kernel.run_state import Run

__all__ = ["call_margin", "trade_forced"]


@outlined
def call_margin(run: Run, worth: float, gross: float) -> float:
    """Order positions cut at their next opens, the account being below maintenance margin.

    Gives the fraction of positions that is kept.
    """
    rules, account = run.market.rules[0], run.account[0]
    kept = max(0.0, min(1.0, worth / (rules.initial * gross)))
    for listing in range(len(run.desks)):
        desk = run.desks[listing]
        if desk.place < 0:
            continue
        lot = run.market.bars[desk.bar].lot
        target = int(desk.position * kept / lot) * lot
        desk.forced = target != desk.position
        if desk.forced:
            desk.forced_size = target - desk.position
            desk.forced_target = target
            desk.forced_turn = account.turn
            account.turn += 1
    return kept


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
