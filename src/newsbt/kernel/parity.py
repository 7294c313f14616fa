"""The decisions of ``parity``, compiled: two lines of one share, their premium, and the legs in them.

What a pair remembers lies in the desk of its ADS.
"""

from __future__ import annotations

import math

from newsbt.kernel import rules
from newsbt.kernel.codes import HEDGE, OTHER_LEG, PREMIUM
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.orders import leaving, want
from newsbt.kernel.run_state import Run

__all__ = ["on_parity"]

open_parity = compiled(rules.open_parity)
leave_parity = compiled(rules.leave_parity)


@outlined
def on_parity(run: Run, listing: int) -> None:
    """Judge the premium, look after the position, open a new one."""
    line = run.market.listings[listing]
    if line.other < 0:
        return
    desk, point = run.desks[listing], run.point[0]
    pair = run.desks[listing if line.is_ads else line.other]
    before, premium = desk.premium, run.market.series[point.series, desk.bar]
    if not math.isnan(premium):
        desk.premium = premium
    if pair.leader == listing:
        _keep(run, listing, line.other, premium)
    else:
        _hedge(run, listing)
    if pair.leader >= 0:
        return
    sign = open_parity(premium, before, point.enter)
    way = -sign if line.is_ads else sign
    if sign == 0.0 or point.side * way < 0.0:
        return
    pair.leader = listing
    pair.sign = sign
    pair.hedged = False
    want(run, listing, way * point.weight, PREMIUM, -1, True)


@compiled
def _keep(run: Run, listing: int, other: int, premium: float) -> None:
    """Close the first leg when the premium is gone, or when one of the legs is."""
    desk, there, point = run.desks[listing], run.desks[other], run.point[0]
    pair = desk if run.market.listings[listing].is_ads else there
    held = run.market.bars[desk.bar].number - max(desk.entered, desk.renewed) if desk.position else 0
    if (desk.position == 0 and not desk.waiting) or held >= point.hold:
        pair.leader = -1
    elif leave_parity(premium, pair.sign, point.leave):
        pair.leader = -1
        want(run, listing, 0.0, PREMIUM, desk.ids, True)
    elif pair.hedged and there.position == 0 and not there.waiting:
        pair.leader = -1
        want(run, listing, 0.0, OTHER_LEG, desk.ids, True)


@compiled
def _hedge(run: Run, listing: int) -> None:
    """Hold the opposite of the first leg, once, or nothing."""
    desk, point, line = run.desks[listing], run.point[0], run.market.listings[listing]
    pair = run.desks[listing if line.is_ads else line.other]
    held = run.desks[pair.leader].position if pair.leader >= 0 else 0
    if desk.position and desk.position * held >= 0:
        if not leaving(run, listing):
            want(run, listing, 0.0, OTHER_LEG, desk.ids, True)
    elif point.both_legs and held and not pair.hedged:
        pair.hedged = True
        want(run, listing, -math.copysign(point.weight, held), HEDGE, -1, True)
