"""Probability of backtest overfitting by combinatorially symmetric cross-validation (pure)."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from newsbt.errors import InputError
from newsbt.records import FloatArray

__all__ = ["Overfitting", "overfitting"]

#: Values in one working array: splits are taken in portions, so that memory stays small.
PORTION = 1_000_000
#: Sharpe ratios (per period) this close are equal.
TIED = 1e-12
Judged: TypeAlias = tuple[FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True, slots=True)
class Overfitting:
    """What becomes of the setting that is best in one half of the period, in the other half.

    Parameters
    ----------
    probability : float
        PBO: share of splits whose winner is below the median of all settings in the other half; one at the
        median counts half, so that noise gives 1/2 whatever the number of settings.
    logits : array, shape (splits,)
        ln(w / (1 - w)) of the winner's relative rank w = rank / (N + 1) in the other half; ties share the
        mean rank.
    inside, outside : array, shape (splits,)
        Sharpe ratio of the winner, per period, in the half it was chosen in and in the other.
    slope : float
        Of `outside` on `inside`, least squares: performance degradation. NaN if `inside` does not vary.
    loss : float
        Share of splits whose winner has a Sharpe below zero in the other half.
    blocks, settings : int
        S and N.
    """

    probability: float
    logits: FloatArray
    inside: FloatArray
    outside: FloatArray
    slope: float
    loss: float
    blocks: int
    settings: int


def overfitting(returns: FloatArray, blocks: int = 16) -> Overfitting:
    """Split the period into halves in every symmetric way; choose in one, judge in the other.

    Parameters
    ----------
    returns : array, shape (T, N)
        One column a setting, one row a period; N at least 2, T at least 4 a block.
    blocks : int
        S, even: 16 gives 12,870 splits. Blocks are consecutive and differ by one row at most in length.

    Returns
    -------
    Overfitting
        The judge is the Sharpe ratio; 0 for a setting that does nothing in a half.

    Raises
    ------
    InputError
        For fewer than two settings, an odd number of blocks or one outside 4 to 20, too few periods, or a
        return that is not finite.

    References
    ----------
    D. H. Bailey, J. M. Borwein, M. Lopez de Prado and Q. J. Zhu, The Probability of Backtest
    Overfitting, Journal of Computational Finance 20 (2017). There the rows that do not fill a block are
    dropped, and the logits have a density, so that none is at the median; programs that count those in full
    give noise (N + 1) / (2 N) for an odd number of settings.
    """
    periods, settings = returns.shape
    if settings < 2:
        raise InputError(f"overfitting needs at least two settings to choose from, not {settings}")
    if blocks % 2 or not 4 <= blocks <= 20:
        raise InputError(f"{blocks} blocks; take an even number from 4 to 20")
    if periods < 4 * blocks:
        raise InputError(f"{periods} daily returns are too few for {blocks} blocks; take a longer period")
    if not np.isfinite(returns).all():
        raise InputError("a setting lost its whole account, so its returns end; leave it out")
    edges = np.linspace(0, periods, blocks + 1).round().astype(np.int64)
    counts = np.diff(edges).astype(np.float64)
    sums = np.add.reduceat(returns, edges[:-1], axis=0)
    squares = np.add.reduceat(returns**2, edges[:-1], axis=0)
    # The halves come in pairs, the first with the last: each is the other's outside.
    chosen = _halves(blocks)[: math.comb(blocks, blocks // 2) // 2]
    portion = max(PORTION // settings, 1)
    parts = [
        _judge(chosen[start : start + portion], counts, sums, squares)
        for start in range(0, len(chosen), portion)
    ]
    there, back = zip(*parts, strict=True)
    ranks, inside, outside = (
        np.concatenate([np.concatenate(column), np.concatenate(mirrored)[::-1]])
        for column, mirrored in zip(zip(*there, strict=True), zip(*back, strict=True), strict=True)
    )
    relative = ranks / (settings + 1.0)
    logits = np.log(relative / (1.0 - relative))
    return Overfitting(
        float(np.mean(logits < 0.0) + np.mean(logits == 0.0) / 2.0),
        logits,
        inside,
        outside,
        _slope(inside, outside),
        float(np.mean(outside < 0.0)),
        blocks,
        settings,
    )


def _halves(blocks: int) -> FloatArray:
    """Every choice of half the blocks, as rows of zeros and ones."""
    members = np.array(list(itertools.combinations(range(blocks), blocks // 2)), dtype=np.int64)
    chosen = np.zeros((math.comb(blocks, blocks // 2), blocks))
    np.put_along_axis(chosen, members, 1.0, axis=1)
    return chosen


def _judge(
    chosen: FloatArray, counts: FloatArray, sums: FloatArray, squares: FloatArray
) -> tuple[Judged, Judged]:
    """Each split from both sides: choosing in the `chosen` blocks, and choosing in the others."""
    inner = _sharpe(chosen, counts, sums, squares)
    outer = _sharpe(1.0 - chosen, counts, sums, squares)
    return _ranked(inner, outer), _ranked(outer, inner)


def _ranked(inner: FloatArray, outer: FloatArray) -> Judged:
    """Rank of each split's winner in the other half, and its two Sharpe ratios."""
    rows, best = np.arange(len(inner)), inner.argmax(axis=1)
    outside = outer[rows, best]
    # Settings that trade alike may differ in the last digit: closer than TIED is a tie.
    below = (outer < outside[:, None] - TIED).sum(axis=1)
    reached = (outer <= outside[:, None] + TIED).sum(axis=1)
    return (below + reached + 1.0) / 2.0, inner[rows, best], outside


def _sharpe(chosen: FloatArray, counts: FloatArray, sums: FloatArray, squares: FloatArray) -> FloatArray:
    """Sharpe ratio of every setting over the chosen blocks, shape (splits, N)."""
    count = (chosen @ counts)[:, None]
    mean = chosen @ sums
    mean /= count
    variance = chosen @ squares
    variance /= count
    # Below 1e-12 of the second moment the difference is rounding noise: the setting stands still.
    still = variance * 1e-12
    variance -= mean**2
    quiet = variance <= still
    variance[quiet] = 1.0
    variance *= count / (count - 1.0)
    mean /= np.sqrt(variance)
    mean[quiet] = 0.0
    return np.asarray(mean, dtype=np.float64)


def _slope(inside: FloatArray, outside: FloatArray) -> float:
    away = inside - inside.mean()
    size = float(away @ away)
    return float(away @ (outside - outside.mean())) / size if size > 1e-28 * len(inside) else float("nan")
