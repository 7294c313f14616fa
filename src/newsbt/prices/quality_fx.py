"""Quality gate of exchange rates: the peg's band, gaps, the stated fallback (pure)."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from newsbt.errors import InputError
from newsbt.prices.fx import FALLBACK_USDHKD, FxTable
from newsbt.prices.report import as_days, counted, day_text
from newsbt.records import Finding, FloatArray, IntArray

__all__ = ["BAND", "BAND_SINCE", "check_fx", "clean_fx", "fallback_fx"]

#: The Convertibility Zone is 7.75 to 7.85 (Hong Kong Monetary Authority); a cent for quotation noise.
BAND = (7.74, 7.86)
#: The Hong Kong Monetary Authority has kept both sides of the zone since this day; 7.70 was quoted in 2003.
BAND_SINCE: Final = dt.date(2005, 5, 18)
#: Weekends with holidays on both sides leave up to five days without a fixing; Lunar New Year a few more.
_LONG_GAP_DAYS = 7


def check_fx(days: IntArray, usdhkd: FloatArray, where: str) -> None:
    """Refuse a table of rates, kept by the user, in which one cannot be true.

    Parameters
    ----------
    days, usdhkd : arrays, shape (n,)
        As for :func:`clean_fx`; NaN is no fixing and passes. Days before :data:`BAND_SINCE` pass.
    where : str
        File, as the message names it.

    Raises
    ------
    InputError
        For the earliest rate outside :data:`BAND`, with the number of further ones.
    """
    low, high = BAND
    wrong = (days >= as_days(BAND_SINCE)) & ~np.isnan(usdhkd) & ~((usdhkd >= low) & (usdhkd <= high))
    if not wrong.any():
        return
    first = np.flatnonzero(wrong)[np.argmin(days[wrong])]
    value = float(usdhkd[first])
    more = f" ({int(wrong.sum()) - 1} more)" if wrong.sum() > 1 else ""
    inverted = value > 0 and low <= 1 / value <= high
    action = "write HKD per USD, not USD per HKD" if inverted else "correct the row or delete it"
    when = f"on {day_text(int(days[first]))}"
    raise InputError(f"{where}: {value:g} HKD per USD {when} is outside {low} to {high}{more}; {action}")


def clean_fx(days: IntArray, usdhkd: FloatArray, start: int, end: int) -> tuple[FxTable, list[Finding]]:
    """Keep the fixings that can be true.

    Parameters
    ----------
    days : array of int64, shape (n,)
        Days since 1970-01-01 in any order; of a repeated day the last value counts.
    usdhkd : array of float64, shape (n,)
        HKD per USD; NaN is no fixing.
    start, end : int
        Day numbers between which rates will be asked for, both included.

    Returns
    -------
    FxTable
        Empty, that is the fallback of 7.80 on every day, where no fixing is left.
    list of Finding
        ``fx-rejected`` (warning, values outside :data:`BAND`), ``fx-carried`` (info, a fixing carried over
        more than seven days, or back before the first one), ``fx-fallback`` (warning).
    """
    order = np.argsort(days, kind="stable")
    days, usdhkd = days[order], usdhkd[order]
    last_of_day = np.append(np.diff(days) != 0, True)[: len(days)]
    fixed = last_of_day & ~np.isnan(usdhkd)
    days, usdhkd = days[fixed], usdhkd[fixed]
    inside = (usdhkd >= BAND[0]) & (usdhkd <= BAND[1])
    findings = [
        Finding(
            "fx-rejected",
            "warning",
            f"USDHKD {day_text(day)}",
            f"{value:g} HKD per USD is outside {BAND[0]} to {BAND[1]}",
            "rejected; the fixing before it is carried forward",
        )
        for day, value in zip(days[~inside].tolist(), usdhkd[~inside].tolist(), strict=True)
    ]
    days, usdhkd = days[inside], usdhkd[inside]
    if not len(days):
        table, fallback = fallback_fx("no usable fixing")
        return table, findings + fallback
    return FxTable(days, usdhkd), findings + _carried(days, start, end)


def fallback_fx(why: str, *, needed: bool = True) -> tuple[FxTable, list[Finding]]:
    """Rates of 7.80 on every day, and the finding that says so: info where only one currency is `needed`."""
    message = f"{why}; {FALLBACK_USDHKD:.2f} HKD per USD on every day, wrong by at most 0.65 %"
    action = "add a file USDHKD.csv (date,close) for daily rates"
    table = FxTable(np.empty(0, np.int64), np.empty(0, np.float64))
    return table, [Finding("fx-fallback", "warning" if needed else "info", "USDHKD", message, action)]


def _carried(days: IntArray, start: int, end: int) -> list[Finding]:
    findings = []
    if days[0] > start:
        where = f"USDHKD {day_text(days[0])}"
        message = f"this is the first fixing, and rates are needed from {day_text(start)}"
        findings.append(Finding("fx-carried", "info", where, message, "the first one carried back"))
    known = np.append(days, end + 1) if end > days[-1] else days
    for at in np.flatnonzero(np.diff(known) > _LONG_GAP_DAYS):
        gap = int(min(known[at + 1] - 1, end) - known[at])
        if gap <= _LONG_GAP_DAYS or known[at + 1] <= start:
            continue
        where = f"USDHKD {day_text(known[at])}"
        message = f"no fixing for {counted(gap, 'day')} after it"
        findings.append(Finding("fx-carried", "info", where, message, "carried forward"))
    return findings
