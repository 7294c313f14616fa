"""Laws of the price gate for bars with any faults."""

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt.prices.quality import clean
from price_tools import HK, INDEX, calendar, weekdays

SESSIONS = [
    day for day in weekdays("2025-01-20", 25) if day not in ("2025-01-29", "2025-01-30", "2025-01-31")
]
CALENDAR = calendar(*SESSIONS, half=["2025-01-28"])
ANY_DAY = [f"{day:%Y-%m-%d}" for day in pd.date_range("2025-01-15", "2025-02-28")]
PRICE = st.one_of(st.floats(1, 200), st.sampled_from([np.nan, np.inf, 0.0, -1.0, 100.0, 1e-300, 1e300]))
VOLUME = st.one_of(st.floats(0, 1e9), st.sampled_from([np.nan, 0.0, -1.0, np.inf]))
ROW = st.tuples(st.sampled_from(ANY_DAY), PRICE, PRICE, PRICE, PRICE, VOLUME)
FIRST, LAST = dt.date(2025, 1, 20), dt.date(2025, 2, 21)


def frame(rows):
    index = pd.DatetimeIndex([row[0] for row in rows], dtype="datetime64[ns]")
    values = np.array([row[1:] for row in rows], dtype=float).reshape(len(rows), 5)
    return pd.DataFrame(values, index=index, columns=["open", "high", "low", "close", "volume"])


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(ROW, max_size=40), listing=st.sampled_from([HK, INDEX]))
def test_whatever_comes_in_what_goes_out_can_be_traded(rows, listing):
    raw = frame(rows)
    before = raw.copy()
    bars, findings = clean(raw, listing, CALENDAR, FIRST, LAST)
    pd.testing.assert_frame_equal(raw, before)
    days = [f"{day:%Y-%m-%d}" for day in bars.index]
    assert days == sorted(set(days))
    assert set(days) <= set(SESSIONS)
    prices = bars[["open", "high", "low", "close"]].to_numpy()
    assert np.isfinite(prices).all()
    assert (prices > 0).all()
    assert (bars["high"] == prices.max(axis=1)).all()
    assert (bars["low"] == prices.min(axis=1)).all()
    assert np.isfinite(bars["volume"]).all()
    assert (bars["volume"] >= 0).all()
    for item in findings:
        assert item.where.startswith(listing.symbol)
        assert item.message
        assert item.action
    # A bar that was given for a session is either there or named.
    lost = {day for day, *_ in rows if day in SESSIONS} - set(days)
    dropped = ("nan-bar", "non-positive-price", "high-below-low")
    named = [item.where.split()[1].split("..") for item in findings if item.code in dropped]
    assert all(any(span[0] <= day <= span[-1] for span in named) for day in lost)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROW, max_size=40))
def test_clean_bars_stay_as_they_are(rows):
    once, _ = clean(frame(rows), HK, CALENDAR, FIRST, LAST)
    twice, findings = clean(once, HK, CALENDAR, FIRST, LAST)
    pd.testing.assert_frame_equal(once, twice)
    repairs = {
        "unsorted",
        "duplicate-session",
        "conflicting-session",
        "not-a-session",
        "nan-bar",
        "volume-missing",
    }
    repairs |= {"high-below-low", "non-positive-price", "outside-range", "outside-calendar"}
    assert repairs.isdisjoint({item.code for item in findings})


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROW, max_size=30, unique_by=lambda row: row[0]), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_does_not_matter(rows, seed):
    order = np.random.default_rng(seed).permutation(len(rows))
    one, _ = clean(frame(rows), HK, CALENDAR, FIRST, LAST)
    other, _ = clean(frame([rows[i] for i in order]), HK, CALENDAR, FIRST, LAST)
    pd.testing.assert_frame_equal(one, other)
