"""The decisions of ``pair``, compiled: legs with news, and the hedge that a venue's legs share."""

from __future__ import annotations

import numpy as np

from newsbt.kernel import rules
from newsbt.kernel.compile import compiled
from newsbt.kernel.layout import HEDGE, REVERSAL, SIGNAL, Run
from newsbt.kernel.orders import want
from newsbt.records import FloatArray, IntArray

__all__ = ["on_pair_step"]

AUTO, FUND, PEERS = range(3)

beta = compiled(rules.beta)


@compiled
def on_pair_step(run: Run, count: int, venues: int) -> None:
    """End pairs whose leg is gone, open new ones, and bring the hedge to what all of them need."""
    for place in range(count):
        desk = run.desks[run.work[place]]
        bar = run.market.bars[desk.bar]
        if bar.live and desk.leg and bar.number > desk.leg_since and not desk.position and not desk.waiting:
            desk.leg = False
            desk.ended = True
    basket = np.empty(count, dtype=np.int64)
    for venue in range(venues):
        opened = _open(run, count, venue, basket)
        for place in range(count):
            opened = opened or (_there(run, place, venue) and run.desks[run.work[place]].ended)
        if opened:
            _spread(run, count, venue, basket)
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
def _open(run: Run, count: int, venue: int, basket: IntArray) -> bool:
    """Open a pair for each listing with news, as far as there is something to hedge it with."""
    members, opened, point = -1, False, run.point[0]
    for place in range(count):
        listing = run.work[place]
        desk = run.desks[listing]
        if desk.news >= 0 and _there(run, place, venue):
            if members < 0:
                members = _basket(run, count, venue, basket)
            if _complete(run, listing) and members > 0:
                score = run.market.news[desk.news].score
                desk.leg_beta = _beta(run, listing, basket[:members])
                desk.leg_weight = point.weight * score
                desk.leg_since = run.market.bars[desk.bar].number
                desk.renewed = desk.leg_since
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
def _spread(run: Run, count: int, venue: int, basket: IntArray) -> None:
    """Share what the venue's legs need out to the basket."""
    need = 0.0
    for listing in range(len(run.desks)):
        if run.market.listings[listing].venue == venue:
            desk = run.desks[listing]
            desk.hedge = 0.0
            if desk.leg:
                need += desk.leg_weight * desk.leg_beta
    members = _basket(run, count, venue, basket)
    for place in range(members):
        run.desks[basket[place]].hedge = -need / members


@compiled
def _basket(run: Run, count: int, venue: int, basket: IntArray) -> int:
    """Fill in what a leg on this venue can be hedged with at this step; give how many there are."""
    hedge = run.point[0].hedge
    if hedge != PEERS:
        for place in range(count):
            listing = run.work[place]
            if _there(run, place, venue) and run.market.listings[listing].is_fund and _complete(run, listing):
                basket[0] = listing
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
            basket[members] = listing
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
def _beta(run: Run, listing: int, basket: IntArray) -> float:
    """Slope of the listing's returns on the basket's mean return."""
    window = run.point[0].window
    own, hedge, one = np.empty(window), np.zeros(window), np.empty(window)
    _returns(run, listing, own)
    for place in range(len(basket)):
        _returns(run, basket[place], one)
        for row in range(window):
            hedge[row] += one[row]
    for row in range(window):
        hedge[row] /= len(basket)
    return beta(own, hedge)


@compiled
def _returns(run: Run, listing: int, into: FloatArray) -> None:
    closes, first = run.market.closes, run.desks[listing].bar - len(into)
    for row in range(len(into)):
        before = closes[first + row - 1]
        into[row] = (closes[first + row] - before) / before
