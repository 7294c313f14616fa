"""Sessions of events whose date was announced before: what may be known of the future (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from newsbt.clock import PRECISIONS, catalyst_arrays, first_session
from newsbt.records import Catalyst, Entry
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing, Universe

__all__ = ["build_agenda"]

DAY_NS = 86_400_000_000_000


def build_agenda(
    audit: pd.DataFrame,
    catalysts: Sequence[Catalyst],
    *,
    universe: Universe,
    listings: Sequence[Listing],
    calendars: Mapping[str, VenueCalendar],
    entry: Entry,
) -> dict[str, tuple[int, ...]]:
    """Find the sessions of scheduled events, by listing.

    Parameters
    ----------
    audit : DataFrame
        As :func:`newsbt.scoring.pipeline.build_signals` gives it; says which catalyst reaches which listing.
        Events that reach a listing through peers only are left out.
    catalysts : sequence of Catalyst
        Rows with ``scheduled`` and the role ``event`` count; direction, strength and scores are not read.
    entry : {"open", "close"}
        Whether a session is told by its open or by its close.

    Returns
    -------
    dict
        For each listing of the run with such events: positions in the calendar of its venue, ascending,
        distinct. A position is that of the first open (or close) at or after the event, so that the one
        before it is the last that comes before the event for certain. An event of which only the day is
        known is taken to come at the beginning of that day, in the offset of its row; latency and cut-off
        do not matter, since they are about answers to the news.
    """
    rows = [item for item in catalysts if item.scheduled and item.role == "event"]
    published, precision, offset, _ = catalyst_arrays(rows, universe, ())
    midnight = (published + offset) // DAY_NS * DAY_NS - offset
    earliest = np.where(precision == PRECISIONS["day"], midnight, published)
    place = {item.id: at for at, item in enumerate(rows)}
    own = audit.loc[~audit["relation"].str.startswith("peer:")]
    reached = own["symbol"].to_numpy(dtype=object), own["catalyst_id"].to_numpy(dtype=object)
    found: dict[str, set[int]] = {}
    by_venue = {
        venue: first_session(calendars[venue], earliest, entry, cutoff_ns=0)
        for venue in dict.fromkeys(item.venue for item in listings)
    }
    venue_of = {item.symbol: item.venue for item in listings}
    for symbol, name in zip(*reached, strict=True):
        if symbol in venue_of and name in place:
            session = int(by_venue[venue_of[symbol]][place[name]])
            if session >= 0:
                found.setdefault(symbol, set()).add(session)
    return {symbol: tuple(sorted(sessions)) for symbol, sessions in found.items()}
