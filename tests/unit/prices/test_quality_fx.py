"""Exchange rates: the band of the peg, gaps, the fallback."""

import datetime as dt

import numpy as np
import pytest

from newsbt.errors import InputError
from newsbt.prices.fx import FALLBACK_USDHKD
from newsbt.prices.quality_fx import check_fx, clean_fx, fallback_fx
from price_tools import codes

# 2025-02-11 is day 20130.
DAY = 20130


def gate(rates, start=DAY, end=DAY + 5, days=None):
    days = np.arange(DAY, DAY + len(rates)) if days is None else np.array(days, dtype=np.int64)
    return clean_fx(days, np.array(rates, dtype=float), start, end)


def test_good_fixings_pass():
    fx, findings = gate([7.78, 7.79, 7.80, 7.79, 7.78, 7.77])
    assert findings == []
    assert fx.hkd_per_usd(np.array([DAY + 2])).tolist() == [7.80]


@pytest.mark.parametrize("wrong", [7.7399, 7.8601, 0.0, -7.8, 0.1282, 78.0, np.inf])
def test_a_rate_outside_the_band_is_rejected_and_the_one_before_carried(wrong):
    fx, findings = gate([7.78, wrong, 7.80, 7.79, 7.78, 7.77])
    assert codes(findings) == [("fx-rejected", "warning", "USDHKD 2025-02-12")]
    assert fx.hkd_per_usd(np.array([DAY + 1])).tolist() == [7.78]


@pytest.mark.parametrize("edge", [7.74, 7.86])
def test_the_edges_of_the_band_are_inside(edge):
    assert gate([7.78, edge, 7.80, 7.79, 7.78, 7.77])[1] == []


def test_order_repeats_and_blanks():
    fx, findings = gate([7.80, 7.78, np.nan, 7.79], days=[DAY + 2, DAY, DAY + 1, DAY], end=DAY + 2)
    assert findings == []
    assert fx.days.tolist() == [DAY, DAY + 2]
    assert fx.usdhkd.tolist() == [7.79, 7.80]


def test_a_weekend_is_normal_and_a_long_gap_is_told():
    rates = [7.78, 7.79]
    assert gate(rates, days=[DAY, DAY + 5], end=DAY + 6)[1] == []
    fx, findings = gate(rates, days=[DAY, DAY + 20], end=DAY + 21)
    assert codes(findings) == [("fx-carried", "info", "USDHKD 2025-02-11")]
    assert "19 days" in findings[0].message
    assert fx.hkd_per_usd(np.array([DAY + 19])).tolist() == [7.78]


def test_rates_that_start_late_or_end_early_are_told():
    _, findings = gate([7.78, 7.79], start=DAY - 30, end=DAY + 60)
    assert [(found.code, found.where) for found in findings] == [
        ("fx-carried", "USDHKD 2025-02-11"),
        ("fx-carried", "USDHKD 2025-02-12"),
    ]


def test_gaps_outside_the_period_are_nobodys_business():
    assert gate([7.78, 7.79, 7.80], days=[DAY, DAY + 20, DAY + 40], start=DAY + 20, end=DAY + 21)[1] == []


@pytest.mark.parametrize("rates", [[], [np.nan], [9.0]])
def test_without_a_usable_fixing_the_fallback_is_stated(rates):
    fx, findings = gate(rates)
    assert findings[-1].code == "fx-fallback"
    assert findings[-1].severity == "warning"
    assert "7.80" in findings[-1].message
    assert fx.hkd_per_usd(np.array([DAY])).tolist() == [FALLBACK_USDHKD]


def test_the_fallback_is_information_where_only_one_currency_is_in_play():
    assert fallback_fx("no rates", needed=False)[1][0].severity == "info"


def check(rates, days=None):
    days = np.arange(DAY, DAY + len(rates)) if days is None else np.array(days, dtype=np.int64)
    check_fx(days, np.array(rates, dtype=float), "USDHKD.csv")


@pytest.mark.parametrize("wrong", [7.7399, 7.8601, 0.0, -7.8, 78.0, np.inf])
def test_a_users_own_rate_outside_the_band_is_refused(wrong):
    with pytest.raises(InputError, match=r"USDHKD\.csv: .* on 2025-02-12 is outside 7\.74 to 7\.86; correct"):
        check([7.78, wrong, 7.80])


def test_the_earliest_of_several_is_named_and_the_others_counted():
    with pytest.raises(InputError, match=r"8\.2 HKD per USD on 2025-02-11 .* \(2 more\)"):
        check([8.0, 8.1, 8.2], days=[DAY + 2, DAY + 1, DAY])


def test_a_table_of_us_dollars_per_hong_kong_dollar_is_recognised():
    with pytest.raises(InputError, match="not USD per HKD"):
        check([0.1282])


def test_blanks_edges_and_the_time_before_the_zone_pass():
    check([7.74, np.nan, 7.86])
    autumn_2003 = (dt.date(2003, 10, 6) - dt.date(1970, 1, 1)).days
    check([7.72], days=[autumn_2003])
