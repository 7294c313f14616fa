"""The decisions of ``pair``, compiled: legs with news, and the hedge that a venue's legs share."""

from __future__ import annotations

from newsbt.kernel import rules
from newsbt.kernel.account import time_over
from newsbt.kernel.codes import HEDGE, REVERSAL, SIGNAL
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.orders import want
from newsbt.kernel.run_state import Run
from newsbt.records import FloatArray

__all__ = ["on_pair_step"]

AUTO, FUND, PEERS = range(3)

beta = compiled(rules.beta)


@outlined
def on_pair_step(run: Run, count: int, venues: int) -> None:
    """End pairs whose leg is gone, open new ones, and bring the hedge to what all of them need."""
    for place in range(count):
        desk = run.desks[run.work[place]]
        bar = run.market.bars[desk.bar]
        if bar.live and desk.leg and bar.number > desk.leg_since and not desk.position and not desk.waiting:
            desk.leg = False
            desk.ended = True
    for venue in range(venues):
        opened = _open(run, count, venue)
        for place in range(count):
            opened = opened or (_there(run, place, venue) and run.desks[run.work[place]].ended)
        if opened:
            _spread(run, count, venue)
        for place in range(count):
            if _there(run, place, venue):
                listing = run.work[place]
                desk = run.desks[listing]
                wanted = 0.0 if desk.leg else desk.hedge
                if wanted != desk.hedge_before and not desk.leg:
                    want(run, listing, wanted, HEDGE, -1, False)
                desk.hedge_before = wanted
    for place in range(count):
        desk = run.desks[run.work[place]]
        if run.market.bars[desk.bar].live:
            desk.ended = False
        desk.news = -1


@compiled
def _there(run: Run, place: int, venue: int) -> bool:
    """Whether a listing of the step is on `venue` and may trade."""
    listing = run.work[place]
    return run.market.listings[listing].venue == venue and run.market.bars[run.desks[listing].bar].live


@compiled
def _open(run: Run, count: int, venue: int) -> bool:
    """Open a pair for each listing with news, as far as there is something to hedge it with."""
    members, opened, point = -1, False, run.point[0]
    for place in range(count):
        listing = run.work[place]
        desk = run.desks[listing]
        if desk.news >= 0 and _there(run, place, venue):
            if members < 0:
                members = _basket(run, count, venue)
            if _complete(run, listing) and members > 0:
                score = run.market.news[desk.news].score
                desk.leg_beta = _beta(run, listing, members)
                desk.leg_weight = point.weight * score
                desk.leg_since = run.market.bars[desk.bar].number
                desk.renewed = desk.leg_since
                desk.alarm = time_over(desk.renewed, point.hold)
                reason = REVERSAL if desk.position * score < 0.0 else SIGNAL
                want(run, listing, desk.leg_weight, reason, desk.news, True)
                desk.opening = True
                opened = True
    for place in range(count):
        desk = run.desks[run.work[place]]
        if desk.opening:
            desk.leg = True
            desk.opening = False
    return opened


@compiled
def _spread(run: Run, count: int, venue: int) -> None:
    """Share what the venue's legs need out to the basket."""
    need = 0.0
    for listing in range(len(run.desks)):
        if run.market.listings[listing].venue == venue:
            desk = run.desks[listing]
            desk.hedge = 0.0
            if desk.leg:
                need += desk.leg_weight * desk.leg_beta
    members = _basket(run, count, venue)
    for place in range(members):
        run.desks[run.basket[place]].hedge = -need / members


@compiled
def _basket(run: Run, count: int, venue: int) -> int:
    """Fill in ``run.basket`` what a leg on this venue can be hedged with at this step; give their number."""
    hedge = run.point[0].hedge
    if hedge != PEERS:
        for place in range(count):
            listing = run.work[place]
            if _there(run, place, venue) and run.market.listings[listing].is_fund and _complete(run, listing):
                run.basket[0] = listing
                return 1
        if hedge == FUND:
            return 0
    members = 0
    for place in range(count):
        listing = run.work[place]
        desk = run.desks[listing]
        busy = desk.leg or desk.news >= 0 or desk.ended
        able = not busy and not run.market.listings[listing].is_fund and _there(run, place, venue)
        if able and _complete(run, listing):
            run.basket[members] = listing
            members += 1
    return members


@compiled
def _complete(run: Run, listing: int) -> bool:
    """Whether the listing has a price in every session of the window, so that returns match."""
    window, at = run.point[0].window, run.desks[listing].bar
    first = at - window - 1
    if first < run.market.listings[listing].first:
        return False
    return run.market.bars[at].number - run.market.bars[first].number == window + 1


@compiled
def _beta(run: Run, listing: int, members: int) -> float:
    """Slope of the listing's returns on the basket's mean return."""
    window = run.point[0].window
    own, hedge, one = run.rooms[0, :window], run.rooms[1, :window], run.rooms[2, :window]
    hedge[:] = 0.0
    _returns(run, listing, own)
    for place in range(members):
        _returns(run, run.basket[place], one)
        for row in range(window):
            hedge[row] += one[row]
    for row in range(window):
        hedge[row] /= members
    return beta(own, hedge)


@compiled
def _returns(run: Run, listing: int, into: FloatArray) -> None:
    closes, first = run.market.closes, run.desks[listing].bar - len(into)
    for row in range(len(into)):
        before = closes[first + row - 1]
        into[row] = (closes[first + row] - before) / before
