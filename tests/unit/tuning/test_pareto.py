"""The front of several objectives, by hand and against every pair."""

import numpy as np
import pytest

from newsbt.tuning.pareto import pareto_front


def by_pairs(values):
    """Compare every pair."""
    found = []
    for own in values:
        beaten = any((other >= own).all() and (other > own).any() for other in values)
        found.append(not beaten and not np.isnan(own).any())
    return found


def test_a_front_by_hand():
    values = [[1.0, 5.0], [3.0, 3.0], [2.0, 3.0], [5.0, 1.0], [3.0, 3.0], [np.nan, 9.0], [1.0, 4.0]]
    assert pareto_front(np.array(values)).tolist() == [True, True, False, True, True, False, False]


def test_one_objective_is_its_maxima():
    assert pareto_front(np.array([[1.0], [2.0], [np.nan], [2.0]])).tolist() == [False, True, False, True]


def test_nothing_has_no_front():
    assert pareto_front(np.empty((0, 2))).tolist() == []
    assert pareto_front(np.full((3, 2), np.nan)).tolist() == [False] * 3


@pytest.mark.parametrize("objectives", [1, 2, 3, 4])
def test_the_front_is_what_no_pair_denies(objectives):
    rng = np.random.default_rng(objectives)
    for levels in (3, 1000):
        values = rng.integers(0, levels, (150, objectives)).astype(float)
        values[rng.random((150, objectives)) < 0.02] = np.nan
        assert pareto_front(values).tolist() == by_pairs(values)
