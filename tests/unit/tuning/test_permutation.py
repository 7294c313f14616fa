"""Random order without memory: a permutation, by seed, that is not the identity in disguise."""

import itertools

import numpy as np
import pytest

from newsbt.tuning.permutation import Permutation


@pytest.mark.parametrize("size", [1, 2, 3, 1000, 65_536, 65_537, 100_003, 262_144])
def test_every_number_comes_once(size):
    found = Permutation(size, 7).at(np.arange(size))
    assert np.array_equal(np.sort(found), np.arange(size))


def test_large_ones_are_addressed_at_any_place_and_by_seed():
    size = 10**17
    places = np.array([0, 1, 2, 10**16, size - 1])
    one, again, other = (Permutation(size, seed).at(places) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert len(set(one)) == len(places)
    assert one.min() >= 0
    assert one.max() < size


def test_the_order_is_as_uniform_as_random_numbers():
    # Kolmogorov: sqrt(n) * D exceeds 1.95 once in a thousand samples. A correlation deviates by 1 / sqrt(n).
    count, size = 20_000, 10**9 + 7
    found = Permutation(size, 3).at(np.arange(count)) / size
    gap = np.abs(np.sort(found) - (np.arange(count) + 0.5) / count).max()
    assert gap * np.sqrt(count) < 1.95
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 4 / np.sqrt(count)


def test_all_orders_of_three_come_up():
    orders = {tuple(Permutation(3, seed).at(np.arange(3)).tolist()) for seed in range(60)}
    assert orders == set(itertools.permutations(range(3)))
