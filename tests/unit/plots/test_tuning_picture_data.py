"""What the tuning pictures show: cells, quantiles, samples, words and numbers, by hand arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.params import COMMON
from newsbt.plots.tuning_data import cells_of, chosen_axes, sample, scored, spread
from newsbt.plots.tuning_frame import below, value_scale
from newsbt.plots.tuning_heat import heat_data
from newsbt.plots.tuning_parallel import parallel_data
from newsbt.plots.tuning_pareto import objective_column, pareto_data
from newsbt.plots.tuning_slices import histogram_data, slice_data
from newsbt.plots.tuning_stability import stability_data
from newsbt.plots.tuning_text import decimals, measure, number, point_text, readable
from newsbt.plots.tuning_walk_data import walk_data
from newsbt.tuning.axes import Axis, parse_axes
from newsbt.tuning.space import Space

HOLD = Axis("hold", "int", 1, 3, 1, (1, 2, 3))
ENTRY = Axis("entry", "category", values=("open", "close"))
STOP = Axis("stop", "float", 0.0, 0.1)


@pytest.fixture
def trials():
    """Hold by entry, three trials of each in one cell: (1, open) has 0, 1, 5; the rest one each or none."""
    rows = [
        (1, "open", 0.0),
        (1, "open", 5.0),
        (1, "open", 1.0),
        (2, "open", 4.0),
        (2, "close", math.nan),
        (3, "close", 7.0),
        (3, "open", 7.0),
    ]
    return pd.DataFrame(rows, columns=["hold", "entry", "objective"])


def test_trials_are_in_order_and_of_equal_ones_the_earliest_is_best(trials):
    order = scored(trials["objective"])
    assert order.rows.tolist() == [0, 2, 3, 1, 6, 5]
    assert order.results.tolist() == [0, 1, 4, 5, 7, 7]
    assert (order.best, order.total) == (5, 7)
    assert scored([math.nan, math.inf]).best == -1


def test_heat_map_of_best_and_median(trials):
    order = scored(trials["objective"])
    (data,) = heat_data(trials, (HOLD, ENTRY), order)
    assert (data.x.labels, data.y.labels) == (("1", "2", "3"), ("open", "close"))
    np.testing.assert_array_equal(data.best, [[5, 4, 7], [np.nan, np.nan, 7]])
    np.testing.assert_array_equal(data.median, [[1, 4, 7], [np.nan, np.nan, 7]])
    assert data.trials.tolist() == [[3, 1, 1], [0, 0, 1]]
    assert data.mark == (2, 1)
    assert not data.alone


def test_slices_have_quantiles_of_their_value(trials):
    order = scored(trials["objective"])
    hold, entry = slice_data(trials, (HOLD, ENTRY), order)
    # Values 0, 1, 5: the 10 % quantile lies a fifth of the way from 0 to 1, the 90 % four fifths from 1 to 5.
    assert (hold.low[0], hold.median[0], hold.high[0], hold.best[0]) == pytest.approx((0.2, 1.0, 4.2, 5.0))
    assert hold.best.tolist() == [5, 4, 7]
    assert (hold.mark, entry.mark, hold.top) == (2, 1, 7.0)


@given(
    st.lists(st.tuples(st.integers(-1, 4), st.floats(-1e6, 1e6)), min_size=1, max_size=60),
    st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
def test_spread_is_numpys_quantile_of_each_cell(pairs, quantiles):
    pairs.sort(key=lambda pair: pair[1])
    codes, values = (np.array(column) for column in zip(*pairs, strict=True))
    found = spread(codes.astype(np.int64), values.astype(float), 5, quantiles)
    for cell in range(5):
        members = values[codes == cell]
        expected = np.quantile(members, quantiles) if len(members) else np.full(len(quantiles), np.nan)
        np.testing.assert_allclose(found[:, cell], expected, rtol=1e-9, atol=1e-6)


def test_numbers_are_ordered_even_where_they_were_not_written_so():
    axis = Axis("x", "float", 0.5, 2.0, values=(2.0, 0.5, 1.0))
    table = pd.DataFrame({"x": [0.5, 2.0, 1.0, 9.0], "objective": 1.0})
    cells = cells_of(table, axis, 5, scored(table["objective"]))
    assert cells.labels == ("0.5", "1", "2")
    assert cells.codes.tolist() == [0, 2, 1, -1]


def test_many_numbers_share_cells_of_a_round_count():
    axis = Axis("n", "int", 1, 45, 1, tuple(range(1, 46)))
    table = pd.DataFrame({"n": [1, 5, 6, 45], "objective": 1.0})
    cells = cells_of(table, axis, 20, scored(table["objective"]))
    # 45 numbers on 20 cells: three each, rounded up to five.
    assert cells.edges == ("1", "6", "11", "16", "21", "26", "31", "36", "41")
    assert cells.labels[0] == "1 to 5"
    assert cells.labels[-1] == "41 to 45"
    assert cells.codes.tolist() == [0, 0, 1, 8]


def test_continuous_axes_have_round_borders():
    table = pd.DataFrame({"stop": [0.0, 0.0199, 0.02, 0.1, 0.2], "objective": 1.0})
    cells = cells_of(table, STOP, 5, scored(table["objective"]))
    assert cells.edges == ("0", "0.02", "0.04", "0.06", "0.08", "0.1")
    assert cells.codes.tolist() == [0, 0, 1, 4, -1]


def test_borders_that_are_close_are_told_apart():
    axis = Axis("x", "float", 0.5, 0.5000001)
    table = pd.DataFrame({"x": [0.5], "objective": 1.0})
    edges = cells_of(table, axis, 10, scored(table["objective"])).edges
    assert len(set(edges)) == len(edges) > 2


def test_many_words_keep_those_with_the_best_trials():
    axis = Axis("w", "category", values=tuple("abcde"))
    table = pd.DataFrame({"w": list("abcdeb"), "objective": [1.0, 2, 5, 4, 3, math.nan]})
    cells = cells_of(table, axis, 3, scored(table["objective"]))
    assert cells.labels == ("c", "d", "3 others")
    assert cells.codes.tolist() == [2, 2, 0, 1, 2, 2]


def test_a_column_that_is_not_there_has_no_cells():
    table = pd.DataFrame({"objective": [1.0]})
    assert cells_of(table, HOLD, 5, scored(table["objective"])).codes.tolist() == [-1]


def test_the_most_important_axes_are_kept_in_their_order():
    axes = (HOLD, ENTRY, STOP)
    assert chosen_axes(axes, pd.Series({"hold": 0.1, "entry": math.nan, "stop": 0.5}), 2) == (HOLD, STOP)
    assert chosen_axes(axes, None, 2) == (HOLD, ENTRY)
    assert chosen_axes(axes, None, 3) == axes


@given(st.integers(1, 3000), st.integers(1, 40), st.integers(0, 200))
def test_a_sample_has_the_best_and_each_other_at_most_once(count, top, rest):
    others, best = sample(scored(np.arange(count)), top, rest)
    kept = min(-(-count // 100), top)
    assert best.tolist() == list(range(count - kept, count))
    assert len(others) == min(count - kept, rest)
    assert (np.diff(others) > 0).all()
    assert set(others.tolist()).isdisjoint(best.tolist())


def test_parallel_heights_end_with_the_best_trial_at_its_values():
    table = pd.DataFrame({
        "hold": [1, 2, 3, 1],
        "entry": ["open", "close", "open", "open"],
        "stop": [0.0, 0.025, 0.1, 0.1],
        "objective": [1.0, 3.0, 2.0, math.nan],
    })  # fmt: skip
    data = parallel_data(table, (HOLD, ENTRY, STOP), scored(table["objective"]), measure("sharpe"))
    assert data.names == ("hold", "entry", "stop", "Sharpe ratio")
    assert data.best[-1].tolist() == pytest.approx([0.5, 1.0, 0.25, 1.0])
    assert data.others.shape == (2, 4)
    assert data.ticks[1] == ((0.0, "open"), (1.0, "close"))


def test_histogram_counts_every_trial_once():
    data = histogram_data(scored([1.0, 2.0, 2.0, 3.0, -1e9, math.nan]))
    assert data.counts.sum() + data.below == 5
    assert (data.median, data.best, data.edges[-1]) == (2.0, 3.0, 3.0)


def test_pareto_front_and_the_sample_of_the_rest():
    values = np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0], [1.0, 1.0], [math.nan, 9.0]])
    data = pareto_data(values)
    assert data.front.tolist() == [[1, 3], [2, 2], [3, 1]]
    assert data.others.tolist() == [[1, 1]]
    assert (data.size, data.defined) == (3, 4)


def test_objectives_are_larger_is_better():
    table = pd.DataFrame({"sharpe": [1.0, 2.0], "max_drawdown": [0.1, 0.3], "mine": [5.0, 6.0]})
    assert objective_column(table, "max_drawdown").tolist() == [-0.1, -0.3]
    assert objective_column(table, "sharpe - 2*max_drawdown").tolist() == pytest.approx([0.8, 1.4])
    assert objective_column(table, "mine").tolist() == [5.0, 6.0]
    assert np.isnan(objective_column(table, "calmar")).all()


def test_stability_labels_the_best_and_the_most_stable_of_the_top():
    count = 300
    table = pd.DataFrame({"hold": 1, "objective": np.arange(count, dtype=float)})
    steady = np.full(count, 0.5)
    steady[[297, 299]] = 0.9, 0.8
    steady[0] = math.nan
    order = scored(table["objective"])
    data = stability_data(table, (HOLD,), order, steady)
    assert data.undefined == 1
    assert [x for x, _, _ in data.labels] == [299, 298, 297, 296, 295]
    assert data.labels[0] == (299.0, 0.8, "1. hold 1")
    # The top 1 % of 1,000 trials are ten: the seventh is past the five with a label of their own.
    many = pd.DataFrame({"hold": 1, "objective": np.arange(1000.0)})
    steady = np.full(1000, 0.5)
    steady[993] = 0.9
    labels = stability_data(many, (HOLD,), scored(many["objective"]), steady).labels
    assert labels[-1] == (993.0, 0.9, "most stable of the top 1 %: hold 1")


def test_names_and_units_of_objectives():
    assert measure("sharpe").label == "Sharpe ratio"
    assert measure("max_drawdown") == ("Maximum drawdown (%), negated", 0.01, " %")
    assert measure("final_equity", 1_250_000.0).label == "Final equity (million base)"
    assert measure("final_equity", 1_250_000.0).write(1_250_000.0) == "1.25 million"
    assert measure("sharpe", 3e20).write(3e20) == "3 10^20"
    assert measure("cagr", 1e6).write(2.27) == "227 %"
    assert measure("max_drawdown").write(-0.1234) == "−12.3 %"
    assert measure("2*sharpe").label == "2*sharpe"
    assert measure("sharpe").write(math.nan) == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1_234_567, "1,234,567"),
        (-0.00025, "−0.00025"),
        (0.0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (1e9, "1,000,000,000"),
        (math.nan, "–"),
    ],
)
def test_numbers_are_short_and_never_in_powers_of_ten(value, text):
    assert number(value) == text
    assert readable(np.float64(value)) == text


def test_decimals_have_no_minus_zero():
    assert (decimals(-0.001, 2), decimals(-0.25, 1), decimals(-1234.5, 0)) == ("0.00", "−0.2", "−1,234")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "True"),
        ("", "(empty)"),
        ("a\x00b\tc\n", "ab c"),
        ("\u202eevil", "evil"),
        ("📈 up", "□ up"),
        ("abcdefghijklmnopqrstuvwxyz0123", "abcdefghijkl…tuvwxyz0123"),
        ("שלום", "שלום"),
        ("<b>$x$</b>", "<b>$x$</b>"),
    ],
)
def test_names_can_be_drawn(value, text):
    assert readable(value) == text
    assert len(text) <= 24


def test_a_point_is_written_short():
    assert point_text({"hold": 3, "stop": 0.123456, "entry": "open"}) == "hold 3, stop 0.1235, entry open"
    assert point_text({"hold": 3, "stop": 0.02}, 8) == "hold 3…"


def test_walk_joins_folds_with_equal_values():
    days = pd.to_datetime(["2024-01-01", "2024-04-01", "2024-07-01"])
    folds = pd.DataFrame({
        "fold": [1, 2, 3],
        "train_start": days,
        "train_end": days + pd.Timedelta(days=59),
        "test_start": days + pd.Timedelta(days=60),
        "test_end": days + pd.Timedelta(days=89),
        "is_objective": [1.0, 2.0, math.nan],
        "oos_objective": [0.5, 1.0, 0.0],
        "hold": [2, 2, 6],
        "entry": ["open", "close", "close"],
    })  # fmt: skip
    equity = pd.DataFrame({"at": pd.to_datetime(["2024-03-01T21:00Z"]), "equity": [100.0]})
    data = walk_data(folds, equity, ["hold", "entry"])
    # 2024-01-01 is day 19723 since 1970; both ends of a window count.
    assert data.train[0].tolist() == [19723, 19783]
    assert data.test[0].tolist() == [19783, 19813]
    assert data.moments.tolist() == [19783.875]
    assert data.stretches[0] == ((0, 1, "2", 0.0), (2, 2, "6", 1.0))
    assert [part[:3] for part in data.stretches[1]] == [(0, 0, "open"), (1, 2, "close")]
    assert all(math.isnan(part.height) for part in data.stretches[1])


def test_a_few_ruined_trials_do_not_take_the_colours_of_the_rest():
    # Median 1, largest 2: colours begin at 1 - 2 * (2 - 1), not at -6.
    values = np.array([-6.0, 0.0, 1.0, 1.5, 2.0, np.nan])
    scale = value_scale(values)
    assert (scale.vmin, scale.vmax) == (-1.0, 2.0)
    assert below(values)
    even = np.array([0.0, 1.0, 2.0])
    assert (value_scale(even).vmin, value_scale(even).vmax) == (0.0, 2.0)
    assert not below(even)


def test_few_trials_make_few_cells_and_a_grid_keeps_its_own():
    free = parse_axes(["hold=1:20", "stop=0:0.1"], COMMON)
    rng = np.random.default_rng(1)
    few = pd.DataFrame({"hold": rng.integers(1, 21, 108), "stop": rng.random(108) / 10})
    (data,) = heat_data(few, free, scored(pd.Series(rng.random(108))))
    assert data.trials.mean() >= 3
    assert max(data.best.shape) <= 6  # the root of 108 / 3; borders are round
    steps = parse_axes(["hold=1:20", "stop=0.02:0.10:0.01"], COMMON)
    grid = Space(steps).grid()
    (data,) = heat_data(grid, steps, scored(pd.Series(rng.random(len(grid)))))
    assert sorted(data.best.shape) == [9, 20]
