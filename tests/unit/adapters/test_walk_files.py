"""Files of a walk-forward: whole numbers, days and times as a reader expects them."""

import csv

from newsbt.adapters.walks import write_walk
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
    write_walk(made(), tmp_path)
    first, second = rows(tmp_path / "folds.csv")
    assert (first["fold"], first["train_start"], first["train_end"]) == ("1", "2024-01-01", "2024-01-05")
    assert (second["test_start"], second["test_end"]) == ("2024-01-11", "2024-01-15")
    assert (first["hold"], first["is_objective"], first["oos_objective"]) == ("2", "0.5", "0.5")
    assert (first["purged"], first["embargoed"], first["kept"]) == ("2", "1", "false")
    equity = rows(tmp_path / "walk_equity.csv")
    assert [row["fold"] for row in equity] == ["1", "1", "2", "2"]
    assert [float(row["equity"]) for row in equity] == [1000.0, 1500.0, 1500.0, 2250.0]
    assert equity[0]["at"] == "2024-01-06T21:00:00Z"
    assert [row["fold"] for row in rows(tmp_path / "walk_trades.csv")] == ["1", "2"]
    assert [row["fold"] for row in rows(tmp_path / "walk_fills.csv")] == ["1", "2"]


def test_equal_walks_give_equal_bytes(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_walk(made(), tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
