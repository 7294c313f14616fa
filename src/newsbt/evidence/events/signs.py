"""Generalised sign test of Cowan (1992) (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.evidence.events.probability import normal_p
from newsbt.records import FloatArray

__all__ = ["generalised_sign"]


def generalised_sign(car: FloatArray, residuals: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Whether more cumulative abnormal returns are positive than the estimation window lets expect.

    Parameters
    ----------
    car : array of float64, shape (..., n)
    residuals : array of float64, shape (..., n, T)
        nan where a session is left out.

    Returns
    -------
    z, p_value : arrays of float64, shape (...)
        ``(w - n p) / sqrt(n p (1 - p))`` with w positive of n, and p the mean over events of the share of
        positive residuals; standard normal, for independent events.
    """
    count = car.shape[-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = ((residuals > 0.0).sum(axis=-1) / np.isfinite(residuals).sum(axis=-1)).mean(axis=-1)
        z = ((car > 0.0).sum(axis=-1) - count * share) / np.sqrt(count * share * (1.0 - share))
    return z, normal_p(z)
