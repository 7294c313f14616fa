"""Laws of the resampled positions and of the statistics on top of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt.evidence.overfitting import overfitting
from newsbt.evidence.resample import circular_starts, stationary_indices
from newsbt.evidence.sharpe_inference import (
    SharpeSample,
    deflated_sharpe,
    probabilistic_sharpe,
    sharpe_error,
    sharpe_sample,
)
from newsbt.evidence.trials import effective_trials

counts, blocks, seeds = st.integers(1, 80), st.floats(1.0, 200.0), st.integers(0, 2**32 - 1)


@given(counts, blocks, st.integers(1, 12), seeds)
def test_positions_stay_in_the_sample_and_follow_the_seed(count, block, draws, seed):
    found = stationary_indices(count, block, draws, np.random.default_rng(seed))
    assert found.shape == (draws, count)
    assert found.min() >= 0 and found.max() < count
    np.testing.assert_array_equal(found, stationary_indices(count, block, draws, np.random.default_rng(seed)))


@given(counts, seeds)
def test_a_block_without_end_turns_the_sample_round(count, seed):
    (found,) = stationary_indices(count, 1e18, 1, np.random.default_rng(seed))
    np.testing.assert_array_equal(found, (found[0] + np.arange(count)) % count)


@pytest.mark.parametrize("block", [1.0, 2.5, 10.0])
def test_blocks_have_the_length_and_positions_the_frequency_asked_for(block):
    count, draws = 50, 4000
    found = stationary_indices(count, block, draws, np.random.default_rng(1))
    follows = (found[:, 1:] == (found[:, :-1] + 1) % count).mean()
    # A new block starts with chance 1 / block, and by luck right where the old one would go on.
    assert follows == pytest.approx(1 - 1 / block + 1 / block / count, abs=0.005)
    share = np.bincount(found.ravel(), minlength=count) / found.size
    assert np.abs(share - 1 / count).max() < 0.1 / count


@given(st.integers(1, 300), st.integers(1, 40), seeds)
def test_circular_blocks_fill_the_sample_as_far_as_they_go(count, block, seed):
    found = circular_starts(count, block, 3, np.random.default_rng(seed))
    assert found.shape == (3, max(count // block, 1))
    assert found.min() >= 0 and found.max() < count


@given(st.lists(st.integers(-500, 500), min_size=4, max_size=60), st.floats(1.0, 1e6), st.floats(0.0, 1.0))
def test_the_error_of_any_sample_is_a_number_and_deflating_never_helps(grid, trials, variance):
    sample = sharpe_sample(np.array(grid) / 10_000)
    if sample is None:
        return
    assert sharpe_error(sample) >= 0.0
    alone, among = probabilistic_sharpe(sample), deflated_sharpe(sample, trials, variance).probability
    assert 0.0 <= among <= alone <= 1.0


@given(st.floats(-1, 1), st.floats(-3, 3), st.floats(0, 30), st.integers(4, 5000))
def test_the_probability_of_a_sharpe_is_one_half_at_itself(sharpe, skew, extra, count):
    sample = SharpeSample(sharpe, skew, skew**2 - 2 + extra, count)
    assert probabilistic_sharpe(sample, sharpe) == 0.5
    assert probabilistic_sharpe(sample, sharpe - 0.1) >= 0.5 >= probabilistic_sharpe(sample, sharpe + 0.1)


@given(st.integers(2, 12), seeds)
@settings(max_examples=25)
def test_effective_trials_lie_between_one_and_all(count, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(40, count)) + rng.normal(size=(40, 1)) * rng.uniform(0, 3)
    found = effective_trials(values)
    assert 1.0 <= found.by_participation <= count + 1e-9
    assert 1.0 <= found.by_correlation <= count + 1e-9
    more = effective_trials(np.hstack([values, values]))
    assert more.by_participation <= found.by_participation + 1.0


@given(st.integers(2, 6), seeds)
@settings(max_examples=25)
def test_the_probability_of_overfitting_does_not_depend_on_the_order_of_settings(count, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(48, count))
    found, other = overfitting(values, 6), overfitting(values[:, rng.permutation(count)], 6)
    assert found.probability == other.probability
    assert 0.0 <= found.probability <= 1.0
