"""Published figures of Bailey and Lopez de Prado (2012, 2014), and independent routes to the same numbers."""

import math

import numpy as np
import pytest

from newsbt.evidence.hac import default_lags, long_run_covariance
from newsbt.evidence.sharpe_inference import (
    SharpeSample,
    deflated_sharpe,
    expected_maximum,
    follows,
    minimum_track_record,
    moving_days,
    probabilistic_sharpe,
    sharpe_error,
    sharpe_error_hac,
    sharpe_interval,
    sharpe_sample,
)
from newsbt.metrics import returns as metrics


def published(skew=-3.0, kurtosis=7.0):
    """The discovery of the 2014 paper: 2.5 a year over 1250 days; its kurtosis of 10 is not in excess."""
    return SharpeSample(2.5 / math.sqrt(250), skew, kurtosis, 1250)


def test_the_numerical_example_of_the_deflated_sharpe():
    found = deflated_sharpe(published(), 100, 0.5 / 250)
    assert round(found.threshold, 4) == 0.1132
    assert round(found.probability, 4) == 0.9004


def test_the_same_example_with_fewer_trials_and_with_normal_returns():
    assert round(deflated_sharpe(published(), 46, 0.5 / 250).probability, 4) == 0.9505
    assert round(deflated_sharpe(published(0.0, 0.0), 88, 0.5 / 250).probability, 4) == 0.9505


def test_the_hedge_fund_of_the_2012_paper():
    normal = SharpeSample(0.458, 0.0, 0.0, 24)
    actual = SharpeSample(0.458, -2.448, 10.164 - 3, 24)
    assert round(probabilistic_sharpe(normal), 3) == 0.982
    assert round(probabilistic_sharpe(actual), 3) == 0.913


@pytest.mark.parametrize(
    ("per_year", "skew", "kurtosis", "years"),
    [(250, 0.0, 3.0, 2.73), (52, 0.0, 3.0, 2.83), (12, 0.0, 3.0, 3.24), (12, -0.72, 5.78, 4.99)],
)
def test_the_track_records_of_the_2012_paper(per_year, skew, kurtosis, years):
    sample = SharpeSample(2.0 / math.sqrt(per_year), skew, kurtosis - 3.0, 1000)
    assert round(minimum_track_record(sample, 1.0 / math.sqrt(per_year)) / per_year, 2) == years


@pytest.mark.parametrize(
    ("sharpe", "skew", "kurtosis", "error", "years"),
    [(0.7079, -0.2250, 2.9570, 0.1028, 0.7152), (0.8183, -1.4455, 7.0497, 0.1550, 1.1593)],
)
def test_the_hedge_fund_indices_of_the_2012_paper(sharpe, skew, kurtosis, error, years):
    """134 months of each; the track record is against a Sharpe ratio of zero, in years."""
    sample = SharpeSample(sharpe, skew, kurtosis - 3.0, 134)
    assert round(sharpe_error(sample), 4) == error
    assert minimum_track_record(sample, 0.0) / 12 == pytest.approx(years, abs=2e-4)


def test_a_record_just_long_enough_has_just_the_confidence():
    sample = SharpeSample(0.05, -0.4, 3.0, 900)
    needed = minimum_track_record(sample, 0.01, 0.9)
    assert probabilistic_sharpe(SharpeSample(0.05, -0.4, 3.0, needed), 0.01) == pytest.approx(0.9, abs=1e-12)


def test_no_record_is_long_enough_without_a_sharpe_above_the_benchmark():
    assert minimum_track_record(SharpeSample(0.05, 0.0, 0.0, 900), 0.05) is None
    assert minimum_track_record(SharpeSample(-0.01, 0.0, 0.0, 900)) is None


def test_normal_returns_have_the_error_of_lo():
    sample = SharpeSample(0.2, 0.0, 0.0, 101)
    assert sharpe_error(sample) == pytest.approx(math.sqrt((1 + 0.2**2 / 2) / 100), abs=1e-15)


def test_the_error_is_the_spread_of_simulated_sharpe_ratios():
    """Gamma returns, shape 4: skew 1, excess kurtosis 1.5; the Sharpe of 500 of them, 8000 times."""
    rng = np.random.default_rng(1)
    drawn = (rng.gamma(4.0, size=(8000, 500)) - 4.0) / 2.0 + 0.3
    spread = (drawn.mean(axis=1) / drawn.std(axis=1, ddof=1)).std()
    assert sharpe_error(SharpeSample(0.3, 1.0, 1.5, 500)) == pytest.approx(spread, rel=0.03)


def test_the_interval_is_the_error_on_both_sides():
    sample = SharpeSample(0.1, -1.0, 4.0, 400)
    low, high = sharpe_interval(sample)
    assert (low + high) / 2 == pytest.approx(0.1)
    assert (high - low) / 2 == pytest.approx(1.959963984540054 * sharpe_error(sample))
    assert 1 - probabilistic_sharpe(sample, low) == pytest.approx(0.025)


def test_the_sample_is_that_of_the_metrics():
    values = np.random.default_rng(2).standard_t(5, size=300) * 0.01
    sample = sharpe_sample(values, 0.0001)
    assert sample.sharpe * math.sqrt(252) == pytest.approx(metrics.sharpe(values, 252, 1.0001**252 - 1))
    assert (sample.skew, sample.kurtosis) == (metrics.skew(values), metrics.kurtosis(values))
    assert sharpe_sample(np.zeros(50)) is None
    assert sharpe_sample(values[:3]) is None
    assert sharpe_sample(np.array([0.1, -0.1, np.nan, 0.2, 0.1])) is None


def test_without_lags_the_robust_error_is_mertens():
    values = np.random.default_rng(3).gamma(2.0, size=700) - 1.5
    sample = sharpe_sample(values)
    population = SharpeSample(sample.sharpe * math.sqrt(700 / 699), sample.skew, sample.kurtosis, 701)
    assert sharpe_error_hac(values, lags=0) == pytest.approx(sharpe_error(population), rel=1e-12)


def test_trending_returns_have_a_larger_robust_error():
    rng = np.random.default_rng(4)
    noise = rng.normal(size=3000)
    for place in range(1, 3000):
        noise[place] += 0.4 * noise[place - 1]
    ratio = sharpe_error_hac(noise, lags=30) / sharpe_error(sharpe_sample(noise))
    # The variance of the mean of an AR(1) is (1 + phi) / (1 - phi) times that of independent values.
    assert ratio == pytest.approx(math.sqrt(1.4 / 0.6), rel=0.1)


def test_only_a_trend_beyond_chance_is_told():
    noise = np.random.default_rng(6).normal(size=900)
    trending = noise.copy()
    for place in range(1, 900):
        trending[place] += 0.3 * trending[place - 1]
    assert follows(noise) is None
    assert follows(trending) == pytest.approx(0.3, abs=0.08)
    assert follows(np.tile([0.01, -0.01], 50)) == pytest.approx(-0.99)
    assert follows(np.zeros(50)) is None


def test_the_long_run_covariance_is_that_of_statsmodels():
    sandwich = pytest.importorskip("statsmodels.stats.sandwich_covariance")
    values = np.random.default_rng(5).normal(size=(200, 3)).cumsum(axis=0)
    away = values - values.mean(axis=0)
    expected = sandwich.S_hac_simple(away, nlags=6) / 200
    np.testing.assert_allclose(long_run_covariance(values, 6), expected, rtol=1e-10)
    assert [default_lags(n) for n in (1, 3, 100, 1000)] == [0, 1, 4, 6]


@pytest.mark.parametrize("count", [10, 100, 10_000, 10**9])
def test_the_expected_maximum_is_near_the_exact_one(count):
    """E max = integral over z of z d(Phi^N), here as that of 1 - Phi^N above 0 less Phi^N below."""
    from scipy.stats import norm

    grid = np.linspace(-10.0, 10.0, 200_001)
    power = np.exp(count * norm.logcdf(grid))
    values = np.where(grid >= 0.0, 1.0 - power, -power)
    exact = float(np.trapezoid(values, grid))
    assert expected_maximum(count) == pytest.approx(exact, rel=0.025)
    assert expected_maximum(count, 0.25) == pytest.approx(expected_maximum(count) / 2)


def test_one_trial_is_not_deflated():
    assert expected_maximum(1) == 0.0
    assert deflated_sharpe(published(), 1, 0.5).probability == probabilistic_sharpe(published())
    assert deflated_sharpe(published(), 50, 0.0).probability == probabilistic_sharpe(published())


def test_more_trials_never_raise_the_deflated_sharpe():
    found = [
        deflated_sharpe(published(), count, 0.002).probability for count in (1, 1.2, 2, 5, 50, 1e6, 1e15)
    ]
    assert found == sorted(found, reverse=True)


def test_a_few_moving_days_make_the_normal_approximation_worthless():
    """One gain among idle days: Student's t of it is 1, which luck gives every other time."""
    returns = np.zeros(300)
    returns[100] = 0.05
    sample = sharpe_sample(returns)
    assert sample.sharpe * math.sqrt(300) == pytest.approx(1.0, abs=0.005)
    assert probabilistic_sharpe(sample) > 0.95
    assert moving_days(returns) == 1
    assert moving_days(np.array([1e-16, -1e-15, 0.0, 1e-6])) == 1


def test_returns_without_error_are_certain():
    """Two values in equal parts: excess kurtosis -2; with SR at 2 / skew the error is nil."""
    sure = SharpeSample(1.0, 2.0, 2.0, 100)
    assert sharpe_error(sure) == 0.0
    assert (probabilistic_sharpe(sure), probabilistic_sharpe(sure, 1.0), probabilistic_sharpe(sure, 2.0)) == (
        1,
        0.5,
        0,
    )
