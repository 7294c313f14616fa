"""Dividends: currency, sessions, the two listings of an issuer."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from newsbt.prices.dividends import compare_listings, convert_dividends, place_dividends
from newsbt.prices.fx import FxTable
from newsbt.prices.report import as_days, index_days
from price_tools import HK, NY, bars, codes


def table(*rows):
    return pd.DataFrame(
        {
            "ex_date": pd.DatetimeIndex([day for day, *_ in rows]),
            "amount": [float(amount) for _, amount, _ in rows],
            "currency": [currency for *_, currency in rows],
        }
    )


def days(*texts):
    return np.array([as_days(dt.date.fromisoformat(text)) for text in texts], dtype=np.int64)


RATES = FxTable(days("2025-04-04", "2025-04-07", "2025-04-08"), np.array([7.77, 7.76, 7.75]))


def test_a_us_dollar_dividend_of_a_hong_kong_line_is_converted_at_the_rate_of_its_ex_date():
    out, findings = convert_dividends(table(("2025-04-07", 0.5, "USD")), HK, RATES)
    assert out.to_dict() == {pd.Timestamp("2025-04-07"): pytest.approx(3.88)}
    assert codes(findings) == [("dividend-converted", "info", "9988.HK")]
    assert "0.5 USD on 2025-04-07 is 3.8800 HKD at 7.7600" in findings[0].message


def test_a_day_without_a_fixing_takes_the_last_one():
    out, _ = convert_dividends(table(("2025-04-06", 1.0, "USD")), HK, RATES)
    assert out.iloc[0] == pytest.approx(7.77)


def test_a_hong_kong_dollar_dividend_of_an_adr_is_converted_the_other_way():
    out, _ = convert_dividends(table(("2025-04-08", 7.75, "HKD")), NY, RATES)
    assert out.iloc[0] == pytest.approx(1.0)


def test_its_own_currency_is_kept_and_a_regular_and_a_special_dividend_add_up():
    out, findings = convert_dividends(
        table(("2025-06-12", 1.05, "USD"), ("2025-06-12", 0.95, "USD")), NY, RATES
    )
    assert findings == []
    assert out.to_list() == [pytest.approx(2.0)]


@pytest.mark.parametrize(
    ("amount", "currency"), [(0.88929, "CNY"), (-1.0, "USD"), (0.0, "USD"), (np.nan, "USD"), (1.0, "")]
)
def test_an_amount_that_cannot_be_used_is_left_out_and_named(amount, currency):
    out, findings = convert_dividends(
        table(("2025-04-07", amount, currency), ("2025-04-08", 1.0, "USD")), NY, RATES
    )
    assert len(out) == 1
    assert codes(findings) == [("dividend-unusable", "error", "BABA 2025-04-07")]


def test_no_dividends():
    out, findings = convert_dividends(table(), HK, RATES)
    assert len(out) == 0
    assert findings == []


def place(dividends, sessions, start="2025-04-01", end="2025-04-30"):
    series = pd.Series(list(dividends.values()), index=pd.DatetimeIndex(list(dividends)), dtype=float)
    return place_dividends(series, days(*sessions), HK, *days(start, end).tolist())


def test_a_dividend_stands_on_its_ex_date():
    cash, findings = place({"2025-04-08": 3.9}, ["2025-04-07", "2025-04-08", "2025-04-09"])
    assert cash.tolist() == [0.0, 3.9, 0.0]
    assert findings == []


def test_an_ex_date_without_a_bar_moves_to_the_next_bar():
    cash, findings = place({"2025-04-08": 3.9}, ["2025-04-07", "2025-04-09"])
    assert cash.tolist() == [0.0, 3.9]
    assert codes(findings) == [("dividend-moved", "warning", "9988.HK 2025-04-08")]


def test_a_dividend_after_the_last_bar_is_left_out_and_one_before_the_first_is_nobodys():
    cash, findings = place({"2025-04-03": 1.0, "2025-04-10": 3.9}, ["2025-04-07", "2025-04-09"])
    assert cash.tolist() == [0.0, 0.0]
    assert codes(findings) == [("dividend-after-last-bar", "info", "9988.HK 2025-04-10")]


def test_a_dividend_outside_the_period_is_not_looked_at():
    cash, findings = place({"2025-05-08": 3.9}, ["2025-04-07", "2025-04-09"])
    assert cash.tolist() == [0.0, 0.0]
    assert findings == []


def listed(day, close, dividend):
    """Two bars; the dividend stands on the second."""
    before = pd.Timestamp(day) - pd.Timedelta(days=1)
    frame = bars(
        [(f"{before:%Y-%m-%d}", close, close, close, close, 1.0), (day, close, close, close, close, 1.0)]
    )
    return frame.assign(dividend=[0.0, dividend], placeholder=False)


# Alibaba in June 2025: 2.00 USD an ADS (about 120 USD), 0.25 USD a share (about 117 HKD), ratio 8.


def test_the_same_dividend_has_the_same_yield_on_both_venues():
    book = {"BABA": listed("2025-06-12", 120.0, 2.0), "9988.HK": listed("2025-06-11", 117.6, 0.25 * 7.85)}
    assert compare_listings(book, [NY, HK]) == []


def test_us_dollars_booked_as_hong_kong_dollars_are_found():
    book = {"BABA": listed("2025-06-12", 120.0, 2.0), "9988.HK": listed("2025-06-11", 117.6, 0.25)}
    found = compare_listings(book, [NY, HK])
    assert codes(found) == [("dividend-currency", "warning", "9988.HK 2025-06-11")]
    # 2 / 120 = 1.667 %, 0.25 / 117.6 = 0.213 %: 7.84 times.
    assert "7.8 times too small" in found[0].message


def test_a_dividend_converted_twice_is_found():
    book = {"BABA": listed("2025-06-12", 120.0, 2.0), "9988.HK": listed("2025-06-11", 117.6, 0.25 * 7.85**2)}
    # 0.25 x 7.85 x 7.85 / 117.6 = 13.10 %: 7.86 times 1.667 %.
    assert "7.9 times too large" in compare_listings(book, [NY, HK])[0].message


def test_dividends_of_other_days_and_single_listings_are_not_compared():
    book = {"BABA": listed("2025-03-12", 120.0, 2.0), "9988.HK": listed("2025-06-11", 117.6, 0.25)}
    assert compare_listings(book, [NY, HK]) == []
    del book["BABA"]
    assert compare_listings(book, [NY, HK]) == []
    book["BABA"] = listed("2025-06-12", 120.0, 0.0)
    assert compare_listings(book, [NY, HK]) == []


def test_day_numbers_do_not_depend_on_the_unit():
    index = pd.DatetimeIndex(["1970-01-02", "2025-02-11"])
    for unit in ("s", "ms", "us", "ns"):
        # 55 years of 365 days, 14 leap days from 1972 to 2024, 41 days since New Year.
        assert index_days(index.as_unit(unit)).tolist() == [1, 55 * 365 + 14 + 41]
