"""Rank tests: Corrado (1989), Corrado and Zivney (1992), Kolari and Pynnonen (2011) (pure).

Their own forms, and with what events share measured by calendar date (Pynnonen 2022 on cumulated ranks under
clustering; Journal of Risk and Financial Management 15, 149).
"""

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


def corrado(
    abnormal: Abnormal, columns: slice, correlation: FloatArray | float | None = None
) -> tuple[FloatArray, FloatArray]:
    """Corrado's (1989) rank test in the form of Corrado and Zivney (1992) for missing returns.

    Parameters
    ----------
    abnormal : Abnormal
    columns : slice
        Tested sessions of the event window, L of them.
    correlation : array of float64, shape (...), or float, optional
        Mean correlation q over all pairs of events of the sums of their ranks over `columns`; taken as zero
        where negative.

    Returns
    -------
    z, p_value : arrays of float64, shape (...)
        Each event's T + L abnormal returns are ranked, ``U = rank / (1 + M) - 1/2`` for its M returns;
        ``z = sum over tested sessions of S_t / (sqrt(L) s)``, with ``S_t = sum of U_it / sqrt(N_t)`` over the
        N_t events. Standard normal.

    Notes
    -----
    Without `correlation`, s is the paper's: the root mean square of S_t over all sessions. What events share
    enters it where they show it in the same session *of their windows*. Events of two venues, whose windows
    are shifted by each other's holidays and by the hours between them, do not. With `correlation`, which is
    measured by calendar date, ``s^2 = v (1 + (n - 1) q) (M - L) / (M - 1)`` with v the mean square of U: the
    adjustment of Kolari and Pynnonen (2010), for cumulated ranks of windows that overlap in full or in part,
    the subject of Pynnonen (2022). The last factor is there because L ranks are drawn from M without putting
    them back.
    """
    values = np.concatenate([abnormal.residuals, abnormal.ar[..., columns]], axis=-1)
    return _rank_test(values, abnormal.ar[..., columns].shape[-1], correlation)


def corrado_zivney(
    abnormal: Abnormal,
    columns: slice,
    shared: FloatArray | float = 0.0,
    correlation: FloatArray | float | None = None,
) -> tuple[FloatArray, FloatArray]:
    """The rank test on standardised returns, whose variance the event may change.

    Corrado and Zivney (1992): residuals over their standard deviation; on each tested session the
    standardised abnormal returns over their own standard deviation across events.

    Parameters
    ----------
    abnormal, columns, correlation : as for :func:`corrado`
    shared : array of float64, shape (...), or float
        Mean correlation r of the returns of the events: the deviation across them misses what they share, so
        it is divided by ``sqrt(1 - r)`` as in Kolari and Pynnonen (2010). 0 is the paper's own form.
    """
    sar = abnormal.sar()[..., columns]
    missed = np.sqrt(1.0 - np.clip(shared, 0.0, 0.99))[..., None, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        sar = sar * missed / (sar.std(axis=-2, ddof=1, keepdims=True) if sar.shape[-2] > 1 else np.nan)
        scaled = abnormal.residuals / abnormal.sigma[..., None]
    return _rank_test(np.concatenate([scaled, sar], axis=-1), sar.shape[-1], correlation)


def _units(values: FloatArray) -> FloatArray:
    """Ranks of each event's values over their number and one, less a half; nan where missing."""
    number = np.isfinite(values).sum(axis=-1, keepdims=True)
    return np.asarray(average_ranks(values) / (1.0 + number) - 0.5)


def _rank_test(
    values: FloatArray, tested: int, correlation: FloatArray | float | None
) -> tuple[FloatArray, FloatArray]:
    """Corrado's z of `values` (..., n, T + L), of which the last `tested` are the event's."""
    if values.shape[-2] < 2 or np.isnan(values).all():
        empty = np.full(values.shape[:-2], np.nan)
        return empty, empty
    units = _units(values)
    there = np.isfinite(units)
    number = there.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        daily = np.where(there, units, 0.0).sum(axis=-2) / np.sqrt(np.where(number > 0, number, np.nan))
        if correlation is None:
            variance = np.nanmean(daily**2, axis=-1)
        else:
            count, drawn = values.shape[-2], there.sum(axis=(-2, -1))
            own = (np.where(there, units, 0.0) ** 2).sum(axis=(-2, -1)) / drawn
            left = (drawn / count - tested) / (drawn / count - 1.0)
            variance = own * left * (1.0 + (count - 1) * np.maximum(correlation, 0.0))
        z = daily[..., -tested:].sum(axis=-1) / np.sqrt(tested * variance)
    return z, normal_p(z)


def generalised_rank(
    abnormal: Abnormal,
    columns: slice,
    shared: FloatArray | float = 0.0,
    correlation: FloatArray | float | None = None,
) -> tuple[FloatArray, FloatArray]:
    """The generalised rank test of Kolari and Pynnonen (2011).

    The whole tested window is one cumulative session beside the T of the estimation window: its value is the
    standardised cumulative abnormal return over its own standard deviation across events. ``U_it = rank /
    (M_i + 1) - 1/2`` for the M_i values of event i.

    Parameters
    ----------
    abnormal, columns, shared, correlation : as for :func:`corrado_zivney`

    Returns
    -------
    t, p_value : arrays of float64, shape (...)

    Notes
    -----
    Without `correlation` it is the paper's GRANK-T: ``Z = mean U_i0 / s``, ``s^2 = mean over sessions of
    (n_t / n) (mean U_t)^2``; ``t = Z sqrt((M - 2) / (M - 1 - Z^2))`` has M - 2 degrees of freedom, with M the
    number of sessions that any event has. That takes the cumulative session to be distributed as the single
    ones among which it is ranked. A sum of L fat-tailed returns is closer to normal, and its rank further
    from the middle. With `correlation` q, ``s^2 = v (1 + (n - 1) q) / n`` as in :func:`corrado`, where v is
    the mean square of the U that sums of L residuals in a row have; ``t = Z`` with M - 2 degrees of freedom.
    """
    scar = abnormal.scar(columns)
    count = scar.shape[-1]
    if count < 2:
        empty = np.full(scar.shape[:-1], np.nan)
        return empty, empty
    with np.errstate(invalid="ignore", divide="ignore"):
        missed = np.sqrt(1.0 - np.clip(shared, 0.0, 0.99))[..., None]
        scar = scar * missed / scar.std(axis=-1, ddof=1, keepdims=True)
        scaled = abnormal.residuals / abnormal.sigma[..., None]
        units = _units(np.concatenate([scaled, scar[..., None]], axis=-1))
        there = np.isfinite(units)
        number = there.sum(axis=-2).astype(np.float64)
        mean = np.where(there, units, 0.0).sum(axis=-2) / np.where(number > 0, number, np.nan)
        sessions = (number > 0).sum(axis=-1).astype(np.float64)
        if correlation is None:
            z = mean[..., -1] / np.sqrt(np.nansum(number / count * mean**2, axis=-1) / sessions)
            t = z * np.sqrt((sessions - 2.0) / (sessions - 1.0 - z**2))
        else:
            variance = _square_of_sums(scaled, abnormal.ar[..., columns].shape[-1])
            factor = (1.0 + (count - 1) * np.maximum(correlation, 0.0)) / count
            t = mean[..., -1] / np.sqrt(variance * factor)
    return t, student_p(t, sessions - 2.0)


def _square_of_sums(scaled: FloatArray, length: int) -> FloatArray:
    """Mean square of the U that sums of `length` standardised residuals in a row have among single ones.

    `scaled` has shape (..., n, T). The sums are over their own deviation, as the tested ones are, and overlap
    by half; where none is complete, and for one session, it is the U of the single residuals.
    """
    size = scaled.shape[-1]
    if length == 1:
        single = _units(scaled)
        known = np.isfinite(single)
        return np.asarray((np.where(known, single, 0.0) ** 2).sum(axis=(-2, -1)) / known.sum(axis=(-2, -1)))
    starts = range(0, max(size - length, 0) + 1, max(length // 2, 1))
    sums = np.stack([scaled[..., at : at + length].sum(axis=-1) for at in starts], axis=-1)
    there = np.isfinite(sums)
    count = there.sum(axis=(-2, -1))
    if length > size or not count.all():
        return _square_of_sums(scaled, 1)
    sums = np.where(there, sums, 0.0)
    sums = sums / np.sqrt((sums**2).sum(axis=(-2, -1)) / count)[..., None, None]
    ordered = np.sort(scaled, axis=-1)  # nan last
    known = np.isfinite(scaled).sum(axis=-1, keepdims=True)
    below = (ordered[..., None, :] < sums[..., :, None]).sum(axis=-1)
    level = (ordered[..., None, :] == sums[..., :, None]).sum(axis=-1)
    units = np.where(there, (below + level / 2.0 + 1.0) / (known + 2.0) - 0.5, 0.0)
    return np.asarray((units**2).sum(axis=(-2, -1)) / count)
