"""Tiny calendars, listings and bars for tests of prices."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from newsbt.prices.report import as_days
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "prices" / "sample"
SHARED = ROOT.parent / "shared" / "prices"
HOUR = 3_600_000_000_000

HK = Listing("9988.HK", "Alibaba", "XHKG", "HKD", yahoo="9988.HK")
NY = Listing("BABA", "Alibaba", "XNYS", "USD", kind="adr", shares_per_ads=8, yahoo="BABA")
INDEX = Listing("HSI", "Hang Seng Index", "XHKG", "HKD", kind="index", yahoo="^HSI")


def calendar(*days, venue="XHKG", half=()):
    """Sessions on ISO `days` from 01:30 to 08:00 UTC; those in `half` end at 04:00."""
    numbers = np.array([as_days(dt.date.fromisoformat(day)) for day in days], dtype=np.int64)
    midnight = numbers * 24 * HOUR
    opens = midnight + HOUR + HOUR // 2
    closes = midnight + np.where([day in half for day in days], 4 * HOUR, 8 * HOUR)
    zone = "Asia/Hong_Kong" if venue == "XHKG" else "America/New_York"
    return VenueCalendar(venue, zone, numbers, opens, closes)


def weekdays(first, count):
    """ISO dates of `count` weekdays from `first` on."""
    return [f"{day:%Y-%m-%d}" for day in pd.bdate_range(first, periods=count)]


def bars(rows):
    """Frame from {ISO date or list of (date, ...)}: open, high, low, close, volume."""
    rows = list(rows.items()) if isinstance(rows, dict) else rows
    index = pd.DatetimeIndex([day for day, *_ in rows]).as_unit("ns")
    values = [list(row[0]) if len(row) == 1 else list(row) for _, *row in rows]
    return pd.DataFrame(
        np.array(values, dtype=float), index=index, columns=["open", "high", "low", "close", "volume"]
    )


def closes(days, values, volume=1000.0):
    """Bars that open at the close before and reach 1 % beyond both; volumes differ from day to day."""
    rows = []
    before = values[0]
    for number, (day, close) in enumerate(zip(days, values, strict=True)):
        low, high = min(before, close) * 0.99, max(before, close) * 1.01
        rows.append((day, before, high, low, close, volume + number))
        before = close
    return bars(rows)


def codes(findings):
    """(code, severity, where) of each finding."""
    return [(found.code, found.severity, found.where) for found in findings]
