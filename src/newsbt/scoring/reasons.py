"""Why each row of the audit came out as it did, in plain words (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newsbt.records import ROLES, BoolArray, Catalyst, IntArray
from newsbt.scoring.audit import STATUSES, Rows
from newsbt.scoring.fanout import PEER
from newsbt.scoring.model import Score
from newsbt.scoring.placement import Verdict, price_days
from newsbt.scoring.settings import Netting
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["Setting", "reasons"]

Texts: TypeAlias = NDArray[np.object_]

EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Setting:
    """What the run was about, for the sentences: see :func:`newsbt.scoring.pipeline.build_signals`."""

    listings: Sequence[Listing]
    calendars: Mapping[str, VenueCalendar]
    bars: Mapping[str, pd.DataFrame]
    start: dt.date | None
    end: dt.date | None
    netting: Netting


def reasons(rows: Rows, catalysts: Sequence[Catalyst], scores: Sequence[Score], setting: Setting) -> Texts:
    """One sentence for each row.

    Returns
    -------
    array of str objects, shape (rows,)
    """
    speaker = _Speaker(rows, catalysts, scores, setting)
    sentences: dict[str, Callable[[BoolArray], Texts]] = {
        "not-an-event": speaker.role,
        "no-listing": speaker.outside,
        "not-selected": speaker.left_out,
        "no-score": speaker.opinion,
        "out-of-period": speaker.session,
        "no-session": speaker.session,
        "netted-out": speaker.opinion_and_net,
        "signal": speaker.opinion_and_net,
    }
    why = np.full(len(rows.status), "", dtype=object)
    for code, status in enumerate(STATUSES):
        mine = rows.status == code
        if mine.any():
            why[mine] = sentences[status](mine)
    return why


@dataclass(frozen=True)
class _Speaker:
    """Words one kind of sentence for the rows of a mask."""

    rows: Rows
    catalysts: Sequence[Catalyst]
    scores: Sequence[Score]
    setting: Setting

    def role(self, mine: BoolArray) -> Texts:
        return self._each([f"{item.role} row: {ROLES[item.role]}" for item in self.catalysts], mine)

    def outside(self, mine: BoolArray) -> Texts:
        return self._each([f"not in the universe: {_names(item)}" for item in self.catalysts], mine)

    def left_out(self, mine: BoolArray) -> Texts:
        return self._each(
            [f"not among the listings of this run: {_names(item)}" for item in self.catalysts], mine
        )

    def opinion(self, mine: BoolArray) -> Texts:
        said = self._each([score.why or "the model gives no reason" for score in self.scores], mine)
        return _join(said, self._passed_on(mine), self._follow_up(mine))

    def opinion_and_net(self, mine: BoolArray) -> Texts:
        return _join(self.opinion(mine), self._net(mine))

    def session(self, mine: BoolArray) -> Texts:
        """Why there is no session to trade on, or none in the period."""
        setting, placed = self.setting, self.rows.placement
        published = np.array([(item.published_at.date() - EPOCH).days for item in self.catalysts])
        prices = [price_days(setting.bars.get(item.symbol)) for item in setting.listings]

        def sentence(verdict: int, listing: int, day: int, news: int) -> str:
            item = setting.listings[listing]
            calendar = f"the calendar of {item.venue} {_span(setting.calendars[item.venue].days)}"
            match Verdict(verdict):
                case Verdict.BEFORE_CALENDAR:
                    return f"published {_date(news)}, before {calendar}"
                case Verdict.AFTER_CALENDAR:
                    return f"published {_date(news)}, after {calendar}"
                case Verdict.BEFORE_RUN:
                    return f"session {_date(day)} is before the start of the run ({setting.start})"
                case Verdict.AFTER_RUN:
                    return f"session {_date(day)} is after the end of the run ({setting.end})"
                case Verdict.NO_PRICES:
                    return f"{item.symbol} has no prices in this run"
                case Verdict.BEFORE_PRICES:
                    first = _date(prices[listing][0])
                    return f"published {_date(news)}, before the first price of {item.symbol} ({first})"
                case Verdict.AFTER_PRICES:
                    last = _date(prices[listing][-1])
                    return f"session {_date(day)} is after the last price of {item.symbol} ({last})"
                case _:
                    return f"{item.symbol} has no price for session {_date(day)} (gap in the prices)"

        fan = self.rows.fan
        return _spell(
            sentence, placed.verdict[mine], fan.listing[mine], placed.day[mine], published[fan.catalyst[mine]]
        )

    def _each(self, texts: Sequence[str], mine: BoolArray) -> Texts:
        """Text of each row's catalyst."""
        found: Texts = np.array(texts, dtype=object)[self.rows.fan.catalyst[mine]]
        return found

    def _passed_on(self, mine: BoolArray) -> Texts:
        """What spillover left of the score."""

        def sentence(relation: int, weight: float) -> str:
            issuer = self.rows.fan.relations[relation].removeprefix(PEER)
            return (
                f"; passed on from {issuer} at {weight:g}"
                if issuer != self.rows.fan.relations[relation]
                else ""
            )

        return _spell(sentence, self.rows.fan.relation[mine], self.rows.fan.weight[mine])

    def _follow_up(self, mine: BoolArray) -> Texts:
        """What novelty left of the score."""
        chains, names = pd.factorize(np.array([item.chain for item in self.catalysts], dtype=object))

        def sentence(story: int, novelty: float, chain: int) -> str:
            return f"; story {story + 1} of chain {names[chain]!r} counts {novelty:g}" if story else ""

        story = self.rows.story[mine]
        chain = np.where(story > 0, chains[self.rows.fan.catalyst[mine]], 0)
        return _spell(sentence, story, self.rows.novelty[mine], chain)

    def _net(self, mine: BoolArray) -> Texts:
        """What the other scores of the session did to this one."""
        rule = self.setting.netting
        chosen = rule in ("strongest", "latest")

        def sentence(met: int, total: float, winner: int) -> str:
            if met < 2:
                return ""
            if chosen:
                return f"; {rule} of {met} on this session is {self.catalysts[winner].id} ({total:+.3g})"
            if total == 0.0:
                return f"; netted to zero, {met} scores on this session cancel"
            return f"; {rule} of {met} on this session is {total:+.3g}"

        winner = self.rows.fan.catalyst[self.rows.winner[mine]]
        return _spell(
            sentence, self.rows.met[mine], self.rows.net_score[mine], winner if chosen else winner * 0
        )


def _join(*parts: Texts) -> Texts:
    """Texts of each row, one after the other."""
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + part
    return joined


def _spell(build: Callable[..., str], *columns: NDArray[Any]) -> Texts:
    """Text of each row by `build` of its columns, built once for each distinct combination."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        part, distinct = pd.factorize(column)
        codes = pd.factorize(codes * (len(distinct) + 1) + part)[0]
    first = np.unique(codes, return_index=True)[1]
    texts: Texts = np.array([build(*(column[at] for column in columns)) for at in first], dtype=object)
    return texts[codes]


def _names(catalyst: Catalyst) -> str:
    """Symbols of a catalyst, the first six at most."""
    more = f" and {len(catalyst.symbols) - 6} more" if len(catalyst.symbols) > 6 else ""
    return (", ".join(catalyst.symbols[:6]) or "it names no symbol") + more


def _date(days: int) -> dt.date:
    """Date of a number of days since 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(days))


def _span(days: IntArray) -> str:
    """First and last day of a calendar in brackets."""
    return f"({_date(days[0])} to {_date(days[-1])})" if len(days) else "(which is empty)"
