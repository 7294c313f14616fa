"""Correlation of events of two venues: by date, and with the neighbouring ones."""

import numpy as np
import pytest
from scipy import stats

from newsbt.evidence.events.correlation import pair_correlations
from newsbt.evidence.events.dependence import measure_dependence

T, L = 400, 6


def sessions(rng, count):
    """Residuals of one issuer on two venues whose dates show half of the same day each: (ads, share)."""
    hong, york = rng.standard_normal(count + 1), rng.standard_normal(count + 1)
    # Date d: Hong Kong shows its own hours and New York's of the night before; New York both of d.
    return (hong + york)[1:] / np.sqrt(2), (hong[1:] + york[:-1]) / np.sqrt(2)


def study(rng, shift=0):
    """Two events of one story; the second one's day 0 is `shift` dates later."""
    ads, share = sessions(rng, T + L + shift)
    days = np.arange(T + L + shift)
    residuals = np.array([ads[:T], share[shift : T + shift]])
    history = np.array([days[:T], days[shift : T + shift]])
    windows = np.array([days[T : T + L], days[T + shift : T + L + shift]])
    return measure_dependence(residuals, history, windows, np.zeros(2, dtype=np.int64), ["XNYS", "XHKG"])


@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("length", [1, 3, 6])
def test_the_correlation_of_sums_is_that_of_what_both_venues_show(shift, length):
    """Of 2 L halves of a day that each sum holds, 2 L - 1 are in both: r = (2 L - 1) / (2 L)."""
    rng = np.random.default_rng(3)
    found = [study(rng, shift).pairs(slice(0, length), np.arange(2)) for _ in range(40)]
    r = np.mean([pairs.returns[0, 1] * pairs.shares[0, 1] for pairs in found])
    ranks = np.mean([pairs.ranks[0, 1] * pairs.shares[0, 1] for pairs in found])
    assert r == pytest.approx((2 * length - 1) / (2 * length), abs=0.03)
    # Each half that is in both gives 0.5 / L; Spearman's of two normal variables with 0.5 is this instead.
    spearman = 6.0 / np.pi * np.arcsin(0.25)
    assert ranks == pytest.approx((2 * length - 1) * spearman / length, abs=0.03)


def test_events_of_one_venue_correlate_by_date_only():
    rng = np.random.default_rng(1)
    days = np.arange(T + L)
    common = rng.standard_normal(T + L)
    residuals = np.stack([common[:T] + rng.standard_normal(T) for _ in range(2)])
    windows = np.stack([days[T:], days[T:] - 2])
    found = measure_dependence(residuals, np.stack([days[:T]] * 2), windows, np.arange(2), ["XNYS", "XNYS"])
    pairs = found.pairs(slice(0, L), np.arange(2))
    assert pairs.returns[0, 1] == pytest.approx(np.corrcoef(residuals)[0, 1])
    assert pairs.ranks[0, 1] == pytest.approx(stats.spearmanr(*residuals).statistic)
    assert pairs.shares[0, 1] == pytest.approx((L - 2) / L)
    assert found.pairs(slice(0, 2), np.arange(2)).shares[0, 1] == 0.0


def test_dates_overlap_by_the_sessions_their_windows_share():
    rng = np.random.default_rng(4)
    days, shifts = np.arange(T + L + 20), (0, 0, 4, 5, 20)
    windows = np.array([days[T + shift : T + shift + L] for shift in shifts])
    history = np.array([days[:T]] * 4 + [days[20 : T + 20]])
    venues = ["XNYS", "XNYS", "XNYS", "XHKG", "XNYS"]
    found = measure_dependence(
        rng.standard_normal((5, T)), history, windows, np.array([0, 0, 1, 2, 3]), venues
    )
    share = found.overlap(slice(0, L), np.arange(5))
    # Six sessions: two in common at a shift of four, five at one; a venue apart, one more.
    expected = np.eye(4)
    expected[0, 1], expected[0, 2], expected[1, 2] = 2 / 6, 2 / 6, 6 / 6
    assert share == pytest.approx(np.maximum(expected, expected.T))
    # Day 0 alone: only the neighbouring dates of two venues meet.
    first = found.overlap(slice(0, 1), np.array([0, 2, 3]))
    assert first.tolist() == [[1, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert found.overlap(slice(3, 3), np.array([0, 2])).tolist() == [[1, 0], [0, 1]]


def test_correlations_with_a_second_table_are_those_of_its_rows():
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((2, 3, 60))
    a[1, 5] = b[2, 7] = np.nan
    found = pair_correlations(a, b)
    for i in range(3):
        for j in range(3):
            both = np.isfinite(a[i]) & np.isfinite(b[j])
            assert found[i, j] == pytest.approx(np.corrcoef(a[i][both], b[j][both])[0, 1])
