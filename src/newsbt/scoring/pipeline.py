"""From catalysts and their scores to signals and the audit of every one of them (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.clock import catalyst_arrays, known_at
from newsbt.records import Catalyst, FloatArray, IntArray, Signal
from newsbt.scoring.audit import STATUSES, Rows, audit_frame
from newsbt.scoring.fanout import NO_LISTING, NOT_SELECTED, NOWHERE, PEER, FanOut, fan_out
from newsbt.scoring.model import Score
from newsbt.scoring.netting import Net, net
from newsbt.scoring.novelty import shares_at, story_numbers
from newsbt.scoring.placement import Placement, Verdict, place
from newsbt.scoring.reasons import Setting, reasons
from newsbt.scoring.settings import SignalSettings
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing, Universe

__all__ = ["build_signals"]

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
STATUS = {name: at for at, name in enumerate(STATUSES)}


def build_signals(
    catalysts: Sequence[Catalyst],
    scores: Sequence[Score],
    *,
    universe: Universe,
    listings: Sequence[Listing],
    calendars: Mapping[str, VenueCalendar],
    bars: Mapping[str, pd.DataFrame],
    start: dt.date | None,
    end: dt.date | None,
    settings: SignalSettings,
) -> tuple[pd.DataFrame, list[Signal]]:
    """Turn scored catalysts into one signal for each listing and session, and account for each of them.

    Parameters
    ----------
    catalysts : sequence of Catalyst, length n
        In any order; ids unique.
    scores : sequence of Score, length n
        Opinion on each; see :func:`newsbt.scoring.apply.score_catalysts`.
    universe : Universe
        Who stands for whom.
    listings : sequence of Listing
        Those of the run.
    calendars : mapping of venue to VenueCalendar
        At least the venues of `listings`.
    bars : mapping of symbol to DataFrame
        As in :class:`newsbt.prices.book.PriceBook`; only the index is read.
    start, end : date or None
        First and last session of the run, inclusive; None for no bound.
    settings : SignalSettings
        Entry, latency, spillover, novelty, netting.

    Returns
    -------
    audit : DataFrame
        Columns :data:`newsbt.scoring.audit.AUDIT_COLUMNS`; ascending by ``known_at``, then id, then the order
        of `listings`. Every catalyst has a row for each listing of the run that it reaches, or one row with
        an empty symbol. ``score`` is what arrives at the listing: the model's score times weight times
        novelty, so that the ``sum`` of a session's rows is its ``net_score``, clipped.
    signals : list of Signal
        At most one for each listing and session, ascending by ``tradable_at``, then the order of
        `listings`. A session whose bar is a placeholder keeps its signal: the engine makes the order wait.

    Notes
    -----
    A row depends on catalysts known earlier only, except for its net, which takes in all that is known by
    the session's open (or cut-off). Nothing is ever moved to an earlier or another session.
    """
    venues = tuple(calendars)
    arrays = catalyst_arrays(catalysts, universe, venues)
    known = known_at(*arrays, tuple(calendars.values()), settings.latency // MICROSECOND * 1000)
    oldest_first = np.lexsort((np.array([item.id for item in catalysts], dtype=np.str_), known))
    catalysts = [catalysts[at] for at in oldest_first]
    scores = [scores[at] for at in oldest_first]
    known, published = known[oldest_first], arrays[0][oldest_first]

    fan = fan_out(catalysts, universe, [item.symbol for item in listings], settings.spillover)
    placement = place(
        known, fan.catalyst, fan.listing, listings=listings, calendars=calendars, bars=bars,
        start=start, end=end, settings=settings,
    )  # fmt: skip
    story = _stories(catalysts, known, fan, settings)
    novelty = shares_at(story, settings.novelty)
    score = _values(scores, fan, listings) * fan.weight * novelty
    status = _status(catalysts, fan, placement, score)
    half_life = np.array([score.half_life for score in scores], dtype=np.float64)[fan.catalyst]
    meeting = _meet(placement, fan, np.flatnonzero(status == STATUS["signal"]), score, half_life, settings)
    net_score, met, winner, status = meeting.on_rows(status)
    rows = Rows(fan, placement, story, novelty, score, status, net_score, met, winner)
    why = reasons(rows, catalysts, scores, Setting(listings, calendars, bars, start, end, settings.netting))
    audit = audit_frame(
        rows,
        why,
        catalysts=catalysts,
        scores=scores,
        published_ns=published,
        known_ns=known,
        listings=listings,
    )
    return audit, _signals(rows, meeting, [item.id for item in catalysts], listings)


def _values(scores: Sequence[Score], fan: FanOut, listings: Sequence[Listing]) -> FloatArray:
    """What the model says of the listing of each row: its opinion on the issuer, or on the catalyst."""
    values = np.array([score.value for score in scores], dtype=np.float64)[fan.catalyst]
    apart = np.array([bool(score.by_issuer) for score in scores], dtype=np.bool_)[fan.catalyst]
    for row in np.flatnonzero(apart & (fan.listing != NOWHERE)).tolist():
        opinions = scores[fan.catalyst[row]].by_issuer
        giver = fan.relations[fan.relation[row]].removeprefix(PEER)
        issuer = listings[fan.listing[row]].issuer
        values[row] = opinions.get(issuer, opinions.get(giver, values[row]))
    return values


def _stories(
    catalysts: Sequence[Catalyst], known: IntArray, fan: FanOut, settings: SignalSettings
) -> IntArray:
    """Number of each row in its chain at its listing; rows that do not trade are no stories."""
    chains: dict[str, int] = {}
    chain = np.fromiter(
        (chains.setdefault(item.chain, len(chains)) if item.chain and item.role == "event" else -1
         for item in catalysts),
        dtype=np.int64, count=len(catalysts),
    )[fan.catalyst]  # fmt: skip
    width = int(fan.listing.max(initial=0)) + 1
    story = np.where((chain < 0) | (fan.listing == NOWHERE), -1, chain * width + fan.listing)
    return story_numbers(story, known[fan.catalyst], settings.novelty_window // MICROSECOND * 1000)


def _status(catalysts: Sequence[Catalyst], fan: FanOut, placement: Placement, score: FloatArray) -> IntArray:
    """Status of each row before netting."""
    event = np.array([item.role == "event" for item in catalysts], dtype=np.bool_)[fan.catalyst]
    outside = np.isin(placement.verdict, (Verdict.BEFORE_RUN, Verdict.AFTER_RUN))
    asked = {
        "not-an-event": ~event,
        "no-listing": fan.has_relation(NO_LISTING),
        "not-selected": fan.has_relation(NOT_SELECTED),
        "no-score": score == 0.0,
        "out-of-period": outside,
        "no-session": placement.verdict != Verdict.TRADABLE,
    }
    codes = [STATUS[name] for name in asked]
    return np.select(list(asked.values()), codes, STATUS["signal"]).astype(np.int64)


@dataclass(frozen=True)
class _Meeting:
    """Rows that trade, grouped by session and listing.

    `rows` are positions in the audit, `group` the group of each; groups ascend by time, then listing.
    """

    rows: IntArray
    group: IntArray
    net: Net

    def on_rows(self, status: IntArray) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
        """Net score, number of rows that met, winner and final status, for every row of the audit."""
        net_score = np.full(len(status), np.nan)
        met, winner = np.zeros(len(status), dtype=np.int64), np.zeros(len(status), dtype=np.int64)
        net_score[self.rows] = self.net.score[self.group]
        met[self.rows] = self.net.count[self.group]
        winner[self.rows] = self.rows[self.net.winner[self.group]]
        final = status.copy()
        lost = ~self.net.counts | (self.net.score[self.group] == 0.0)
        final[self.rows[lost]] = STATUS["netted-out"]
        return net_score, met, winner, final


def _meet(
    placement: Placement, fan: FanOut, rows: IntArray, score: FloatArray, half_life: FloatArray,
    settings: SignalSettings,
) -> _Meeting:  # fmt: skip
    """Net the `rows` that share a listing and a session."""
    moment = np.unique(placement.tradable_ns[rows], return_inverse=True)[1]
    width = int(fan.listing.max(initial=0)) + 1
    group = np.unique(moment * width + fan.listing[rows], return_inverse=True)[1].astype(np.int64)
    return _Meeting(rows, group, net(group, score[rows], half_life[rows], settings.netting))


def _signals(rows: Rows, meeting: _Meeting, ids: Sequence[str], listings: Sequence[Listing]) -> list[Signal]:
    """One signal for each group whose scores do not cancel."""
    order = np.argsort(meeting.group, kind="stable")
    order = order[meeting.net.counts[order]]
    behind = np.array(ids, dtype=object)[rows.fan.catalyst[meeting.rows[order]]].tolist()
    starts = np.searchsorted(meeting.group[order], np.arange(len(meeting.net.score) + 1))
    first = meeting.rows[order[starts[:-1]]]
    days, moments = rows.placement.day[first].tolist(), rows.placement.tradable_ns[first].tolist()
    return [
        Signal(
            symbol=listings[at].symbol,
            session=EPOCH.date() + dt.timedelta(days=days[number]),
            tradable_at=EPOCH + dt.timedelta(microseconds=moments[number] // 1000),
            score=score,
            half_life=half_life,
            catalyst_ids=tuple(behind[starts[number] : starts[number + 1]]),
        )
        for number, (at, score, half_life) in enumerate(
            zip(
                rows.fan.listing[first].tolist(),
                meeting.net.score.tolist(),
                meeting.net.half_life.tolist(),
                strict=True,
            )
        )
        if score != 0.0
    ]
