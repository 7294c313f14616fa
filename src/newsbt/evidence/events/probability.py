"""Two-sided p-values of normal and Student statistics, vectorised (pure)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from newsbt.records import FloatArray

__all__ = ["normal_p", "student_p", "student_quantile"]


def normal_p(z: ArrayLike) -> FloatArray:
    """Two-sided p-value of standard normal `z`, any shape; nan stays nan."""
    from scipy.special import ndtr  # type: ignore[import-untyped, unused-ignore]

    return np.asarray(2.0 * ndtr(-np.abs(np.asarray(z, dtype=np.float64))), dtype=np.float64)


def student_p(t: ArrayLike, df: ArrayLike) -> FloatArray:
    """Two-sided p-value of `t` with `df` degrees of freedom, broadcast; nan where `df` is below 1."""
    from scipy.special import stdtr  # type: ignore[import-untyped, unused-ignore]

    freedom = np.asarray(df, dtype=np.float64)
    tail = stdtr(np.where(freedom >= 1.0, freedom, np.nan), -np.abs(np.asarray(t, dtype=np.float64)))
    return np.asarray(2.0 * tail, dtype=np.float64)


def student_quantile(probability: float, df: ArrayLike) -> FloatArray:
    """Quantile of Student's distribution with `df` degrees of freedom; nan where `df` is below 1."""
    from scipy.special import stdtrit  # type: ignore[import-untyped, unused-ignore]

    freedom = np.asarray(df, dtype=np.float64)
    return np.asarray(stdtrit(np.where(freedom >= 1.0, freedom, np.nan), probability), dtype=np.float64)
