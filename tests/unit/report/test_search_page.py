"""The page of a search, by hand: cells, which trials it carries, the verdict."""

import json

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.report import TUNE, render_page
from newsbt.plots.tuning_data import scored
from newsbt.report.cells import heat_maps, histogram
from newsbt.report.points import carried_rows
from newsbt.report.searched import search_page
from newsbt.report.verdict import verdict, verdict_tests
from newsbt.runs import RunSpec
from newsbt.tuning.axes import Axis
from newsbt.tuning.importance import importance
from newsbt.tuning.neighbours import neighbours, stability
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.request import TuneResult, Tuning, best_row

HOLD = Axis("hold", "int", 1, 3, 1, (1, 2, 3))
STOP = Axis("stop", "float", 0.1, 0.2, 0.1, (0.1, 0.2))
MANY = Axis("many", "int", 0, 199, 1, tuple(range(200)))
SCALE = Axis("scale", "float", 0.0, 1.0)


def a_grid(*axes, objective):
    """Every point of `axes`, the first one slowest."""
    values = {axis.name: list(axis.values) for axis in axes}
    grid = pd.MultiIndex.from_product(values.values(), names=list(values))
    return grid.to_frame(index=False).assign(trial=range(len(grid)), objective=objective)


def a_search(trials, axes, manifest=None, name="grid"):
    return TuneResult(
        name, Tuning(RunSpec("drift"), ("hold=1:3",)), axes, (parse_objective("sharpe"),), trials,
        best_row(trials), "exhausted", "fast", 0.0, 0.0, manifest=manifest or {},
    )  # fmt: skip


def page_of(result):
    shares = importance(result.trials, result.axes)
    return search_page(result, "results/grid", shares, stability(result.trials, result.axes))


def test_a_cell_has_the_best_and_the_median_of_its_trials_and_leads_to_the_best():
    other = Axis("other", "category", values=("x", "y"))
    trials = a_grid(
        HOLD, STOP, other, objective=[1.0, 3.0, 0.0, 0.0, 2.0, 2.0, -1.0, np.nan, 5.0, 6.0, 7.0, 8.0]
    )
    order = scored(trials["objective"])
    maps, rows = heat_maps(trials, (HOLD, STOP, other), order, importance(trials, (HOLD, STOP, other)))
    assert len(maps) == 3
    found = next(item for item in maps if (item["x"], item["y"]) == (0, 1))
    assert found["best"] == [3.0, 0.0, 2.0, -1.0, 6.0, 8.0]
    assert found["median"] == [2.0, 0.0, 2.0, -1.0, 5.5, 7.5]
    assert found["count"] == [2, 2, 2, 1, 2, 2]
    assert found["row"] == [1, 2, 4, 6, 9, 11]
    assert set(found["row"]) <= set(rows.tolist())


def test_a_large_search_keeps_its_best_and_their_neighbours_and_says_what_is_left_out():
    trials = a_grid(MANY, Axis("more", "int", 0, 199, 1, tuple(range(200))), objective=0.0)
    trials["objective"] = np.random.default_rng(1).normal(size=len(trials))
    axes = (MANY, Axis("more", "int", 0, 199, 1, tuple(range(200))))
    order = scored(trials["objective"])
    kept = carried_rows(trials, axes, order, np.array([7]), 10)
    rows = set(kept.rows.tolist())
    assert len(rows) == 20_000
    assert 7 in rows
    assert set(order.rows[-4000:].tolist()) <= rows
    assert set(neighbours(trials, axes, order.best).index) <= rows
    page = page_of(a_search(trials, axes))
    assert "of the 40,000 trials" in page.view["sampled"]
    assert page.data["trials"]["trial"][page.data["best"]] == trials["trial"][order.best]


def test_ten_thousand_trials_of_twelve_axes_stay_below_three_megabytes():
    rng = np.random.default_rng(2)
    axes = tuple(Axis(f"axis_{number}", "float", 0.0, 1.0) for number in range(12))
    trials = pd.DataFrame({axis.name: rng.random(10_000) for axis in axes})
    for name in ("objective", "total_return", "max_drawdown"):
        trials[name] = rng.normal(size=10_000)
    trials = trials.assign(trial=range(10_000), trades=100)
    lasting = rng.random(10_000)
    page = search_page(a_search(trials, axes), "results/big", importance(trials, axes), lasting)
    assert len(page.data["trials"]["trial"]) == 10_000
    assert page.view["sampled"] == ""
    assert len(render_page(page, TUNE)) < 3_000_000


@pytest.mark.parametrize(
    ("figures", "kind", "words"),
    [
        ({"deflated_sharpe": 0.97, "pbo": 0.01, "spa_consistent": 0.02, "trials": 5}, "good", "3 of 3"),
        (
            {"deflated_sharpe": 0.97, "pbo": 0.3, "spa_consistent": 0.2, "trials": 5},
            "warning",
            "1 of 3 tests speaks",
        ),
        (
            {"deflated_sharpe": 0.5, "pbo": 0.6, "spa_consistent": 0.2, "trials": 5},
            "warning",
            "nothing but luck",
        ),
        ({"pbo": 0.01}, "good", "1 of 1"),
        ({}, "note", "Nothing is known"),
    ],
)
def test_the_verdict_counts_what_speaks_for_the_winner(figures, kind, words):
    found, sentence = verdict(verdict_tests(figures))
    assert found == kind
    assert words in sentence


def test_a_search_without_a_result_says_so():
    page = page_of(a_search(a_grid(HOLD, STOP, objective=np.nan), (HOLD, STOP)))
    assert page.data["best"] is None
    assert "No trial has a result" in render_page(page, TUNE)


def test_results_that_are_all_equal_have_no_histogram():
    assert histogram(np.array([1.0, 1.0])) is None
    assert sum(histogram(np.array([1.0, 2.0, 3.0]))["counts"]) == 3


def test_hostile_names_and_words_show_as_text():
    bad = "</script><img src=x onerror=alert(1)>"
    word = Axis("word", "category", values=(bad, "=1+1"))
    result = a_search(a_grid(HOLD, word, objective=range(6)), (HOLD, word), name=bad)
    text = render_page(page_of(result), TUNE)
    assert text.count("<script") == text.count("</script>") == 2
    assert "<img" not in text
    data = text[text.index('id="data">') + len('id="data">') :]
    assert json.loads(data[: data.index("</script>")])["axes"][1]["values"] == [bad, "=1+1"]
