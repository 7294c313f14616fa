"""Laws of the clock, against a scan of the calendar library's own schedule."""

from __future__ import annotations

import datetime as dt
import os
import time
import warnings
from pathlib import Path

import exchange_calendars
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt import clock
from newsbt.adapters.calendars import load_calendars

ROOT = Path(__file__).parents[2]
VENUES = ("XNYS", "XHKG")
START, END = dt.date(2023, 1, 2), dt.date(2025, 12, 31)
CALENDARS = load_calendars(VENUES, ROOT / "data/calendar_overlay.toml", START, END)
ZONES = {"XNYS": "America/New_York", "XHKG": "Asia/Hong_Kong"}
#: The overlay once more, by hand: sessions that were none and opens that were late in these years.
SHUT = {"XHKG": {pd.Timestamp("2023-09-01"), pd.Timestamp("2023-09-08")}, "XNYS": set()}
LATE = {("XHKG", pd.Timestamp("2023-10-09")): pd.Timestamp("2023-10-09T06:00Z")}
SCHEDULE = {}
for _venue in VENUES:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        _table = exchange_calendars.get_calendar(_venue, start=str(START), end=str(END)).schedule
    SCHEDULE[_venue] = [
        (LATE.get((_venue, day), row.open), row.close)
        for day, row in _table.iterrows()
        if day not in SHUT[_venue]
    ]
FIRST = int(pd.Timestamp("2023-01-05", tz="UTC").value)
LAST = int(pd.Timestamp("2025-12-20", tz="UTC").value)

moments = st.integers(FIRST // 10**9, LAST // 10**9).map(lambda second: second * 10**9)
precisions = st.integers(0, 2)
offsets = st.sampled_from([-5, -4, 0, 8]).map(lambda hour: hour * 3_600_000_000_000)
venues = st.integers(-1, 1)
latencies = st.integers(0, 48 * 60).map(lambda minute: minute * 60_000_000_000)
entries = st.sampled_from(["open", "close"])


def known(published: int, precision: int, offset: int, venue: int, latency: int) -> int:
    return int(
        clock.known_at(
            np.array([published]),
            np.array([precision], dtype=np.int8),
            np.array([offset]),
            np.array([venue]),
            [CALENDARS[name] for name in VENUES],
            latency,
        )[0]
    )


@given(moments, precisions, offsets, venues, latencies)
def test_known_is_never_before_publication_and_at_most_two_days_later(
    published: int, precision: int, offset: int, venue: int, latency: int
) -> None:
    found = known(published, precision, offset, venue, latency)
    assert published <= found
    assert found <= published + (latency if precision == 0 else 86_400_000_000_000)


@given(moments, st.sampled_from(VENUES), entries)
def test_session_is_the_first_that_a_scan_finds(at: int, venue: str, entry: str) -> None:
    cutoff = pd.Timedelta(minutes=10)
    moment = pd.Timestamp(at, tz="UTC")
    edges = [opens if entry == "open" else closes - cutoff for opens, closes in SCHEDULE[venue]]
    expected = next(place for place, edge in enumerate(edges) if edge >= moment)
    found = clock.first_session(CALENDARS[venue], np.array([at]), entry)  # type: ignore[arg-type]
    assert int(found[0]) == expected
    traded = clock.tradable_at(CALENDARS[venue], found, entry)  # type: ignore[arg-type]
    assert int(traded[0]) >= at


@given(st.lists(moments, min_size=2, max_size=30), st.sampled_from(VENUES), entries)
def test_later_news_never_trades_earlier(times: list[int], venue: str, entry: str) -> None:
    found = clock.first_session(CALENDARS[venue], np.sort(np.array(times)), entry)  # type: ignore[arg-type]
    assert (np.diff(found) >= 0).all()


@given(moments, st.integers(0, 10**15), st.integers(1, 2), offsets, venues)
def test_publication_later_is_never_known_earlier(
    published: int, delay: int, precision: int, offset: int, venue: int
) -> None:
    later = min(published + delay, LAST)
    assert known(published, precision, offset, venue, 0) <= known(later, precision, offset, venue, 0)


@given(st.lists(st.tuples(moments, precisions, offsets, venues), min_size=1, max_size=40), latencies)
def test_many_at_once_are_the_same_as_one_by_one(rows: list[tuple[int, int, int, int]], latency: int) -> None:
    published, precision, offset, venue = (np.array(column) for column in zip(*rows, strict=True))
    together = clock.known_at(
        published, precision.astype(np.int8), offset, venue, [CALENDARS[name] for name in VENUES], latency
    )
    assert together.tolist() == [known(*row, latency) for row in rows]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change its time zone")
@settings(max_examples=25, deadline=None)
@given(moments, precisions, offsets, venues)
def test_the_time_zone_of_the_machine_does_not_matter(
    published: int, precision: int, offset: int, venue: int
) -> None:
    before = os.environ.get("TZ")
    found = set()
    try:
        for zone in ("UTC", "America/Los_Angeles", "Asia/Hong_Kong"):
            os.environ["TZ"] = zone
            time.tzset()
            found.add(known(published, precision, offset, venue, 0))
    finally:
        if before is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = before
        time.tzset()
    assert len(found) == 1
