"""When bars opened and closed, and the sessions at which the future of a run can be cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from newsbt.api.inputs import Inputs
from newsbt.evidence.leaks.cuts import choose_cuts, sessions_of
from newsbt.evidence.leaks.parts import Cut
from newsbt.evidence.leaks.trace import Entry
from newsbt.records import Entry as Auction
from newsbt.records import IntArray

__all__ = ["all_sessions", "bar_times", "pick_cuts"]


def bar_times(inputs: Inputs, which: Literal["opens", "closes"]) -> dict[str, IntArray]:
    """UTC nanoseconds of the open or the close of every bar, by symbol."""
    found = {}
    for symbol, frame in inputs.book.bars.items():
        calendar = inputs.calendars[inputs.universe.listings[symbol].venue]
        times: IntArray = getattr(calendar, which)
        found[symbol] = times[np.searchsorted(calendar.days, _days(frame))]
    return found


def all_sessions(inputs: Inputs, entry: Auction) -> list[Cut]:
    """Every session of the run that a cut can be made at, ascending."""
    symbols = [item.symbol for item in inputs.listings]
    opens = bar_times(inputs, "opens")
    return sessions_of(
        {name: opens[name] for name in symbols},
        bar_times(inputs, "closes"),
        {name: _days(inputs.book.bars[name]) for name in symbols},
        {item.symbol: item.venue for item in inputs.listings},
        first_day=inputs.first_day,
        at_close=entry == "close",
    )


def pick_cuts(
    sessions: list[Cut], entries: Iterable[Entry], inputs: Inputs, known: Mapping[str, int], count: int
) -> list[Cut]:
    """The cuts of a check, by what the run did; see :func:`newsbt.evidence.leaks.cuts.choose_cuts`."""
    opens = {(cut.day, cut.venue): cut.at for cut in sessions}
    venues = {item.symbol: item.venue for item in inputs.listings}
    acted = {
        opens.get((entry.session, venues[entry.symbol]), -1)
        for entry in entries
        if entry.kind in ("signal", "order") and entry.session is not None and entry.symbol in venues
    }
    return choose_cuts(sessions, acted, known.values(), count)


def _days(frame: pd.DataFrame) -> IntArray:
    """Local dates as days since 1970-01-01."""
    return frame.index.to_numpy().astype("datetime64[D]").astype(np.int64)
