"""Is the best of many settings better than a benchmark: reality check, SPA, stepwise test (pure)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from newsbt.errors import InputError
from newsbt.evidence.block_length import optimal_block
from newsbt.evidence.resample import stationary_indices
from newsbt.records import FloatArray, IntArray

__all__ = ["Superior", "superior"]

FEWEST = 20
#: An estimated autocorrelation closer to one would let a deviation grow without bound.
STEEPEST = 0.9


@dataclass(frozen=True, slots=True)
class Superior:
    """Whether any of N settings beats the benchmark once the search over all of them is counted.

    Parameters
    ----------
    best : int
        Column of the largest studentised mean.
    statistic : float
        That studentised mean, sqrt(T) mean / deviation; 0 at least.
    lower, consistent, upper : float
        p-values of Hansen's test; `consistent` is the one to quote, the others bound it.
    reality_check : float
        p-value of White's reality check (not studentised, all settings recentred).
    adjusted : array, shape (N,)
        Stepwise p-value of each setting: those at or below a level stand out at it, with the chance of a
        single false one no more than that level.
    block : float
        Mean length of the blocks, in periods.
    draws : int
        Resamples.
    """

    best: int
    statistic: float
    lower: float
    consistent: float
    upper: float
    reality_check: float
    adjusted: FloatArray
    block: float
    draws: int


def superior(
    returns: FloatArray,
    benchmark: FloatArray | float = 0.0,
    *,
    draws: int = 1000,
    block: float | None = None,
    seed: int = 0,
    indices: IntArray | None = None,
) -> Superior:
    """Test the settings' mean returns above a benchmark together.

    Parameters
    ----------
    returns : array, shape (T, N)
        One column a setting, one row a period.
    benchmark : array of shape (T,), or float
        Return of the benchmark in each period; 0 is holding cash.
    draws : int
        Resamples of the stationary bootstrap.
    block : float, optional
        Mean length of the blocks: unless given, the median over the settings of
        :func:`newsbt.evidence.block_length.optimal_block`.
    seed : int
        Of the resampling.
    indices : array of int64, shape (draws, T), optional
        Resampled positions, instead of drawing them.

    Raises
    ------
    InputError
        For fewer than 20 periods, returns that are not finite, or no setting that differs from the benchmark.

    Notes
    -----
    A setting equal to the benchmark in every period is left out of the tests (adjusted p-value 1). Means are
    compared, not Sharpe ratios: a setting that is only better because it risks more does count as better.
    Resamples are studentised by the stationary bootstrap's own deviation in closed form; so are the observed
    means, but for settings with a first autocorrelation above 2 / sqrt(T): theirs is that of an AR(1) process
    (Andrews and Monahan 1992), as the bootstrap's is too small for them. The ``SPA`` of the package arch
    compares means that are not studentised, against Hansen's advice; this is what ours gives with every
    deviation set to one.

    References
    ----------
    H. White, A Reality Check for Data Snooping, Econometrica 68 (2000); P. R. Hansen, A Test for
    Superior Predictive Ability, Journal of Business & Economic Statistics 23 (2005); J. P. Romano and M.
    Wolf, Stepwise Multiple Testing as Formalized Data Snooping, Econometrica 73 (2005), and Efficient
    Computation of Adjusted p-Values for Resampling-Based Stepdown Multiple Testing, Statistics and
    Probability Letters 113 (2016).
    """
    reference = np.asarray(benchmark, dtype=np.float64)
    gains = returns - (reference[:, None] if reference.ndim else reference)
    periods = len(gains)
    if periods < FEWEST:
        raise InputError(f"{periods} daily returns are too few for a test; it takes {FEWEST}")
    if not np.isfinite(gains).all():
        raise InputError("a setting lost its whole account, so its returns end; leave it out")
    moves = gains.std(axis=0) > 1e-14
    if not moves.any():
        raise InputError("no setting differs from the benchmark; there is nothing to test")
    kept = gains[:, moves]
    length = block if block is not None else _block(kept)
    if indices is None:
        indices = stationary_indices(periods, length, draws, np.random.default_rng(seed))
    means = kept.mean(axis=0)
    shifts = _resampled_means(kept - means, indices)
    resampled = _resampled_deviation(kept - means, length)
    scores = means * math.sqrt(periods) / _deviation(kept - means, resampled)
    drawn = shifts * math.sqrt(periods) / resampled
    statistic = max(float(scores.max()), 0.0)
    # A setting this far below the benchmark has no bearing on the maximum: its mean stays where it is.
    near = scores >= -math.sqrt(2.0 * math.log(math.log(periods)))
    centred = {
        "lower": np.minimum(scores, 0.0),
        "consistent": np.where(near, 0.0, scores),
        "upper": np.zeros(len(scores)),
    }
    p_values = {
        name: float(np.mean(np.maximum((drawn + centre).max(axis=1), 0.0) >= statistic))
        for name, centre in centred.items()
    }
    adjusted = np.ones(returns.shape[1])
    adjusted[moves] = _stepwise(scores, drawn)
    return Superior(
        best=int(np.flatnonzero(moves)[scores.argmax()]),
        statistic=statistic,
        reality_check=float(np.mean(shifts.max(axis=1) >= means.max())),
        adjusted=adjusted,
        block=length,
        draws=len(indices),
        **p_values,
    )


def _block(gains: FloatArray) -> float:
    return float(np.median([optimal_block(column).stationary for column in gains.T]))


def _resampled_means(gains: FloatArray, indices: IntArray) -> FloatArray:
    """Mean of every setting in every resample, shape (draws, N): times each row was drawn, by the rows."""
    draws, periods = indices.shape
    flat = indices + periods * np.arange(draws)[:, None]
    times = np.bincount(flat.ravel(), minlength=draws * periods).reshape(draws, periods)
    return np.asarray(times.astype(np.float64) @ gains / periods, dtype=np.float64)


def _deviation(away: FloatArray, resampled: FloatArray) -> FloatArray:
    """Deviation of sqrt(T) times the mean: the resamples' own, or that of an AR(1) where one shows.

    Blocks break a trend that goes on, so that the resamples spread too little; AR(1) residuals do not.
    """
    size = (away**2).sum(axis=0)
    slope = np.clip((away[1:] * away[:-1]).sum(axis=0) / size, -STEEPEST, STEEPEST)
    residual = away[1:] - slope * away[:-1]
    trending = residual.std(axis=0) / (1.0 - slope)
    shown = np.abs(slope) > 2.0 / math.sqrt(len(away))
    return np.where(shown, trending, resampled)


def _resampled_deviation(away: FloatArray, block: float) -> FloatArray:
    """Deviation of sqrt(T) times a resampled mean, in closed form (Politis and Romano 1994, lemma 1)."""
    periods, stay = len(away), 1.0 - 1.0 / block
    spectrum = np.fft.rfft(away, 2 * periods, axis=0)
    covariance = np.fft.irfft(np.abs(spectrum) ** 2, 2 * periods, axis=0)[:periods] / periods
    lag = np.arange(1, periods)
    share = lag / periods
    weight = (1.0 - share) * stay**lag + share * stay ** (periods - lag)
    variance = covariance[0] + 2.0 * (weight @ covariance[1:])
    return np.asarray(np.sqrt(np.maximum(variance, 1e-12 * covariance[0])), dtype=np.float64)


def _stepwise(scores: FloatArray, drawn: FloatArray) -> FloatArray:
    """Step-down p-values: each setting against the maximum over itself and all weaker ones, never falling."""
    order = np.argsort(-scores, kind="stable")
    weaker = np.maximum.accumulate(drawn[:, order][:, ::-1], axis=1)[:, ::-1]
    share = (1.0 + (weaker >= scores[order]).sum(axis=0)) / (1.0 + len(drawn))
    adjusted = np.empty(len(scores))
    adjusted[order] = np.maximum.accumulate(share)
    return adjusted
