"""Bars from returns: open, high, low, close, volume, dividends, and the exchange rate (pure)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from newsbt.evidence.simulation.returns import ListingReturns
from newsbt.evidence.simulation.settings import Market
from newsbt.records import FloatArray, IntArray
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["Bars", "draw_bars", "draw_fx", "ex_sessions"]

EPOCH = dt.date(1970, 1, 1)
#: Middle and half width of the Convertibility Zone, HKD per USD, and how fast the rate returns to its middle.
PEG, ZONE, KEPT = 7.80, 0.048, 0.985
#: Price of an ordinary share in HKD, and shares a day, that worlds begin with.
PRICE, VOLUME = 100.0, 8_000_000.0
#: Dividends are paid from this month and day on.
EX_DATE = (6, 10)
#: Prices are written with so many decimals.
DECIMALS = 4


@dataclass(frozen=True)
class Bars:
    """Bars of one listing, ascending; arrays of shape (n,), local currency and shares.

    Parameters
    ----------
    days : array of int64
        Local dates, days since 1970-01-01.
    open, high, low, close, volume, dividend : arrays of float64
        Prices with four decimals; dividend is cash a share on its ex-date.
    """

    days: IntArray
    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    volume: FloatArray
    dividend: FloatArray


def draw_fx(rng: np.random.Generator, first: int, last: int) -> tuple[IntArray, FloatArray]:
    """Weekdays from `first` to `last` (days since 1970-01-01) and HKD per USD on them, within the peg."""
    days = np.arange(first, last + 1)
    days = days[(days + 3) % 7 < 5]  # 1970-01-01 was a Thursday
    drawn = rng.standard_normal(len(days)) * np.sqrt(1.0 - KEPT**2)
    path = np.convolve(drawn, KEPT ** np.arange(len(days)))[: len(days)]
    return days, np.round(PEG + ZONE * np.tanh(path), 5)


def ex_sessions(calendar: VenueCalendar) -> IntArray:
    """First session of each year from 10 June on, as positions; none in the calendar's first session."""
    years = range(calendar.day(0).year, calendar.day(-1).year + 1)
    wanted = [(dt.date(year, *EX_DATE) - EPOCH).days for year in years]
    found = [int(np.searchsorted(calendar.days, day)) for day in wanted]
    near = [at for at, day in zip(found, wanted, strict=True) if at < len(calendar.days)]
    return np.array([at for at in near if at > 0 and calendar.day(at).month == EX_DATE[0]], dtype=np.int64)


def draw_bars(
    rng: np.random.Generator,
    listing: Listing,
    calendar: VenueCalendar,
    returns: ListingReturns,
    hkd_per_usd: FloatArray,
    market: Market,
) -> Bars:
    """Prices and volume of a listing.

    The extremes of a session are those of a Brownian bridge from open to close, each drawn from its own
    distribution: the highest of a bridge from a to b with variance v is
    (a + b + sqrt((a - b)^2 - 2 v log U)) / 2 with U uniform, by the reflection principle.

    Parameters
    ----------
    returns : ListingReturns
        One world's, arrays of shape (n,), in US dollars.
    hkd_per_usd : array of float64, shape (n,)
        On each session.
    """
    gap = returns.gap.copy()
    scale = 1.0 / PEG * listing.shares_per_ads if listing.currency == "USD" else 1.0
    if listing.currency == "HKD":
        gap[1:] += np.diff(np.log(hkd_per_usd))
        scale *= float(hkd_per_usd[0]) / PEG
    pays = ex_sessions(calendar) if listing.kind in ("equity", "adr") and market.dividend else gap[:0]
    pays = pays.astype(np.int64)
    gap[pays] += np.log1p(-market.dividend)
    close = np.cumsum(gap + returns.session)
    start = close - returns.session
    highest = _extreme(rng, start, close, returns.variance, 1.0)
    lowest = _extreme(rng, start, close, returns.variance, -1.0)
    prices = np.round(PRICE * scale * np.exp(np.stack([start, highest, lowest, close])), DECIMALS)
    dividend = np.zeros(len(close))
    dividend[pays] = np.round(market.dividend * prices[3, pays - 1], DECIMALS)
    busy = np.abs(gap + returns.session) / market.deviation
    volume = np.rint(
        VOLUME * np.exp(0.3 * rng.standard_normal(len(close)) + 0.4 * (np.minimum(busy, 5.0) - 0.8))
    )
    return Bars(calendar.days, prices[0], prices[1], prices[2], prices[3], volume, dividend)


def _extreme(
    rng: np.random.Generator, start: FloatArray, end: FloatArray, variance: FloatArray, side: float
) -> FloatArray:
    """Highest (side 1) or lowest (side -1) value on the way."""
    width = np.sqrt((end - start) ** 2 - 2.0 * variance * np.log(rng.uniform(1e-12, 1.0, len(start))))
    return np.asarray((start + end + side * width) / 2.0)
