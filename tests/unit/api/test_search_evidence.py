"""The points handed to the engine are those of the table, and the best one is found among them."""

import numpy as np
import pandas as pd
import pytest

from newsbt.api.search_evidence import evidence_of_search
from newsbt.cli.search_lines import search_evidence_lines
from newsbt.evidence.search_figures import search_figures
from newsbt.evidence.sharpe_inference import expected_maximum, sharpe_sample
from newsbt.metrics import returns as metrics
from newsbt.runs import Tried

YEAR = 250.0
FAST = 1e6


class Runner:
    """Knows the returns of every point by its ``hold``, and what it was asked for."""

    def __init__(self, moves):
        self.moves, self.asked = moves, []

    def daily_returns(self, batch):
        self.asked.append(batch)
        return self.moves[batch["hold"].to_numpy()]


def a_search(count=300, days=300, seed=0):
    moves = np.random.default_rng(seed).normal(size=(count, days)) * 0.01
    rows = [
        {
            "hold": place,
            "sharpe": metrics.sharpe(row, YEAR),
            "skew": metrics.skew(row),
            "kurtosis": metrics.kurtosis(row),
            "days": float(days),
            "dates_per_year": YEAR,
        }
        for place, row in enumerate(moves)
    ]
    trials = pd.DataFrame(rows).assign(entry="open")
    return trials.assign(objective=trials["sharpe"]), Runner(moves)


def test_a_sample_is_run_again_and_the_best_is_one_of_it():
    trials, runner = a_search()
    found = evidence_of_search(trials, ["hold", "entry"], runner, FAST)
    (points,) = runner.asked
    assert list(points.columns) == ["hold", "entry"] and len(points) == 200
    best = trials["objective"].idxmax()
    assert best in points["hold"].tolist()
    expected = sharpe_sample(runner.moves[best])
    assert found.winner.sharpe == pytest.approx(expected.sharpe, rel=1e-12)
    assert (found.winner.skew, found.winner.count) == (expected.skew, expected.count)
    assert (found.trials, found.sampled, found.per_year) == (300, 200, YEAR)
    assert found.overfitting is not None and found.superior.best == points["hold"].tolist().index(best)


@pytest.mark.parametrize(("rate", "looked_at"), [(10.0, 50), (1.6, 8), (1.5, 0), (0.1, 0)])
def test_a_slow_engine_runs_what_it_can_in_five_seconds(rate, looked_at):
    trials, runner = a_search()
    found = evidence_of_search(trials, ["hold"], runner, rate)
    assert found.sampled == looked_at == sum(map(len, runner.asked))
    assert found.deflated is not None
    text = " ".join(line.strip() for line in search_evidence_lines(found))
    assert ("would take too long" in text) == (looked_at == 0)
    assert (search_figures(found)["pbo"] is None) == (looked_at == 0)


def test_undefined_objectives_are_passed_over_and_the_record_counts():
    trials, runner = a_search()
    trials.loc[trials["objective"].idxmax(), "objective"] = np.nan
    second = trials["objective"].idxmax()
    found = evidence_of_search(trials, ["hold"], runner, FAST, Tried(500, 0.001))
    assert found.winner.sharpe * np.sqrt(YEAR) == pytest.approx(trials["sharpe"][second])
    assert (found.trials, found.deflated.trials) == (500, 500)
    assert found.deflated.threshold == pytest.approx(expected_maximum(500, 0.001))


def test_a_best_without_a_sharpe_is_not_deflated():
    trials, runner = a_search()
    undefined = trials.assign(sharpe=np.nan, skew=np.nan, kurtosis=np.nan)
    runner.moves[:] = 0.0
    found = evidence_of_search(undefined, ["hold"], runner, FAST)
    assert found.winner is None and found.deflated is None
    assert "does not trade" in found.missing[0]


def test_without_a_choice_there_is_nothing_to_judge():
    trials, runner = a_search()
    assert evidence_of_search(trials.assign(objective=np.nan), ["hold"], runner, FAST) is None
    assert evidence_of_search(trials.iloc[:1], ["hold"], runner, FAST) is None
    assert evidence_of_search(trials.iloc[:2], ["hold"], runner, FAST).sampled == 2
