"""The line of equity in a terminal."""

import io

import numpy as np
import pandas as pd
import pytest

from newsbt.cli import render
from newsbt.cli.spark import equity_lines, spark
from newsbt.runs import RunResult, RunSpec


def run_of(equity, cash=100.0):
    at = pd.bdate_range("2025-01-13", periods=len(equity), tz="UTC") + pd.Timedelta(hours=21)
    frame = pd.DataFrame({"at": at, "equity": np.asarray(equity, dtype=float)})
    empty = pd.DataFrame()
    return RunResult("one", RunSpec("drift", cash=cash), frame, empty, empty, empty, empty, {})


def test_low_is_low_and_high_is_high():
    assert spark(np.arange(8.0), 40) == "▁▂▃▄▅▆▇█"
    assert spark(np.array([5.0, 1.0, np.nan, 5.0]), 40) == "█▁█"


def test_the_end_of_the_line_is_the_end_of_the_series():
    values = np.zeros(100)
    values[-1] = 1.0
    assert spark(values, 10) == "▁" * 9 + "█"


@pytest.mark.parametrize("values", [[], [np.nan]])
def test_nothing_to_show(values):
    assert spark(np.array(values, dtype=float), 10) == ""


def test_what_does_not_move_is_a_line_in_the_middle():
    assert spark(np.ones(3), 10) == "▄▄▄"


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("count", [1, 2, 30, 500])
@pytest.mark.parametrize("cash", [1.0, 1e12])
def test_it_fits(width, count, cash):
    lines = equity_lines(run_of(np.linspace(cash, 2 * cash, count), cash), width)
    assert 1 <= len(lines) <= 2
    assert max(map(len, lines)) <= width


def test_extremes_and_dates_stand_beside_it():
    lines = equity_lines(run_of([90.0, 120.0] * 20), 80)
    assert lines[0].endswith("120 highest") and lines[1].endswith("90 lowest")
    assert "2025-01-13" in lines[1] and "2025-03-07" in lines[1]
    assert equity_lines(run_of([])) == []


@pytest.mark.parametrize(("encoding", "terminal", "name", "shown"), [
    ("utf-8", True, "xterm", True), ("utf-8", False, "xterm", False), ("ascii", True, "xterm", False),
    ("latin-1", True, "xterm", False), ("utf-8", True, "dumb", False),
])  # fmt: skip
def test_only_where_it_can_be_shown(monkeypatch, encoding, terminal, name, shown):
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    stream.isatty = lambda: terminal
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setenv("TERM", name)
    assert render.shows_blocks() is shown
