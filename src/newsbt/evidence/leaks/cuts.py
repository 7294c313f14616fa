"""Which moments to cut at: where orders were made, and close before news (pure)."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from newsbt.evidence.leaks.parts import Cut
from newsbt.records import IntArray

__all__ = ["choose_cuts", "sessions_of"]

EPOCH = dt.date(1970, 1, 1)


def sessions_of(
    opens: Mapping[str, IntArray],
    closes: Mapping[str, IntArray],
    days: Mapping[str, IntArray],
    venues: Mapping[str, str],
    *,
    first_day: dt.date,
    at_close: bool,
) -> list[Cut]:
    """Every session of a run that a cut can be made at, ascending: none before all listings have a bar.

    Parameters
    ----------
    opens, closes, days : mapping of symbol to array of int64, shape (n,)
        UTC nanoseconds, and local dates as days since 1970-01-01, of each bar.
    venues : mapping of symbol to venue
    first_day : date
        First session of the run.
    at_close : bool
        Whether orders are for the close, so that news of the session itself may matter to them.
    """
    begin = max((int(times[1]) for times in opens.values() if len(times) > 1), default=0)
    found: dict[int, Cut] = {}
    for symbol, times in opens.items():
        for at, close, day in zip(
            times.tolist(), closes[symbol].tolist(), days[symbol].tolist(), strict=True
        ):
            date = EPOCH + dt.timedelta(days=day)
            if at >= begin and date >= first_day:
                found[at] = Cut(at, close if at_close else at, date, venues[symbol])
    cuts = [found[at] for at in sorted(found)]
    return cuts[:-1] or cuts


def choose_cuts(sessions: Sequence[Cut], acted: Iterable[int], news: Iterable[int], count: int) -> list[Cut]:
    """At most `count` of `sessions`, ascending.

    A leak shows where something was decided, and most clearly where the news came soon after. So three in
    eight are sessions with an order or a signal that are closest before news, as many are spread over all
    such sessions, and the rest over the whole run.

    Parameters
    ----------
    sessions : sequence of Cut
        Ascending.
    acted : iterable of int
        Opens (UTC nanoseconds) of sessions for which there are orders or signals.
    news : iterable of int
        When news became known, UTC nanoseconds.
    count : int
        At least 1.
    """
    if not sessions:
        return []
    wanted, known = set(acted), sorted(news)
    busy = [cut for cut in sessions if cut.at in wanted]
    close = sorted(busy, key=lambda cut: (_until(known, cut.known), cut.at))
    share = (3 * count + 7) // 8
    chosen: set[int] = set()
    # Of the third of sessions closest to news, those far from each other.
    _take(chosen, sorted(close[: max(len(close) // 3, share)], key=lambda cut: cut.at), share)
    _take(chosen, busy, min(2 * share, count))
    _take(chosen, list(sessions), count)
    return [cut for cut in sessions if cut.at in chosen]


def _until(known: Sequence[int], moment: int) -> int:
    at = bisect.bisect_right(known, moment)
    return known[at] - moment if at < len(known) else 1 << 62


def _take(chosen: set[int], cuts: Sequence[Cut], total: int) -> None:
    """Add cuts, evenly spread, until `chosen` has `total`."""
    left: Collection[Cut] = [cut for cut in cuts if cut.at not in chosen]
    missing = min(total - len(chosen), len(left))
    if missing > 0:
        places = np.round((np.arange(missing) + 0.5) * len(left) / missing - 0.5).astype(int)
        chosen.update(list(left)[place].at for place in places)
