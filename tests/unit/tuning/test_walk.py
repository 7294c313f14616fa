"""The walk itself on searches and runs made by hand: what is chosen, what it is tested with, what is told."""

import math

import numpy as np
import pandas as pd
import pytest

from newsbt.errors import InputError
from newsbt.params import Param
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.choice import stable_ranking
from newsbt.tuning.folds import folds, parse_plan
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.walk import FOLD_COLUMNS, objective_of, walk
from walk_tools import D, run_of, training_of

RETURN = parse_objective("total_return")
FOLDS = folds(D("2024-01-01"), D("2024-01-15"), parse_plan("train=5d,test=5d"))


class Runs:
    """Makes 1 % a session held, and remembers what it was asked."""

    def __init__(self, daily=0.01):
        self.asked, self.daily = [], daily

    def __call__(self, fold, point, cash):
        self.asked.append((fold.number, dict(point), cash))
        return run_of(fold.test_start, cash, [point["hold"] * self.daily] * 2, trades=[0.1, None])


def search(objectives):
    return lambda fold: training_of(objectives[fold.number - 1])


def test_the_best_of_each_training_trades_the_test_that_follows():
    runs = Runs()
    found = walk(FOLDS, ["hold"], RETURN, 1000.0, train=search([[0.1, 0.3, 0.2], [0.5, 0.1, 0.2]]), test=runs)
    # hold=2 makes 1.02**2, then hold=1 makes 1.01**2 of that.
    assert runs.asked[0] == (1, {"hold": 2}, 1000.0)
    assert runs.asked[1][:2] == (2, {"hold": 1})
    assert runs.asked[1][2] == pytest.approx(1040.4)
    table = found.folds
    assert table["hold"].tolist() == [2, 1]
    assert table["trial"].tolist() == [1, 3]
    assert found.trials["trial"].tolist() == [0, 1, 2, 3, 4, 5]
    assert found.trials["hold"].iloc[table["trial"]].tolist() == [2, 1]
    assert table["is_objective"].tolist() == [0.3, 0.5]
    assert table["oos_objective"].tolist() == pytest.approx([0.0404, 0.0201])
    assert table["decay"].tolist() == pytest.approx([0.2596, 0.4799])
    assert found.whole.metrics["total_return"] == pytest.approx(1.0404 * 1.0201 - 1)
    assert found.oos_objective == pytest.approx(1.0404 * 1.0201 - 1)
    assert found.is_objective == pytest.approx(0.4)
    assert found.decay == pytest.approx(0.4 - (1.0404 * 1.0201 - 1))


def test_the_table_has_its_columns_and_types():
    found = walk(FOLDS, ["hold"], RETURN, 1000.0, train=search([[0.1], [0.1]]), test=Runs())
    table = found.folds
    assert set(table.columns) == {*FOLD_COLUMNS, "hold"}
    assert list(table.columns[:6]) == ["fold", "train_start", "train_end", "test_start", "test_end", "hold"]
    assert table["test_start"].tolist() == [pd.Timestamp("2024-01-06"), pd.Timestamp("2024-01-11")]
    first = table.iloc[0]
    assert (first["events"], first["purged"], first["embargoed"]) == (20, 2, 1)
    assert (first["is_trades"], first["oos_trades"], first["open_trades"]) == (3, 1, 1)
    assert not first["kept"]
    assert found.trials.columns[0] == "fold"
    assert found.trials["fold"].tolist() == [1, 2]


def test_equal_objectives_go_to_the_earliest_trial():
    found = walk(FOLDS[:1], ["hold"], RETURN, 1.0, train=search([[0.1, 0.3, 0.3]]), test=Runs())
    assert found.folds["hold"].tolist() == [2]


def test_a_ranking_chooses_another_than_the_best():
    found = walk(
        FOLDS[:1],
        ["hold"],
        RETURN,
        1.0,
        train=search([[0.9, 0.3, math.nan]]),
        test=Runs(),
        ranking=lambda trials: np.array([0.1, 0.2, 9.0]),
    )
    # The plateau at hold=2, with its own objective; never a trial that has none.
    assert found.folds["hold"].tolist() == [2]
    assert found.folds["is_objective"].tolist() == [0.3]


def test_the_stable_choice_is_the_plateau_beside_a_higher_spike():
    # A spike at hold=2 between losses; a plateau at 7 to 9; the worst places fill the rest.
    objectives = [-0.5, 1.0, -0.5, -0.4, -0.3, 0.5, 0.8, 0.8, 0.8, 0.1, -0.6, math.nan]
    axes = parse_axes(["hold=1:12"], {"hold": Param("hold", 10, 1, 250)})
    trials = training_of(objectives).trials
    rank = stable_ranking(trials, axes)
    assert np.isfinite(rank).sum() == 5
    assert trials["hold"].iloc[int(np.nanargmax(rank))] == 8
    found = walk(
        FOLDS[:1],
        ["hold"],
        RETURN,
        1.0,
        train=search([objectives]),
        test=Runs(),
        ranking=lambda table: stable_ranking(table, axes),
    )
    assert found.folds["hold"].tolist() == [8]


def test_a_ranking_that_knows_nothing_leaves_it_to_the_objective():
    found = walk(
        FOLDS[:1],
        ["hold"],
        RETURN,
        1.0,
        train=search([[0.1, 0.3]]),
        test=Runs(),
        ranking=lambda trials: np.full(2, math.nan),
    )
    assert found.folds["hold"].tolist() == [2]


def test_a_training_without_objectives_keeps_the_point_before_and_says_so():
    found = walk(
        FOLDS, ["hold"], RETURN, 1000.0, train=search([[0.1, 0.3], [math.nan, math.nan]]), test=Runs()
    )
    assert found.folds["hold"].tolist() == [2, 2]
    assert found.folds["kept"].tolist() == [False, True]
    assert found.folds["trial"].tolist() == [1, 1]
    assert math.isnan(found.folds["is_objective"].iloc[1])
    assert [finding.code for finding in found.findings] == ["no-objective"]
    assert found.is_objective == 0.3


def test_a_first_training_without_objectives_is_refused():
    with pytest.raises(InputError, match=r"no trial of fold 1 \(training 2024-01-01 to 2024-01-05\)"):
        walk(FOLDS, ["hold"], RETURN, 1.0, train=search([[math.nan], [0.1]]), test=Runs())


def test_an_interruption_keeps_the_finished_folds():
    def train(fold):
        if fold.number == 2:
            raise KeyboardInterrupt
        return training_of([0.1])

    found = walk(FOLDS, ["hold"], RETURN, 1000.0, train=train, test=Runs())
    assert found.folds["fold"].tolist() == [1]
    assert found.findings[-1].code == "interrupted"
    assert "1 of 2 folds are shown" in found.findings[-1].action
    with pytest.raises(KeyboardInterrupt):
        walk(FOLDS[1:], ["hold"], RETURN, 1000.0, train=train, test=Runs())


def test_an_interruption_after_a_test_was_run_keeps_the_folds_before():
    class Late:
        @property
        def metrics(self):
            raise KeyboardInterrupt

    runs = Runs()

    def test(fold, point, cash):
        return Late() if fold.number == 2 else runs(fold, point, cash)

    found = walk(FOLDS, ["hold"], RETURN, 1000.0, train=search([[0.1], [0.1]]), test=test)
    assert found.folds["fold"].tolist() == [1]
    assert found.findings[-1].code == "interrupted"


def test_a_lost_account_ends_the_walk():
    found = walk(FOLDS, ["hold"], RETURN, 1000.0, train=search([[0.1], [0.1]]), test=Runs(daily=-1.0))
    assert found.folds["fold"].tolist() == [1]
    assert found.findings[-1].code == "account-lost"


def test_a_minimised_metric_counts_negated():
    run = run_of("2024-01-01", 100.0, [0.1, -0.2])
    assert objective_of(parse_objective("max_drawdown"), run.metrics) == pytest.approx(-0.2)
    assert math.isnan(objective_of(parse_objective("win_rate"), run.metrics))


def test_the_last_fold_is_what_would_trade_next():
    found = walk(FOLDS, ["hold"], RETURN, 1.0, train=search([[0.1, 0.3], [0.5, 0.1]]), test=Runs())
    point = found.point(["hold"])
    assert point == {"hold": 1}
    assert type(point["hold"]) is int
