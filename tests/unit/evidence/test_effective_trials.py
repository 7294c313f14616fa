"""The number of independent trials, against the eigenvalues and against worlds whose number is known."""

import numpy as np
import pytest

from newsbt.evidence.sharpe_inference import expected_maximum
from newsbt.evidence.trials import effective_trials


def equicorrelated(periods, count, correlation, seed=0):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(periods, 1))
    return np.sqrt(correlation) * common + np.sqrt(1 - correlation) * rng.normal(size=(periods, count))


@pytest.mark.parametrize("shape", [(300, 7), (20, 40)])
def test_both_measures_from_the_correlation_matrix_itself(shape):
    values = equicorrelated(*shape, 0.3)
    matrix = np.corrcoef(values.T)
    periods, count = shape
    off = matrix[~np.eye(count, dtype=bool)]
    found = effective_trials(values)
    assert found.mean_correlation == pytest.approx(off.mean(), abs=1e-10)
    assert found.by_correlation == pytest.approx(off.mean() + (1 - off.mean()) * count, abs=1e-8)
    squares = (np.linalg.eigvalsh(matrix) ** 2).sum()
    corrected = ((periods - 1) * (squares - count) - count * (count - 1)) / (periods - 2)
    assert found.by_participation == pytest.approx(count**2 / (count + corrected), rel=1e-10)


def test_independent_settings_count_in_full():
    found = effective_trials(equicorrelated(2000, 300, 0.0))
    assert found.by_correlation == pytest.approx(300, rel=0.01)
    assert found.by_participation == pytest.approx(300, rel=0.01)


def test_copies_count_once():
    one = np.random.default_rng(1).normal(size=(500, 1))
    found = effective_trials(np.hstack([one, 2 * one, one + 0.3]))
    assert found.counted == 3
    assert (found.by_correlation, found.by_participation) == (pytest.approx(1), pytest.approx(1))


def test_three_groups_of_copies_are_three_by_participation():
    groups = np.random.default_rng(2).normal(size=(3000, 3))
    found = effective_trials(np.repeat(groups, 10, axis=1))
    assert found.by_participation == pytest.approx(3, rel=0.02)
    assert 3 < found.by_correlation < 30


def test_settings_that_never_trade_are_no_trials():
    values = np.zeros((100, 4))
    assert effective_trials(values).counted == 0
    values[:, 2] = np.random.default_rng(3).normal(size=100)
    found = effective_trials(values)
    assert (found.counted, found.by_correlation, found.by_participation) == (1, 1, 1)


def test_with_equal_correlations_the_full_count_and_the_variance_among_them_are_right():
    """The note of the docstring: the best of 50 correlated Sharpe ratios, 4000 worlds of exact normals."""
    rng = np.random.default_rng(4)
    ratios = np.sqrt(0.6) * rng.normal(size=(4000, 1)) + np.sqrt(0.4) * rng.normal(size=(4000, 50))
    variance = ratios.var(axis=1, ddof=1).mean()
    assert expected_maximum(50, variance) == pytest.approx(ratios.max(axis=1).mean(), rel=0.04)
