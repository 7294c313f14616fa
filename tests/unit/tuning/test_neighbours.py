"""What lies next to a trial, and plateaus against spikes."""

import numpy as np
import pandas as pd
import pytest

from newsbt.params import COMMON
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.neighbours import neighbours, stability, surroundings
from newsbt.tuning.space import Space

AXES = parse_axes(["hold=1:20", "stop=0.3,0.1,0.2", "side=both,long,short"], COMMON)
GRID = Space(AXES).grid()


def line(*objectives):
    """A grid of one axis."""
    axes = parse_axes([f"hold=1:{len(objectives)}"], COMMON)
    return Space(axes).grid().assign(objective=np.array(objectives, dtype=float)), axes


def test_neighbours_are_one_step_along_one_axis_or_another_word():
    own = GRID.index[(GRID["hold"] == 5) & (GRID["stop"] == 0.3) & (GRID["side"] == "long")][0]
    found = {tuple(row) for row in neighbours(GRID, AXES, own).itertuples(index=False, name=None)}
    expected = {(4, 0.3, "long"), (6, 0.3, "long"), (5, 0.2, "long"), (5, 0.3, "both"), (5, 0.3, "short")}
    assert found == expected


def test_neighbours_need_not_all_be_there():
    few = GRID.iloc[[0, 9, 100]].reset_index(drop=True)
    assert len(neighbours(few, AXES, 0)) == 1  # hold 2 of the same stop and side
    axes = parse_axes(["hold=1:3", "stop=0:1"], COMMON)
    free = pd.DataFrame({"hold": [1, 2, 2, 3], "stop": [0.5, 0.5, 0.6, 0.5]})
    assert neighbours(free, axes, 0).index.tolist() == [1]


def test_the_score_by_hand():
    # Median 1. Mean drops to the neighbours: none; of 1 and 0; of 2 and 2; none.
    trials, axes = line(0, 1, 3, 1)
    spread = (1 + 0 + 2 + 0) / 4
    drops = np.array([0, 0.5, 2, 0])
    np.testing.assert_allclose(stability(trials, axes), 1 / (1 + drops / spread), rtol=1e-15)


def test_the_mean_of_the_neighbours_by_hand():
    trials, axes = line(0, 1, np.nan, 3, 5)
    np.testing.assert_array_equal(surroundings(trials, axes).near, [1, 0, 2, 5, 3])
    alone, axes = line(1)
    assert np.isnan(surroundings(alone, axes).near).all()


def test_among_random_points_the_nearest_are_the_neighbours():
    axes = parse_axes(["stop=0:1"], COMMON)
    trials = pd.DataFrame({"stop": [0.1, 0.2, 0.4, 0.9], "objective": [1.0, 2.0, 4.0, 8.0]})
    # Two for one axis, by rank: of the first the second and third, and so on.
    np.testing.assert_array_equal(surroundings(trials, axes).near, [3.0, 2.5, 5.0, 3.0])


def test_a_plateau_beats_a_spike_of_the_same_height():
    trials, axes = line(0, 5, 0, 1, 4.9, 5, 4.9, 1, 0)
    score = stability(trials, axes)
    assert score[5] > 0.9
    assert score[1] < 0.5


def test_a_plateau_beats_a_spike_among_random_points_too():
    rng = np.random.default_rng(2)
    axes = parse_axes(["hold=1:250", "stop=0:1", "side=long,short"], COMMON)
    trials = pd.DataFrame(
        {
            "hold": rng.integers(1, 251, 400),
            "stop": rng.random(400),
            "side": pd.Series(rng.choice(["long", "short"], 400), dtype="str"),
        }
    )
    trials["objective"] = ((trials["hold"] < 100) & (trials["stop"] < 0.4)).astype(float)
    spike = trials.index[(trials["hold"] > 180) & (trials["stop"] > 0.7)][0]
    inside = trials["hold"].between(30, 70) & trials["stop"].between(0.12, 0.28)
    trials.loc[spike, "objective"] = 1.0
    score = stability(trials, axes)
    assert inside.sum() > 5
    assert score[inside].min() > score[spike]
    assert score[spike] < 0.4


def test_words_are_not_near_each_other():
    trials = GRID.assign(objective=(GRID["side"] == "long").astype(float))
    assert (stability(trials, AXES) == 1).all()


def test_an_undefined_neighbour_is_the_worst_trial():
    # Median 2, spread (2 + 2 + 0) / 3 = 4/3. The second trial: drops 4 (to the worst, 0) and 2.
    trials, axes = line(np.nan, 4, 2, 0)
    score = stability(trials, axes)
    assert np.isnan(score[0])
    assert score[1] == pytest.approx(1 / (1 + 3 / (4 / 3)))


def test_where_there_is_nothing_to_compare_the_score_is_undefined():
    trials, axes = line(1.0)
    assert np.isnan(stability(trials, axes)).all()
    trials, axes = line(np.nan, np.nan)
    assert np.isnan(stability(trials, axes)).all()
    words = parse_axes(["side=long,short"], COMMON)
    assert np.isnan(stability(Space(words).grid().assign(objective=[1.0, 2.0]), words)).all()
    trials, axes = line(2.0, 2.0, 2.0)
    assert stability(trials, axes).tolist() == [1.0, 1.0, 1.0]
