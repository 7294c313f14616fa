"""From a run's audit, signals and journal to the entries that a leak check compares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from newsbt.engine.journal import FillEntry, Journal, OrderEntry
from newsbt.engine.world import Tape, World
from newsbt.evidence.leaks.trace import Entry, numbered
from newsbt.records import Signal

__all__ = ["trace_journal", "trace_news"]

#: Reasons of orders that the engine sends inside a bar, at levels set before.
INSIDE = ("stop", "take", "trail")


def trace_news(audit: pd.DataFrame, signals: Sequence[Signal]) -> list[Entry]:
    """Scores, audit rows and signals, before any trading."""
    entries = []
    rows = audit.loc[:, list(AUDIT)].itertuples(index=False, name=None)
    known = _moments(audit["known_at"])
    tradable = _moments(audit["tradable_at"])
    for place, (catalyst, symbol, session, score, half_life, status, hindsight, net) in enumerate(rows):
        of = f"of news {catalyst} for {symbol}" if symbol else f"of news {catalyst}"
        key, ids = (catalyst, symbol), (catalyst,)
        value = (round(float(score), 9), round(float(half_life), 9), bool(hindsight))
        text = f"score {score:+.3f} {of}"
        entries.append(Entry("score", known[place], key, 0, value, text, symbol, None, ids))
        if tradable[place] is not None and symbol:
            day = session if isinstance(session, dt.date) else None
            row = (day, status, round(float(net), 9) if net == net else None)
            moment = max(known[place], tradable[place])
            text = f"status {status!r} {of} and session {day}"
            entries.append(Entry("audit", moment, key, 0, row, text, symbol, day, ids))
    for item in signals:
        at = int(item.tradable_at.timestamp()) * 1_000_000_000
        said = (round(item.score, 9), round(item.half_life, 9), item.catalyst_ids)
        text = f"signal {item.score:+.3f} for {item.symbol} on {item.session}"
        entries.append(
            Entry(
                "signal", at, (item.symbol, item.session), 0, said, text, item.symbol, item.session,
                item.catalyst_ids,
            )
        )  # fmt: skip
    return entries


AUDIT = ("catalyst_id", "symbol", "session", "score", "half_life", "status", "hindsight", "net_score")


def trace_journal(journal: Journal, world: World) -> list[Entry]:
    """Orders and fills."""
    tapes = {tape.listing.symbol: tape for tape in world.tapes}
    found = [_order(entry, tapes[entry.symbol]) for entry in journal.orders]
    return numbered([*found, *(_fill(entry) for entry in journal.fills)])


def _order(entry: OrderEntry, tape: Tape) -> Entry:
    """A decision: its moment is the last close before it, or the bar's close for a level inside a bar."""
    bar = int(np.searchsorted(tape.closes_at, entry.accepted_after, side="right"))
    session = tape.day(bar) if bar < len(tape) else None
    moment = entry.accepted_after
    if entry.reason in INSIDE and session is not None:
        moment = int(tape.closes_at[bar])
    side = "buy" if entry.size > 0 else "sell"
    what = f"to {side} {abs(entry.size):,} {entry.symbol}" if entry.size else f"in {entry.symbol}, refused,"
    levels = tuple(round(level, 9) for level in entry.levels)
    at = f" at {levels[0]:g}" if levels else ""
    text = f"order {what}{at} for {session}" if session else f"order {what}{at}"
    return Entry(
        "order",
        moment,
        (entry.symbol, entry.accepted_after),
        0,
        (entry.size, entry.kind, entry.reason, entry.catalyst_ids, levels),
        text,
        entry.symbol,
        session,
        entry.catalyst_ids,
    )


def _fill(entry: FillEntry) -> Entry:
    side = "purchase" if entry.size > 0 else "sale"
    return Entry(
        "fill",
        entry.at,
        (entry.symbol, entry.at),
        0,
        (entry.size, round(entry.price, 9), round(entry.fees_base, 9), entry.reason, entry.catalyst_ids),
        f"{side} of {abs(entry.size):,} {entry.symbol} on {entry.session} at {entry.price:g}",
        entry.symbol,
        entry.session,
        entry.catalyst_ids,
    )


def _moments(column: pd.Series[Any]) -> list[Any]:
    """UTC nanoseconds; None where there is no time."""
    stamps = pd.to_datetime(column, utc=True).astype("datetime64[ns, UTC]")
    gone = stamps.isna().to_numpy()
    return [None if none else at for none, at in zip(gone, stamps.astype("int64").tolist(), strict=True)]
