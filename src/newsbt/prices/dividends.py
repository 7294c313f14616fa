"""Cash dividends: converted to the listing's currency, placed on sessions, compared by issuer (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from newsbt.prices.fx import FxTable
from newsbt.prices.report import counted, day_text, index_days
from newsbt.records import Finding, FloatArray, IntArray
from newsbt.universe import Listing

__all__ = ["compare_listings", "convert_dividends", "place_dividends"]

_CURRENCIES = ("USD", "HKD")
#: Ex-dates of one dividend on two venues differ by a settlement day or two.
_SAME_DIVIDEND_DAYS = 7
#: Yields of one dividend on two venues agree within a few percent; 7.8 is HKD for USD.
_CURRENCY_FACTOR = (6.0, 10.0)


def convert_dividends(
    dividends: pd.DataFrame, listing: Listing, fx: FxTable
) -> tuple[pd.Series, list[Finding]]:
    """Amounts in the listing's currency, by ex-date.

    Parameters
    ----------
    dividends : DataFrame
        Columns ``ex_date`` (naive midnights), ``amount`` (a share, gross) and ``currency``. A regular and a
        special dividend of one day are two rows and are added up.
    listing : Listing
        Whose currency the result is in.
    fx : FxTable
        Rates; that of the ex-date is used, or the last one before it.

    Returns
    -------
    Series of float
        Index: naive ex-dates, unique, ascending. Amounts that are no positive number, or in another currency
        than USD and HKD, are left out and named (``dividend-unusable``).
    list of Finding
        ``dividend-converted`` (info) and ``dividend-unusable`` (error).
    """
    amount = dividends["amount"].to_numpy(np.float64)
    currency = dividends["currency"].astype(object).to_numpy()
    days = index_days(dividends["ex_date"])
    known = np.isin(currency.astype(str), _CURRENCIES)
    with np.errstate(invalid="ignore"):
        usable = known & (amount > 0.0) & np.isfinite(amount)
    findings = [
        Finding(
            "dividend-unusable",
            "error",
            f"{listing.symbol} {day_text(days[i])}",
            f"dividend of {amount[i]:g} {currency[i]}",
            "left out; write a positive amount in USD or HKD",
        )
        for i in np.flatnonzero(~usable)
    ]
    amount, currency, days = amount[usable], currency[usable], days[usable]
    foreign = currency != listing.currency
    if foreign.any():
        other = "USD" if listing.currency == "HKD" else "HKD"
        rate = fx.rate(other, listing.currency, days[foreign])
        converted = amount[foreign] * rate
        example = f"{amount[foreign][-1]:g} {other} on {day_text(days[foreign][-1])} is "
        example += f"{converted[-1]:.4f} {listing.currency} at {rate[-1]:.4f}"
        amount[foreign] = converted
        message = f"{counted(int(foreign.sum()), 'dividend')} in {other}: {example}"
        action = "converted at the rate of each ex-date"
        findings.append(Finding("dividend-converted", "info", listing.symbol, message, action))
    unique, slot = np.unique(days, return_inverse=True)
    total = np.bincount(slot, weights=amount, minlength=len(unique))
    return pd.Series(total, index=_dates(unique), dtype=np.float64), findings


def place_dividends(
    dividends: pd.Series, sessions: IntArray, listing: Listing, start: int, end: int
) -> tuple[FloatArray, list[Finding]]:
    """Dividend a share on each session.

    Parameters
    ----------
    dividends : Series of float
        As :func:`convert_dividends` gives them.
    sessions : array of int64, shape (n,)
        Day numbers of the bars, ascending.
    listing : Listing
        For the findings.
    start, end : int
        Ex-dates outside these day numbers are not looked at.

    Returns
    -------
    array of float64, shape (n,)
        An ex-date without a bar moves to the next bar (``dividend-moved``), because nobody could sell
        between; after the last bar it is left out (``dividend-after-last-bar``); before the first bar it is
        nobody's.
    list of Finding
    """
    days = index_days(dividends.index)
    inside = (days >= max(start, sessions[0] if len(sessions) else start)) & (days <= end)
    days, amount = days[inside], dividends.to_numpy(np.float64)[inside]
    at = np.searchsorted(sessions, days)
    placed = at < len(sessions)
    out = np.bincount(at[placed], weights=amount[placed], minlength=len(sessions)).astype(np.float64)
    findings = []
    for day, value, slot in zip(days.tolist(), amount.tolist(), at.tolist(), strict=True):
        where, what = f"{listing.symbol} {day_text(day)}", f"dividend of {value:g} {listing.currency}"
        if slot == len(sessions):
            message = f"{what}, but the last bar is of {day_text(sessions[-1])}" if len(sessions) else what
            findings.append(Finding("dividend-after-last-bar", "info", where, message, "left out"))
        elif sessions[slot] != day:
            action = f"credited with the next bar, {day_text(sessions[slot])}"
            findings.append(
                Finding("dividend-moved", "warning", where, f"{what} on a day without a bar", action)
            )
    return out, findings


def compare_listings(bars: Mapping[str, pd.DataFrame], listings: Sequence[Listing]) -> list[Finding]:
    """Find dividends booked in the wrong currency, by their yield on the issuer's two venues.

    The same dividend has about the same yield in New York and in Hong Kong. Where the Hong Kong yield is
    about 7.8 times too small, a number of US dollars stands there as Hong Kong dollars (and the other way
    round).

    Parameters
    ----------
    bars : mapping of symbol to DataFrame
        Clean bars with ``close`` and ``dividend`` in local currency.
    listings : sequence of Listing
        Those in `bars` are compared.

    Returns
    -------
    list of Finding
        ``dividend-currency`` (warning) for each suspect dividend.
    """
    findings = []
    present = [listing for listing in listings if listing.symbol in bars]
    abroad = {listing.issuer: listing for listing in present if listing.venue == "XNYS"}
    for listing in present:
        other = abroad.get(listing.issuer)
        if listing.venue != "XHKG" or other is None:
            continue
        here_days, here = _yields(bars[listing.symbol])
        there_days, there = _yields(bars[other.symbol])
        if not len(there_days):
            continue
        for day, value in zip(here_days.tolist(), here.tolist(), strict=True):
            near = int(np.argmin(np.abs(there_days - day)))
            factor = there[near] / value
            low, high = _CURRENCY_FACTOR
            if abs(there_days[near] - day) > _SAME_DIVIDEND_DAYS:
                continue
            if low <= factor <= high or low <= 1.0 / factor <= high:
                small = "small" if factor > 1.0 else "large"
                findings.append(
                    Finding(
                        "dividend-currency",
                        "warning",
                        f"{listing.symbol} {day_text(day)}",
                        f"dividend yield {value:.3%}, but {there[near]:.3%} for {other.symbol}: about "
                        f"{max(factor, 1.0 / factor):.1f} times too {small}, as if the currency were wrong",
                        "kept; give the amount with its currency in DIVIDENDS.csv",
                    )
                )
    return findings


def _yields(bars: pd.DataFrame) -> tuple[IntArray, FloatArray]:
    """Day numbers of dividends and their share of the close before; the first bar has none before it."""
    dividend = bars["dividend"].to_numpy(np.float64)
    close = bars["close"].to_numpy(np.float64)
    at = np.flatnonzero(dividend > 0.0)
    at = at[at > 0]
    return index_days(bars.index)[at], dividend[at] / close[at - 1]


def _dates(days: IntArray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(days.astype("datetime64[D]").astype("datetime64[ns]"), name="session")
