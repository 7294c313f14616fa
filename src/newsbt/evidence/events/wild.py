"""Wild bootstrap of the clustered t with the null imposed (pure)."""

from __future__ import annotations

import math
from itertools import product
from typing import Literal

import numpy as np

from newsbt.evidence.events.parametric import clustered_t, group_sums
from newsbt.records import FloatArray, IntArray

__all__ = ["wild_bootstrap", "wild_weights"]

ROOT5 = math.sqrt(5.0)


def wild_weights(
    clusters: int, draws: int, rng: np.random.Generator, kind: Literal["rademacher", "mammen"] = "rademacher"
) -> FloatArray:
    """Random weights of mean 0 and variance 1, shape (draws, clusters).

    Rademacher weights are signs; where there are no more than `draws` patterns of them, each occurs once, so
    that the p-value is exact. Mammen's (1993) two points also keep the third moment.
    """
    if kind == "mammen":
        low = rng.random((draws, clusters)) < (ROOT5 + 1.0) / (2.0 * ROOT5)
        return np.asarray(np.where(low, (1.0 - ROOT5) / 2.0, (1.0 + ROOT5) / 2.0), dtype=np.float64)
    if clusters < 30 and 2**clusters <= draws:
        return np.array(list(product((-1.0, 1.0), repeat=clusters)), dtype=np.float64)
    return np.where(rng.random((draws, clusters)) < 0.5, -1.0, 1.0)


def wild_bootstrap(car: FloatArray, cluster: IntArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The clustered t, judged by the same statistic with whole clusters multiplied by random weights.

    Cameron, Gelbach and Miller (2008), of the mean, under the hypothesis that it is zero; Wu (1986).

    Parameters
    ----------
    car : array of float64, shape (..., n)
    cluster : array of int64, shape (n,)
        Number of each event's cluster, from 0 without gaps.
    weights : array of float64, shape (B, G)
        See :func:`wild_weights`.

    Returns
    -------
    t, p_value : arrays of float64, shape (...)
        Share of the statistics at least as far from zero; with random weights ``(1 + hits) / (1 + B)``, with
        every pattern of signs ``hits / B``. nan for fewer than two clusters.
    """
    t, _ = clustered_t(car, cluster)
    sums, sizes = group_sums(car, cluster)
    groups, count = len(sizes), car.shape[-1]
    if groups < 2:
        return t, np.full_like(t, np.nan)
    mean = sums @ weights.T / count  # (..., B)
    # Sum over clusters of (w S - size * mean)^2, without an array of draws by clusters.
    squares = (
        sums**2 @ (weights**2).T - 2.0 * mean * ((sums * sizes) @ weights.T) + mean**2 * (sizes**2).sum()
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = np.abs(mean) * count / np.sqrt(groups / (groups - 1.0) * np.maximum(squares, 0.0))
    drawn = np.where(np.isnan(drawn), 0.0, drawn)
    hits = (drawn >= np.abs(t)[..., None] * (1.0 - 1e-9)).sum(axis=-1)
    exact = len(weights) == 2**groups if groups < 30 else False
    p = hits / len(weights) if exact else (1.0 + hits) / (1.0 + len(weights))
    return t, np.where(np.isnan(t), np.nan, p)
