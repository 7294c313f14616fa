"""Paired tests against slow readings of the papers, statsmodels, and worlds without a difference."""

import math

import numpy as np
import pytest

from newsbt.errors import InputError
from newsbt.evidence.hac import default_lags, long_run_covariance
from newsbt.evidence.paired import mean_difference, memmel_test, sharpe_difference
from newsbt.evidence.resample import circular_starts
from newsbt.metrics import returns as metrics


def a_pair(count=300, seed=0, gap=0.0):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=count) * 0.01
    return common + rng.normal(gap, 0.008, count), common + rng.standard_t(5, count) * 0.006


def slope_of(a, b, a_square, b_square):
    """Gradient of the difference of Sharpe ratios in the four moments, by central differences."""

    def gap(v):
        return v[0] / math.sqrt(v[2] - v[0] ** 2) - v[1] / math.sqrt(v[3] - v[1] ** 2)

    centre = np.array([a, b, a_square, b_square])
    step = 1e-7 * np.maximum(np.abs(centre), 1e-4)
    return gap(centre), np.array([(gap(centre + d) - gap(centre - d)) / (2 * d.sum()) for d in np.diag(step)])


def test_the_bootstrap_is_that_of_a_slow_reading():
    first, second = a_pair()
    width, draws, count = 7, 60, 300
    found = sharpe_difference(first, second, draws=draws, block=width, seed=3)
    rows = np.column_stack([first, second, first**2, second**2])
    observed, slope = slope_of(*rows.mean(axis=0))
    error = math.sqrt(slope @ long_run_covariance(rows) @ slope / count)
    starts = circular_starts(count, width, draws, np.random.default_rng(3))
    distances = []
    for chosen in starts:
        sample = np.vstack([np.take(rows, range(s, s + width), axis=0, mode="wrap") for s in chosen])
        gap, slope = slope_of(*sample.mean(axis=0))
        away = sample - sample.mean(axis=0)
        blocks = away.reshape(len(chosen), width, 4).sum(axis=1) / math.sqrt(width)
        covariance = sum(np.outer(block, block) for block in blocks) / len(blocks)
        distances.append(abs(gap - observed) / math.sqrt(slope @ covariance @ slope / len(sample)))
    further = (np.array(distances) >= abs(observed) / error).sum()
    assert found.p_value == (1 + further) / (1 + draws)
    assert 0.1 < found.p_value < 0.9
    reach = np.quantile(distances, 0.95) * error
    assert (found.high - found.low) / 2 == pytest.approx(reach, rel=1e-5)
    assert (found.high + found.low) / 2 == pytest.approx(found.difference)


def test_the_difference_is_that_of_the_metrics():
    first, second = a_pair(seed=1)
    found = sharpe_difference(first, second, draws=20).difference * math.sqrt(252)
    assert found == pytest.approx(metrics.sharpe(first, 252) - metrics.sharpe(second, 252), rel=1e-12)


def test_exchanging_the_runs_turns_the_sign_and_nothing_else():
    first, second = a_pair(seed=2)
    one, other = sharpe_difference(first, second, draws=99), sharpe_difference(second, first, draws=99)
    assert one.difference == pytest.approx(-other.difference)
    assert (one.p_value, one.block) == (other.p_value, other.block)
    assert (one.low, one.high) == (pytest.approx(-other.high), pytest.approx(-other.low))


def test_leverage_is_no_difference():
    first, second = a_pair(seed=3)
    plain, levered = (
        sharpe_difference(first, second, draws=199),
        sharpe_difference(3 * first, second, draws=199),
    )
    assert plain.p_value == levered.p_value
    twice = sharpe_difference(first, 2 * first, draws=50)
    assert (twice.p_value, twice.analytic) == (1.0, 1.0)
    assert twice.low == twice.high == pytest.approx(0.0, abs=1e-12)


def test_a_run_that_stands_still_in_many_resamples_has_no_interval():
    """One day moves: (1 - 1/300)^300 = 37 % of the resamples lack it, and speak against a finding."""
    first, _ = a_pair()
    second = np.zeros(300)
    second[100] = 0.05
    found = sharpe_difference(first, second, draws=299, block=1)
    assert (found.low, found.high) == (-math.inf, math.inf)
    assert found.p_value > 0.3
    # Six days: about 0.2 % of them do.
    second[[20, 60, 150, 200, 250]] = 0.03, -0.02, 0.01, 0.02, -0.04
    some = sharpe_difference(first, second, draws=299, block=1)
    assert math.isfinite(some.low) and some.low < some.difference < some.high


def test_a_large_difference_is_found():
    first, second = a_pair(800, seed=4, gap=0.002)
    found = sharpe_difference(first, second, draws=999)
    assert found.p_value <= 0.01 and found.analytic < 0.01 and found.low > 0
    assert mean_difference(first, second).p_value < 0.01


def test_without_a_difference_five_in_a_hundred_are_rejected():
    rejected = [
        sharpe_difference(*a_pair(200, seed), draws=199, block=2, seed=seed).p_value <= 0.05
        for seed in range(500)
    ]
    assert 0.025 <= np.mean(rejected) <= 0.085


def test_memmel_is_the_delta_method_for_normal_returns():
    """Covariance of the moments of a normal pair, written out, through a numerical gradient."""
    first, second = a_pair(seed=5)
    one, two = first.mean(), second.mean()
    s1, s2, c = first.var(), second.var(), np.mean((first - one) * (second - two))
    covariance = np.array(
        [
            [s1, c, 2 * one * s1, 2 * two * c],
            [c, s2, 2 * one * c, 2 * two * s2],
            [2 * one * s1, 2 * one * c, 2 * s1**2 + 4 * one**2 * s1, 2 * c**2 + 4 * one * two * c],
            [2 * two * c, 2 * two * s2, 2 * c**2 + 4 * one * two * c, 2 * s2**2 + 4 * two**2 * s2],
        ]
    )
    gap, slope = slope_of(one, two, s1 + one**2, s2 + two**2)
    z = abs(gap) / math.sqrt(slope @ covariance @ slope / 300)
    assert memmel_test(first, second) == pytest.approx(math.erfc(z / math.sqrt(2)), abs=1e-6)


def test_the_mean_difference_is_that_of_statsmodels():
    api = pytest.importorskip("statsmodels.api")
    first, second = a_pair(seed=6)
    lags = default_lags(300)
    fit = api.OLS(first - second, np.ones(300)).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False}
    )
    found = mean_difference(first, second)
    assert found.difference == pytest.approx(fit.params[0], rel=1e-10)
    assert found.error == pytest.approx(fit.bse[0], rel=1e-10)
    assert found.p_value == pytest.approx(fit.pvalues[0], rel=1e-8)
    assert mean_difference(first, first).p_value == 1.0


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (np.ones(30), np.ones(29), "same dates"),
        (np.ones(10), np.ones(10), "too few"),
        (np.full(30, np.nan), np.ones(30), "emptied"),
        (np.zeros(30), np.arange(30.0), "first run does not move"),
    ],
)
def test_what_cannot_be_compared_is_refused(first, second, said):
    with pytest.raises(InputError, match=said):
        sharpe_difference(first, second)
