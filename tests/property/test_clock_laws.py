"""Laws of the clock, against a scan of the calendar library's own schedule one row at a time."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
import warnings
from pathlib import Path
from zoneinfo import ZoneInfo

import exchange_calendars
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt import clock
from newsbt.adapters.calendars import load_calendars

ROOT = Path(__file__).parents[2]
OVERLAY = ROOT / "data/calendar_overlay.toml"
VENUES = ("XNYS", "XHKG")
ZONES = {"XNYS": ZoneInfo("America/New_York"), "XHKG": ZoneInfo("Asia/Hong_Kong")}
START, END = dt.date(2019, 1, 2), dt.date(2025, 12, 31)
SECOND, HOUR, DAY = 10**9, 3600 * 10**9, 86400 * 10**9
CUTOFF = 600 * SECOND

#: The overlay once more, written here by hand: UTC hour and minute of the open and the close.
SHUT = {("XHKG", "2023-09-01"), ("XHKG", "2023-09-08")}
OTHER_OPEN = {
    ("XHKG", "2020-08-19"): (5, 30),
    ("XHKG", "2021-06-28"): (5, 30),
    ("XHKG", "2022-08-25"): (5, 0),
    ("XHKG", "2023-10-09"): (6, 0),
}
OTHER_CLOSE = {("XHKG", "2019-07-31"): (5, 55), ("XHKG", "2022-11-02"): (5, 55)}


def schedule(venue: str) -> list[tuple[dt.date, int, int]]:
    """Day, open and close (UTC nanoseconds) of every session, by the library and the table above."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        table = exchange_calendars.get_calendar(venue, start=str(START), end=str(END)).schedule
    sessions = []
    for stamp, row in table.iterrows():
        day = stamp.date()
        key = (venue, str(day))
        times = []
        for moment, other in ((row["open"], OTHER_OPEN), (row["close"], OTHER_CLOSE)):
            aware = moment.to_pydatetime()
            if key in other:
                aware = dt.datetime(day.year, day.month, day.day, *other[key], tzinfo=dt.UTC)
            times.append(int(aware.timestamp()) * SECOND)
        if key not in SHUT:
            sessions.append((day, times[0], times[1]))
    return sessions


SCHEDULE = {venue: schedule(venue) for venue in VENUES}
BY_DAY = {venue: {day: (opens, closes) for day, opens, closes in SCHEDULE[venue]} for venue in VENUES}
CALENDARS = load_calendars(VENUES, OVERLAY, START, END)
FIRST = int(dt.datetime(2019, 1, 4, tzinfo=dt.UTC).timestamp()) * SECOND
LAST = int(dt.datetime(2025, 12, 20, tzinfo=dt.UTC).timestamp()) * SECOND

#: Opens, closes and midnights with a nanosecond on either side: where off-by-one errors live.
EDGES = sorted(
    {
        edge + delta
        for venue in VENUES
        for day, opens, closes in SCHEDULE[venue]
        for edge in (
            opens,
            closes,
            closes - CUTOFF,
            int(dt.datetime.combine(day, dt.time(), ZONES[venue]).timestamp()) * SECOND,
        )
        for delta in (-1, 0, 1)
        if FIRST <= edge <= LAST
    }
)
#: The days around every change of the clocks, every typhoon and every half day are among the edges.
moments = st.one_of(st.integers(FIRST, LAST), st.sampled_from(EDGES))
precisions = st.integers(0, 2)
offsets = st.sampled_from([-12 * HOUR, -5 * HOUR, -4 * HOUR, 0, 19_800 * SECOND, 8 * HOUR, 14 * HOUR])
venues = st.integers(-1, 1)
latencies = st.integers(0, 48 * 60).map(lambda minute: minute * 60 * SECOND)
entries = st.sampled_from(["open", "close"])
rows = st.tuples(moments, precisions, offsets, venues)


def known(published: int, precision: int, offset: int, venue: int, latency: int) -> int:
    return int(
        clock.known_at(
            np.array([published], dtype=np.int64),
            np.array([precision], dtype=np.int8),
            np.array([offset], dtype=np.int64),
            np.array([venue], dtype=np.int64),
            [CALENDARS[name] for name in VENUES],
            latency,
        )[0]
    )


def first(venue: str, at: int, entry: str) -> int:
    return int(clock.first_session(CALENDARS[venue], np.array([at], dtype=np.int64), entry)[0])  # type: ignore[arg-type]


def expected_known(published: int, precision: int, offset: int, venue: int, latency: int) -> int:
    """The rule read aloud, with datetime instead of arrays."""
    if precision == 0:
        return published + latency
    if precision == 2 or venue < 0:
        zone: dt.tzinfo = dt.timezone(dt.timedelta(seconds=offset // SECOND))
    else:
        zone = ZONES[VENUES[venue]]
    whole = published // SECOND  # the remaining nanoseconds cannot change the date
    day = dt.datetime.fromtimestamp(whole, zone).date()
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    end_of_day = int(midnight.timestamp()) * SECOND
    if precision == 2 or venue < 0 or day not in BY_DAY[VENUES[venue]]:
        return end_of_day
    opens, closes = BY_DAY[VENUES[venue]][day]
    if published < opens:
        return opens
    return closes if published < closes else end_of_day


@settings(max_examples=500)
@given(rows, latencies)
def test_known_is_what_the_rule_says(row: tuple[int, int, int, int], latency: int) -> None:
    assert known(*row, latency) == expected_known(*row, latency)


@given(rows, latencies)
def test_known_is_never_before_publication(row: tuple[int, int, int, int], latency: int) -> None:
    published, precision = row[:2]
    # A local day lasts 25 hours when the clocks go back.
    bound = latency if precision == 0 else 25 * HOUR
    assert published <= known(*row, latency) <= published + bound


@given(moments, st.sampled_from(VENUES), entries)
def test_session_is_the_first_that_a_scan_finds(at: int, venue: str, entry: str) -> None:
    edges = [opens if entry == "open" else closes - CUTOFF for _, opens, closes in SCHEDULE[venue]]
    expected = next(place for place, edge in enumerate(edges) if edge >= at)
    assert first(venue, at, entry) == expected


@given(rows, latencies, st.sampled_from(VENUES), entries)
def test_nothing_trades_before_it_is_known_nor_misses_an_earlier_session(
    row: tuple[int, int, int, int], latency: int, venue: str, entry: str
) -> None:
    at = known(*row, latency)
    place = first(venue, at, entry)
    if place == clock.AFTER_RANGE:
        return
    day, opens, closes = SCHEDULE[venue][place]
    assert CALENDARS[venue].day(place) == day
    traded = int(clock.tradable_at(CALENDARS[venue], np.array([place]), entry)[0])  # type: ignore[arg-type]
    assert traded == (opens if entry == "open" else closes)
    assert traded >= at + (CUTOFF if entry == "close" else 0) >= row[0]
    if place > 0:
        _, before_opens, before_closes = SCHEDULE[venue][place - 1]
        assert at > (before_opens if entry == "open" else before_closes - CUTOFF)


@given(st.lists(moments, min_size=2, max_size=30), st.sampled_from(VENUES), entries)
def test_later_news_never_trades_earlier(times: list[int], venue: str, entry: str) -> None:
    found = clock.first_session(CALENDARS[venue], np.array(sorted(times)), entry)  # type: ignore[arg-type]
    assert (np.diff(found) >= 0).all()


@given(moments, st.integers(0, 10 * DAY), precisions, offsets, venues, latencies)
def test_later_publication_is_never_known_earlier(
    published: int, delay: int, precision: int, offset: int, venue: int, latency: int
) -> None:
    same = (precision, offset, venue, latency)
    assert known(published, *same) <= known(published + delay, *same)


@given(moments, latencies, latencies, st.sampled_from(VENUES), entries)
def test_more_latency_never_trades_earlier(at: int, one: int, other: int, venue: str, entry: str) -> None:
    less, more = sorted((one, other))
    found = clock.first_session(CALENDARS[venue], np.array([at + less, at + more]), entry)  # type: ignore[arg-type]
    assert found[0] <= found[1] or found[1] == clock.AFTER_RANGE


@given(moments, st.sampled_from(VENUES))
def test_the_closing_auction_is_never_later_than_that_of_the_first_open_session(at: int, venue: str) -> None:
    assert first(venue, at, "close") <= first(venue, at, "open")


@given(st.lists(rows, min_size=1, max_size=40), latencies, st.sampled_from(VENUES), entries)
def test_many_at_once_are_the_same_as_one_by_one(
    many: list[tuple[int, int, int, int]], latency: int, venue: str, entry: str
) -> None:
    published, precision, offset, place = (
        np.array(column, dtype=np.int64) for column in zip(*many, strict=True)
    )
    together = clock.known_at(
        published, precision.astype(np.int8), offset, place, [CALENDARS[name] for name in VENUES], latency
    )
    assert together.tolist() == [known(*row, latency) for row in many]
    sessions = clock.first_session(CALENDARS[venue], together, entry)  # type: ignore[arg-type]
    assert sessions.tolist() == [first(venue, int(at), entry) for at in together]


@given(rows, st.sampled_from(VENUES), st.integers(1, 200))
def test_days_before_and_after_do_not_change_a_session(
    row: tuple[int, int, int, int], venue: str, cut: int
) -> None:
    """A calendar that begins earlier or ends later names the same session."""
    published, precision, offset, place = row
    whole = CALENDARS[venue]
    at = known(published, precision, offset, place, 0)
    day = first(venue, at, "open")
    if day < cut or day >= len(whole.days) - cut:
        return
    part = type(whole)(
        whole.venue,
        whole.timezone,
        whole.days[day - cut :],
        whole.opens[day - cut :],
        whole.closes[day - cut :],
    )
    found = int(clock.first_session(part, np.array([at]), "open")[0])
    begin = dt.datetime.combine(part.day(0), dt.time(), ZONES[venue])
    if at < int(begin.timestamp()) * SECOND:
        assert found == clock.BEFORE_RANGE
    else:
        assert part.day(found) == whole.day(day)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change its time zone")
@settings(max_examples=25, deadline=None)
@given(rows, st.sampled_from(VENUES), entries)
def test_the_time_zone_of_the_machine_does_not_matter(
    row: tuple[int, int, int, int], venue: str, entry: str
) -> None:
    before = os.environ.get("TZ")
    found = set()
    try:
        for zone in ("UTC", "America/Los_Angeles", "Asia/Hong_Kong", "Pacific/Kiritimati"):
            os.environ["TZ"] = zone
            time.tzset()
            at = known(*row, 0)
            found.add((at, first(venue, at, entry)))
    finally:
        if before is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = before
        time.tzset()
    assert len(found) == 1


SCRIPT = """
import datetime as dt, hashlib, sys
from pathlib import Path
import numpy as np
from newsbt import clock
from newsbt.adapters.calendars import load_calendars
calendars = load_calendars(("XNYS", "XHKG"), Path(sys.argv[1]), dt.date(2019, 1, 2), dt.date(2025, 12, 31))
digest = hashlib.sha256()
published = np.arange(1_546_500_000, 1_766_000_000, 7_001, dtype=np.int64) * 1_000_000_000
count = len(published)
known = clock.known_at(
    published, (np.arange(count) % 3).astype(np.int8), np.arange(count) % 3 * 14_400_000_000_000,
    np.arange(count) % 2, list(calendars.values()), 300_000_000_000,
)
for calendar in calendars.values():
    for entry in ("open", "close"):
        digest.update(clock.first_session(calendar, known, entry).tobytes())
    digest.update(calendar.days.tobytes() + calendar.opens.tobytes() + calendar.closes.tobytes())
print(digest.hexdigest())
"""


@pytest.mark.slow
def test_a_whole_process_in_another_time_zone_gives_the_same_bytes() -> None:
    found = set()
    for zone in ("UTC", "America/New_York", "Asia/Kathmandu"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(OVERLAY)],
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
