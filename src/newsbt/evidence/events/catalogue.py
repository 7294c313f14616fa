"""Events of a study: what the news says of one listing for one session, whatever its role (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from newsbt.clock import PRECISIONS, catalyst_arrays
from newsbt.records import Catalyst, IntArray
from newsbt.sessions import VenueCalendar, local_midnights
from newsbt.universe import Universe

__all__ = ["EVENT_COLUMNS", "collect_events", "date_clusters", "earliest_public"]

EVENT_COLUMNS: tuple[str, ...] = (
    "symbol",
    "issuer",
    "venue",
    "session",
    "tradable_at",
    "direction",
    "score",
    "category",
    "scope",
    "scheduled",
    "novelty",
    "year",
    "catalyst_ids",
    "headline",
    "at",
    "before",
)
DAY_NS = 86_400_000_000_000


def earliest_public(
    catalysts: Sequence[Catalyst], universe: Universe, calendars: Mapping[str, VenueCalendar]
) -> IntArray:
    """Earliest moment at which each story can have been public, UTC nanoseconds, shape (n,).

    The counterpart of :func:`newsbt.clock.known_at`: the minute itself; for a story dated to a session the
    beginning of its part of the day (local midnight, open or close); else the beginning of the local day.
    """
    published, precision, offset, venue = catalyst_arrays(catalysts, universe, tuple(calendars))
    local = published + offset
    moment = np.where(
        precision == PRECISIONS["minute"], published, (local // DAY_NS) * DAY_NS - offset
    ).astype(np.int64)
    for place, calendar in enumerate(calendars.values()):
        rows = np.flatnonzero((precision == PRECISIONS["session"]) & (venue == place))
        if not len(rows) or not len(calendar.days):
            continue
        times = published[rows]
        first = int(times.min()) // DAY_NS - 2
        midnights = local_midnights(calendar.timezone, first, int(times.max()) // DAY_NS + 3)
        day = np.searchsorted(midnights, times, side="right") - 1
        at = np.clip(np.searchsorted(calendar.days, day + first), 0, len(calendar.days) - 1)
        opens, closes = calendar.opens[at], calendar.closes[at]
        part = np.where(times >= closes, closes, np.where(times >= opens, opens, midnights[day]))
        moment[rows] = np.where(calendar.days[at] == day + first, part, midnights[day])
    return moment


def collect_events(
    audit: pd.DataFrame,
    catalysts: Sequence[Catalyst],
    *,
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
    role: str = "event",
) -> pd.DataFrame:
    """One event for each listing and session that catalysts of `role` reach.

    Parameters
    ----------
    audit : DataFrame
        Of :func:`newsbt.scoring.pipeline.build_signals`.
    role : str
        ``"event"``: the signals, with the sign of their net score. Another role never trades: its events
        have the sign that the rows' scores or judgements add up to, and 0 where nobody has judged.

    Returns
    -------
    DataFrame
        :data:`EVENT_COLUMNS`, ascending by ``tradable_at`` and symbol. ``at`` is the position of the first
        tradable session in the venue's calendar, ``before`` that of the last close before any of its stories
        can have been public; ``catalyst_ids`` are joined by a space. What belongs to the catalysts
        (category, scope, headline, novelty) is that of the row with the largest score.
    """
    by_id = {item.id: (number, item) for number, item in enumerate(catalysts)}
    public = earliest_public(catalysts, universe, calendars)
    rows = audit[(audit["symbol"] != "") & audit["session"].notna()]
    roles = np.array([by_id[name][1].role for name in rows["catalyst_id"]], dtype=object)
    rows = rows[roles == role]
    if role == "event":
        rows = rows[rows["status"] == "signal"]
    found = [
        _event(str(symbol), group, by_id, public, universe, calendars, role)
        for (symbol, _), group in rows.groupby(["symbol", "session"], sort=False)
    ]
    frame = pd.DataFrame(found, columns=list(EVENT_COLUMNS))
    return frame.sort_values(["tradable_at", "symbol"], kind="stable").reset_index(drop=True)


def _event(
    symbol: str,
    group: pd.DataFrame,
    by_id: Mapping[str, tuple[int, Catalyst]],
    public: IntArray,
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
    role: str,
) -> list[object]:
    listing = universe.listings[symbol]
    calendar = calendars[listing.venue]
    behind = [by_id[name] for name in group["catalyst_id"]]
    session = group["session"].iloc[0]
    at = calendar.index_of(session)
    opening = min(int(public[number]) for number, _ in behind)
    before = min(int(np.searchsorted(calendar.closes, opening, side="right")) - 1, at - 1)
    scores = group["score"].to_numpy(dtype=np.float64)
    if role == "event":
        score = float(group["net_score"].iloc[0])
    else:
        score = float(scores.sum()) or float(sum(item.direction or 0 for _, item in behind))
    main = int(np.abs(scores).argmax())
    first = group.iloc[main]
    return [
        symbol,
        listing.issuer,
        listing.venue,
        session,
        group["tradable_at"].iloc[0],
        int(np.sign(score)),
        score,
        first["category"],
        behind[main][1].scope,
        any(item.scheduled for _, item in behind),
        "first" if float(first["novelty"]) >= 1.0 else "follow-up",
        session.year,
        " ".join(group["catalyst_id"]),
        first["headline"],
        at,
        before,
    ]


def date_clusters(events: pd.DataFrame) -> IntArray:
    """Number of the cluster of each event, from 0 in order of appearance, shape (n,).

    Events of one session date share a cluster, and so do the events of one catalyst: a story of Monday
    evening moves New York on Monday and Hong Kong on Tuesday.
    """
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for session, ids in zip(events["session"], events["catalyst_ids"], strict=True):
        for name in str(ids).split():
            parent[root(("catalyst", name))] = root(("session", session))
    codes, _ = pd.factorize(pd.Series([root(("session", day)) for day in events["session"]], dtype=object))
    return np.asarray(codes, dtype=np.int64)
