"""The sketch against plain sets: exact while it holds all, within its stated error beyond."""

import numpy as np
import pytest

from newsbt.tuning.sketch import SIZE, Sketch


def draw(count, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2**64, count, dtype=np.uint64), rng.normal(0.02, 0.05, count)


def test_nothing_was_tried():
    empty = Sketch()
    assert (empty.count, empty.exact) == (0, True)
    assert np.isnan(empty.variance)
    assert Sketch.union([]).count == 0


def test_up_to_its_size_it_is_a_set():
    hashes, sharpes = draw(SIZE)
    sketch = Sketch().add(hashes[:3000], sharpes[:3000]).add(hashes[2000:], sharpes[2000:])
    assert (sketch.count, sketch.exact) == (SIZE, True)
    assert sketch.variance == pytest.approx(np.var(sharpes, ddof=1), rel=1e-12)


def test_one_more_than_its_size_is_an_estimate():
    assert not Sketch().add(*draw(SIZE + 1)).exact


def test_the_largest_and_the_smallest_fingerprint_count():
    ends = np.array([0, 2**64 - 1], dtype=np.uint64)
    sketch = Sketch().add(ends, np.array([0.1, 0.2]))
    assert (sketch.count, sketch.exact) == (2, True)
    back = Sketch.from_bytes(sketch.to_bytes())
    assert back.bound == 2**64
    assert list(back.hashes) == list(ends)


def test_a_trial_run_again_counts_once_and_its_latest_result_counts():
    one = np.array([7, 7, 9], dtype=np.uint64)
    sketch = Sketch().add(one, np.array([0.1, 0.2, 0.3])).add(one[2:], np.array([0.4]))
    assert (sketch.count, list(sketch.sharpes)) == (2, [0.2, 0.4])
    again = Sketch.union([sketch, Sketch().add(one[2:], np.array([0.5]))])
    assert list(again.sharpes) == [0.2, 0.5]


def test_undefined_ratios_count_as_trials_and_not_in_the_variance():
    hashes, sharpes = draw(5)
    sharpes[2] = np.nan
    sketch = Sketch().add(hashes, sharpes)
    assert sketch.count == 5
    assert sketch.variance == pytest.approx(np.nanvar(sharpes, ddof=1))


def test_beyond_its_size_the_error_is_what_is_said():
    """Standard errors 1.6 % of the count and 2.2 % of the variance; over 60 draws none strays by five."""
    errors, spreads = [], []
    for seed in range(60):
        sketch = Sketch().add(*draw(50_000, seed))
        errors.append(sketch.count / 50_000 - 1)
        spreads.append(sketch.variance / 0.05**2 - 1)
    assert np.abs(errors).max() < 5 / np.sqrt(SIZE)
    assert np.std(errors) == pytest.approx(1 / np.sqrt(SIZE), rel=0.35)
    assert abs(np.mean(errors)) < 4 * np.std(errors) / np.sqrt(60)
    assert np.std(spreads) == pytest.approx(np.sqrt(2 / SIZE), rel=0.35)


@pytest.mark.parametrize("chunk", [1_000, 7_777, 100_000])
def test_chunks_order_and_repeats_do_not_matter(chunk):
    hashes, sharpes = draw(60_000)
    whole = Sketch().add(hashes, sharpes)
    parts, running = [], Sketch()
    for start in reversed(range(0, len(hashes), chunk)):
        piece = slice(start, start + chunk)
        running = running.add(hashes[piece], sharpes[piece])
        parts.append(Sketch().add(hashes[piece], sharpes[piece]))
    merged = Sketch.union([*parts, running, whole])
    for sketch in (running, merged, Sketch.from_bytes(merged.to_bytes())):
        assert sketch.bound == whole.bound
        np.testing.assert_array_equal(sketch.hashes, whole.hashes)
        np.testing.assert_array_equal(sketch.sharpes, whole.sharpes)


def test_it_takes_64_kib_at_most():
    assert len(Sketch().add(*draw(200_000)).to_bytes()) == 8 + 16 * SIZE
