"""Which events share sessions, and how their residuals correlate (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsbt.evidence.events.correlation import pair_correlations
from newsbt.records import FloatArray, IntArray

__all__ = ["Dependence", "measure_dependence"]


@dataclass(frozen=True)
class Dependence:
    """Pairs of n events.

    Parameters
    ----------
    correlations : array of float64, shape (n, n)
        Of the residuals: by session of the estimation window for events of one cluster, which react to one
        date together, else by calendar date; nan where unknown.
    cluster : array of int64, shape (n,)
    days : array of int64, shape (n, L)
        Local dates of the event windows.
    """

    correlations: FloatArray
    cluster: IntArray
    days: IntArray

    def shares(self, columns: slice, rows: IntArray) -> FloatArray:
        """Share of the tested sessions that each pair of `rows` has in common; 1 within a cluster."""
        days, cluster = self.days[rows][:, columns], self.cluster[rows]
        codes, number = np.unique(days, return_inverse=True)
        member = np.zeros((len(rows), len(codes)))
        np.put_along_axis(member, number.reshape(days.shape), 1.0, axis=1)
        common = member @ member.T / days.shape[1]
        return np.where(cluster[:, None] == cluster[None, :], 1.0, common)


def measure_dependence(
    residuals: FloatArray, history_days: IntArray, days: IntArray, cluster: IntArray
) -> Dependence:
    """Correlate every pair of events.

    Parameters
    ----------
    residuals : array of float64, shape (n, T)
        nan where left out.
    history_days : array of int64, shape (n, T)
        Local dates of the estimation windows.
    days : array of int64, shape (n, L)
    cluster : array of int64, shape (n,)
    """
    codes, number = np.unique(history_days, return_inverse=True)
    calendar = np.full((len(residuals), max(len(codes), 1)), np.nan)
    there = np.isfinite(residuals)
    row = np.broadcast_to(np.arange(len(residuals))[:, None], residuals.shape)
    calendar[row[there], number.reshape(residuals.shape)[there]] = residuals[there]
    together = cluster[:, None] == cluster[None, :]
    found = np.where(together, pair_correlations(residuals), pair_correlations(calendar))
    return Dependence(found, cluster, days)
