"""Which events share sessions, and how their residuals correlate (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsbt.evidence.events.correlation import Pairs, pair_correlations
from newsbt.evidence.events.ranks import average_ranks
from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["Dependence", "measure_dependence"]

#: Sessions by which the second event of a pair may be ahead.
LAGS = (0, 1, -1)


@dataclass(frozen=True)
class Dependence:
    """Pairs of n events.

    One venue shows on the next date what happened while the other one traded, so that residuals of two venues
    correlate on one date and on neighbouring ones (Scholes and Williams 1977 on such trading).

    Parameters
    ----------
    lagged, ranked : arrays of float64, shape (3, n, n)
        Correlation of residuals, and of their ranks, by calendar date: on the same one, and with that of the
        second event one trading date later and earlier; nan where unknown. The last two are 0 within a venue.
    cluster : array of int64, shape (n,)
    codes : array of int64, shape (n, L)
        Numbers of the trading dates of the event windows.
    abroad : array of bool, shape (n, n)
        Events of different venues.
    """

    lagged: FloatArray
    ranked: FloatArray
    cluster: IntArray
    codes: IntArray
    abroad: BoolArray

    def overlap(self, columns: slice, rows: IntArray) -> FloatArray:
        """Share of the sessions of `columns` that the windows of two dates have in common, shape (G, G).

        The dates are those of `rows`, in the order of their numbers. Between venues the neighbouring trading
        date counts as common, too.
        """
        codes, abroad = self.codes[rows][:, columns], self.abroad[np.ix_(rows, rows)]
        number = np.unique(self.cluster[rows], return_inverse=True)[1]
        count = int(number.max(initial=-1)) + 1
        if not codes.size:
            return np.eye(count)
        first, last = np.full(count, np.iinfo(np.int64).max), np.full(count, -1, dtype=np.int64)
        np.minimum.at(first, number, codes.min(axis=1))
        np.maximum.at(last, number, codes.max(axis=1))
        member = np.zeros((len(rows), count))
        member[np.arange(len(rows)), number] = 1.0
        apart = (member.T @ abroad @ member > 0.0).astype(np.int64)
        shared = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1 + apart
        length = last - first + 1
        share = np.clip(2.0 * shared / (length[:, None] + length), 0.0, 1.0)
        np.fill_diagonal(share, 1.0)
        return np.asarray(share)

    def pairs(self, columns: slice, rows: IntArray) -> Pairs:
        """What each pair of `rows` has in common over `columns` of the event windows, all lags together.

        The share of sessions in common is that at the lag with most of them.
        """
        codes = self.codes[rows][:, columns]
        member = np.zeros((len(rows), int(codes.max(initial=-1)) + 1))
        np.put_along_axis(member, codes, 1.0, axis=1)
        grid = np.ix_(rows, rows)
        parts = np.stack([member @ _shifted(member, lag, 0.0).T for lag in LAGS]) / max(codes.shape[1], 1)
        parts[1:] *= self.abroad[grid]
        shares = parts.max(axis=0)

        def together(lagged: FloatArray) -> FloatArray:
            known = lagged[:, grid[0], grid[1]]
            held = np.where(parts > 0.0, parts * known, 0.0).sum(axis=0)
            with np.errstate(invalid="ignore", divide="ignore"):
                return np.asarray(np.where(shares > 0.0, held / shares, known[0]))

        return Pairs(together(self.lagged), together(self.ranked), shares)


def measure_dependence(
    residuals: FloatArray,
    history_days: IntArray,
    days: IntArray,
    cluster: IntArray,
    venues: Sequence[str],
) -> Dependence:
    """Correlate every pair of events.

    Parameters
    ----------
    residuals : array of float64, shape (n, T)
        nan where left out.
    history_days : array of int64, shape (n, T)
        Local dates of the estimation windows.
    days : array of int64, shape (n, L)
        Local dates of the event windows.
    cluster : array of int64, shape (n,)
    venues : sequence of str, length n
    """
    known, number = np.unique(np.concatenate([history_days.ravel(), days.ravel()]), return_inverse=True)
    history = number[: history_days.size].reshape(history_days.shape)
    there = np.isfinite(residuals)
    row = np.broadcast_to(np.arange(len(residuals))[:, None], residuals.shape)
    place = np.asarray(venues, dtype=object)
    abroad = np.asarray(place[:, None] != place[None, :], dtype=np.bool_)

    def by_date(values: FloatArray) -> FloatArray:
        calendar = np.full((len(values), max(len(known), 1)), np.nan)
        calendar[row[there], history[there]] = values[there]
        lagged = np.stack([pair_correlations(calendar, _shifted(calendar, lag, np.nan)) for lag in LAGS])
        lagged[1:][:, ~abroad] = 0.0
        return lagged

    codes = number[history_days.size :].reshape(days.shape)
    return Dependence(by_date(residuals), by_date(average_ranks(residuals)), cluster, codes, abroad)


def _shifted(values: FloatArray, lag: int, fill: float) -> FloatArray:
    """Columns moved so that column c holds what stood in column c + `lag`."""
    moved = np.full(values.shape, fill)
    if lag == 0:
        return values
    if lag > 0:
        moved[:, :-lag] = values[:, lag:]
    else:
        moved[:, -lag:] = values[:, :lag]
    return moved
