"""Factors with fat tails and volatility that clusters (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.evidence.simulation.settings import NORMAL, Market
from newsbt.evidence.simulation.timeline import Timeline
from newsbt.records import FloatArray

__all__ = ["draw_shocks", "factor_steps"]


def draw_shocks(
    rng: np.random.Generator, timeline: Timeline, factors: int, tails: float
) -> tuple[FloatArray, FloatArray]:
    """Draw everything random of the factors of one world.

    Returns
    -------
    normals : array of float64, shape (factors, K)
        Standard normal, one for each moment.
    mixing : array of float64, shape (factors, D)
        What makes a day's normal shock one of Student's t with `tails` degrees of freedom and variance 1.
    """
    normals = rng.standard_normal((factors, len(timeline.weight)))
    if tails >= NORMAL:
        return normals, np.ones((factors, len(timeline.starts)))
    drawn = rng.chisquare(tails, (factors, len(timeline.starts)))
    return normals, np.sqrt((tails - 2.0) / drawn)


def factor_steps(
    normals: FloatArray, mixing: FloatArray, timeline: Timeline, market: Market
) -> tuple[FloatArray, FloatArray]:
    """Moves of the factors between moments, each with the variance of one session a session.

    The deviation of a day follows GARCH(1,1) (Bollerslev 1986, Journal of Econometrics 31, 307-327) with mean
    1; within a day it is constant.

    Parameters
    ----------
    normals : array of float64, shape (..., K)
    mixing : array of float64, shape (..., D)

    Returns
    -------
    steps : array of float64, shape (..., K)
        Moves in the log of a factor.
    variance : array of float64, shape (..., K)
        Of each move, given the deviation of its day.
    """
    scaled = normals * np.sqrt(timeline.weight)
    size = np.add.reduceat(timeline.weight, timeline.starts)
    squared = np.add.reduceat(scaled, timeline.starts, axis=-1) ** 2 / size * mixing**2
    level, arch, rest = 1.0 - market.persistence, market.arch, market.persistence - market.arch
    h = np.ones(mixing.shape)
    for day in range(1, mixing.shape[-1]):
        h[..., day] = level + h[..., day - 1] * (rest + arch * squared[..., day - 1])
    deviation = (np.sqrt(h) * mixing)[..., timeline.day]
    return scaled * deviation, deviation**2 * timeline.weight
