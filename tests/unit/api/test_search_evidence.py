"""The points handed to the engine are those of the table, and the best one is found among them."""

import numpy as np
import pandas as pd
import pytest

from newsbt.api.search_evidence import evidence_of_search
from newsbt.errors import InputError
from newsbt.evidence.sharpe_inference import expected_maximum

YEAR = 250.0


def a_search(count=60, days=300, seed=0):
    rng = np.random.default_rng(seed)
    moves = rng.normal(size=(count, days)) * 0.01
    sharpe = moves.mean(axis=1) / moves.std(axis=1, ddof=1) * np.sqrt(YEAR)
    trials = pd.DataFrame({"trial": range(count), "hold": range(count), "entry": "open", "sharpe": sharpe})
    return trials.assign(dates_per_year=YEAR, objective=sharpe), moves


def test_only_the_points_looked_at_are_computed_and_the_best_is_one_of_them():
    trials, moves = a_search()
    asked = []

    def daily_returns(points):
        asked.append(points)
        return moves[points["hold"].to_numpy()]

    found = evidence_of_search(trials, ["hold", "entry"], daily_returns, most=20)
    (points,) = asked
    assert list(points.columns) == ["hold", "entry"] and len(points) == 20
    best = trials["objective"].idxmax()
    assert best in points["hold"].tolist()
    assert found.winner.sharpe * np.sqrt(YEAR) == pytest.approx(trials["sharpe"][best])
    assert (found.trials, found.sampled, found.per_year) == (60, 20, YEAR)


def test_undefined_objectives_are_passed_over_and_the_record_counts():
    trials, moves = a_search()
    trials.loc[trials["objective"].idxmax(), "objective"] = np.nan
    second = trials["objective"].idxmax()
    found = evidence_of_search(
        trials, ["hold"], lambda points: moves[points["hold"].to_numpy()], on_record=500, variance=0.001
    )
    assert found.winner.sharpe * np.sqrt(YEAR) == pytest.approx(trials["sharpe"][second])
    assert (found.trials, found.deflated.trials) == (500, 500)
    assert found.deflated.threshold == pytest.approx(expected_maximum(500, 0.001))


def test_a_search_without_an_objective_has_no_best():
    trials, moves = a_search()
    with pytest.raises(InputError, match="no best one"):
        evidence_of_search(trials.assign(objective=np.nan), ["hold"], lambda points: moves)
