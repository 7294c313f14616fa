"""From a source to the price book: who is left out, who is missing, what is said."""

import datetime as dt

import numpy as np
import pytest

from newsbt.adapters.prices.folder import FolderSource
from newsbt.adapters.prices.load import load_prices, open_source
from newsbt.adapters.prices.source import RawFx
from newsbt.errors import DataUnavailableError, InputError, UnknownNameError
from price_tools import HK, NY, SAMPLE, calendar, codes, weekdays

DAYS = weekdays("2025-02-10", 8)
CALENDARS = {"XHKG": calendar(*DAYS), "XNYS": calendar(*DAYS, venue="XNYS")}
FIRST, LAST = dt.date(2025, 2, 10), dt.date(2025, 2, 19)


def lines(count, close=100.0):
    rows = [
        f"{day},{close},{close + 2 + i},{close - 2},{close + i % 3},{5000 + i}" for i, day in enumerate(DAYS)
    ]
    return "date,open,high,low,close,volume\n" + "\n".join(rows[:count]) + "\n"


@pytest.fixture
def folder(tmp_path):
    def make(**files):
        for name, text in files.items():
            (tmp_path / f"{name.replace('_', '.')}.csv").write_text(text)
        return FolderSource(tmp_path)

    return make


HK_NAME = "9988_HK"


def test_both_listings_without_rates(folder):
    source = folder(BABA=lines(8), **{HK_NAME: lines(8)})
    seen = []
    book = load_prices(source, [NY, HK], CALENDARS, None, None, progress=lambda *what: seen.append(what))
    assert list(book.bars) == ["BABA", "9988.HK"]
    assert seen == [("BABA", 0, 2), ("9988.HK", 1, 2)]
    assert codes(book.findings) == [("fx-fallback", "warning", "USDHKD")]
    assert book.fx.rate_on("USD", "HKD", FIRST) == 7.80
    assert set(book.provenance) == {"BABA", "9988.HK"}


def test_the_fallback_is_information_for_one_currency(folder):
    book = load_prices(folder(BABA=lines(8)), [NY], CALENDARS, None, None)
    assert codes(book.findings) == [("fx-fallback", "info", "USDHKD")]


def test_a_listing_without_a_file_is_left_out_unless_it_is_named(folder):
    source = folder(BABA=lines(8))
    book = load_prices(source, [NY, HK], CALENDARS, FIRST, LAST)
    assert list(book.bars) == ["BABA"]
    assert ("no-prices", "info", "9988.HK") in codes(book.findings)
    with pytest.raises(DataUnavailableError, match=r"no file for 9988\.HK"):
        load_prices(source, [NY, HK], CALENDARS, FIRST, LAST, required={"9988.HK"})


def test_a_listing_without_bars_in_the_period_is_left_out_unless_it_is_named(folder):
    source = folder(BABA=lines(8), **{HK_NAME: lines(2)})
    period = dt.date(2025, 2, 13), LAST
    book = load_prices(source, [NY, HK], CALENDARS, *period)
    assert list(book.bars) == ["BABA"]
    assert ("no-bars", "info", "9988.HK") in codes(book.findings)
    with pytest.raises(DataUnavailableError, match=r"no usable bar of 9988\.HK from 2025-02-13"):
        load_prices(source, [NY, HK], CALENDARS, *period, required=["9988.HK"])


def test_nothing_at_all(folder):
    source = folder(BABA=lines(2))
    with pytest.raises(DataUnavailableError, match=r"have none of 9988\.HK"):
        load_prices(source, [HK], CALENDARS, FIRST, LAST)
    with pytest.raises(DataUnavailableError, match="no bars of BABA from 2025-02-13"):
        load_prices(source, [NY], CALENDARS, dt.date(2025, 2, 13), LAST)


def test_the_end_before_the_start(folder):
    with pytest.raises(InputError, match="end 2025-02-10 is before start 2025-02-19"):
        load_prices(folder(BABA=lines(8)), [NY], CALENDARS, LAST, FIRST)


def test_without_an_end_a_listing_is_held_against_its_own_venue(folder):
    # Hong Kong's file is older than New York's; that is no fault of either.
    source = folder(BABA=lines(8), **{HK_NAME: lines(2)})
    book = load_prices(source, [NY, HK], CALENDARS, None, None)
    assert "ends-early" not in {found.code for found in book.findings}
    book = load_prices(source, [NY, HK], CALENDARS, None, LAST)
    assert ("ends-early", "warning", "9988.HK 2025-02-12..2025-02-19") in codes(book.findings)


def test_dividends_are_converted_and_compared(folder):
    source = folder(
        BABA=lines(8),
        **{HK_NAME: lines(8)},
        DIVIDENDS="symbol,ex_date,amount,currency\nBABA,2025-02-12,1.0,USD\n9988.HK,2025-02-12,1.0,USD\n",
        USDHKD="date,close\n2025-02-10,7.78\n2025-02-12,7.79\n",
    )
    book = load_prices(source, [NY, HK], CALENDARS, None, None)
    np.testing.assert_allclose(book.bars["9988.HK"]["dividend"], [0, 0, 7.79, 0, 0, 0, 0, 0])
    np.testing.assert_allclose(book.bars["BABA"]["dividend"], [0, 0, 1, 0, 0, 0, 0, 0])
    # Prices are about 100 on both venues, so one US dollar on both is 7.79 times the yield in Hong Kong.
    assert ("dividend-currency", "warning", "9988.HK 2025-02-12") in codes(book.findings)


def test_rates_that_cannot_be_reached_are_the_fallback_with_the_reason(folder, monkeypatch):
    def down(*_):
        raise DataUnavailableError("the connection failed")

    source = folder(**{HK_NAME: lines(8)})
    monkeypatch.setattr(source, "fetch_fx", down)
    book = load_prices(source, [HK], CALENDARS, None, None)
    assert codes(book.findings) == [("fx-fallback", "warning", "USDHKD")]
    assert book.findings[0].message.startswith("the connection failed; 7.80 HKD per USD")


def test_a_downloaded_rate_outside_the_band_is_dropped_and_said(folder, monkeypatch):
    source = folder(**{HK_NAME: lines(8)})
    days = np.arange(8, dtype=np.int64) + (FIRST - dt.date(1970, 1, 1)).days
    rates = np.array([7.79, 8.2, *[7.79] * 6])
    monkeypatch.setattr(source, "fetch_fx", lambda *_: RawFx(days, rates))
    book = load_prices(source, [HK], CALENDARS, FIRST, LAST)
    assert codes(book.findings) == [("fx-rejected", "warning", "USDHKD 2025-02-11")]
    assert book.fx.rate_on("USD", "HKD", dt.date(2025, 2, 11)) == 7.79


def test_a_rate_outside_the_band_in_a_file_is_an_error(folder):
    source = folder(**{HK_NAME: lines(8), "USDHKD": "date,close\n2025-02-10,7.79\n2025-02-11,8.2\n"})
    with pytest.raises(InputError, match=r"USDHKD\.csv: 8\.2 HKD per USD on 2025-02-11 is outside"):
        load_prices(source, [HK], CALENDARS, FIRST, LAST)


def test_sources_by_name(tmp_path, monkeypatch):
    data = tmp_path / "data"
    (data / "prices" / "sample").mkdir(parents=True)
    assert open_source("sample", data).name == "sample"
    assert open_source("yahoo", data).name == "yahoo"
    assert str(data / "cache") in open_source("yahoo", data).describe()
    assert open_source(str(SAMPLE), data).name == str(SAMPLE)
    monkeypatch.chdir(tmp_path)
    assert open_source("data", data).name == "data"
    assert not (data / "cache").exists()


@pytest.mark.parametrize(
    ("spec", "error", "says"),
    [
        ("sampel", UnknownNameError, "did you mean 'sample'"),
        ("Yahoo", UnknownNameError, "did you mean 'yahoo'"),
        ("bloomberg", UnknownNameError, "choose from a folder, sample, yahoo"),
        ("no/such/folder", InputError, "there is no price folder no/such/folder"),
        ("file.csv", InputError, "is a file; name the folder"),
    ],
)
def test_sources_that_are_none(tmp_path, monkeypatch, spec, error, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.csv").write_text("x")
    with pytest.raises(error, match=says):
        open_source(spec, tmp_path)
