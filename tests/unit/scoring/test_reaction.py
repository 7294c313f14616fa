"""What a model believes after a few reactions, worked out by hand."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from newsbt.scoring.reaction import Learner

GOOD, OTHER = ("product", 1), ("earnings", 1)


def test_nothing_seen_is_no_opinion() -> None:
    belief = Learner(4.0).believe(GOOD)
    assert (belief.mean, belief.dates, belief.score) == (0.0, 0, 0.0)


def test_a_kind_is_drawn_to_its_tone_and_that_to_none() -> None:
    learner = Learner(4.0)
    for day, value in enumerate([1.0, 3.0]):
        learner.learn(GOOD, day, value)
    learner.learn(OTHER, 7, -1.0)
    learner.learn(("product", -1), 8, -2.0)  # another tone
    tone = (1.0 + 3.0 - 1.0) / (4.0 + 3)
    mean = (4.0 * tone + 4.0) / (4.0 + 2)
    error = math.sqrt((1.0 + 9.0 + 1.0 + 4.0) / 4 / (4.0 + 2))
    belief = learner.believe(GOOD)
    assert belief.mean == pytest.approx(mean) and belief.error == pytest.approx(error)
    assert belief.score == pytest.approx(2 * NormalDist().cdf(mean / error) - 1)
    assert belief.dates == 2
    unseen = learner.believe(("legal", 1))
    assert unseen.mean == pytest.approx(tone) and unseen.dates == 0


def test_events_of_one_day_count_once() -> None:
    several, one = Learner(2.0), Learner(2.0)
    for value in (1.0, 2.0, 6.0):
        several.learn(GOOD, 5, value)
    one.learn(GOOD, 5, 3.0)
    for learner in (several, one):
        learner.learn(GOOD, 6, -1.0)
    a, b = several.believe(GOOD), one.believe(GOOD)
    assert (a.mean, a.dates) == (pytest.approx(b.mean), b.dates) and a.error == pytest.approx(b.error)
