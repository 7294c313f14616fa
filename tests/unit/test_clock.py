"""Edges of the clock that no golden case shows: empty arrays, calendars and odd venues."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from newsbt import clock
from newsbt.records import Catalyst, Entry
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing, Universe

HOUR = 3_600_000_000_000
#: Three days in a zone without daylight saving, 01:30 to 08:00 UTC, with a hole at day 20_001.
DAYS = np.array([20_000, 20_002, 20_003])
OPENS, CLOSES = DAYS * 24 * HOUR + 3 * HOUR // 2, DAYS * 24 * HOUR + 8 * HOUR
HONG_KONG = VenueCalendar("XHKG", "Asia/Hong_Kong", DAYS, OPENS, CLOSES)
NOTHING = VenueCalendar("XHKG", "Asia/Hong_Kong", DAYS[:0], OPENS[:0], CLOSES[:0])
UNIVERSE = Universe({"9988.HK": Listing("9988.HK", "Alibaba", "XHKG", "HKD")}, outside={"NVDA": "XNYS"})
ROW = Catalyst(
    id="a",
    published_at=dt.datetime(2025, 3, 5, 9, 0, 0, 7, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    time_precision="session",
    headline="",
    category="product",
    scope="company",
    symbols=("Alibaba",),
)


def integers(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_rows_become_arrays() -> None:
    rows = [
        ROW,
        replace(ROW, time_precision="minute", symbols=("NVDA", "9988.HK")),
        replace(ROW, time_precision="day", symbols=("Nobody",)),
        replace(ROW, symbols=()),
    ]
    published, precision, offset, venue = clock.catalyst_arrays(rows, UNIVERSE, ("XNYS", "XHKG"))
    # 2025-03-05 is day 20_152; 09:00 in Hong Kong is 01:00 UTC; seven microseconds are 7000 ns.
    assert published.tolist() == [20_152 * 24 * HOUR + HOUR + 7000] * 4
    assert precision.tolist() == [1, 0, 2, 1]
    assert offset.tolist() == [8 * HOUR] * 4
    assert venue.tolist() == [1, 0, -1, -1]
    assert [array.dtype for array in (published, precision, offset, venue)] == [
        np.int64,
        np.int8,
        np.int64,
        np.int64,
    ]


def test_a_venue_that_is_not_loaded_has_no_place() -> None:
    assert clock.catalyst_arrays([ROW], UNIVERSE, ("XNYS",))[3].tolist() == [-1]


def test_no_rows_give_no_sessions() -> None:
    arrays = clock.catalyst_arrays([], UNIVERSE, ("XHKG",))
    known = clock.known_at(*arrays, [HONG_KONG], 0)
    assert known.tolist() == []
    assert clock.first_session(HONG_KONG, known, "open").tolist() == []
    assert clock.tradable_at(HONG_KONG, integers(), "open").tolist() == []


def test_a_calendar_without_sessions_has_none_left() -> None:
    assert clock.first_session(NOTHING, integers(0, 20_000 * 24 * HOUR), "open").tolist() == [-2, -2]
    # A session row on a day without a session: known when that Hong Kong day ends, at 16:00 UTC.
    known = clock.known_at(
        integers(20_000 * 24 * HOUR), np.array([1], dtype=np.int8), integers(0), integers(0), [NOTHING], 0
    )
    assert known.tolist() == [20_000 * 24 * HOUR + 16 * HOUR]


@pytest.mark.parametrize(
    ("entry", "edges"), [("open", OPENS), ("close", CLOSES - clock.CUTOFF_NS)], ids=["open", "close"]
)
def test_one_nanosecond_decides(entry: Entry, edges: np.ndarray) -> None:
    assert clock.first_session(HONG_KONG, edges - 1, entry).tolist() == [0, 1, 2]
    assert clock.first_session(HONG_KONG, edges, entry).tolist() == [0, 1, 2]
    assert clock.first_session(HONG_KONG, edges + 1, entry).tolist() == [1, 2, clock.AFTER_RANGE]


def test_the_first_day_begins_at_its_midnight() -> None:
    midnight = 20_000 * 24 * HOUR - 8 * HOUR
    found = clock.first_session(HONG_KONG, integers(midnight - 1, midnight), "open")
    assert found.tolist() == [clock.BEFORE_RANGE, 0]


def test_another_cut_off() -> None:
    half_hour = HOUR // 2
    known = integers(CLOSES[0] - half_hour, CLOSES[0] - half_hour + 1)
    assert clock.first_session(HONG_KONG, known, "close", cutoff_ns=half_hour).tolist() == [0, 1]
    assert clock.first_session(HONG_KONG, integers(CLOSES[0]), "close", cutoff_ns=0).tolist() == [0]


def test_tradable_at_is_the_close_itself_and_not_the_cut_off() -> None:
    assert clock.tradable_at(HONG_KONG, integers(2, 0), "close").tolist() == [CLOSES[2], CLOSES[0]]
    assert clock.tradable_at(HONG_KONG, integers(1), "open").tolist() == [OPENS[1]]


def test_each_row_asks_its_own_venue() -> None:
    early = replace(HONG_KONG, opens=OPENS - HOUR)
    at = integers(20_000 * 24 * HOUR, 20_000 * 24 * HOUR)
    known = clock.known_at(
        at, np.array([1, 1], dtype=np.int8), integers(0, 0), integers(0, 1), [HONG_KONG, early], 0
    )
    assert known.tolist() == [OPENS[0], OPENS[0] - HOUR]
