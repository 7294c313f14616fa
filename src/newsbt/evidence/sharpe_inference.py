"""How sure a Sharpe ratio is: its error, interval, probability, record length, and what search adds (pure).

All Sharpe ratios here are **per period** (one daily return), not annual: divide an annual one by the root of
the periods a year, and a variance of annual ones by the periods a year. Kurtosis is in excess of 3, as in
:mod:`newsbt.metrics`.

References
----------
- A. W. Lo, The Statistics of Sharpe Ratios, Financial Analysts Journal 58 (2002).
- E. Mertens, Comments on Variance of the IID Estimator in Lo (2002), University of Basel (2002).
- D. H. Bailey and M. Lopez de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15 (2012).
- D. H. Bailey and M. Lopez de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40 (2014).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from newsbt.evidence.hac import long_run_covariance
from newsbt.metrics.daily import spread
from newsbt.metrics.returns import kurtosis, skew
from newsbt.records import FloatArray

__all__ = [
    "Deflated",
    "SharpeSample",
    "deflated_sharpe",
    "expected_maximum",
    "follows",
    "minimum_track_record",
    "moving_days",
    "probabilistic_sharpe",
    "sharpe_error",
    "sharpe_error_hac",
    "sharpe_interval",
    "sharpe_sample",
]

EULER = 0.5772156649015329
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class SharpeSample:
    """What the inference needs of a series of returns.

    Parameters
    ----------
    sharpe : float
        Mean excess return / sample deviation (ddof 1), per period.
    skew : float
        0 for a normal distribution.
    kurtosis : float
        In excess of 3; at least skew^2 - 2, as of any sample.
    count : int
        Number of returns, 2 or more.
    """

    sharpe: float
    skew: float
    kurtosis: float
    count: int


@dataclass(frozen=True, slots=True)
class Deflated:
    """A Sharpe ratio against the best of as many worthless trials.

    Parameters
    ----------
    probability : float
        The deflated Sharpe ratio: confidence, in [0, 1], that the Sharpe exceeds `threshold`.
    threshold : float
        Expected maximum of the trials' Sharpe ratios if none had an edge, per period.
    trials : float
        Number of trials that it allows for.
    """

    probability: float
    threshold: float
    trials: float


def sharpe_sample(returns: FloatArray, rate: float = 0.0) -> SharpeSample | None:
    """Sharpe ratio, skewness and kurtosis of `returns` above `rate`, both per period (decimals).

    None for fewer than four returns, a return that is not finite, or no deviation.
    """
    deviation = spread(returns)
    third, fourth = skew(returns), kurtosis(returns)
    if third is None or fourth is None:
        return None
    return SharpeSample((float(returns.mean()) - rate) / deviation, third, fourth, len(returns))


def moving_days(returns: FloatArray) -> int:
    """Number of returns that are not zero but for rounding.

    The formulas here rest on a normal approximation that needs some: of worthless series, the probabilistic
    Sharpe ratio is above 95 % in half where one day moves, in one of six with five, in 8.5 % with twenty.
    """
    return int((np.abs(returns) > 1e-12).sum())


def sharpe_error(sample: SharpeSample) -> float:
    """Standard error of the Sharpe ratio of independent returns of any distribution, per period.

    sqrt((1 - skew SR + (kurtosis + 2) / 4 SR^2) / (n - 1)), Mertens (2002) with the n - 1 of Bailey and Lopez
    de Prado (2012). With skew 0 and excess kurtosis 0 it is Lo's (2002) for normal returns.
    """
    return math.sqrt(_unit_variance(sample) / (sample.count - 1))


def sharpe_error_hac(returns: FloatArray, rate: float = 0.0, lags: int | None = None) -> float | None:
    """Standard error of the Sharpe ratio of returns that may be serially dependent, per period.

    Delta method on the mean and the second moment with their Newey-West long-run covariance, which is Lo's
    (2002) GMM estimator. `lags` as in :func:`newsbt.evidence.hac.long_run_covariance`. None where
    :func:`sharpe_sample` is.
    """
    if sharpe_sample(returns, rate) is None:
        return None
    excess = returns - rate
    mean, second = float(excess.mean()), float(np.mean(excess**2))
    deviation = math.sqrt(second - mean**2)
    gradient = np.array([second, -mean / 2.0]) / deviation**3
    covariance = long_run_covariance(np.column_stack([excess, excess**2]), lags)
    return math.sqrt(max(float(gradient @ covariance @ gradient), 0.0) / len(returns))


def follows(returns: FloatArray) -> float | None:
    """First autocorrelation of `returns` where it exceeds 2 / sqrt(n) in size, as chance would 1 time in 20.

    None where it does not, and without deviation.
    """
    away = returns - returns.mean()
    size = float(away @ away)
    if not size > 0.0:
        return None
    found = float(away[1:] @ away[:-1]) / size
    return found if abs(found) > 2.0 / math.sqrt(len(returns)) else None


def sharpe_interval(sample: SharpeSample, level: float = 0.95) -> tuple[float, float]:
    """Two-sided normal confidence interval of the Sharpe ratio at `level` (in (0, 1)), per period."""
    reach = NORMAL.inv_cdf(0.5 + level / 2.0) * sharpe_error(sample)
    return sample.sharpe - reach, sample.sharpe + reach


def probabilistic_sharpe(sample: SharpeSample, benchmark: float = 0.0) -> float:
    """Probabilistic Sharpe ratio: confidence, in [0, 1], that the true one exceeds `benchmark` (per period).

    One minus it is the p-value of the one-sided test. Bailey and Lopez de Prado (2012).
    """
    gap, error = sample.sharpe - benchmark, sharpe_error(sample)
    if error == 0.0:
        return 0.5 if gap == 0.0 else float(gap > 0.0)
    return NORMAL.cdf(gap / error)


def minimum_track_record(sample: SharpeSample, benchmark: float = 0.0, level: float = 0.95) -> float | None:
    """Returns needed until a Sharpe like this one is told from `benchmark` at `level`, one-sided.

    1 + (1 - skew SR + (kurtosis + 2) / 4 SR^2) (z_level / (SR - benchmark))^2 periods, Bailey and Lopez de
    Prado (2012). None where the Sharpe does not exceed the benchmark: no record is long enough then.
    """
    gap = sample.sharpe - benchmark
    if not gap > 0.0:
        return None
    return 1.0 + _unit_variance(sample) * (NORMAL.inv_cdf(level) / gap) ** 2


def expected_maximum(trials: float, variance: float = 1.0) -> float:
    """Expected largest of `trials` independent normal values of mean 0 and `variance`.

    sqrt(variance) ((1 - g) Z(1 - 1/N) + g Z(1 - 1/(N e))) with Euler's g and the normal quantile Z, Bailey
    and Lopez de Prado (2014); an approximation for large N, within 2.5 % from 10 on. 0 for up to one trial.
    """
    if trials <= 1.0:
        return 0.0
    upper = -NORMAL.inv_cdf(1.0 / trials)
    further = -NORMAL.inv_cdf(1.0 / (trials * math.e))
    return math.sqrt(variance) * max((1.0 - EULER) * upper + EULER * further, 0.0)


def deflated_sharpe(sample: SharpeSample, trials: float, variance: float) -> Deflated:
    """Deflated Sharpe ratio: the probabilistic one against the expected maximum of all trials.

    Parameters
    ----------
    sample : SharpeSample
        Of the chosen trial.
    trials : float
        Number of independent trials it was chosen from, itself included.
    variance : float
        Of the per-period Sharpe ratios of the trials.

    Notes
    -----
    Bailey and Lopez de Prado (2014). One trial, or no variance, leaves the probabilistic Sharpe against 0.
    """
    threshold = expected_maximum(trials, variance)
    return Deflated(probabilistic_sharpe(sample, threshold), threshold, trials)


def _unit_variance(sample: SharpeSample) -> float:
    """Variance of the Sharpe times n - 1; never negative, as excess kurtosis >= skew^2 - 2."""
    value = 1.0 - sample.skew * sample.sharpe + (sample.kurtosis + 2.0) / 4.0 * sample.sharpe**2
    return max(value, 0.0)
