"""Cross-validation against a slow reading of the paper, and worlds whose answer is known."""

import itertools

import numpy as np
import pytest
from scipy.stats import rankdata

from newsbt.errors import InputError
from newsbt.evidence.overfitting import overfitting


def naive(values, blocks):
    """Step by step as in section 3 of the paper, over lists of rows."""
    edges = np.linspace(0, len(values), blocks + 1).round().astype(int)
    parts = [values[a:b] for a, b in itertools.pairwise(edges)]
    logits, inside, outside = [], [], []
    for chosen in itertools.combinations(range(blocks), blocks // 2):
        train = np.vstack([parts[k] for k in chosen])
        test = np.vstack([parts[k] for k in range(blocks) if k not in chosen])
        here = train.mean(axis=0) / train.std(axis=0, ddof=1)
        there = test.mean(axis=0) / test.std(axis=0, ddof=1)
        best = here.argmax()
        share = rankdata(there)[best] / (values.shape[1] + 1)
        logits.append(np.log(share / (1 - share)))
        inside.append(here[best])
        outside.append(there[best])
    return np.array(logits), np.array(inside), np.array(outside)


@pytest.mark.parametrize(("periods", "settings", "blocks"), [(64, 5, 8), (131, 9, 10), (40, 2, 4)])
def test_every_split_is_that_of_the_slow_reading(periods, settings, blocks):
    values = np.random.default_rng(periods).standard_t(4, size=(periods, settings)) * 0.01 + 0.001
    found = overfitting(values, blocks)
    logits, inside, outside = naive(values, blocks)
    np.testing.assert_allclose(found.logits, logits, atol=1e-10)
    np.testing.assert_allclose(found.inside, inside, atol=1e-10)
    np.testing.assert_allclose(found.outside, outside, atol=1e-10)
    assert found.probability == pytest.approx(((logits < 0).mean() + (logits <= 0).mean()) / 2)
    assert found.loss == (outside < 0).mean()
    assert found.slope == pytest.approx(np.polyfit(inside, outside, 1)[0], abs=1e-8)
    assert (found.blocks, found.settings) == (blocks, settings)


def test_sixteen_blocks_give_the_splits_of_the_paper():
    assert len(overfitting(np.random.default_rng(0).normal(size=(160, 3))).logits) == 12_870


def test_noise_is_overfitted_half_the_time():
    rng = np.random.default_rng(1)
    found = [overfitting(rng.normal(size=(240, 20)), 8).probability for _ in range(60)]
    assert np.mean(found) == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize("settings", [2, 3, 5])
def test_noise_is_overfitted_half_the_time_whatever_the_number_of_settings(settings):
    """The winner's rank elsewhere is uniform; of an odd number the middle one is at the median."""
    rng = np.random.default_rng(settings)
    found = [overfitting(rng.normal(size=(96, settings)), 6).probability for _ in range(400)]
    assert np.mean(found) == pytest.approx(0.5, abs=0.05)


def test_noise_with_its_mean_taken_off_is_always_overfitted():
    """What one half gains the other must lose: the paper's compensation effect."""
    values = np.random.default_rng(2).normal(size=(400, 30))
    found = overfitting(values - values.mean(axis=0), 10)
    assert found.probability > 0.95
    assert found.slope < 0
    assert found.loss > 0.99


def test_a_setting_far_ahead_is_not_overfitted():
    values = np.random.default_rng(3).normal(size=(800, 50))
    values[:, 7] += 0.5
    found = overfitting(values)
    assert found.probability == 0.0
    assert found.loss == 0.0


def test_neither_the_order_nor_the_leverage_of_the_settings_matters():
    values = np.random.default_rng(4).normal(size=(200, 6)) + 0.05
    plain, other = overfitting(values, 8), overfitting(values[:, ::-1] * [1, 2, 3, 4, 5, 6], 8)
    np.testing.assert_allclose(plain.logits, other.logits, atol=1e-10)


def test_a_setting_that_does_nothing_has_a_sharpe_of_zero():
    values = np.random.default_rng(5).normal(size=(200, 3)) - 2.0
    values[:, 1] = 0.0
    found = overfitting(values, 6)
    assert (found.inside == 0).all() and (found.outside == 0).all()
    assert found.probability == 0.0 and np.isnan(found.slope)


def test_settings_that_trade_alike_share_the_middle_rank():
    one = np.random.default_rng(6).normal(size=(200, 1))
    found = overfitting(np.repeat(one, 7, axis=1), 6)
    assert (found.logits == 0.0).all()
    assert found.probability == 0.5


@pytest.mark.parametrize(
    ("values", "blocks", "said"),
    [
        (np.ones((100, 1)), 8, "at least two"),
        (np.ones((100, 3)), 7, "even number"),
        (np.ones((100, 3)), 22, "even number"),
        (np.ones((60, 3)), 16, "too few"),
        (np.full((100, 3), np.nan), 8, "whole account"),
    ],
)
def test_what_cannot_be_split_is_refused(values, blocks, said):
    with pytest.raises(InputError, match=said):
        overfitting(values, blocks)
