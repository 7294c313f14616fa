"""Follow-ups count less."""

from __future__ import annotations

import numpy as np

from newsbt.scoring.novelty import shares_at, story_numbers

DAY = 86_400_000_000_000


def numbers(story: list[int], days: list[float], window: float = 30.0) -> list[int]:
    known = np.array([int(day * DAY) for day in days], dtype=np.int64)
    return story_numbers(np.array(story, dtype=np.int64), known, int(window * DAY)).tolist()


def test_stories_of_a_chain_are_counted() -> None:
    assert numbers([7, 7, 7], [0, 1, 2]) == [0, 1, 2]


def test_chains_are_counted_apart() -> None:
    assert numbers([7, 3, 7, 3, 3], [0, 1, 2, 3, 4]) == [0, 0, 1, 1, 2]


def test_rows_without_a_chain_are_always_first() -> None:
    assert numbers([-1, -1, 4, -1], [0, 0, 1, 1]) == [0, 0, 0, 0]


def test_the_window_runs_from_the_story_before() -> None:
    # 25 + 25 days exceed the window, but each gap alone does not.
    assert numbers([1, 1, 1], [0, 25, 50]) == [0, 1, 2]


def test_a_quiet_window_starts_again_and_its_very_end_does_not() -> None:
    assert numbers([1, 1, 1, 1], [0, 30, 60.001, 61]) == [0, 1, 0, 1]


def test_stories_known_at_once_count_in_order() -> None:
    assert numbers([2, 2], [5, 5]) == [0, 1]


def test_no_rows() -> None:
    assert numbers([], []) == []


def test_shares_halve_beyond_the_list() -> None:
    found = shares_at(np.array([0, 1, 2, 3, 4], dtype=np.int64), (1.0, 0.5, 0.25))
    assert found.tolist() == [1.0, 0.5, 0.25, 0.125, 0.0625]
    assert shares_at(np.array([0, 1, 3], dtype=np.int64), (0.8,)).tolist() == [0.8, 0.4, 0.1]


def test_the_ten_thousandth_story_counts_nearly_nothing_without_a_warning() -> None:
    share = shares_at(np.array([10_000], dtype=np.int64), (1.0, 0.5))[0]
    assert 0.0 <= share < 1e-200
