"""What an account is worth in the course of a run, compiled."""

from __future__ import annotations

from newsbt.kernel.account import pay
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.run_state import Run
from newsbt.kernel.stretches import add_cash

__all__ = ["book", "charge", "value", "weigh", "write"]


@compiled
def book(run: Run, end: int) -> None:
    """Put the cash that there has been up to the step `end` into the path."""
    account = run.account[0]
    add_cash(run.path, account.since, end, account.booked)
    account.since = end
    account.booked = account.cash


@compiled
def weigh(run: Run, step: int) -> None:
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


@outlined
def charge(run: Run, step: int) -> None:
    """Pay dividends, and borrow fees since the bar before, of everything that is held, in order."""
    for listing in range(len(run.desks)):
        desk = run.desks[listing]
        if desk.position == 0:
            continue
        at = run.market.bar_at[step, listing]
        if at >= 0 and (desk.position < 0 or run.market.details[at].pays):
            desk.mark = run.market.values[listing, step - 1]
            pay(run, listing, at)


@compiled
def value(run: Run, step: int) -> tuple[float, float]:
    """Equity and gross exposure after a step: positions at the last closes."""
    held = gross = 0.0
    for place in range(run.account[0].active):
        listing = run.active[place]
        worth = run.desks[listing].position * run.market.values[listing, step]
        held += worth
        gross += abs(worth)
    return run.account[0].cash + held, gross


@outlined
def write(run: Run, step: int, worth: float, gross: float) -> None:
    """Write down what the account is worth after a step, and what it came from."""
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
