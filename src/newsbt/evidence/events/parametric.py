"""Tests of a mean abnormal return across events: plain, by date, across shared sessions (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.evidence.events.probability import student_p
from newsbt.records import FloatArray, IntArray

__all__ = [
    "cluster_error",
    "clustered_t",
    "cross_sectional_t",
    "group_sums",
    "overlap_error",
    "overlap_t",
    "portfolio_t",
    "separate_dates",
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
    with np.errstate(invalid="ignore", divide="ignore"):
        error = car.std(axis=-1, ddof=1) / np.sqrt(count)
        t = np.where(error > 0.0, car.mean(axis=-1) / np.where(error > 0.0, error, np.nan), np.nan)
    return t, student_p(t, count - 1)


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
    error = cluster_error(car, cluster)
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(error > 0.0, car.mean(axis=-1) / np.where(error > 0.0, error, np.nan), np.nan)
    return t, student_p(t, cluster.max(initial=-1))


def separate_dates(cluster: IntArray, overlap: FloatArray) -> float:
    """How many dates with windows of their own say as much as these: G where none overlap, less otherwise.

    ``G sum of n_g^2 / (sum over pairs of n_g n_h times the share of sessions in common)`` with n_g events on
    date g.
    """
    sizes = np.bincount(cluster).astype(np.float64)
    return float(len(sizes) * (sizes**2).sum() / (sizes @ overlap @ sizes)) if len(sizes) else 0.0


def overlap_error(car: FloatArray, cluster: IntArray, overlap: FloatArray) -> FloatArray:
    """Standard error of the mean that allows any dependence between dates whose windows share sessions.

    Every product of two such dates' sums counts in full (Hansen and Hodrick 1980 for returns over windows
    that overlap), those of one date as in :func:`cluster_error`, below which it never is. The factor is H /
    (H - 1) with H the dates over those that each shares any session with, itself included: what taking the
    mean off takes away. Without shared sessions the two errors are the same.

    Parameters
    ----------
    car : array of float64, shape (..., n)
    cluster : array of int64, shape (n,)
        Number of each event's date, from 0 without gaps.
    overlap : array of float64, shape (G, G)
        Share of the sessions that the windows of two dates have in common, 1 on the diagonal.

    Returns
    -------
    array of float64, shape (...)
        nan where fewer than two dates are separate.
    """
    sums, _ = group_sums(car - car.mean(axis=-1, keepdims=True), cluster)
    linked = (overlap > 0.0).astype(np.float64)
    alone = separate_dates(cluster, linked)
    if alone <= 1.0 + 1e-9 or separate_dates(cluster, overlap) < 2.0 - 1e-9:
        return np.full(car.shape[:-1], np.nan)
    own, all_pairs = (sums**2).sum(axis=-1), ((sums @ linked) * sums).sum(axis=-1)
    variance = alone / (alone - 1.0) * np.maximum(own, all_pairs) / car.shape[-1] ** 2
    return np.asarray(np.sqrt(variance))


def overlap_t(car: FloatArray, cluster: IntArray, overlap: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean over its error across shared sessions (:func:`overlap_error`); separate dates less one degrees."""
    error = overlap_error(car, cluster, overlap)
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(error > 0.0, car.mean(axis=-1) / np.where(error > 0.0, error, np.nan), np.nan)
    return t, student_p(t, max(separate_dates(cluster, overlap) - 1.0, 1.0))


def portfolio_t(car: FloatArray, cluster: IntArray) -> tuple[FloatArray, FloatArray]:
    """Student's t across dates of the mean return of each date's equally weighted portfolio (Jaffe 1974).

    It weighs dates, not events, equally.
    """
    sums, sizes = group_sums(car, cluster)
    return cross_sectional_t(sums / sizes)
