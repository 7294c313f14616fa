"""A small two-venue world for tests of signals: weekdays of January and February 2024, no holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from newsbt.records import Catalyst, Signal
from newsbt.scoring.model import Score
from newsbt.scoring.pipeline import build_signals
from newsbt.scoring.settings import SignalSettings
from newsbt.sessions import VenueCalendar
from newsbt.universe import Universe
from newsbt.universe_table import parse_universe

HOUR = 3_600_000_000_000
DAY = 24 * HOUR
WEEKDAYS = np.arange(np.datetime64("2024-01-01"), np.datetime64("2024-03-01"), dtype="datetime64[D]").astype(
    np.int64
)
WEEKDAYS = WEEKDAYS[(WEEKDAYS + 3) % 7 < 5]


def make_universe() -> Universe:
    def hong_kong(issuer: str, **more: Any) -> dict[str, Any]:
        return {
            "issuer": issuer,
            "venue": "XHKG",
            "lots": [{"from": dt.date(2019, 1, 1), "size": 100}],
            **more,
        }

    return parse_universe(
        {
            "listing": {
                "BABA": {"issuer": "Alibaba", "venue": "XNYS", "kind": "adr"},
                "9988.HK": hong_kong("Alibaba"),
                "JD": {"issuer": "JD.com", "venue": "XNYS", "kind": "adr"},
                "9618.HK": hong_kong("JD.com"),
                "0700.HK": hong_kong("Tencent"),
                "TCEHY": {"issuer": "Tencent", "venue": "XNYS", "kind": "adr", "traded": False},
                "KWEB": {"issuer": "KWEB ETF", "venue": "XNYS", "kind": "etf"},
            },
            "group": {"china": {"issuers": ["Alibaba", "JD.com", "Tencent"]}},
            "peers": {
                "Alibaba": {"JD.com": 0.5, "Tencent": 0.25},
                "JD.com": {"Alibaba": 0.5, "Tencent": 0.8},
            },
            "outside": {"NVDA": "XNYS"},
        },
        "test",
    )


def make_calendars() -> dict[str, VenueCalendar]:
    """New York 14:30 to 21:00 UTC, Hong Kong 01:30 to 08:00 UTC."""
    return {
        "XNYS": VenueCalendar(
            "XNYS", "America/New_York", WEEKDAYS, WEEKDAYS * DAY + 29 * HOUR // 2, WEEKDAYS * DAY + 21 * HOUR
        ),
        "XHKG": VenueCalendar(
            "XHKG", "Asia/Hong_Kong", WEEKDAYS, WEEKDAYS * DAY + 3 * HOUR // 2, WEEKDAYS * DAY + 8 * HOUR
        ),
    }


def make_bars(universe: Universe, **missing: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Bars on every weekday for every listing; `missing` days are left out (``BABA=["2024-01-09"]``)."""
    bars = {}
    for symbol in universe.listings:
        gone = np.array(list(missing.get(symbol, ())), dtype="datetime64[D]").astype(np.int64)
        days = WEEKDAYS[~np.isin(WEEKDAYS, gone)].astype("datetime64[D]").astype("datetime64[ns]")
        bars[symbol] = pd.DataFrame({"close": 1.0}, index=pd.DatetimeIndex(days, name="session"))
    return bars


def make_catalyst(name: str, published: str, symbols: Sequence[str] = ("Alibaba",), **more: Any) -> Catalyst:
    """A row with an exact time, written as ``"2024-01-08 20:00"`` UTC."""
    fields: dict[str, Any] = {
        "id": name,
        "published_at": dt.datetime.fromisoformat(published).replace(tzinfo=dt.UTC),
        "time_precision": "minute",
        "headline": f"headline of {name}",
        "category": "product",
        "scope": "company",
        "symbols": tuple(symbols),
    }
    return Catalyst(**{**fields, **more})


def build(
    rows: Sequence[tuple[Catalyst, float | Score]],
    symbols: Sequence[str] = ("BABA", "9988.HK", "JD", "9618.HK", "0700.HK"),
    *,
    bars: Mapping[str, pd.DataFrame] | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    **settings: Any,
) -> tuple[pd.DataFrame, list[Signal]]:
    """Run the pipeline over catalysts with their scores (a number stands for half-life 5)."""
    universe = make_universe()
    return build_signals(
        [catalyst for catalyst, _ in rows],
        [score if isinstance(score, Score) else Score(score, 5.0, "model") for _, score in rows],
        universe=universe,
        listings=[universe.listings[symbol] for symbol in symbols],
        calendars=make_calendars(),
        bars=make_bars(universe) if bars is None else bars,
        start=start,
        end=end,
        settings=SignalSettings(**settings),
    )
