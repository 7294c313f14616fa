"""Why each row of the audit came out as it did, in plain words (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newsbt.records import ROLES, Catalyst, IntArray
from newsbt.scoring.audit import STATUSES, Rows
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
    names = list(STATUSES)
    why = np.full(len(rows.status), "", dtype=object)

    def say(status: str, sentence: Callable[[NDArray[np.bool_]], Texts]) -> None:
        mine = rows.status == names.index(status)
        if mine.any():
            why[mine] = sentence(mine)

    def each(texts: Sequence[str]) -> Callable[[NDArray[np.bool_]], Texts]:
        return lambda mine: np.array(texts, dtype=object)[rows.fan.catalyst[mine]]

    def opinion(mine: NDArray[np.bool_]) -> Texts:
        said = each([score.why for score in scores])(mine)
        return said + _share(rows, catalysts, mine) + _netting(rows, catalysts, setting.netting, mine)

    say("not-an-event", each([f"{item.role} row: {ROLES[item.role]}" for item in catalysts]))
    say("no-listing", each([f"not in the universe: {_names(item)}" for item in catalysts]))
    say("not-selected", each([f"not among the listings of this run: {_names(item)}" for item in catalysts]))
    say(
        "no-score",
        lambda mine: (
            each([score.why or "the model has no opinion" for score in scores])(mine)
            + _share(rows, catalysts, mine)
        ),
    )
    say("no-session", lambda mine: _session(rows, catalysts, setting, mine))
    say("out-of-period", lambda mine: _session(rows, catalysts, setting, mine))
    say("netted-out", opinion)
    say("signal", opinion)
    return why


def _names(catalyst: Catalyst) -> str:
    """Symbols of a catalyst, the first six at most."""
    more = f" and {len(catalyst.symbols) - 6} more" if len(catalyst.symbols) > 6 else ""
    return (", ".join(catalyst.symbols[:6]) or "it names no symbol") + more


def _spell(build: Callable[..., str], *columns: NDArray[Any]) -> Texts:
    """Text of each row by `build` of its columns, built once for each distinct combination."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        part, distinct = pd.factorize(column)
        codes = pd.factorize(codes * (len(distinct) + 1) + part)[0]
    first = np.unique(codes, return_index=True)[1]
    texts = np.array([build(*(column[at] for column in columns)) for at in first], dtype=object)
    return texts[codes]


def _share(rows: Rows, catalysts: Sequence[Catalyst], mine: NDArray[np.bool_]) -> Texts:
    """What spillover and novelty took away."""

    def passed_on(relation: int, weight: float) -> str:
        name = rows.fan.relations[relation]
        issuer = name.removeprefix("peer:")
        return f"; passed on from {issuer} at {weight:g}" if issuer != name else ""

    def follow_up(story: int, novelty: float, catalyst: int) -> str:
        chain = catalysts[catalyst].chain
        return f"; story {story + 1} of chain {chain!r} counts {novelty:g}" if story else ""

    chains = pd.factorize(np.array([item.chain for item in catalysts], dtype=object))[0]
    first = np.unique(chains, return_index=True)[1]
    representative = first[chains][rows.fan.catalyst[mine]]
    story, novelty = rows.story[mine], rows.novelty[mine]
    return _spell(passed_on, rows.fan.relation[mine], rows.fan.weight[mine]) + _spell(
        follow_up, story, novelty, np.where(story > 0, representative, -1)
    )


def _netting(rows: Rows, catalysts: Sequence[Catalyst], netting: Netting, mine: NDArray[np.bool_]) -> Texts:
    """What the other scores of the session did to this one."""
    chosen = netting in ("strongest", "latest")

    def together(met: int, total: float, winner: int) -> str:
        if met < 2:
            return ""
        if chosen:
            return f"; {netting} of {met} on this session is {catalysts[winner].id} ({total:+.3g})"
        if total == 0.0:
            return f"; netted to zero, {met} scores on this session cancel"
        return f"; {netting} of {met} on this session is {total:+.3g}"

    winner = rows.fan.catalyst[rows.winner[mine]] if chosen else np.zeros(int(mine.sum()), dtype=np.int64)
    return _spell(together, rows.met[mine], rows.net_score[mine], winner)


def _session(rows: Rows, catalysts: Sequence[Catalyst], setting: Setting, mine: NDArray[np.bool_]) -> Texts:
    """Why there is no session to trade on."""
    published = np.array([(item.published_at.date() - EPOCH).days for item in catalysts], dtype=np.int64)
    prices = [price_days(setting.bars.get(item.symbol)) for item in setting.listings]

    def sentence(verdict: int, listing: int, day: int, published: int) -> str:
        item = setting.listings[listing]
        session, news = (EPOCH + dt.timedelta(days=int(max(number, 0))) for number in (day, published))
        calendar = setting.calendars[item.venue]
        match Verdict(verdict):
            case Verdict.BEFORE_CALENDAR:
                return f"published {news}, before the calendar of {item.venue} {_span(calendar.days)}"
            case Verdict.AFTER_CALENDAR:
                return f"published {news}, after the calendar of {item.venue} {_span(calendar.days)}"
            case Verdict.BEFORE_RUN:
                return f"session {session} is before the start of the run ({setting.start})"
            case Verdict.AFTER_RUN:
                return f"session {session} is after the end of the run ({setting.end})"
            case Verdict.NO_PRICES:
                return f"{item.symbol} has no prices in this run"
            case Verdict.BEFORE_PRICES:
                opening = EPOCH + dt.timedelta(days=int(prices[listing][0]))
                return f"published {news}, before the first price of {item.symbol} ({opening})"
            case Verdict.AFTER_PRICES:
                closing = EPOCH + dt.timedelta(days=int(prices[listing][-1]))
                return f"session {session} is after the last price of {item.symbol} ({closing})"
            case _:
                return f"{item.symbol} has no price for session {session} (gap in the prices)"

    of = rows.fan.catalyst[mine]
    placed = rows.placement
    return _spell(sentence, placed.verdict[mine], rows.fan.listing[mine], placed.day[mine], published[of])


def _span(days: IntArray) -> str:
    """First and last day of a calendar in brackets."""
    if not len(days):
        return "(which is empty)"
    first, last = (EPOCH + dt.timedelta(days=int(days[at])) for at in (0, -1))
    return f"({first} to {last})"
