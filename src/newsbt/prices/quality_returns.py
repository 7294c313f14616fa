"""Quality rules about successive bars: splits taken for returns, spikes, prices that stand still (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.prices.report import by_session, counted, day_text, index_days
from newsbt.records import BoolArray, Finding, FloatArray, IntArray
from newsbt.sessions import VenueCalendar

__all__ = ["check_splits", "check_stale"]

#: Ratios of splits and of the usual unit errors (100: cents for dollars).
_RATIOS = np.array([2.0, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100])
_TOLERANCE = 0.02
#: A move by this factor that is taken back at once is a slip, whatever its ratio.
_SPIKE = 1.5
_NEAR_SESSIONS = 5
_REVERSAL_BARS = 3
_STALE_RUN = 5


def check_splits(
    bars: pd.DataFrame, splits: pd.Series | None, symbol: str, calendar: VenueCalendar
) -> tuple[pd.DataFrame, list[Finding]]:
    """Find one-session moves that are a split and not a return.

    Parameters
    ----------
    bars : DataFrame
        Clean bars, ascending.
    splits : Series of float or None
        New shares for one old, by effective date. Prices should already be adjusted for them.
    symbol : str
        The listing, for the findings.
    calendar : VenueCalendar
        Of its venue.

    Returns
    -------
    DataFrame
        Bars before a known split that had been left out of the prices are put on the new basis.
    list of Finding
        ``unadjusted-split`` (known, adjusted here), ``suspected-split`` (a close-to-close move within 2 % of
        a small whole ratio, lasting, with no split known), ``spike`` (such a move, or any by half or more,
        taken back within three bars).
    """
    bars, findings = _apply_known(bars, splits, symbol)
    days = index_days(bars.index)
    close = bars["close"].to_numpy(np.float64)
    jump = np.log(close[1:] / close[:-1])
    nearest = _RATIOS[np.argmin(np.abs(np.abs(jump)[:, None] - np.log(_RATIOS)), axis=1)]
    matches = np.abs(np.expm1(np.abs(jump) - np.log(nearest))) <= _TOLERANCE
    # Over a longer gap a stock may really have doubled.
    near = np.diff(np.searchsorted(calendar.days, days)) <= _NEAR_SESSIONS
    matches &= near
    moves = matches | (near & (np.abs(jump) >= np.log(_SPIKE)))
    lasting, spikes = _sort_out(close, np.flatnonzero(moves) + 1)
    lasting = lasting[matches[lasting - 1]]
    findings += by_session(
        "suspected-split",
        "warning",
        symbol,
        days[lasting],
        calendar,
        lambda i, _: _move(close, lasting[i], "and no split is known", nearest[lasting[i] - 1]),
        "kept; check for a split and adjust the earlier prices",
    )
    findings += by_session(
        "spike",
        "warning",
        symbol,
        days[spikes],
        calendar,
        lambda i, _: _move(close, spikes[i], "and back within three bars"),
        "kept; check the price",
    )
    return bars, findings


def _move(close: FloatArray, at: int, what: str, ratio: float | None = None) -> str:
    """What the close does at `at`; `ratio` is the whole number that it is near to."""
    ratio = ratio or float(np.round(np.exp(np.abs(np.log(close[at] / close[at - 1]))), 1))
    factor = f"{ratio:g}" if close[at] > close[at - 1] else f"1/{ratio:g}"
    return f"close goes from {close[at - 1]:g} to {close[at]:g}, about {factor} times, {what}"


def _sort_out(close: FloatArray, at: IntArray) -> tuple[IntArray, IntArray]:
    """Part the moves at the positions `at` into those that last and those soon taken back.

    Taken back: one of the next bars closes within 20 % of the close before the move. The way back is a match
    of its own and belongs to neither.
    """
    after = at[:, None] + np.arange(1, _REVERSAL_BARS + 1)
    level = close[np.minimum(after, len(close) - 1)] / close[at - 1][:, None]
    back = ((after < len(close)) & (np.abs(np.log(level)) < np.log(1.2))).any(axis=1)
    lasting: list[int] = []
    spikes: list[int] = []
    for here, returns in zip(at.tolist(), back.tolist(), strict=True):
        if spikes and here - spikes[-1] <= _REVERSAL_BARS:
            continue
        (spikes if returns else lasting).append(here)
    return np.array(lasting, dtype=np.int64), np.array(spikes, dtype=np.int64)


def _apply_known(
    bars: pd.DataFrame, splits: pd.Series | None, symbol: str
) -> tuple[pd.DataFrame, list[Finding]]:
    findings: list[Finding] = []
    if splits is None or not len(splits):
        return bars, findings
    days = index_days(bars.index)
    close = bars["close"].to_numpy(np.float64)
    factor = np.ones(len(bars))
    for day, ratio in zip(index_days(splits.index), splits.to_numpy(np.float64), strict=True):
        at = int(np.searchsorted(days, day))
        if not 0 < at < len(days) or ratio <= 0.0 or ratio == 1.0:
            continue
        jump = np.log(close[at] / close[at - 1])
        # Of the two readings (adjusted already, or not) the one with the smaller return is the true one.
        if abs(jump + np.log(ratio)) < abs(jump):
            factor[:at] *= ratio
            message = f"close goes from {close[at - 1]:g} to {close[at]:g} over a split of {ratio:g} for 1"
            where = f"{symbol} {day_text(days[at])}"
            action = f"earlier prices divided by {ratio:g}, earlier volume multiplied"
            findings.append(Finding("unadjusted-split", "warning", where, message, action))
    if not findings:
        return bars, findings
    values = bars.to_numpy(np.float64, copy=True)
    values[:, :4] /= factor[:, None]
    values[:, 4] *= factor
    return pd.DataFrame(values, index=bars.index, columns=bars.columns), findings


def check_stale(
    bars: pd.DataFrame, placeholder: BoolArray, symbol: str, calendar: VenueCalendar
) -> list[Finding]:
    """Name bars that repeat the one before, and closes that stand still for five sessions or more.

    Placeholders are left out: they repeat by nature. Codes ``repeated-bar`` and ``stale-close``.
    """
    real = np.flatnonzero(~placeholder)
    if not len(real):
        return []
    days = index_days(bars.index)[real]
    values = bars.to_numpy(np.float64)[real]
    same = np.append(False, (values[1:] == values[:-1]).all(axis=1))
    findings = by_session(
        "repeated-bar",
        "warning",
        symbol,
        days[same],
        calendar,
        lambda _, count: f"{counted(count, 'bar')} equal to the session before, volume included",
        "kept; check the source",
    )
    still = np.append(False, values[1:, 3] == values[:-1, 3])
    starts = np.flatnonzero(~still)
    lengths = np.diff(np.append(starts, len(still)))
    long = np.repeat(lengths >= _STALE_RUN, lengths)
    findings += by_session(
        "stale-close",
        "warning",
        symbol,
        days[long],
        calendar,
        lambda i, count: f"the close stands still for {count} sessions",
        "kept; check the source",
    )
    return findings
