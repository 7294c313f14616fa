"""Files of a walk-forward: whole numbers, days and times as a reader expects them."""

import csv

import pytest

from newsbt.adapters.trial_files import read_header, read_trials
from newsbt.adapters.walks import write_walk
from newsbt.errors import OutputError
from newsbt.tuning.folds import folds, parse_plan
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.walk import walk
from walk_tools import D, run_of, training_of


def made():
    return walk(
        folds(D("2024-01-01"), D("2024-01-15"), parse_plan("train=5d,test=5d")),
        ["hold"],
        parse_objective("total_return"),
        1000.0,
        train=lambda fold: training_of([0.25, 0.5]),
        test=lambda fold, point, cash: run_of(fold.test_start, cash, [0.0, 0.5], trades=[0.5]),
    )


def rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_tables(tmp_path):
    folder = write_walk(made(), {"seed": 1}, tmp_path / "walk")
    first, second = rows(folder / "folds.csv")
    assert (first["fold"], first["train_start"], first["train_end"]) == ("1", "2024-01-01", "2024-01-05")
    assert (second["test_start"], second["test_end"]) == ("2024-01-11", "2024-01-15")
    assert (first["hold"], first["is_objective"], first["oos_objective"]) == ("2", "0.5", "0.5")
    assert (first["purged"], first["embargoed"], first["kept"]) == ("2", "1", "false")
    equity = rows(folder / "walk_equity.csv")
    assert [row["fold"] for row in equity] == ["1", "1", "2", "2"]
    assert [float(row["equity"]) for row in equity] == [1000.0, 1500.0, 1500.0, 2250.0]
    assert equity[0]["at"] == "2024-01-06T21:00:00Z"
    assert [row["fold"] for row in rows(folder / "walk_trades.csv")] == ["1", "2"]
    assert [row["fold"] for row in rows(folder / "walk_fills.csv")] == ["1", "2"]


def test_the_trials_read_back_as_those_of_any_search(tmp_path):
    folder = write_walk(made(), {"seed": 1}, tmp_path / "walk")
    assert read_header(folder) == {"format": 1, "seed": 1}
    trials = read_trials(folder, ["fold", "trial", "hold", "objective"])
    assert trials.to_numpy().tolist() == [[1, 0, 1, 0.25], [1, 1, 2, 0.5], [2, 2, 1, 0.25], [2, 3, 2, 0.5]]


def test_equal_walks_give_equal_tables(tmp_path):
    for name in ("a", "b"):
        write_walk(made(), {}, tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="exists already"):
        write_walk(made(), {}, tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
