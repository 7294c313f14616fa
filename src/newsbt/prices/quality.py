"""The quality gate: raw bars of one listing in, clean bars and what was wrong with them out (pure)."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from newsbt.prices.book import BAR_COLUMNS
from newsbt.prices.dividends import place_dividends
from newsbt.prices.quality_dates import (
    PRICE_COLUMNS,
    keep_sessions,
    missing_sessions,
    sort_and_deduplicate,
)
from newsbt.prices.quality_returns import check_splits, check_stale
from newsbt.prices.quality_values import check_values, mark_placeholders
from newsbt.prices.report import as_days, index_days
from newsbt.records import Finding
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["clean"]


def clean(
    raw: pd.DataFrame,
    listing: Listing,
    calendar: VenueCalendar,
    start: dt.date,
    end: dt.date,
    *,
    dividends: pd.Series | None = None,
    splits: pd.Series | None = None,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Clean the bars of one listing and say what was wrong.

    Parameters
    ----------
    raw : DataFrame
        Index of naive dates of the venue's sessions, in any order, perhaps repeated. Columns open, high, low,
        close (local currency, split-adjusted, not dividend-adjusted) and volume (shares); others are ignored.
    listing : Listing
        Whose bars they are.
    calendar : VenueCalendar
        Sessions of its venue, overlay applied. Bars outside its range are dropped and named.
    start, end : date
        Period, both included. Bars outside are left out without a finding.
    dividends : Series of float, optional
        Cash a share in local currency by ex-date (:func:`newsbt.prices.dividends.convert_dividends`).
    splits : Series of float, optional
        New shares for one old by effective date; prices are expected to be adjusted for them already.

    Returns
    -------
    DataFrame
        As :class:`newsbt.prices.book.PriceBook` describes it; without rows where nothing usable is left.
        `raw` is not changed.
    list of Finding
        See ``docs/prices.md`` for every code.
    """
    first, last = as_days(start), as_days(end)
    days = index_days(raw.index)
    columns = list(PRICE_COLUMNS)
    bars = raw.loc[:, columns].iloc[np.flatnonzero((days >= first) & (days <= last))].astype(np.float64)
    if not len(bars):
        return _frame(bars, np.zeros(0), np.zeros(0, np.bool_)), []
    bars, findings = sort_and_deduplicate(bars, listing.symbol, calendar)
    bars, found = keep_sessions(bars, listing.symbol, calendar)
    findings += found
    if len(bars):
        findings += missing_sessions(index_days(bars.index), listing.symbol, calendar, first, last)
    bars, found = check_values(bars, listing, calendar)
    findings += found
    if not len(bars):
        return _frame(bars, np.zeros(0), np.zeros(0, np.bool_)), findings
    bars, found = check_splits(bars, splits, listing.symbol, calendar)
    findings += found
    placeholder, found = mark_placeholders(bars, listing, calendar)
    findings += found
    findings += check_stale(bars, placeholder, listing.symbol, calendar)
    cash = np.zeros(len(bars))
    if dividends is not None and len(dividends):
        cash, found = place_dividends(dividends, index_days(bars.index), listing, first, last)
        findings += found
    return _frame(bars, cash, placeholder), findings


def _frame(bars: pd.DataFrame, dividend: np.ndarray, placeholder: np.ndarray) -> pd.DataFrame:
    days = index_days(bars.index).astype("datetime64[D]").astype("datetime64[ns]")
    out = bars.set_axis(pd.DatetimeIndex(days, name="session"), axis=0)
    out = out.assign(dividend=dividend, placeholder=placeholder)
    return out.loc[:, list(BAR_COLUMNS)]
