"""Quality rules about the numbers in one bar: missing, not positive, out of order, without volume (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.prices.report import by_session, counted, index_days
from newsbt.records import BoolArray, Finding
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["check_values", "mark_placeholders"]

#: Relative excess of a close over its high that is float noise of a vendor's 32-bit prices.
_NOISE = 1e-6
#: High over low of one session that no large listing has had without a slip in its prices.
_WIDE = 2.0


def check_values(
    bars: pd.DataFrame, listing: Listing, calendar: VenueCalendar
) -> tuple[pd.DataFrame, list[Finding]]:
    """Drop bars without usable prices, widen ranges that miss their own open or close, fill in volume.

    Parameters
    ----------
    bars : DataFrame
        One bar a session, columns open, high, low, close, volume.
    listing : Listing
        An index needs no volume.
    calendar : VenueCalendar
        Of its venue.

    Returns
    -------
    DataFrame
        Prices finite and positive, low <= open, close <= high, volume >= 0.
    list of Finding
        Codes ``nan-bar``, ``non-positive-price``, ``high-below-low``, ``outside-range``, ``wide-range``,
        ``volume-missing``.
    """
    days, symbol = index_days(bars.index), listing.symbol
    values = bars.to_numpy(np.float64, copy=True)
    prices = values[:, :4]
    empty = ~np.isfinite(prices).all(axis=1)
    with np.errstate(invalid="ignore"):
        positive = (prices > 0.0).all(axis=1)
        inverted = positive & ~empty & (prices[:, 1] < prices[:, 2])
        findings = by_session(
            "nan-bar",
            "warning",
            symbol,
            days[empty],
            calendar,
            lambda _, count: f"{counted(count, 'bar')} with a price that is no number",
            "dropped; orders wait for the next bar",
        )
        wrong = days[~empty & ~positive]
        findings += by_session(
            "non-positive-price",
            "error",
            symbol,
            wrong,
            calendar,
            lambda i, _: f"lowest price is {prices[days == wrong[i]].min():g}",
            "dropped; orders wait for the next bar",
        )
        crossed = prices[inverted]
        findings += by_session(
            "high-below-low",
            "error",
            symbol,
            days[inverted],
            calendar,
            lambda i, _: f"high {crossed[i, 1]:g} is below low {crossed[i, 2]:g}",
            "dropped; orders wait for the next bar",
        )
    good = ~empty & positive & ~inverted
    values, days = values[good], days[good]
    findings += _widen(values, days, symbol, calendar)
    ranging = values[:, 1] / _WIDE > values[:, 2]
    wide = values[ranging]
    findings += by_session(
        "wide-range",
        "warning",
        symbol,
        days[ranging],
        calendar,
        lambda i, _: f"high {wide[i, 1]:g} is more than twice low {wide[i, 2]:g}",
        "kept; check the prices: stops and take-profits inside the range are filled",
    )
    findings += _volume(values, days, listing, calendar)
    return pd.DataFrame(values, index=bars.index[good], columns=bars.columns), findings


def _widen(values: np.ndarray, days: np.ndarray, symbol: str, calendar: VenueCalendar) -> list[Finding]:
    """Let high and low take in open and close, in place."""
    open_, high, low, close = values[:, 0], values[:, 1], values[:, 2], values[:, 3]
    top, bottom = np.maximum(open_, close), np.minimum(open_, close)
    outside = (top > high * (1.0 + _NOISE)) | (bottom < low * (1.0 - _NOISE))
    faults = values[outside]
    findings = by_session(
        "outside-range",
        "warning",
        symbol,
        days[outside],
        calendar,
        lambda i, _: (
            f"open {faults[i, 0]:g} or close {faults[i, 3]:g} outside low {faults[i, 2]:g} "
            f"to high {faults[i, 1]:g}"
        ),
        "high and low widened to take them in",
    )
    values[:, 1], values[:, 2] = np.maximum(high, top), np.minimum(low, bottom)
    return findings


def _volume(values: np.ndarray, days: np.ndarray, listing: Listing, calendar: VenueCalendar) -> list[Finding]:
    """Set missing volume to zero, in place."""
    with np.errstate(invalid="ignore"):
        absent = ~(values[:, 4] >= 0.0) | np.isinf(values[:, 4])
    values[absent, 4] = 0.0
    if listing.kind == "index":
        return []
    return by_session(
        "volume-missing",
        "warning",
        listing.symbol,
        days[absent],
        calendar,
        lambda _, count: f"{counted(count, 'bar')} whose volume is missing or negative",
        "volume set to 0",
    )


def mark_placeholders(
    bars: pd.DataFrame, listing: Listing, calendar: VenueCalendar
) -> tuple[BoolArray, list[Finding]]:
    """Find flat bars without volume, which cannot be traded.

    Vendors give them for Hong Kong half days, where the real prices differ by up to about half a percent:
    the calendar explains those (info). On a full session they need a look (warning). A bar without volume
    that is not flat is kept as it is: an index may have no volume, a listing gets a warning.

    Returns
    -------
    array of bool, shape (n,)
        True for a placeholder.
    list of Finding
        Codes ``placeholder`` and ``zero-volume``.
    """
    days, symbol = index_days(bars.index), listing.symbol
    high, low, volume = (bars[name].to_numpy(np.float64) for name in ("high", "low", "volume"))
    quiet = volume == 0.0
    placeholder = quiet & (high - low <= 1e-9 * high)
    hours = calendar.closes - calendar.opens
    short = (hours < np.median(hours))[np.searchsorted(calendar.days, days)]
    findings = by_session(
        "placeholder",
        "info",
        symbol,
        days[placeholder & short],
        calendar,
        lambda _, count: f"{counted(count, 'flat bar')} without volume on a shortened session",
        "kept as a mark, not traded; orders wait for the next session",
    )
    findings += by_session(
        "placeholder",
        "warning",
        symbol,
        days[placeholder & ~short],
        calendar,
        lambda _, count: f"{counted(count, 'flat bar')} without volume on a full session",
        "kept as a mark, not traded; orders wait for the next session",
    )
    if listing.kind != "index":
        findings += by_session(
            "zero-volume",
            "warning",
            symbol,
            days[quiet & ~placeholder],
            calendar,
            lambda _, count: f"{counted(count, 'bar')} with a range but no volume",
            "kept and traded",
        )
    return placeholder, findings
