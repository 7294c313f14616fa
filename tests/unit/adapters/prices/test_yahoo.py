"""The Yahoo source through yfinance itself, against a server on loopback."""

import datetime as dt
import logging

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.prices.load import load_prices
from newsbt.adapters.prices.source import SymbolMissingError
from newsbt.adapters.prices.yahoo import YahooSource
from newsbt.errors import DataUnavailableError
from price_tools import HK, INDEX, NY, calendar, codes, weekdays
from yahoo_server import Stock

START, END = dt.date(2025, 2, 6), dt.date(2025, 2, 12)


def dates(frame):
    return [f"{day:%Y-%m-%d}" for day in frame.index]


def waits(source):
    """Waits before further attempts, without the pauses between symbols."""
    return [seconds for seconds in source.slept if seconds]


def test_good_hong_kong_bars_keep_their_dates_and_prices(source, yahoo):
    raw = source.fetch(HK, START, dt.date(2025, 2, 11))
    assert dates(raw.frame) == ["2025-02-06", "2025-02-07", "2025-02-10", "2025-02-11"]
    assert raw.frame.index.tz is None
    assert list(raw.frame.columns) == ["open", "high", "low", "close", "volume"]
    assert raw.frame.loc["2025-02-11"].to_list() == [108.2, 109.7, 104.4, 105.0, 1.0e8]
    assert len(raw.dividends) == 0
    assert len(raw.splits) == 0
    assert yahoo.asked == [("9988.HK", "2025-02-06", "2025-02-12")]
    assert waits(source) == []


def test_new_york_bars_do_not_shift_over_the_change_of_the_clocks(source, yahoo):
    days = weekdays("2025-03-06", 4)  # the clocks went forward on Sunday 9 March
    yahoo.stocks["BABA"] = Stock({day: (1.0 + i, 2.0 + i, 0.5, 1.5, 9.0) for i, day in enumerate(days)}, "US")
    source._clock = lambda: dt.datetime(2025, 4, 1, tzinfo=dt.UTC)
    raw = source.fetch(NY, dt.date(2025, 3, 6), dt.date(2025, 3, 11))
    assert dates(raw.frame) == days


@pytest.mark.parametrize(
    ("now", "listing", "last"),
    [
        # 22:00 in Hong Kong and 09:00 in New York on the 12th.
        ("2025-02-12T14:00Z", HK, "2025-02-11"),
        ("2025-02-12T14:00Z", NY, "2025-02-11"),
        # 00:30 on the 13th in Hong Kong, 11:30 on the 12th in New York.
        ("2025-02-12T16:30Z", HK, "2025-02-12"),
        ("2025-02-12T16:30Z", NY, "2025-02-11"),
        ("2025-02-13T05:00Z", NY, "2025-02-12"),
    ],
)
def test_the_bar_of_the_exchanges_own_today_is_dropped(source, now, listing, last):
    source._clock = lambda: dt.datetime.fromisoformat(now)
    assert dates(source.fetch(listing, START, dt.date(2025, 2, 13)).frame)[-1] == last


def test_dividends_keep_the_currency_that_yahoo_names(source, yahoo):
    yahoo.stocks["9988.HK"].dividends = {"2025-02-07": (0.25, "USD"), "2025-02-11": (1.5, "HKD")}
    yahoo.stocks["BABA"].dividends = {"2025-02-10": 2.0}
    hk, ny = source.fetch(HK, START, END), source.fetch(NY, START, END)
    assert [tuple(row) for row in hk.dividends.itertuples(index=False)] == [
        (pd.Timestamp("2025-02-07"), 0.25, "USD"),
        (pd.Timestamp("2025-02-11"), 1.5, "HKD"),
    ]
    assert [tuple(row) for row in ny.dividends.itertuples(index=False)] == [
        (pd.Timestamp("2025-02-10"), 2.0, "USD")
    ]


def test_splits_come_with_their_dates(source, yahoo):
    yahoo.stocks["BABA"].splits = {"2025-02-10": (5, 1)}
    raw = source.fetch(NY, START, END)
    assert raw.splits.to_dict() == {pd.Timestamp("2025-02-10"): 5.0}


def test_closes_are_never_the_adjusted_ones(source):
    # The server halves the adjusted closes.
    assert source.fetch(NY, START, END).frame["close"].to_list() == [100.4, 103.5, 111.32, 112.78]


def test_an_index_is_asked_for_by_yahoos_own_name(source, yahoo):
    yahoo.stocks["^HSI"] = Stock(
        {"2025-02-11": (21500.0, 21600.0, 21200.0, 21294.86, 0.0)}, "HK", kind="INDEX"
    )
    assert source.fetch(INDEX, START, END).frame["close"].to_list() == [21294.86]


def test_an_etf_with_capital_gains_is_read(source, yahoo):
    yahoo.stocks["BABA"].kind = "ETF"
    assert len(source.fetch(NY, START, END).frame) == 4


def test_provenance_says_what_was_asked_and_when(source):
    import yfinance as yf

    found = source.fetch(NY, START, END).provenance
    assert found["source"] == "yahoo"
    assert "BABA" in found["request"]
    assert "auto_adjust=False" in found["request"]
    assert found["fetched_at"] == "2025-02-12T14:00:00+00:00"
    assert found["yfinance"] == yf.__version__
    assert len(found["sha256"]) == 64
    assert source.fetch(NY, START, END).provenance["sha256"] == found["sha256"]


def test_exchange_rates(source):
    rates = source.fetch_fx(START, END)
    # 2025-02-06 is day 20125.
    assert rates.days.tolist() == [20125, 20126, 20129, 20130]
    assert rates.usdhkd.tolist() == [7.7875, 7.7885, 7.7895, 7.7905]


def test_no_exchange_rates_is_none(source, yahoo):
    del yahoo.stocks["HKD=X"]
    assert source.fetch_fx(START, END) is None


def test_a_partial_answer_is_given_and_the_gate_names_what_is_missing(source, yahoo):
    del yahoo.stocks["9988.HK"].rows["2025-02-07"]
    yahoo.stocks["9988.HK"].rows["2025-02-10"] = (None,) * 5
    sessions = calendar(*weekdays("2025-02-06", 5))
    book = load_prices(source, [HK], {"XHKG": sessions}, START, dt.date(2025, 2, 11))
    assert dates(book.bars["9988.HK"]) == ["2025-02-06", "2025-02-11"]
    # yfinance leaves out rows that are empty altogether (keepna=False): the two sessions are one gap.
    assert codes(book.findings) == [("missing-session", "warning", "9988.HK 2025-02-07..2025-02-10")]


@pytest.mark.parametrize("start", [START, dt.date(2024, 2, 6)])
def test_an_empty_answer_is_an_error(source, yahoo, start):
    yahoo.stocks["BABA"].rows = {"2020-01-02": (1.0, 1.0, 1.0, 1.0, 1.0)}
    with pytest.raises(SymbolMissingError, match="Yahoo has no prices of BABA"):
        source.fetch(NY, start, END)


def test_only_an_unfinished_bar_is_an_error_too(source):
    with pytest.raises(SymbolMissingError, match="no finished session of BABA"):
        source.fetch(NY, END, END)


def test_an_unknown_symbol_is_missing_without_further_attempts(source, yahoo):
    del yahoo.stocks["BABA"]
    with pytest.raises(SymbolMissingError, match="BABA"):
        source.fetch(NY, START, END)
    assert waits(source) == []


def test_a_refusal_is_waited_out(source, yahoo):
    # yfinance asks once more by itself after a refusal, with another cookie.
    yahoo.faults = ["429"] * 4
    assert len(source.fetch(NY, START, END).frame) == 4
    assert waits(source) == [1.0, 2.0]


def test_refusals_for_ever_end_in_an_error(source, yahoo):
    yahoo.faults, yahoo.forever = ["429"], True
    with pytest.raises(DataUnavailableError, match=r"429.*4 attempts.*--prices sample") as caught:
        source.fetch(NY, START, END)
    assert not isinstance(caught.value, SymbolMissingError)
    assert waits(source) == [1.0, 2.0, 4.0]


def test_a_server_error_is_waited_out(source, yahoo):
    yahoo.faults = ["500"] * 2
    assert len(source.fetch(NY, START, END).frame) == 4
    assert waits(source) == [1.0]


def test_server_errors_for_ever_end_in_an_error(source, yahoo):
    yahoo.faults, yahoo.forever = ["500"], True
    with pytest.raises(DataUnavailableError, match="server error"):
        source.fetch(NY, START, END)
    assert waits(source) == [1.0, 2.0, 4.0]


def test_a_slow_answer_is_tried_once_more(source, yahoo):
    yahoo.faults = ["slow"]
    assert len(source.fetch(NY, START, END).frame) == 4
    assert waits(source) == [1.0]


def test_slow_answers_for_ever_end_in_an_error(source, yahoo):
    yahoo.faults, yahoo.forever = ["slow"], True
    with pytest.raises(DataUnavailableError, match="connection to Yahoo failed for BABA"):
        source.fetch(NY, START, END)
    assert waits(source) == [1.0]


def test_an_answer_cut_off_in_the_middle_is_tried_once_more(source, yahoo):
    yahoo.faults = ["cut off"]
    assert len(source.fetch(NY, START, END).frame) == 4
    assert waits(source) == [1.0]


def test_answers_cut_off_for_ever_end_in_an_error(source, yahoo):
    yahoo.faults, yahoo.forever = ["cut off"], True
    with pytest.raises(DataUnavailableError, match="for BABA"):
        source.fetch(NY, START, END)


@pytest.mark.parametrize("fault", ["no volume column", "no timestamps", "a list", "another shape"])
def test_another_shape_of_the_answer_is_named_and_not_tried_again(source, yahoo, fault):
    yahoo.faults, yahoo.forever = [fault], True
    with pytest.raises(DataUnavailableError, match="BABA"):
        source.fetch(NY, START, END)
    assert waits(source) == []


def test_another_table_of_yfinance_is_named(source, monkeypatch):
    import yfinance as yf

    true = yf.Ticker.history
    monkeypatch.setattr(yf.Ticker, "history", lambda *a, **k: true(*a, **k).rename(columns={"Close": "Last"}))
    with pytest.raises(DataUnavailableError, match=r"no column Close for BABA but Open, .*Last"):
        source.fetch(NY, START, END)


def test_a_server_that_is_not_there(source, yahoo):
    yahoo.server.server_close()
    with pytest.raises(DataUnavailableError, match="connection to Yahoo failed"):
        source.fetch(NY, START, END)


@pytest.mark.parametrize("fault", ["", "500"])
def test_yfinances_settings_are_as_they_were_afterwards(source, yahoo, fault, caplog, capsys):
    import yfinance as yf

    yahoo.faults, yahoo.forever = [fault], True
    logger = logging.getLogger("yfinance")
    before = (yf.config.debug.hide_exceptions, logger.level)
    try:
        source.fetch(NY, START, END)
    except DataUnavailableError:
        assert fault
    assert (yf.config.debug.hide_exceptions, logger.level) == before
    assert before[0] is True
    assert caplog.records == []
    assert capsys.readouterr() == ("", "")


def test_symbols_are_asked_for_one_by_one_with_a_pause(yahoo, source):
    source._pause = 0.25
    source.fetch(NY, START, END)
    source.fetch(HK, START, END)
    source.fetch_fx(START, END)
    assert [symbol for symbol, *_ in yahoo.asked] == ["BABA", "9988.HK", "HKD=X"]
    assert source.slept == [0.25, 0.25]


def test_both_lines_through_the_gate(source):
    week = weekdays("2025-02-06", 4)
    calendars = {"XHKG": calendar(*week), "XNYS": calendar(*week, venue="XNYS")}
    book = load_prices(source, [NY, HK], calendars, START, dt.date(2025, 2, 11))
    assert book.findings == ()
    np.testing.assert_array_equal(book.bars["BABA"]["close"], [100.4, 103.5, 111.32, 112.78])
    assert book.fx.rate_on("USD", "HKD", dt.date(2025, 2, 11)) == 7.7905


def test_yfinances_own_stores_go_where_they_are_told(yahoo, tmp_path, monkeypatch):
    import yfinance as yf

    from yahoo_server import session

    told = []
    monkeypatch.setattr(yf, "set_tz_cache_location", told.append)
    source = YahooSource(session=session("requests", yahoo.port), state_dir=tmp_path / "yf", pause=0.0)
    source.fetch(NY, START, END)
    source.fetch(NY, START, END)
    assert told == [str(tmp_path / "yf")]
