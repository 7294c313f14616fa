"""Tests of a mean abnormal return across events: plain, clustered by date, and by date portfolios (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.evidence.events.probability import student_p
from newsbt.records import FloatArray, IntArray

__all__ = [
    "cluster_error",
    "clustered_t",
    "cross_sectional_t",
    "group_sums",
    "mean_over",
    "portfolio_t",
]


def cross_sectional_t(car: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Student's t of the mean across events, each event its own draw (Brown and Warner 1980).

    Parameters
    ----------
    car : array of float64, shape (..., n)

    Returns
    -------
    statistic, p_value : arrays of float64, shape (...)
        ``n - 1`` degrees of freedom; nan for fewer than two events or equal returns.
    """
    count = car.shape[-1]
    if count < 2:
        empty = np.full(car.shape[:-1], np.nan)
        return empty, empty
    with np.errstate(invalid="ignore"):
        t = mean_over(car, car.std(axis=-1, ddof=1) / np.sqrt(count))
    return t, student_p(t, count - 1)


def mean_over(car: FloatArray, error: FloatArray) -> FloatArray:
    """Mean of `car` (..., n) across events over its standard error (...); nan where that is not positive."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(car.mean(axis=-1) / np.where(error > 0.0, error, np.nan))


def group_sums(values: FloatArray, cluster: IntArray) -> tuple[FloatArray, FloatArray]:
    """Sum of `values` (..., n) in each cluster, shape (..., G), and the clusters' sizes (G,).

    `cluster` holds the number of each event's cluster, 0 to G - 1.
    """
    sizes = np.bincount(cluster).astype(np.float64)
    member = np.zeros((len(cluster), len(sizes)))
    member[np.arange(len(cluster)), cluster] = 1.0
    return np.asarray(values @ member), sizes


def cluster_error(car: FloatArray, cluster: IntArray) -> FloatArray:
    """Standard error of the mean that allows any dependence within a cluster, shape (...).

    Liang and Zeger (1986) with the factor G / (G - 1) for G clusters; nan for fewer than two.
    """
    sums, sizes = group_sums(car - car.mean(axis=-1, keepdims=True), cluster)
    groups = len(sizes)
    if groups < 2:
        return np.full(car.shape[:-1], np.nan)
    variance = groups / (groups - 1.0) * (sums**2).sum(axis=-1) / car.shape[-1] ** 2
    return np.asarray(np.sqrt(variance))


def clustered_t(car: FloatArray, cluster: IntArray) -> tuple[FloatArray, FloatArray]:
    """Mean over its clustered error (:func:`cluster_error`): a date counts as one draw; G - 1 degrees."""
    t = mean_over(car, cluster_error(car, cluster))
    return t, student_p(t, cluster.max(initial=-1))


def portfolio_t(car: FloatArray, cluster: IntArray) -> tuple[FloatArray, FloatArray]:
    """Student's t across dates of the mean return of each date's equally weighted portfolio (Jaffe 1974).

    It weighs dates, not events, equally.
    """
    sums, sizes = group_sums(car, cluster)
    return cross_sectional_t(sums / sizes)
