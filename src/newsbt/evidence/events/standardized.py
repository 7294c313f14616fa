"""Tests on standardised abnormal returns, and their adjustment for cross-correlation (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.evidence.events.parametric import cross_sectional_t
from newsbt.evidence.events.probability import normal_p, student_p
from newsbt.records import FloatArray

__all__ = ["adjusted_bmp", "adjusted_patell", "bmp", "patell"]


def patell(scar: FloatArray, df: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Patell's (1976) z: independent events whose variance the event does not change.

    Parameters
    ----------
    scar : array of float64, shape (..., n)
        Standardised (cumulative) abnormal returns.
    df : array of float64, shape (..., n)
        Degrees of freedom of each standard deviation (``m - 2`` in the market model); more than 2.

    Returns
    -------
    z, p_value : arrays of float64, shape (...)
        ``sum(scar) / sqrt(sum(df / (df - 2)))``, standard normal.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = np.where(df > 2.0, df / (df - 2.0), np.nan).sum(axis=-1)
        z = scar.sum(axis=-1) / np.sqrt(variance)
    return z, normal_p(z)


def bmp(scar: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Boehmer, Musumeci and Poulsen (1991): t where the event may change the variance; n - 1 degrees."""
    return cross_sectional_t(scar)


def adjusted_patell(
    scar: FloatArray, df: FloatArray, correlation: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Patell's z over ``sqrt(1 + (n - 1) r)`` (Kolari and Pynnonen 2010).

    Parameters
    ----------
    scar, df : as for :func:`patell`
    correlation : array of float64, shape (...)
        Mean correlation r of the residuals over all pairs of events; taken as zero where negative.
    """
    r = np.maximum(correlation, 0.0)
    z = patell(scar, df)[0] / np.sqrt(1.0 + (scar.shape[-1] - 1) * r)
    return z, normal_p(z)


def adjusted_bmp(scar: FloatArray, correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    """BMP's t times ``sqrt((1 - r) / (1 + (n - 1) r))`` (Kolari and Pynnonen 2010); n - 1 degrees."""
    r = np.clip(correlation, 0.0, 1.0)
    count = scar.shape[-1]
    t = bmp(scar)[0] * np.sqrt((1.0 - r) / (1.0 + (count - 1) * r))
    return t, student_p(t, count - 1)
