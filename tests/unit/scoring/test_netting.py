"""One score out of several, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from newsbt.scoring.netting import Net, net
from newsbt.scoring.settings import Netting


def one(scores: list[float], rule: Netting, half_lives: list[float] | None = None) -> Net:
    return net(
        np.zeros(len(scores), dtype=np.int64),
        np.array(scores),
        np.array(half_lives or [5.0] * len(scores)),
        rule,
    )


@pytest.mark.parametrize(
    ("scores", "rule", "expected"),
    [
        ([0.5, 0.25], "sum", 0.75),
        ([0.75, 0.75], "sum", 1.0),
        ([-0.75, -0.5, -0.5], "sum", -1.0),
        ([0.5, -0.25], "sum", 0.25),
        ([0.5, -0.25], "mean", 0.125),
        ([0.5, -0.75, 0.25], "strongest", -0.75),
        ([0.5, -0.5], "strongest", -0.5),
        ([-0.5, 0.5, 0.25], "strongest", 0.5),
        ([0.9, -0.1], "latest", -0.1),
        ([0.3], "mean", 0.3),
    ],
)
def test_rules(scores: list[float], rule: Netting, expected: float) -> None:
    assert one(scores, rule).score.tolist() == [expected]


@pytest.mark.parametrize("rule", ["sum", "mean"])
def test_scores_that_cancel_leave_exactly_nothing(rule: Netting) -> None:
    # 0.1 + 0.2 - 0.3 is 5.6e-17 in binary.
    assert one([0.1, 0.2, -0.3], rule).score.tolist() == [0.0]


def test_half_life_is_weighted_by_size_of_score() -> None:
    assert one([0.25, -0.75], "sum", [4.0, 8.0]).half_life.tolist() == [7.0]
    assert one([0.25, -0.75], "mean", [4.0, 8.0]).half_life.tolist() == [7.0]


def test_a_chosen_score_brings_its_own_half_life() -> None:
    found = one([0.75, -0.25], "strongest", [4.0, 8.0])
    assert (found.half_life.tolist(), found.counts.tolist(), found.winner.tolist()) == (
        [4.0],
        [True, False],
        [0],
    )
    assert one([0.75, -0.25], "latest", [4.0, 8.0]).half_life.tolist() == [8.0]


def test_groups_are_netted_apart() -> None:
    found = net(
        np.array([1, 0, 1, 0, 2], dtype=np.int64),
        np.array([0.5, 0.25, -0.75, 0.25, 1.0]),
        np.full(5, 5.0),
        "strongest",
    )
    assert found.score.tolist() == [0.25, -0.75, 1.0]
    assert found.count.tolist() == [2, 2, 1]
    assert found.winner.tolist() == [3, 2, 4]
    assert found.counts.tolist() == [False, False, True, True, True]


@pytest.mark.parametrize("rule", ["sum", "mean", "strongest", "latest"])
def test_nothing_to_net(rule: Netting) -> None:
    found = one([], rule)
    assert len(found.score) == len(found.half_life) == len(found.winner) == len(found.counts) == 0
