"""What is said of a walk-forward, worked out by hand."""

import json
import math

from newsbt.cli.walk_lines import walk_json, walk_lines
from newsbt.tuning.folds import folds, parse_plan
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.walk import walk
from walk_tools import D, run_of, training_of

PLAN = parse_plan("train=5d,test=5d,purge=3")


def made(training, daily, objective="total_return", key="total_return"):
    return walk(
        folds(D("2024-01-01"), D("2024-01-15"), PLAN),
        ["hold"],
        parse_objective(objective),
        1000.0,
        train=lambda fold: training_of(training[fold.number - 1], key=key),
        test=lambda fold, point, cash: run_of(fold.test_start, cash, [daily], trades=[daily, None]),
    )


def said(found, objective="total_return", width=100):
    lines = walk_lines(found, ["hold"], parse_objective(objective), PLAN, width)
    assert max(map(len, lines)) <= width
    return " ".join(" ".join(lines).split()), lines


def test_the_table_and_the_decay():
    text, lines = said(made([[0.1, 0.4], [0.6, 0.2]], 0.1))
    assert "Walk-forward train=5d,test=5d,purge=3: 2 folds, 4 events purged, 2 embargoed" in text
    rows = [line.split() for line in lines]
    assert ["fold", "trained", "to", "tested", "to", "hold", "training", "test", "trades"] in rows
    assert ["1", "2024-01-05", "2024-01-10", "2", "+40.00", "%", "+10.00", "%", "1"] in rows
    assert ["2", "2024-01-10", "2024-01-15", "1", "+60.00", "%", "+10.00", "%", "1"] in rows
    # Training: (40 % + 60 %) / 2; the tests as one account: 1.1 * 1.1 - 1 = 21 %, of 50 % is 42 %.
    assert ["all", "+50.00", "%", "+21.00", "%", "2"] in rows
    assert "+50.00 % in training and +21.00 % out of sample; 42% of it is left" in text
    assert "worse out of sample in 2 of 2 folds. It grows with the length of a window" in text
    assert "Out of sample as one account, 2024-01-06 to 2024-01-15: total return +21.00 %" in text
    assert "1 position was open at the end of a window" in text


def test_what_is_lost_and_what_does_not_decay():
    assert "nothing of it is left" in said(made([[0.1], [0.1]], -0.1))[0]
    assert "it did not decay" in said(made([[0.01], [0.01]], 0.1))[0]
    # A loss that became larger: no share of it can be told.
    text = said(made([[-0.1], [-0.1]], -0.3))[0]
    assert "-10.00 % in training and -51.00 % out of sample. It is worse" in text


def test_a_minimised_metric_keeps_its_sign():
    found = made([[-0.05], [-0.05]], -0.1, "max_drawdown", "max_drawdown")
    text = said(found, "max_drawdown")[0]
    # Drawdown of 10 % twice is 19 %.
    assert "max_drawdown is 5.00 % in training and 19.00 % out of sample. It is worse" in text
    assert "It grows" not in text


def test_a_formula_and_the_undefined():
    assert "2*total_return is 0.500" in said(made([[0.5], [0.5]], 0.1, "2*total_return"), "2*total_return")[0]
    nothing = made([[0.5], [0.5]], 0.1, "win_rate*0 + var_95")
    text = said(nothing, "win_rate*0 + var_95")[0]
    assert "undefined in training or over the tests" in text


def test_a_kept_point_is_marked():
    text, lines = said(made([[0.1, 0.4], [math.nan, math.nan]], 0.1))
    assert any(line.startswith("2*") for line in lines)
    assert "the point of the fold before was kept" in text
    assert "warning: no trial has a defined total_return" in text


def test_values():
    objective = parse_objective("total_return")
    found = walk_json(made([[0.1, 0.4], [math.nan, 0.2]], 0.1), ["hold"], objective, PLAN)
    json.dumps(found, allow_nan=False)
    assert found["plan"] == "train=5d,test=5d,purge=3"
    assert found["point"] == {"hold": 2}
    assert [fold["in_sample"] for fold in found["folds"]] == [0.4, 0.2]
    assert found["folds"][0]["train_end"] == "2024-01-05"
    assert found["metrics"]["trades"] == 2
