"""Decisions before a session, compiled: the frame that all strategies share, and what each makes of it.

The frame is that of :class:`newsbt.engine.strategy.NewsStrategy`; the strategies' own arithmetic is in
:mod:`.rules`, which the files in ``strategies/`` call too.
"""

from __future__ import annotations

import math

from newsbt.kernel import rules
from newsbt.kernel.codes import (
    AHEAD,
    BUY_AND_HOLD,
    DECAY,
    DRAWN,
    DRIFT,
    EVENT,
    FADE,
    HOLD,
    LEAD_LAG,
    OPPOSITE,
    PAIR,
    PARITY,
    RANDOM,
    REBALANCE,
    REVERSAL,
    RUNUP,
    SIGNAL,
    TIME,
)
from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.orders import activate, keep, leaving, want
from newsbt.kernel.parity import on_parity
from newsbt.kernel.run_state import Run

__all__ = ["decide", "seen"]

#: Sessions in which lead_lag looks for the close before the news.
LOOK_BACK = 20

follow_rule = compiled(rules.follow)
faded = compiled(rules.faded)
decay_target = compiled(rules.decay_target)
volatility = compiled(rules.volatility)
judge_reaction = compiled(rules.judge_reaction)
sibling_move = compiled(rules.sibling_move)
judge_sibling = compiled(rules.judge_sibling)
runup_distance = compiled(rules.runup_distance)


@compiled
def decide(run: Run, kind: int, listing: int) -> None:
    """Decide on a listing before its session: signals that have come due, its exit by time, its strategy."""
    desk, point = run.desks[listing], run.point[0]
    bar = run.market.bars[desk.bar]
    first, end = desk.next_news, run.market.listings[listing].end_news
    last = first
    while last < end and run.market.news[last].number + point.delay <= desk.number:
        last += 1
    desk.next_news = last
    if not bar.live:
        return
    chosen = -1
    for place in range(last - 1, first - 1, -1):
        if not _refused(run, kind, place):
            chosen = place
            break
    overdue = point.hold > 0 and desk.number - max(desk.entered, desk.renewed) >= point.hold
    if overdue and desk.position and not leaving(run, listing):
        _exit(run, kind, listing, TIME, desk.ids)
    if chosen >= 0:
        if kind == DRIFT:
            _follow(run, listing, run.market.news[chosen].score, chosen)
        else:
            _on_news(run, kind, listing, chosen)
    elif last > first and _opposed(run, kind, listing, last - 1):
        _exit(run, kind, listing, OPPOSITE, last - 1)
    if kind != DRIFT:
        _on_session(run, kind, listing)


@outlined
def _on_session(run: Run, kind: int, listing: int) -> None:
    """What strategies other than drift make of any session."""
    desk = run.desks[listing]
    if kind == DECAY:
        _on_decay(run, listing)
    elif kind == FADE:
        _on_fade(run, listing)
    elif kind == HOLD:
        if not desk.flag:
            desk.flag = True
            want(run, listing, run.point[0].weight / len(run.desks), BUY_AND_HOLD, -1, True)
    elif kind == RANDOM:
        _on_random(run, listing)
    elif kind == RUNUP:
        _on_runup(run, listing)
    elif kind == PARITY:
        on_parity(run, listing)


@compiled
def _leaning(run: Run, kind: int, news: int) -> float:
    """Sign of a position on news, for the test of side; 0 where that is not yet known."""
    score = run.market.news[news].score
    if kind == FADE:
        return -score
    if kind == PARITY or (kind == LEAD_LAG and not run.point[0].by_score):
        return 0.0
    return score


@compiled
def _barred(run: Run, kind: int, news: int) -> bool:
    """Whether side bars a position on news whose score alone would be enough."""
    if abs(run.market.news[news].score) < run.point[0].min_score:
        return False
    return run.point[0].side != 0 and run.point[0].side * _leaning(run, kind, news) < 0.0


@compiled
def _opposed(run: Run, kind: int, listing: int, news: int) -> bool:
    """Whether news speaks against a position but may not turn it."""
    return _barred(run, kind, news) and run.desks[listing].position * _leaning(run, kind, news) < 0.0


@compiled
def _refused(run: Run, kind: int, news: int) -> bool:
    """Whether news does not come to its strategy."""
    if kind == DECAY:
        return False
    return abs(run.market.news[news].score) < run.point[0].min_score or _barred(run, kind, news)


@compiled
def _exit(run: Run, kind: int, listing: int, reason: int, ids: int) -> None:
    """Close a position whose time is over, or that news speaks against."""
    desk = run.desks[listing]
    if kind == PAIR:
        if not desk.leg:
            return
        desk.leg = False
        desk.ended = True
    want(run, listing, 0.0, reason, ids, True)


@compiled
def _follow(run: Run, listing: int, score: float, news: int) -> None:
    action = follow_rule(run.desks[listing].position, score)
    if action == rules.RENEW:
        keep(run, listing)
    elif action != rules.NOTHING:
        reason = REVERSAL if action == rules.REVERSE else SIGNAL
        want(run, listing, run.point[0].weight * score, reason, news, True)


@outlined
def _on_news(run: Run, kind: int, listing: int, news: int) -> None:
    """What strategies other than drift make of news."""
    desk, point, score = run.desks[listing], run.point[0], run.market.news[news].score
    bar = run.market.bars[desk.bar]
    if kind == DECAY:
        level = faded(desk.level, bar.number - desk.level_at, point.half_life) if desk.flag else 0.0
        desk.level = level + score
        desk.level_at = bar.number
        desk.flag = True
        desk.pending = news
        desk.watched = True
        activate(run, listing)
    elif kind == FADE:
        first = run.market.listings[listing].first
        closes = run.market.closes[first : desk.bar]
        desk.pending = news
        desk.pending_price = closes[len(closes) - 1]
        desk.pending_sigma = volatility(closes, len(closes) - 1, point.window)
        desk.event = bar.number
        desk.watched = True
        activate(run, listing)
    elif kind == RUNUP:
        desk.last_score = score
    elif kind == LEAD_LAG:
        _on_lag(run, listing, news)
    elif kind == PAIR:
        if desk.leg and desk.leg_weight * score > 0.0:
            keep(run, listing)
        elif not run.market.listings[listing].is_fund:
            desk.news = news


@compiled
def _on_decay(run: Run, listing: int) -> None:
    desk, point = run.desks[listing], run.point[0]
    if not desk.flag:
        return
    number = run.market.bars[desk.bar].number
    level = faded(desk.level, number - desk.level_at, point.half_life)
    wanted, kept = decay_target(level, point.weight, point.min_score, point.side)
    fresh = kept and number == desk.level_at
    if not kept:
        desk.flag = False
        desk.watched = False
    if wanted == desk.weight or (wanted != 0.0 and abs(wanted - desk.weight) < point.band):
        return
    desk.weight = wanted
    want(run, listing, wanted, SIGNAL if fresh else REBALANCE, desk.pending, True)


@compiled
def _on_fade(run: Run, listing: int) -> None:
    """Judge the reaction of the session before and go against it."""
    desk, point = run.desks[listing], run.point[0]
    if desk.pending < 0 or desk.event >= run.market.bars[desk.bar].number:
        return
    score = run.market.news[desk.pending].score
    reaction = run.market.bars[desk.bar - 1].close / desk.pending_price - 1.0
    verdict = judge_reaction(reaction, score, desk.pending_sigma, point.sigmas)
    news = desk.pending
    desk.pending = -1
    desk.watched = False
    if verdict == rules.TOO_FAR:
        _follow(run, listing, -score, news)


@compiled
def _on_random(run: Run, listing: int) -> None:
    desk, point = run.desks[listing], run.point[0]
    score = run.market.series[point.series, desk.bar]
    if math.isnan(score) or point.side * score < 0.0:
        return
    if desk.position * score > 0.0:
        keep(run, listing)
    else:
        want(run, listing, point.weight * score, DRAWN, -1, True)


@compiled
def _on_runup(run: Run, listing: int) -> None:
    """Open ahead of the next event whose date is public, close before it."""
    desk, point, market = run.desks[listing], run.point[0], run.market
    number, end = market.bars[desk.bar].number, market.listings[listing].end_event
    while desk.next_event < end and market.events[desk.next_event] <= number:
        desk.next_event += 1
    distance = 0
    if desk.next_event < end:
        distance = runup_distance(market.events[desk.next_event], number, point.before, point.notice)
    if distance == 0:
        if desk.position or desk.waiting:
            want(run, listing, 0.0, EVENT, desk.ids, True)
        return
    if desk.event == number + distance:
        return
    desk.event = number + distance
    way = float(point.way) if point.way != 0 else desk.last_score
    if way != 0.0:
        want(run, listing, point.weight if way > 0.0 else -point.weight, AHEAD, -1, True)
    elif desk.position:
        want(run, listing, 0.0, EVENT, desk.ids, True)


@compiled
def _on_lag(run: Run, listing: int, news: int) -> None:
    """Measure the sibling that has moved most since the news, and go with it."""
    desk, point, market = run.desks[listing], run.point[0], run.market
    story, closed = market.news[news], market.closes_at[desk.bar - 1]
    moment = -1
    for place in range(story.first_known, story.end_known):
        known = market.known[place] if market.known[place] >= 0 else closed + 1
        if known > closed and (moment < 0 or known < moment):
            moment = known
    if moment < 0:
        return
    line, best = market.listings[listing], math.nan
    for other in range(len(run.desks)):
        sibling = market.listings[other]
        if other != listing and sibling.issuer == line.issuer and sibling.venue != line.venue:
            end = seen(run, other, run.account[0].step)
            first = max(sibling.first, end - LOOK_BACK)
            move = sibling_move(market.closes, market.closes_at, first, end, moment)
            if not math.isnan(move) and (math.isnan(best) or abs(move) > abs(best)):
                best = move
    if math.isnan(best):
        return
    verdict = judge_sibling(best, story.score, point.threshold, point.by_score, point.side)
    if verdict == rules.GO:
        _follow(run, listing, math.copysign(story.score, best), news)


@compiled
def seen(run: Run, listing: int, step: int) -> int:
    """End of the bars of a listing that a decision of a step may see, flat."""
    line = run.market.listings[listing]
    low, high = line.first, line.end
    while low < high:
        middle = (low + high) // 2
        if run.market.times[middle].step < step:
            low = middle + 1
        else:
            high = middle
    return low
