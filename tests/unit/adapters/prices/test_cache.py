"""The Parquet cache in front of Yahoo."""

import datetime as dt
import json
import os

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from newsbt.adapters.prices.cache import CachedSource
from newsbt.adapters.prices.cache_file import Cached, CacheFileError, cache_path, read_cached, write_cached
from newsbt.adapters.prices.source import SymbolMissingError
from newsbt.errors import DataUnavailableError
from price_tools import HK, NY
from yahoo_server import Stock

MONDAY = dt.date(2025, 1, 6)
#: Four weeks of weekdays; each close is 100 plus the day's number.
DAYS = [f"{day:%Y-%m-%d}" for day in pd.bdate_range(MONDAY, periods=20)]


def rows(days=DAYS, factor=1.0):
    return {
        day: (*(factor * (100.0 + i + step) for step in (-0.5, 1.0, -1.0, 0.0)), 1000.0)
        for i, day in enumerate(days)
    }


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def client():
    """One HTTP library is enough here."""
    return "requests"


@pytest.fixture
def world(yahoo, source, tmp_path):
    """A cache whose clock can be set; ``world.asked()`` is what reached Yahoo since the last call."""

    class World:
        now = dt.datetime(2025, 1, 18, 12, 0, tzinfo=dt.UTC)  # a Saturday
        folder = tmp_path / "cache"

        def open(self):
            """As a new process sees it."""
            return CachedSource(source, self.folder, clock=lambda: self.now)

        def asked(self):
            found = [(symbol, *span) for symbol, *span in yahoo.asked]
            yahoo.asked.clear()
            return found

        def fetch(self, start="2025-01-06", end="2025-01-17", listing=NY):
            return self.open().fetch(listing, day(start), day(end))

    world = World()
    world.yahoo = yahoo
    source._clock = lambda: world.now
    yahoo.stocks["BABA"] = Stock(rows(), "US", dividends={"2025-01-08": (2.0, "USD")})
    yahoo.stocks["9988.HK"] = Stock(rows(), "HK", dividends={"2025-01-08": (0.25, "USD")})
    return world


def same(one, other):
    pd.testing.assert_frame_equal(one.frame, other.frame, check_freq=False)
    pd.testing.assert_frame_equal(one.dividends, other.dividends)
    pd.testing.assert_series_equal(one.splits, other.splits, check_names=False, check_freq=False)


def test_the_second_time_nothing_is_asked_and_the_bars_are_the_same(world):
    first = world.fetch(listing=HK)
    assert world.asked() == [("9988.HK", "2025-01-06", "2025-01-18")]
    second = world.fetch(listing=HK)
    assert world.asked() == []
    same(first, second)
    assert first.provenance == second.provenance
    assert list(second.dividends.itertuples(index=False, name=None)) == [
        (pd.Timestamp("2025-01-08"), 0.25, "USD")
    ]


def test_provenance_stands_in_the_metadata_of_the_file(world):
    world.fetch()
    meta = json.loads(pq.read_schema(world.folder / "BABA.parquet").metadata[b"newsbt"])
    assert meta["source"] == "yahoo"
    assert "auto_adjust=False" in meta["request"]
    assert meta["fetched_at"] == "2025-01-18T12:00:00+00:00"
    assert {"yfinance", "sha256", "start", "end", "format"} <= set(meta)
    table = pd.read_parquet(world.folder / "BABA.parquet")
    assert list(table["close"]) == [100.0 + i for i in range(10)]


def test_only_later_sessions_are_asked_for(world):
    world.fetch()
    world.asked()
    world.now = dt.datetime(2025, 1, 25, 12, 0, tzinfo=dt.UTC)
    raw = world.fetch(end="2025-01-24")
    # The last cached session once more, to compare its close.
    assert world.asked() == [("BABA", "2025-01-17", "2025-01-25")]
    np.testing.assert_array_equal(raw.frame["close"], [100.0 + i for i in range(15)])
    assert len(raw.dividends) == 1
    world.fetch(end="2025-01-24")
    assert world.asked() == []


def test_only_earlier_sessions_are_asked_for(world):
    world.fetch(start="2025-01-13")
    world.asked()
    raw = world.fetch(start="2025-01-06")
    assert world.asked() == [("BABA", "2025-01-06", "2025-01-14")]
    np.testing.assert_array_equal(raw.frame["close"], [100.0 + i for i in range(10)])


def test_a_start_before_the_listing_is_asked_for_once(world):
    world.fetch(start="2024-06-03")
    world.asked()
    world.fetch(start="2024-06-03")
    assert world.asked() == []


def test_a_weekend_needs_no_refresh(world):
    world.fetch(end="2025-01-17")
    world.asked()
    world.now = dt.datetime(2025, 1, 20, 12, 0, tzinfo=dt.UTC)  # Monday: Saturday and Sunday have no bars
    world.fetch(end="2025-01-20")
    assert world.asked() == []


def test_today_is_asked_for_again_tomorrow(world):
    world.now = dt.datetime(2025, 1, 15, 18, 0, tzinfo=dt.UTC)
    assert world.fetch(end="2025-01-15").frame.index[-1] == pd.Timestamp("2025-01-14")
    world.now = dt.datetime(2025, 1, 16, 18, 0, tzinfo=dt.UTC)
    assert world.fetch(end="2025-01-16").frame.index[-1] == pd.Timestamp("2025-01-15")


def test_a_session_that_yahoo_publishes_late_is_found_later(world):
    full = world.yahoo.stocks["BABA"].rows
    world.yahoo.stocks["BABA"].rows = {key: full[key] for key in DAYS[:9]}
    assert len(world.fetch(end="2025-01-17").frame) == 9
    world.yahoo.stocks["BABA"].rows = full
    assert len(world.fetch(end="2025-01-17").frame) == 10


def test_a_split_among_the_new_days_fetches_everything_again(world):
    world.fetch()
    world.asked()
    world.now = dt.datetime(2025, 1, 25, 12, 0, tzinfo=dt.UTC)
    # 5 for 1 on the 22nd: Yahoo then gives all prices divided by 5.
    world.yahoo.stocks["BABA"] = Stock(rows(factor=0.2), "US", splits={"2025-01-22": (5, 1)})
    raw = world.fetch(end="2025-01-24")
    assert world.asked()[-1] == ("BABA", "2025-01-06", "2025-01-25")
    np.testing.assert_allclose(raw.frame["close"], [0.2 * (100.0 + i) for i in range(15)])
    assert raw.splits.to_dict() == {pd.Timestamp("2025-01-22"): 5.0}
    # It is cached, and a later refresh is an ordinary one again.
    world.now = dt.datetime(2025, 2, 1, 12, 0, tzinfo=dt.UTC)
    world.asked()
    assert len(world.fetch(end="2025-01-31").frame) == 20
    assert world.asked() == [("BABA", "2025-01-24", "2025-02-01")]


@pytest.mark.parametrize("span", [("2025-01-06", "2025-01-24"), ("2024-12-30", "2025-01-17")])
def test_prices_scaled_without_a_split_are_noticed(world, span):
    # As Yahoo did with Tencent's history when it handed out shares of Meituan.
    world.fetch()
    world.now = dt.datetime(2025, 1, 25, 12, 0, tzinfo=dt.UTC)
    world.yahoo.stocks["BABA"] = Stock(rows(factor=0.94975), "US")
    world.asked()
    raw = world.fetch(*span)
    assert len(world.asked()) == 2
    assert raw.frame["close"].iloc[0] == pytest.approx(94.975)
    assert raw.frame["close"].iloc[9] == pytest.approx(0.94975 * 109)


@pytest.mark.parametrize(
    "content", [b"", b"PAR1 but not really PAR1", b"\0" * 500, "foreign", "cut", "old format", "no bars"]
)
def test_a_corrupt_cache_file_is_named_and_fetched_again(world, content):
    first = world.fetch()
    path = world.folder / "BABA.parquet"
    if content == "cut":
        content = path.read_bytes()[:-200]
    elif content == "foreign":
        pd.DataFrame({"a": [1]}).to_parquet(path)
        content = path.read_bytes()
    elif content == "old format":
        table = pq.read_table(path)
        meta = json.loads(table.schema.metadata[b"newsbt"]) | {"format": "0"}
        pq.write_table(table.replace_schema_metadata({"newsbt": json.dumps(meta)}), path)
        content = path.read_bytes()
    elif content == "no bars":
        table = pq.read_table(path)
        pq.write_table(table.slice(0, 0), path)
        content = path.read_bytes()
    path.write_bytes(content)
    world.asked()
    again = world.fetch()
    assert [(found.code, found.severity) for found in again.findings] == [("cache-corrupt", "warning")]
    assert "BABA.parquet" in again.findings[0].message
    assert world.asked() == [("BABA", "2025-01-06", "2025-01-18")]
    same(first, again)
    assert world.fetch().findings == ()


def test_offline_the_cache_is_enough_for_a_period_it_holds(world):
    world.fetch()
    world.yahoo.close()
    world.yahoo.close = lambda: None
    assert len(world.fetch(start="2025-01-08", end="2025-01-15").frame) == 10
    assert world.fetch().findings == ()


def test_offline_a_period_up_to_today_gives_the_cached_bars_with_a_warning(world):
    world.fetch()
    world.yahoo.faults, world.yahoo.forever = ["500"], True
    world.now = dt.datetime(2025, 1, 25, 12, 0, tzinfo=dt.UTC)
    raw = world.fetch(end="2025-01-25")
    assert [(found.code, found.severity, found.where) for found in raw.findings] == [
        ("cache-not-refreshed", "warning", "BABA")
    ]
    assert len(raw.frame) == 10


@pytest.mark.parametrize(("start", "end"), [("2025-01-06", "2025-01-23"), ("2024-12-02", "2025-01-17")])
def test_offline_a_period_the_cache_does_not_hold_is_an_error(world, start, end):
    world.fetch()
    world.yahoo.faults, world.yahoo.forever = ["500"], True
    world.now = dt.datetime(2025, 1, 25, 12, 0, tzinfo=dt.UTC)
    with pytest.raises(DataUnavailableError, match="the cache holds BABA from 2025-01-06 to 2025-01-17 only"):
        world.fetch(start, end)


def test_offline_without_a_cache_is_an_error_and_nobody_waits_twice(world):
    world.yahoo.faults, world.yahoo.forever = ["500"], True
    cached = world.open()
    for listing in (NY, HK):
        with pytest.raises(DataUnavailableError):
            cached.fetch(listing, MONDAY, day("2025-01-17"))
    assert {symbol for symbol, *_ in world.asked()} == {"BABA"}
    assert not world.folder.exists()


def test_a_symbol_that_yahoo_lacks_leaves_no_file(world):
    del world.yahoo.stocks["BABA"]
    with pytest.raises(SymbolMissingError):
        world.fetch()
    assert not world.folder.exists()


def test_a_symbol_that_disappears_keeps_what_is_cached(world):
    world.fetch()
    del world.yahoo.stocks["BABA"]
    world.now = dt.datetime(2025, 2, 25, 12, 0, tzinfo=dt.UTC)
    assert len(world.fetch(end="2025-02-24").frame) == 10


def test_exchange_rates_are_cached_too(world):
    cached = world.open()
    world.now = dt.datetime(2025, 2, 13, 12, 0, tzinfo=dt.UTC)
    first = cached.fetch_fx(day("2025-02-06"), day("2025-02-12"))
    assert world.asked() == [("HKD=X", "2025-02-06", "2025-02-13")]
    second = world.open().fetch_fx(day("2025-02-06"), day("2025-02-12"))
    assert world.asked() == []
    assert first.usdhkd.tolist() == second.usdhkd.tolist() == [7.7875, 7.7885, 7.7895, 7.7905, 7.7915]
    assert first.days.tolist() == second.days.tolist() == [20125, 20126, 20129, 20130, 20131]


def test_offline_cached_exchange_rates_are_given_for_any_days(world):
    world.now = dt.datetime(2025, 2, 13, 12, 0, tzinfo=dt.UTC)
    world.open().fetch_fx(day("2025-02-06"), day("2025-02-12"))
    world.yahoo.faults, world.yahoo.forever = ["500"], True
    rates = world.open().fetch_fx(day("2025-01-06"), day("2025-02-12"))
    assert [(found.code, found.severity) for found in rates.findings] == [("cache-not-refreshed", "warning")]
    assert len(rates.days) == 5


def test_exchange_rates_that_are_not_to_be_had_are_none(world):
    del world.yahoo.stocks["HKD=X"]
    assert world.open().fetch_fx(day("2025-02-06"), day("2025-02-12")) is None


def test_span_starts_where_the_cache_does(world):
    before = world.open().span([NY])
    assert before == (dt.date(2015, 1, 1), dt.date(2025, 1, 18))
    world.fetch()
    assert world.open().span([NY, HK]) == (MONDAY, dt.date(2025, 1, 18))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_warning(world):
    world.folder.mkdir()
    world.folder.chmod(0o500)
    raw = world.fetch()
    assert [found.code for found in raw.findings] == ["cache-not-written"]


def test_a_folder_that_is_a_file_is_a_warning_and_the_bars_are_there(world):
    world.folder.write_text("in the way")
    raw = world.fetch()
    assert [(found.code, found.severity) for found in raw.findings] == [("cache-not-written", "warning")]
    assert len(raw.frame) == 10


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(world, monkeypatch):
    world.fetch()
    before = (world.folder / "BABA.parquet").read_bytes()
    world.now = dt.datetime(2025, 1, 25, 12, 0, tzinfo=dt.UTC)

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    raw = world.fetch(end="2025-01-24")
    assert [found.code for found in raw.findings] == ["cache-not-written"]
    assert "No space left" in raw.findings[0].message
    assert [path.name for path in world.folder.iterdir()] == ["BABA.parquet"]
    assert (world.folder / "BABA.parquet").read_bytes() == before


def test_names_of_symbols_become_names_of_files(tmp_path):
    assert cache_path(tmp_path, "9988.HK").name == "9988.HK.parquet"
    assert cache_path(tmp_path, "HKD=X").name == "HKD=X.parquet"
    assert cache_path(tmp_path, "../x/y").parent == tmp_path


def test_what_is_written_is_read(tmp_path):
    frame = pd.DataFrame(
        {
            "open": [1.0],
            "high": [2.0],
            "low": [0.5],
            "close": [1.5],
            "volume": [np.nan],
            "dividend": [0.25],
            "dividend_currency": ["USD"],
            "split": [0.0],
        },
        index=pd.DatetimeIndex(["2025-01-06"]).as_unit("ns"),
    )
    path = tmp_path / "deep" / "x.parquet"
    write_cached(path, Cached(frame, MONDAY, MONDAY, {"source": "yahoo"}))
    back = read_cached(path)
    pd.testing.assert_frame_equal(back.frame, frame, check_dtype=False)
    assert (back.start, back.end, back.provenance) == (MONDAY, MONDAY, {"source": "yahoo"})
    assert read_cached(tmp_path / "none.parquet") is None
    (tmp_path / "dir.parquet").mkdir()
    with pytest.raises(CacheFileError):
        read_cached(tmp_path / "dir.parquet")
