"""Two listings of one issuer, a shipped strategy and its fills: small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import backtrader as bt

from engine_tools import DAY, HOUR, make_tape, make_world, ours
from newsbt.adapters.plugins import PluginRef, load
from newsbt.engine.journal import Journal
from newsbt.engine.world import Tape, World
from newsbt.records import Signal

STRATEGIES = Path(__file__).parents[1] / "strategies"
FIRST = dt.date(2024, 1, 1)
Price = float | tuple[float, float]


def shipped(name: str) -> type[Any]:
    """Class of a strategy of the workspace."""
    return load(PluginRef(STRATEGIES / f"{name}.py"), bt.Strategy)


def line(
    prices: Sequence[Price], symbol: str, venue: str = "XNYS", skip: Sequence[int] = (), **options: Any
) -> Tape:
    """Bars by (open, close), or one price for both, on consecutive days but for those to `skip`."""
    pairs = [price if isinstance(price, tuple) else (price, price) for price in prices]
    bars = [(first, max(first, last), min(first, last), last) for first, last in pairs]
    days = [number for number in range(len(bars) + len(skip)) if number not in skip]
    return make_tape(bars, [FIRST + dt.timedelta(days=number) for number in days], symbol, venue, **options)


def moment(day: int, hour: float) -> int:
    """UTC nanoseconds of an hour of the `day`-th day, from 0."""
    return ((FIRST - dt.date(1970, 1, 1)).days + day) * DAY + int(hour * HOUR)


def signal(tape: Tape, day: int, score: float, *names: str) -> Signal:
    """Signal for the session of a day."""
    session = FIRST + dt.timedelta(days=day)
    at = dt.datetime(session.year, session.month, session.day, tzinfo=dt.UTC)
    return Signal(tape.listing.symbol, session, at, score, 5.0, names or ("n",))


def trade(
    name: str,
    tapes: Sequence[Tape],
    signals: Sequence[Signal] = (),
    world: Mapping[str, Any] | None = None,
    **params: Any,
) -> tuple[list[tuple[str, int, int, float]], Journal]:
    """Fills as (symbol, day, size, price), oldest first, and the journal; 10,000 USD and no costs."""
    made: World = make_world(tapes, signals, **(world or {}))
    journal = ours(made, shipped(name), **params).journal
    fills = [
        (fill.symbol, (fill.session - FIRST).days, fill.size, round(fill.price, 10)) for fill in journal.fills
    ]
    return fills, journal


def outcome(journal: Journal, symbol: str, day: int) -> str:
    """What became of the signal of a day, and why."""
    return ": ".join(journal.outcomes[symbol, FIRST + dt.timedelta(days=day)])
