"""``newsbt.figures`` gives matplotlib figures by name, and opens none of pyplot's."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

import newsbt
from newsbt.adapters.results import read_run
from newsbt.comparison import compare_runs

ROOT = Path(__file__).parents[3]


def test_figures_by_name():
    run = read_run(ROOT / "results" / "reference")
    made = newsbt.figures(run)
    assert {"equity", "monthly", "signals", "risk", "profit"} <= set(made)
    assert all(type(figure) is Figure for figure in made.values())
    assert list(newsbt.figures(compare_runs([run, run]))) == ["compare"]
