"""Written times to UTC: offsets, zones, clocks put forward and back, and what is refused."""

import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from news_tools import read_bytes
from newsbt.news import times
from newsbt.news.outcome import EntryError

HK, NY = ZoneInfo("Asia/Hong_Kong"), ZoneInfo("America/New_York")


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "zone", "at", "precision"),
    [
        ("2025-02-11T14:21:08Z", None, utc(2025, 2, 11, 14, 21, 8), "second"),
        ("2025-02-11T14:21:08.25+08:00", None, utc(2025, 2, 11, 6, 21, 8, 250000), "second"),
        ("2025-02-11 14:21", HK, utc(2025, 2, 11, 6, 21), "minute"),
        ("2025-02-11", HK, utc(2025, 2, 10, 16), "day"),
        ("2025-07-01", NY, utc(2025, 7, 1, 4), "day"),
        ("20250211", HK, utc(2025, 2, 10, 16), "day"),
        ("20250211142108", HK, utc(2025, 2, 11, 6, 21, 8), "second"),
        (1739254868, None, utc(2025, 2, 11, 6, 21, 8), "second"),
        ("1739254868000", None, utc(2025, 2, 11, 6, 21, 8), "second"),
        (1739254868.5, None, utc(2025, 2, 11, 6, 21, 8, 500000), "second"),
        ("Tue, 11 Feb 2025 14:21:08 +0800", None, utc(2025, 2, 11, 6, 21, 8), "second"),
        ("11 Feb 2025 14:21 HKT", None, utc(2025, 2, 11, 6, 21), "minute"),
        ("11 Feb 2025 14:21:08 +0800 (HKT)", None, utc(2025, 2, 11, 6, 21, 8), "second"),
        ("11 Feb 2025", HK, utc(2025, 2, 10, 16), "day"),
        ("11 Feb 2025 23:30 -0000", None, utc(2025, 2, 11, 23, 30), "minute"),
        ("11 Feb 2025 2:21 PM", HK, utc(2025, 2, 11, 6, 21), "minute"),
        ("11 Feb 2025 12:21 AM", HK, utc(2025, 2, 10, 16, 21), "minute"),
        ("2016-12-31T23:59:60Z", None, utc(2017, 1, 1), "second"),
        (dt.datetime.fromisoformat("2025-02-11T14:21:08"), HK, utc(2025, 2, 11, 6, 21, 8), "second"),
        (dt.date(2025, 2, 11), HK, utc(2025, 2, 10, 16), "day"),
        (
            pd.Timestamp("2025-02-11 14:21:08", tz="Asia/Hong_Kong"),
            None,
            utc(2025, 2, 11, 6, 21, 8),
            "second",
        ),
    ],
)
def test_times_that_are_read(value, zone, at, precision):
    moment = times.universal(value, zone)
    assert (moment.at, moment.precision) == (at, precision)
    assert type(moment.at) is dt.datetime


@pytest.mark.parametrize(
    ("value", "zone", "code"),
    [
        ("", HK, "no-time"),
        (None, HK, "no-time"),
        (pd.NaT, HK, "no-time"),
        (0, None, "no-time"),
        ("2025-02-11 14:21", None, "no-offset"),
        ("2025-02-11", None, "no-offset"),
        ("11 Feb 2025 14:21", None, "no-offset"),
        ("11 Feb 2025 14:21 BST", None, "no-offset"),  # British summer or Bangladesh
        ("2025-02-30 10:00", HK, "bad-time"),
        ("2025-02-11 24:30", HK, "bad-time"),
        ("02/11/2025 10:00", HK, "bad-time"),
        ("11 Feb 2025 14:21 PM", HK, "bad-time"),
        ("yesterday", HK, "bad-time"),
        ("11 Feb 2025 14:21 CST", None, "no-offset"),  # North America or China
        ("2025-02-11T10:00:00+25:00", None, "bad-time"),
        ("0001-01-01T00:00:00Z", None, "bad-time"),
        ("9999-12-31T23:59:59-14:00", None, "bad-time"),
        (1e300, None, "bad-time"),
        (float("nan"), None, "bad-time"),
        ("soon", HK, "bad-time"),
        ("x" * 10_000, HK, "bad-time"),
        (True, HK, "bad-value"),
        ([1], HK, "bad-value"),
    ],
)
def test_times_that_are_refused(value, zone, code):
    with pytest.raises(EntryError) as caught:
        times.universal(value, zone)
    assert caught.value.code == code
    assert len(caught.value.reason) < 300


def test_an_hour_that_came_twice_is_the_later_and_one_that_never_came_is_refused():
    twice = times.iso("2025-11-02 01:30", NY)  # summer time ended at 2:00; once at 5:30 UTC and once at 6:30
    assert twice.at == utc(2025, 11, 2, 6, 30)
    assert "twice" in twice.note
    with pytest.raises(EntryError, match="jumped over"):
        times.iso("2025-03-09 02:30", NY)


def test_a_standard_time_of_china_is_not_taken_for_that_of_chicago():
    written = "11 Feb 2025 14:21 CST"
    assert times.rfc822(written, None).at == utc(2025, 2, 11, 20, 21)
    with pytest.raises(EntryError, match="no zone with one meaning"):
        times.rfc822(written, None, chinese=True)
    assert times.rfc822(written, ZoneInfo("Asia/Shanghai"), chinese=True).at == utc(2025, 2, 11, 6, 21)


def test_a_form_that_is_named():
    moment = times.formatted("11/02/2025 14:21", "%d/%m/%Y %H:%M", HK)
    assert (moment.at, moment.precision) == (utc(2025, 2, 11, 6, 21), "minute")
    assert times.formatted("Feb 11, 2025", "%b %d, %Y", HK).precision == "day"
    assert times.formatted("11.02.2025 14:21:08 +0100", "%d.%m.%Y %H:%M:%S %z", None).at == utc(
        2025, 2, 11, 13, 21, 8
    )
    with pytest.raises(EntryError, match="not as"):
        times.formatted("2025-02-11", "%d/%m/%Y", HK)


@pytest.mark.parametrize(
    "written", ["2025-02-27 09:03:00 UTC", "2025-02-27T17:03:00+08:00", "27 Feb 25 17:03:00 +0800"]
)
def test_a_feed_may_write_its_times_in_the_form_of_another(written):
    feed = f"<rss><channel><item><title>x</title><pubDate>{written}</pubDate></item></channel></rss>"
    (item,) = read_bytes(feed.encode())
    assert item.published_at == utc(2025, 2, 27, 9, 3)


def test_midnight_is_noticed_in_the_offset_it_was_written_in():
    assert times.iso("2025-02-11T00:00:00+08:00", None).midnight
    assert times.iso("2025-02-11 00:00", HK).midnight
    assert not times.iso("2025-02-10T16:00:00Z", None).midnight
    assert not times.iso("2025-02-11", HK).midnight
