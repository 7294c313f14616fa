"""The reaction in three parts: by hand, and it adds up."""

import numpy as np
import pytest

from newsbt.evidence.events.models import abnormal_returns
from newsbt.evidence.events.split import split_reaction
from newsbt.evidence.events.windows import Windows


def make_windows(history, history_gap, market, market_gap, returns, gaps, event_market, market_gaps):
    past, around = (history, market, history_gap, market_gap), (returns, gaps, event_market, market_gaps)
    arrays = [np.array(values, dtype=float) for values in (*past, *around)]
    days = np.zeros(arrays[4].shape, dtype=np.int64)
    return Windows(np.arange(len(arrays[0])), *arrays, days, np.zeros(arrays[0].shape, dtype=np.int64), None)


def fit(model, windows):
    return abnormal_returns(model, windows.history, windows.market_history, windows.returns, windows.market)


def random_windows(seed, count=7, length=9, span=40):
    rng = np.random.default_rng(seed)
    noise = [0.02 * rng.standard_normal((count, size)) for size in (span, span, span, span)]
    event = [0.02 * rng.standard_normal((count, length)) for _ in range(4)]
    return make_windows(*noise, *event), rng


@pytest.mark.parametrize("model", ["market", "mean", "market-adjusted"])
@pytest.mark.parametrize("entry", ["open", "close"])
def test_the_parts_add_up_exactly_in_log_returns(model, entry):
    windows, rng = random_windows(3)
    found = fit(model, windows)
    lead = rng.integers(1, 4, 7)
    split = split_reaction(windows, found, lead, 3, entry)
    for i in range(7):
        first = 3 - int(lead[i]) + 1
        assert split.raw[i].sum() == pytest.approx(windows.returns[i, first:].sum(), abs=1e-14)
        assert split.abnormal[i].sum() == pytest.approx(found.ar[i, first:].sum(), abs=1e-14)


def test_by_hand_at_the_open():
    """Beta 1, no intercept: the benchmark's own gap and session are taken off."""
    half = [[0.01, -0.01, 0.02, -0.02]]
    windows = make_windows(
        half, [[0.0, 0.0, 0.0, 0.0]], half, [[0.0, 0.0, 0.0, 0.0]],
        [[0.001, 0.010, 0.05, 0.02, -0.01]], [[0.0, 0.0, 0.04, 0.0, 0.0]],
        [[0.000, 0.004, 0.02, 0.01, 0.00]], [[0.0, 0.0, 0.015, 0.0, 0.0]],
    )  # fmt: skip
    found = abnormal_returns(
        "market", windows.history, windows.market_history, windows.returns, windows.market
    )
    assert (found.beta[0], found.alpha[0]) == (pytest.approx(1.0), pytest.approx(0.0))
    split = split_reaction(windows, found, np.array([1]), 2, "open")
    assert split.raw[0] == pytest.approx([0.04, 0.01, 0.01])
    assert split.abnormal[0] == pytest.approx([0.025, 0.005, 0.0])
    # News of the session before: its move could not be traded either.
    split = split_reaction(windows, found, np.array([2]), 2, "open")
    assert split.raw[0] == pytest.approx([0.05, 0.01, 0.01])
    assert split.abnormal[0] == pytest.approx([0.031, 0.005, 0.0])


def test_by_hand_at_the_close():
    half = [[0.01, -0.01, 0.02, -0.02]]
    windows = make_windows(
        half, half, half, half,
        [[0.001, 0.010, 0.05, 0.02, -0.01]], [[0.0, 0.0, 0.04, 0.0, 0.0]],
        [[0.000, 0.004, 0.02, 0.01, 0.00]], [[0.0, 0.0, 0.015, 0.0, 0.0]],
    )  # fmt: skip
    found = abnormal_returns(
        "market", windows.history, windows.market_history, windows.returns, windows.market
    )
    split = split_reaction(windows, found, np.array([1]), 2, "close")
    assert split.raw[0] == pytest.approx([0.05, 0.02, -0.01])
    assert split.abnormal[0] == pytest.approx([0.03, 0.01, -0.01])


def test_the_intercept_is_divided_as_the_estimation_window_divides_it():
    """Mean return of 1 % a session, all of it overnight: a normal gap is no reaction."""
    windows = make_windows(
        [[0.02, 0.00, 0.02, 0.00]], [[0.02, 0.00, 0.02, 0.00]], [[0.0] * 4], [[0.0] * 4],
        [[0.01, 0.01, 0.01]], [[0.01, 0.01, 0.01]], [[0.0] * 3], [[0.0] * 3],
    )  # fmt: skip
    found = fit("mean", windows)
    assert split_reaction(windows, found, np.array([1]), 1, "open").abnormal[0] == pytest.approx([0, 0, 0])


def test_without_an_open_or_with_old_news_there_is_no_split():
    windows, _ = random_windows(4, count=2)
    windows.market_gaps[0, 3] = np.nan
    found = abnormal_returns(
        "market", windows.history, windows.market_history, windows.returns, windows.market
    )
    split = split_reaction(windows, found, np.array([1, 5]), 3, "open")
    assert np.isnan(split.abnormal).all()
    assert np.isfinite(split.raw[0]).all()
    assert np.isnan(split.raw[1]).all()
