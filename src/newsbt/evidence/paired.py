"""Are two runs different: tests of their Sharpe ratios and mean returns, day by day in pairs (pure)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from newsbt.errors import InputError
from newsbt.evidence.block_length import optimal_block
from newsbt.evidence.hac import long_run_covariance
from newsbt.evidence.resample import circular_starts
from newsbt.metrics.daily import spread
from newsbt.records import FloatArray

__all__ = ["MeanDifference", "SharpeDifference", "mean_difference", "memmel_test", "sharpe_difference"]

NORMAL = NormalDist()
FEWEST = 20
#: Deviation of a difference that is rounding noise, relative to its size in one period.
NOISE = 1e-12


@dataclass(frozen=True, slots=True)
class SharpeDifference:
    """Sharpe ratio of A less that of B, per period.

    Parameters
    ----------
    difference : float
        With sample deviations (ddof 1), as :func:`newsbt.metrics.returns.sharpe`.
    low, high : float
        Studentised bootstrap interval at `level`, symmetric about the difference; without bounds (infinite)
        where a run stands still in more resamples than `level` leaves out.
    p_value : float
        Share of resamples with a studentised deviation from the observed difference as large as that is from
        0.
    analytic : float
        p-value of Jobson and Korkie's test with Memmel's correction, which holds for independent normal
        returns.
    level : float
        Coverage aimed at.
    block, draws : int
        Length of the blocks in periods, and resamples.
    """

    difference: float
    low: float
    high: float
    p_value: float
    analytic: float
    level: float
    block: int
    draws: int


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """Mean return of A less that of B, per period: size, Newey-West error, two-sided p-value."""

    difference: float
    error: float
    p_value: float


def sharpe_difference(
    first: FloatArray,
    second: FloatArray,
    *,
    draws: int = 4999,
    level: float = 0.95,
    block: int | None = None,
    seed: int = 0,
) -> SharpeDifference:
    """Test whether two runs have the same Sharpe ratio, by a studentised circular block bootstrap.

    Parameters
    ----------
    first, second : array, shape (n,)
        Excess returns of A and B on the same dates, n at least 20.
    draws : int
        Resamples.
    level : float
        Coverage of the interval, in (0, 1).
    block : int, optional
        Length of the blocks; unless given, :func:`newsbt.evidence.block_length.optimal_block` of what each
        day adds to the difference (its influence), n / 10 at most.
    seed : int
        Of the resampling.

    Raises
    ------
    InputError
        For fewer than 20 pairs, a return that is not finite, or a run that does not move.

    Notes
    -----
    The deviation of the observed difference is Newey and West's, where the paper takes a prewhitened
    quadratic spectral kernel; that of a resample comes from its blocks, as in the paper. Two equal series
    have p-value 1.

    References
    ----------
    O. Ledoit and M. Wolf, Robust Performance Hypothesis Testing with the Sharpe Ratio, Journal of Empirical
    Finance 15 (2008).
    """
    pairs = _paired(first, second)
    count = len(pairs)
    for name, series in (("first", pairs[:, 0]), ("second", pairs[:, 1])):
        if not spread(series) > 0.0:
            raise InputError(f"the {name} run does not move, so it has no Sharpe ratio to compare")
    shown = float(_sharpe(pairs[:, 0]) - _sharpe(pairs[:, 1])) * math.sqrt((count - 1) / count)
    moments = np.column_stack([pairs, pairs**2])
    centre = moments.mean(axis=0)
    observed, slope = _gap(centre)
    error = math.sqrt(max(float(slope @ long_run_covariance(moments) @ slope), 0.0) / count)
    width = block if block is not None else _block((moments - centre) @ slope)
    if error <= NOISE:
        return SharpeDifference(shown, shown, shown, 1.0, 1.0, level, width, draws)
    distances = _distances(moments, float(observed), width, draws, np.random.default_rng(seed))
    share = (1.0 + float((distances >= abs(float(observed)) / error).sum())) / (1.0 + draws)
    reach = _quantile(distances, level) * error
    analytic = memmel_test(first, second)
    return SharpeDifference(shown, shown - reach, shown + reach, share, analytic, level, width, draws)


def memmel_test(first: FloatArray, second: FloatArray) -> float:
    """Two-sided p-value that two Sharpe ratios are equal, for independent normal pairs of returns.

    z = (SR_a - SR_b) / sqrt((2 - 2 r + (SR_a^2 + SR_b^2 - 2 SR_a SR_b r^2) / 2) / n) with correlation r. 1
    for equal series. Raises InputError as :func:`sharpe_difference`.

    References
    ----------
    J. D. Jobson and B. M. Korkie, Performance Hypothesis Testing with the Sharpe and Treynor
    Measures, Journal of Finance 36 (1981); C. Memmel, Performance Hypothesis Testing with the Sharpe Ratio,
    Finance Letters 1 (2003).
    """
    pairs = _paired(first, second)
    one, two = _sharpe(pairs[:, 0]), _sharpe(pairs[:, 1])
    together = float(
        np.mean((first - first.mean()) * (second - second.mean())) / (first.std() * second.std())
    )
    variance = 2.0 - 2.0 * together + (one**2 + two**2 - 2.0 * one * two * together**2) / 2.0
    if variance <= NOISE:
        return 1.0
    return 2.0 * NORMAL.cdf(-abs(one - two) / math.sqrt(variance / len(pairs)))


def mean_difference(first: FloatArray, second: FloatArray, lags: int | None = None) -> MeanDifference:
    """Test whether two runs have the same mean return; Newey-West error, normal quantiles.

    `lags` as in :func:`newsbt.evidence.hac.long_run_covariance`. Raises InputError for fewer than 20 pairs or
    a return that is not finite. Two equal series have p-value 1.
    """
    pairs = _paired(first, second)
    gap = pairs[:, 0] - pairs[:, 1]
    mean = float(gap.mean())
    error = math.sqrt(max(float(long_run_covariance(gap[:, None], lags)[0, 0]), 0.0) / len(gap))
    if error <= NOISE * float(np.abs(pairs).max()):
        return MeanDifference(mean, 0.0, 1.0)
    return MeanDifference(mean, error, 2.0 * NORMAL.cdf(-abs(mean) / error))


def _paired(first: FloatArray, second: FloatArray) -> FloatArray:
    if len(first) != len(second):
        raise InputError(f"{len(first)} and {len(second)} daily returns; a paired test takes the same dates")
    if len(first) < FEWEST:
        raise InputError(f"{len(first)} common daily returns are too few to compare; it takes {FEWEST}")
    pairs = np.column_stack([first, second])
    if not np.isfinite(pairs).all():
        raise InputError("an account was emptied, so its returns end; the runs cannot be compared")
    return pairs


def _sharpe(returns: FloatArray) -> float:
    return float(returns.mean() / returns.std())


def _quantile(distances: FloatArray, level: float) -> float:
    """Quantile of distances of which some may be infinite; infinite from the first of those on."""
    finite = np.where(np.isfinite(distances), distances, np.finfo(np.float64).max)
    found = float(np.quantile(finite, level))
    largest = float(distances[np.isfinite(distances)].max(initial=0.0))
    return found if found <= largest else math.inf


def _block(influence: FloatArray) -> int:
    return min(math.ceil(optimal_block(influence).circular), max(len(influence) // 10, 1))


def _gap(centre: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Difference of Sharpe ratios from the means of (a, b, a^2, b^2), and its gradient; shape (..., 4)."""
    one, two, one_square, two_square = np.moveaxis(centre, -1, 0)
    one_variance, two_variance = one_square - one**2, two_square - two**2
    with np.errstate(divide="ignore", invalid="ignore"):
        value = one / np.sqrt(one_variance) - two / np.sqrt(two_variance)
        slope = np.stack(
            [
                one_square / one_variance**1.5,
                -two_square / two_variance**1.5,
                -one / (2.0 * one_variance**1.5),
                two / (2.0 * two_variance**1.5),
            ],
            axis=-1,
        )
    return np.asarray(value), slope


def _distances(
    moments: FloatArray, observed: float, width: int, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Studentised distance of each resample's difference from the observed one, shape (draws,).

    A block enters only by its sums, so that a resample is a choice of sums. One whose difference is
    undefined, because a run stands still in it, counts as infinitely far: it speaks against a finding.
    """
    wrapped = np.concatenate(
        [np.zeros((1, 4)), np.cumsum(np.vstack([moments, moments[: width - 1]]), axis=0)]
    )
    sums = wrapped[width:] - wrapped[:-width]
    starts = circular_starts(len(moments), width, draws, rng)
    blocks = starts.shape[1]
    chosen = sums[starts]
    centre = chosen.mean(axis=1) / width
    gaps, slopes = _gap(centre)
    away = np.einsum("dbk,dk->db", chosen - width * centre[:, None, :], slopes)
    error = np.sqrt((away**2).sum(axis=1) / width / blocks / (blocks * width))
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.abs(gaps - observed) / error
    return np.where(np.isfinite(distance), distance, np.inf)
