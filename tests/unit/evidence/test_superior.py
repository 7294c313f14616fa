"""Reality check, SPA and stepwise test against the package arch, slow readings, and known worlds."""

import numpy as np
import pytest

from newsbt.errors import InputError
from newsbt.evidence.resample import stationary_indices
from newsbt.evidence.superior import superior


def world(seed, periods=300, settings=6):
    rng = np.random.default_rng(seed)
    return rng.standard_t(5, size=(periods, settings)) * np.linspace(0.005, 0.02, settings)


def bootstrap_deviation(values, block):
    """sqrt(T) times the deviation of a resampled mean, lag by lag (Politis and Romano 1994, lemma 1)."""
    periods, chance = len(values), 1 / block
    away = values - values.mean(axis=0)
    total = (away**2).sum(axis=0) / periods
    for lag in range(1, periods):
        share = lag / periods
        weight = (1 - share) * (1 - chance) ** lag + share * (1 - chance) ** (periods - lag)
        total += 2 * weight * (away[:-lag] * away[lag:]).sum(axis=0) / periods
    return np.sqrt(total)


def no_trend(values):
    """First autocorrelations small enough for the bootstrap's own deviation."""
    away = values - values.mean(axis=0)
    return (
        np.abs((away[1:] * away[:-1]).sum(axis=0) / (away**2).sum(axis=0)) < 2 / np.sqrt(len(values))
    ).all()


def test_p_values_are_those_of_arch_on_the_same_resamples():
    """arch does not studentise; with columns scaled to one deviation there is no difference left."""
    arch = pytest.importorskip("arch.bootstrap", exc_type=ImportError)
    values = world(1)
    values[:, 2] -= 0.004
    values = values / bootstrap_deviation(values, 5) + 0.02
    assert no_trend(values)
    indices = np.array(
        [drawn[0][0] for drawn in arch.StationaryBootstrap(5, np.arange(300), seed=7).bootstrap(400)]
    )
    reference = arch.SPA(np.zeros(300), -values, block_size=5, reps=400, seed=7)
    reference.compute()
    found = superior(values, block=5.0, indices=indices)
    expected = reference.pvalues
    assert found.lower == pytest.approx(expected["lower"], abs=1e-12)
    assert found.consistent == pytest.approx(expected["consistent"], abs=1e-12)
    assert found.upper == pytest.approx(expected["upper"], abs=1e-12)
    assert found.reality_check == pytest.approx(expected["upper"], abs=1e-12)
    assert 0 < expected["lower"] < expected["upper"] < 1


def test_the_reality_check_is_that_of_arch_at_any_scale():
    arch = pytest.importorskip("arch.bootstrap", exc_type=ImportError)
    values, hold = world(2), np.random.default_rng(3).normal(scale=0.01, size=300)
    indices = np.array(
        [drawn[0][0] for drawn in arch.StationaryBootstrap(4, np.arange(300), seed=8).bootstrap(300)]
    )
    reference = arch.SPA(-hold, -values, block_size=4, reps=300, seed=8)
    reference.compute()
    assert superior(values, hold, block=4.0, indices=indices).reality_check == pytest.approx(
        reference.pvalues["upper"], abs=1e-12
    )


def test_studentised_and_stepwise_p_values_of_a_slow_reading():
    values = world(4, settings=5) + np.array([0.002, 0.0, -0.003, 0.001, 0.0])
    indices = stationary_indices(300, 3.0, 250, np.random.default_rng(5))
    assert no_trend(values)
    found = superior(values, block=3.0, indices=indices)
    scores = np.sqrt(300) * values.mean(axis=0) / bootstrap_deviation(values, 3.0)
    drawn = np.array([np.sqrt(300) * (values[row].mean(axis=0) - values.mean(axis=0)) for row in indices])
    drawn /= bootstrap_deviation(values, 3.0)
    assert found.statistic == pytest.approx(scores.max(), rel=1e-10)
    assert found.best == scores.argmax()
    consistent = drawn + np.where(scores < -np.sqrt(2 * np.log(np.log(300))), scores, 0.0)
    assert found.consistent == (consistent.max(axis=1) >= scores.max()).mean()
    assert found.lower == ((drawn + np.minimum(scores, 0)).max(axis=1) >= scores.max()).mean()
    # Step down: test all, take the best out, test the rest; a p-value never falls below an earlier one.
    left, floor, expected = list(range(5)), 0.0, np.empty(5)
    while left:
        best = max(left, key=lambda column: scores[column])
        floor = max(floor, (1 + (drawn[:, left].max(axis=1) >= scores[best]).sum()) / 251)
        expected[best] = floor
        left.remove(best)
    np.testing.assert_allclose(found.adjusted, expected, atol=1e-12)


def test_the_bounds_are_in_order():
    for seed in range(5):
        found = superior(world(seed), draws=200, seed=seed)
        assert found.lower <= found.consistent <= found.upper


def test_a_setting_with_an_edge_stands_out_and_the_others_do_not():
    values = world(6, 1000)
    values[:, 3] += 0.004
    found = superior(values, draws=999)
    assert found.best == 3 and found.consistent < 0.01
    assert (found.adjusted <= 0.05).tolist() == [False, False, False, True, False, False]


def test_losing_settings_have_no_bearing():
    """White's test loses its power among hopeless settings; Hansen's is made not to."""
    rng = np.random.default_rng(7)
    good = rng.normal(size=(500, 1))
    good = 0.0014 + 0.01 * (good - good.mean()) / good.std()
    bad = rng.normal(-0.02, 0.05, size=(500, 60))
    found = superior(np.hstack([good, bad]), draws=999)
    assert found.consistent < 0.05 < found.reality_check


def test_all_losing_is_no_evidence():
    found = superior(world(8) - 0.01, draws=100)
    assert found.statistic == 0.0
    assert (found.lower, found.consistent, found.upper) == (1.0, 1.0, 1.0)


def test_without_an_edge_five_in_a_hundred_are_rejected():
    rng = np.random.default_rng(9)
    rejected = [
        superior(rng.normal(size=(150, 10)), draws=199, block=2.0, seed=seed).consistent <= 0.05
        for seed in range(400)
    ]
    assert 0.02 <= np.mean(rejected) <= 0.085


def test_a_trending_setting_is_judged_by_its_long_run_deviation():
    """AR(1) with slope 0.4: sqrt(T) times the mean has deviation 1 / (1 - 0.4) of the shocks'."""
    shocks = np.random.default_rng(11).normal(size=5000)
    values = np.zeros(5000)
    for place in range(1, 5000):
        values[place] = 0.4 * values[place - 1] + shocks[place]
    values += 0.1 - values.mean()
    found = superior(values[:, None], draws=50)
    assert found.statistic == pytest.approx(0.1 * np.sqrt(5000) * 0.6, rel=0.06)


def test_a_setting_equal_to_the_benchmark_is_left_out():
    values = world(10)
    found = superior(values, values[:, 1], draws=100)
    assert found.adjusted[1] == 1.0 and found.best != 1
    with pytest.raises(InputError, match="nothing to test"):
        superior(values[:, [1]], values[:, 1])


@pytest.mark.parametrize(
    ("values", "said"), [(np.ones((10, 2)), "too few"), (np.full((50, 2), np.inf), "whole account")]
)
def test_what_cannot_be_tested_is_refused(values, said):
    with pytest.raises(InputError, match=said):
        superior(values)
