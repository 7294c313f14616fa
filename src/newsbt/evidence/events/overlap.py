"""A test of a mean across dates whose windows share sessions (pure)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from newsbt.evidence.events.parametric import group_sums, mean_over
from newsbt.evidence.events.probability import student_p
from newsbt.records import FloatArray, IntArray

__all__ = ["Overlap", "overlap_error", "overlap_t", "separate_dates"]


class Overlap(NamedTuple):
    """What dates have in common.

    Parameters
    ----------
    share : array of float64, shape (G, G)
        Share of the tested sessions that the windows of two dates have in common, 1 on the diagonal.
    lean : array of float64, shape (..., G)
        Mean direction of each date's events, -1 to 1: what two dates share cancels in the mean where their
        news points apart.
    """

    share: FloatArray
    lean: FloatArray

    @classmethod
    def none(cls, count: int) -> Overlap:
        """No shared sessions."""
        return cls(np.eye(count), np.ones(count))


def separate_dates(cluster: IntArray, overlap: Overlap) -> FloatArray:
    """How many dates with windows of their own say as much as these, shape (...): G without overlap.

    ``G a / (a + b)`` with n_g events on date g, ``a = sum of n_g^2``, and b the sum over pairs of different
    dates of ``n_g n_h share_gh lean_g lean_h``, 0 at least.
    """
    sizes = np.bincount(cluster).astype(np.float64)
    net, own = sizes * overlap.lean, float((sizes**2).sum())
    across = ((net @ (overlap.share - np.eye(len(sizes)))) * net).sum(axis=-1)
    return np.asarray(len(sizes) * own / (own + np.maximum(across, 0.0)))


def overlap_error(car: FloatArray, cluster: IntArray, overlap: Overlap) -> FloatArray:
    """Standard error of the mean that allows any dependence between dates whose windows share sessions.

    Every product of two such dates' sums counts in full (Hansen and Hodrick 1980 for returns over windows
    that overlap), and the whole is no less than with those of each date alone, which is the clustered error.
    The factor is H / (H - 1), H being :func:`separate_dates` with 1 for every share above 0: what taking the
    mean off takes away.

    Parameters
    ----------
    car : array of float64, shape (..., n)
        Signed by direction.
    cluster : array of int64, shape (n,)
        Number of each event's date, from 0 without gaps.
    overlap : Overlap

    Returns
    -------
    array of float64, shape (...)
        nan where fewer than two dates are separate.
    """
    sums, _ = group_sums(car - car.mean(axis=-1, keepdims=True), cluster)
    linked = (overlap.share > 0.0).astype(np.float64)
    alone = separate_dates(cluster, overlap._replace(share=linked))
    told = (alone > 1.0 + 1e-9) & (separate_dates(cluster, overlap) >= 2.0 - 1e-9)
    own, all_pairs = (sums**2).sum(axis=-1), ((sums @ linked) * sums).sum(axis=-1)
    factor = alone / np.where(told, alone - 1.0, np.nan)
    return np.asarray(np.sqrt(factor * np.maximum(own, all_pairs)) / car.shape[-1])


def overlap_t(car: FloatArray, cluster: IntArray, overlap: Overlap) -> tuple[FloatArray, FloatArray]:
    """Mean over its error across shared sessions (:func:`overlap_error`); separate dates less one degrees."""
    t = mean_over(car, overlap_error(car, cluster, overlap))
    return t, student_p(t, np.maximum(separate_dates(cluster, overlap) - 1.0, 1.0))
