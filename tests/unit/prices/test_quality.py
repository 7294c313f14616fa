"""The gate as a whole and its rules about dates and numbers, on bars made by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from newsbt.prices.book import BAR_COLUMNS
from newsbt.prices.quality import clean
from price_tools import HK, INDEX, bars, calendar, closes, codes, weekdays

#: Monday to Friday, and the Monday after.
WEEK = weekdays("2025-02-10", 6)
CALENDAR = calendar(*WEEK)
FIRST, LAST = dt.date(2025, 2, 10), dt.date(2025, 2, 17)


def gate(frame, listing=HK, calendar=CALENDAR, start=FIRST, end=LAST, **actions):
    before = frame.copy()
    out, findings = clean(frame, listing, calendar, start, end, **actions)
    pd.testing.assert_frame_equal(frame, before)
    assert tuple(out.columns) == BAR_COLUMNS
    assert out.index.name == "session"
    assert out.index.tz is None
    assert out.index.is_monotonic_increasing
    assert out.index.is_unique
    assert out["placeholder"].dtype == bool
    assert not out.isna().to_numpy().any()
    return out, findings


def good():
    return closes(WEEK, [100, 101, 99, 102, 103, 101])


def test_good_bars_pass_unchanged():
    out, findings = gate(good())
    assert findings == []
    np.testing.assert_array_equal(out["close"], [100, 101, 99, 102, 103, 101])
    np.testing.assert_array_equal(out["volume"], [1000, 1001, 1002, 1003, 1004, 1005])
    assert not out["placeholder"].any()
    assert not out["dividend"].any()


def test_descending_bars_are_sorted():
    out, findings = gate(good().iloc[::-1])
    assert codes(findings) == [("unsorted", "warning", "9988.HK 2025-02-14")]
    np.testing.assert_array_equal(out["close"], [100, 101, 99, 102, 103, 101])


def test_the_same_bar_thirteen_times_counts_once():
    frame = good()
    out, findings = gate(pd.concat([frame.iloc[:1]] * 12 + [frame]))
    assert codes(findings) == [("duplicate-session", "warning", "9988.HK 2025-02-10")]
    assert findings[0].message == "the same bar stands there 13 times"
    assert len(out) == 6


def test_of_bars_that_differ_the_last_one_counts():
    frame = good()
    other = frame.iloc[[2]].assign(close=98.5)
    out, findings = gate(pd.concat([frame.iloc[:3], other, frame.iloc[3:]]))
    assert codes(findings) == [("conflicting-session", "warning", "9988.HK 2025-02-12")]
    assert out["close"].iloc[2] == 98.5


def test_two_equal_and_one_other_bar_are_a_conflict_only():
    frame = good()
    other = frame.iloc[[2]].assign(close=98.5)
    _, findings = gate(pd.concat([frame.iloc[:3], frame.iloc[[2]], other, frame.iloc[3:]]))
    assert codes(findings) == [("conflicting-session", "warning", "9988.HK 2025-02-12")]
    assert findings[0].message == "3 bars that differ"


def test_neighbouring_missing_sessions_are_one_finding():
    out, findings = gate(good().drop(pd.DatetimeIndex(["2025-02-11", "2025-02-13", "2025-02-14"])))
    assert codes(findings) == [
        ("missing-session", "warning", "9988.HK 2025-02-11"),
        ("missing-session", "warning", "9988.HK 2025-02-13..2025-02-14"),
    ]
    assert findings[1].message == "2 sessions of XHKG without a bar"
    assert len(out) == 3


def test_a_gap_over_a_weekend_is_one_gap():
    _, findings = gate(
        closes([*WEEK[:4], "2025-02-18"], [100, 101, 99, 102, 103]),
        calendar=calendar(*WEEK, "2025-02-18"),
        end=dt.date(2025, 2, 18),
    )
    assert codes(findings) == [("missing-session", "warning", "9988.HK 2025-02-14..2025-02-17")]


def test_a_late_listing_is_information():
    _, findings = gate(good().iloc[2:])
    assert codes(findings) == [("starts-late", "info", "9988.HK 2025-02-10..2025-02-11")]


def test_a_source_that_ends_early_is_a_warning_beyond_five_sessions():
    days = weekdays("2025-02-10", 8)
    frame = closes(days[:2], [100, 101])
    _, few = gate(frame, calendar=calendar(*days[:7]), end=dt.date(2025, 2, 18))
    _, many = gate(frame, calendar=calendar(*days), end=dt.date(2025, 2, 19))
    assert codes(few) == [("ends-early", "info", "9988.HK 2025-02-12..2025-02-18")]
    assert codes(many) == [("ends-early", "warning", "9988.HK 2025-02-12..2025-02-19")]


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        ((100.0, 100.0, 100.0, 100.0, 0.0), "info"),
        ((np.nan,) * 5, "info"),
        ((100.0, 102.0, 99.0, 101.0, 5000.0), "warning"),
    ],
)
@pytest.mark.parametrize("day", ["2023-09-01", "2023-09-08"])
def test_bars_of_storm_days_are_dropped(day, row, severity):
    # The Stock Exchange of Hong Kong stayed shut on both days (typhoon; black rainstorm).
    sessions = [d for d in weekdays("2023-08-31", 7) if d not in ("2023-09-01", "2023-09-08")]
    frame = closes(sessions, [100, 101, 99, 102, 103][: len(sessions)])
    filler = bars({day: row})
    out, findings = gate(
        pd.concat([frame, filler]).sort_index(),
        calendar=calendar(*sessions),
        start=dt.date(2023, 8, 31),
        end=dt.date(2023, 9, 8),
    )
    assert ("not-a-session", severity, f"9988.HK {day}") in codes(findings)
    assert pd.Timestamp(day) not in out.index


def test_bars_the_calendar_does_not_reach_are_dropped_and_those_outside_the_period_not_mentioned():
    days = [*weekdays("2025-01-20", 1), *WEEK]
    frame = closes(days, [99, 100, 101, 99, 102, 103, 101])
    out, findings = gate(frame, start=dt.date(2025, 1, 1))
    assert codes(findings) == [("outside-calendar", "warning", "9988.HK 2025-01-20")]
    assert len(out) == 6
    out, findings = gate(frame, start=dt.date(2025, 2, 11), end=dt.date(2025, 2, 13))
    assert findings == []
    assert [f"{day:%m-%d}" for day in out.index] == ["02-11", "02-12", "02-13"]


@pytest.mark.parametrize("column", ["open", "high", "low", "close"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_price_that_is_no_number_drops_the_bar(column, value):
    frame = good()
    frame.iloc[2, frame.columns.get_loc(column)] = value
    out, findings = gate(frame)
    assert codes(findings) == [("nan-bar", "warning", "9988.HK 2025-02-12")]
    assert len(out) == 5


@pytest.mark.parametrize("value", [0.0, -3.0])
def test_a_price_that_is_not_positive_drops_the_bar(value):
    frame = good()
    frame.iloc[2, 2] = value
    out, findings = gate(frame)
    assert codes(findings) == [("non-positive-price", "error", "9988.HK 2025-02-12")]
    assert f"{value:g}" in findings[0].message
    assert len(out) == 5


def test_high_below_low_drops_the_bar():
    frame = good()
    frame.iloc[2, 1], frame.iloc[2, 2] = frame.iloc[2, 2], frame.iloc[2, 1]
    out, findings = gate(frame)
    assert codes(findings) == [("high-below-low", "error", "9988.HK 2025-02-12")]
    assert len(out) == 5


def test_a_close_outside_the_range_widens_it():
    frame = good()
    frame.iloc[2] = [100.0, 101.0, 99.0, 101.5, 900.0]
    frame.iloc[4] = [102.0, 104.0, 102.5, 103.0, 900.0]
    out, findings = gate(frame)
    assert codes(findings) == [
        ("outside-range", "warning", "9988.HK 2025-02-12"),
        ("outside-range", "warning", "9988.HK 2025-02-14"),
    ]
    assert tuple(out.iloc[2][["high", "low"]]) == (101.5, 99.0)
    assert tuple(out.iloc[4][["high", "low"]]) == (104.0, 102.0)


@pytest.mark.parametrize("bar", [[100.0, 1e308, 99.0, 101.0, 900.0], [100.0, 102.0, 9.9, 101.0, 900.0]])
def test_a_range_that_no_session_has_is_named_and_kept(bar):
    frame = good()
    frame.iloc[2] = bar
    out, findings = gate(frame)
    assert codes(findings) == [("wide-range", "warning", "9988.HK 2025-02-12")]
    assert out.iloc[2]["high"] == bar[1]
    assert out.iloc[2]["low"] == bar[2]


def test_float_noise_in_the_range_is_not_mentioned():
    frame = good()
    frame.iloc[2, 1] = frame.iloc[2, 3] = 101.0
    frame.iloc[2, 1] *= 1.0 - 3e-8  # a 32-bit float
    out, findings = gate(frame)
    assert findings == []
    assert (out["high"] >= out["close"]).all()


@pytest.mark.parametrize("value", [np.nan, -5.0])
def test_missing_volume_becomes_zero_and_only_an_index_needs_none(value):
    frame = good()
    frame.iloc[2, 4] = value
    out, findings = gate(frame)
    assert ("volume-missing", "warning", "9988.HK 2025-02-12") in codes(findings)
    assert out["volume"].iloc[2] == 0.0
    _, findings = gate(frame, listing=INDEX)
    assert findings == []


def test_a_flat_bar_without_volume_is_a_placeholder_explained_by_a_half_day():
    frame = good()
    frame.iloc[2] = [101.0, 101.0, 101.0, 101.0, 0.0]
    out, findings = gate(frame, calendar=calendar(*WEEK, half=["2025-02-12"]))
    assert codes(findings) == [("placeholder", "info", "9988.HK 2025-02-12")]
    assert list(out["placeholder"]) == [False, False, True, False, False, False]
    assert out["close"].iloc[2] == 101.0
    _, findings = gate(frame)
    assert codes(findings) == [("placeholder", "warning", "9988.HK 2025-02-12")]


def test_volume_zero_with_a_range_is_no_placeholder_and_normal_for_an_index():
    frame = good()
    frame.iloc[2, 4] = 0.0
    out, findings = gate(frame)
    assert codes(findings) == [("zero-volume", "warning", "9988.HK 2025-02-12")]
    assert not out["placeholder"].any()
    out, findings = gate(frame, listing=INDEX)
    assert findings == []
    assert not out["placeholder"].any()


def test_nothing_in_the_period_is_an_empty_frame():
    out, findings = gate(good(), start=dt.date(2030, 1, 1), end=dt.date(2030, 2, 1))
    assert len(out) == 0
    assert findings == []


def test_nothing_usable_is_an_empty_frame_with_findings():
    frame = good()
    frame["close"] = np.nan
    out, findings = gate(frame)
    assert len(out) == 0
    assert codes(findings) == [("nan-bar", "warning", "9988.HK 2025-02-10..2025-02-17")]
    assert findings[0].message == "6 bars with a price that is no number"


def test_a_period_without_any_session_has_no_bars():
    out, findings = gate(
        bars({"2025-02-15": (100.0, 101.0, 99.0, 100.0, 5.0)}),
        calendar=calendar(),
        start=dt.date(2025, 2, 15),
        end=dt.date(2025, 2, 16),
    )
    assert len(out) == 0
    assert codes(findings) == [("not-a-session", "warning", "9988.HK 2025-02-15")]


def test_one_bar_is_enough():
    out, findings = gate(good().iloc[[2]], start=dt.date(2025, 2, 12), end=dt.date(2025, 2, 12))
    assert findings == []
    assert len(out) == 1


def test_further_columns_are_ignored_and_dates_of_any_unit_are_read():
    frame = good().assign(adj_close=1.0)
    out, findings = gate(frame.set_axis(frame.index.as_unit("s"), axis=0))
    assert findings == []
    assert out.index.dtype == "datetime64[ns]"
