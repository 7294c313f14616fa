"""``newsbt run --engine``: the compiled engine writes the same run, through the real command line."""

from __future__ import annotations

import csv
import json

import pytest

QUICK = ("--symbols", "Alibaba", "--start", "2024-12-02", "--end", "2025-02-28", "--no-figures")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def alike(one, two):
    """Equal texts, and numbers equal to a relative 1e-9."""
    if one == two:
        return True
    return float(one) == pytest.approx(float(two), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("strategy", ["drift", "decay"])
@pytest.mark.parametrize("entry", ["open", "close"])
def test_both_engines_write_the_same_run(newsbt, workspace, tmp_path, strategy, entry):
    for engine in ("fast", "backtrader"):
        options = (*QUICK, "--entry", entry, "--broker", "ibkr_tiered", "--engine", engine)
        done = newsbt("run", strategy, *options, "--out", tmp_path, "--name", engine, cwd=workspace)
        assert done.returncode == 0, done.stderr
    for name in ("fills", "equity", "trades"):
        fast, slow = (rows(tmp_path / engine / f"{name}.csv") for engine in ("fast", "backtrader"))
        assert len(fast) == len(slow) > 0
        for one, two in zip(fast, slow, strict=True):
            assert all(alike(one[key], two[key]) for key in two), (one, two)
    metrics = [
        json.loads((tmp_path / engine / "metrics.json").read_text()) for engine in ("fast", "backtrader")
    ]
    assert metrics[0] == pytest.approx(metrics[1], rel=1e-9, abs=1e-9, nan_ok=True)


def test_another_engine_is_refused(refused, workspace, tmp_path):
    said = refused("run", "drift", *QUICK, "--engine", "quick", "--out", tmp_path, cwd=workspace)
    assert said == "there is no engine 'quick' in --engine; choose from auto, backtrader, fast"


def test_a_strategy_of_ones_own_has_no_compiled_rule(refused, workspace, tmp_path):
    (workspace / "strategies" / "mine.py").write_text(
        "from newsbt.engine import NewsStrategy\n\n\nclass Mine(NewsStrategy):\n    params = {'hold': 3}\n"
    )
    try:
        said = refused("run", "mine", *QUICK, "--engine", "fast", "--out", tmp_path, cwd=workspace)
    finally:
        (workspace / "strategies" / "mine.py").unlink()
    assert said == "mine.py has no compiled rule; use --engine backtrader, or auto"
