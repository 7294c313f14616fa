"""Rank tests: Corrado (1989), Corrado and Zivney (1992), Kolari and Pynnonen (2011) (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.evidence.events.models import Abnormal
from newsbt.evidence.events.probability import normal_p, student_p
from newsbt.records import FloatArray

__all__ = ["average_ranks", "corrado", "corrado_zivney", "generalised_rank"]


def average_ranks(values: FloatArray) -> FloatArray:
    """Ranks 1, 2, ... along the last axis; ties share their mean rank, nan stays nan."""
    order = np.argsort(values, axis=-1, kind="stable")  # nan last
    ordered = np.take_along_axis(values, order, axis=-1)
    size = values.shape[-1]
    place = np.broadcast_to(np.arange(size), values.shape)
    fresh = np.ones(values.shape, dtype=np.bool_)
    fresh[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    first = np.maximum.accumulate(np.where(fresh, place, 0), axis=-1)
    ends = np.ones(values.shape, dtype=np.bool_)
    ends[..., :-1] = fresh[..., 1:]
    last = np.minimum.accumulate(np.where(ends, place, size - 1)[..., ::-1], axis=-1)[..., ::-1]
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (first + last) / 2.0 + 1.0, axis=-1)
    return np.where(np.isnan(values), np.nan, ranks)


def corrado(abnormal: Abnormal, columns: slice) -> tuple[FloatArray, FloatArray]:
    """Corrado's (1989) rank test in the form of Corrado and Zivney (1992) for missing returns.

    Parameters
    ----------
    abnormal : Abnormal
    columns : slice
        Tested sessions of the event window, L of them.

    Returns
    -------
    z, p_value : arrays of float64, shape (...)
        Each event's T + L abnormal returns are ranked, ``U = rank / (1 + M) - 1/2`` for its M returns;
        ``z = sum over tested sessions of S_t / (sqrt(L) s)``, with ``S_t = sum of U_it / sqrt(N_t)`` over the
        N_t events and s the root mean square of S_t over all sessions: cross-correlation of events on one
        date enters through s. Standard normal.
    """
    return _rank_test(
        np.concatenate([abnormal.residuals, abnormal.ar[..., columns]], axis=-1), abnormal, columns
    )


def corrado_zivney(
    abnormal: Abnormal, columns: slice, correlation: FloatArray | float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """The rank test on standardised returns, whose variance the event may change.

    Corrado and Zivney (1992): residuals over their standard deviation; on each tested session the
    standardised abnormal returns over their own standard deviation across events.

    Parameters
    ----------
    abnormal, columns : as for :func:`corrado`
    correlation : array of float64, shape (...), or float
        Mean correlation r of the events: the deviation across them misses what they share, so it is divided
        by ``sqrt(1 - r)`` as in Kolari and Pynnonen (2010). 0 is the paper's own form.
    """
    sar = abnormal.sar()[..., columns]
    missed = np.sqrt(1.0 - np.clip(correlation, 0.0, 0.99))[..., None, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        sar = sar * missed / (sar.std(axis=-2, ddof=1, keepdims=True) if sar.shape[-2] > 1 else np.nan)
        scaled = abnormal.residuals / abnormal.sigma[..., None]
    return _rank_test(np.concatenate([scaled, sar], axis=-1), abnormal, columns)


def _rank_test(values: FloatArray, abnormal: Abnormal, columns: slice) -> tuple[FloatArray, FloatArray]:
    if values.shape[-2] < 2 or np.isnan(values).all():
        empty = np.full(values.shape[:-2], np.nan)
        return empty, empty
    tested = abnormal.ar[..., columns].shape[-1]
    there = np.isfinite(values)
    scaled = average_ranks(values) / (1.0 + there.sum(axis=-1, keepdims=True)) - 0.5
    number = there.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        daily = np.where(there, scaled, 0.0).sum(axis=-2) / np.sqrt(np.where(number > 0, number, np.nan))
        error = np.sqrt(np.nanmean(daily**2, axis=-1))
        z = daily[..., -tested:].sum(axis=-1) / (np.sqrt(tested) * error)
    return z, normal_p(z)


def generalised_rank(
    abnormal: Abnormal, columns: slice, correlation: FloatArray | float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """GRANK-T of Kolari and Pynnonen (2011).

    The whole tested window is one cumulative session beside the T of the estimation window: its value is the
    standardised cumulative abnormal return over its own standard deviation across events. ``U_it = rank /
    (M_i + 1) - 1/2`` for the M_i values of event i; ``Z = mean U_i0 / s``, ``s^2 = mean over sessions of
    (n_t / n) (mean U_t)^2``; ``t = Z sqrt((M - 2) / (M - 1 - Z^2))`` has M - 2 degrees of freedom, with M the
    number of sessions that any event has. `correlation` is used as by :func:`corrado_zivney`.
    """
    scar = abnormal.scar(columns)
    count = scar.shape[-1]
    if count < 2:
        empty = np.full(scar.shape[:-1], np.nan)
        return empty, empty
    with np.errstate(invalid="ignore", divide="ignore"):
        missed = np.sqrt(1.0 - np.clip(correlation, 0.0, 0.99))[..., None]
        scar = scar * missed / scar.std(axis=-1, ddof=1, keepdims=True)
        scaled = abnormal.residuals / abnormal.sigma[..., None]
        values = np.concatenate([scaled, scar[..., None]], axis=-1)
        there = np.isfinite(values)
        units = average_ranks(values) / (1.0 + there.sum(axis=-1, keepdims=True)) - 0.5
        number = there.sum(axis=-2).astype(np.float64)
        mean = np.where(there, units, 0.0).sum(axis=-2) / np.where(number > 0, number, np.nan)
        sessions = (number > 0).sum(axis=-1).astype(np.float64)
        error = np.sqrt(np.nansum(number / count * mean**2, axis=-1) / sessions)
        z = mean[..., -1] / error
        t = z * np.sqrt((sessions - 2.0) / (sessions - 1.0 - z**2))
    return t, student_p(t, sessions - 2.0)
