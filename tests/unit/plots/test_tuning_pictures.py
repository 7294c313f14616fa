"""The pictures of a search: complete, legible, true about what they leave out, the same every time."""

from __future__ import annotations

import itertools
import math
import time
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from newsbt.adapters.figures import figure_bytes
from newsbt.plots import style
from newsbt.plots.monthly import luminance
from newsbt.plots.tuning import tuning_figures
from newsbt.plots.tuning_data import scored
from newsbt.plots.tuning_frame import SHADES
from newsbt.plots.tuning_parallel import parallel_data, parallel_figure
from newsbt.plots.tuning_text import measure
from newsbt.plots.tuning_walk import walk_forward_figure
from newsbt.tuning.axes import Axis
from newsbt.tuning.importance import importance
from newsbt.tuning.neighbours import stability

HOLD = Axis("hold", "int", 1, 12, 1, tuple(range(1, 13)))
STOP = Axis("stop", "float", 0.02, 0.06, 0.01, (0.02, 0.03, 0.04, 0.05, 0.06))
ENTRY = Axis("entry", "category", values=("open", "close"))
TAKE = Axis("take", "float", 0.0, 0.5)
ONLY = Axis("broker.slippage", "float", 0.001, 0.001, values=(0.001,))
MARKUP = (
    "$\\frac{1}{0}$",
    "<script>alert('$')</script>",
    "שלום עולם",
    "📈🚀",
    "a" * 200,
    "\x00\x1b\n",
    "",
    "新闻",
)
ODD = Axis("signal.$x_1^2$", "category", values=MARKUP)
NAMES = ["heatmap", "parallel", "slices", "objective", "stability", "importance", "pareto"]


def points(axes, count=0):
    """The full grid, or `count` points at random."""
    if not count:
        rows = list(itertools.product(*(axis.column(np.arange(axis.size)) for axis in axes)))
        return pd.DataFrame(rows, columns=[axis.name for axis in axes])
    draw = np.random.default_rng(5)
    return pd.DataFrame({axis.name: axis.from_unit(draw.random(count)) for axis in axes})


def table(axes, count=0, undefined=0.05):
    found = points(axes, count)
    draw = np.random.default_rng(7)
    found["objective"] = draw.normal(0.4, 0.6, len(found))
    found.loc[draw.random(len(found)) < undefined, "objective"] = math.nan
    found["sharpe"] = found["objective"]
    found["max_drawdown"] = draw.uniform(0.05, 0.4, len(found))
    found["turnover"] = draw.uniform(1, 40, len(found))
    return found


def changed(trials, values):
    return trials.assign(objective=values, sharpe=values)


GRID = table((HOLD, STOP))
CASES = {
    "two axes": ((HOLD, STOP), GRID),
    "four axes": ((HOLD, STOP, ENTRY, TAKE), table((HOLD, STOP, ENTRY, TAKE), 900)),
    "one axis": ((HOLD,), table((HOLD,))),
    "words": ((ENTRY, ODD), table((ENTRY, ODD))),
    "one trial": ((HOLD, STOP), table((HOLD, STOP), 1, undefined=0)),
    "one value": ((ONLY, HOLD), table((ONLY, HOLD))),
    "all undefined": ((HOLD, STOP), changed(GRID, math.nan)),
    "all equal": ((HOLD, STOP), changed(GRID, 1.5)),
    "all zero": ((HOLD, STOP), changed(GRID, 0.0)),
    "no trial": ((HOLD, STOP), GRID.iloc[:0]),
    "seven axes": (
        tuple(Axis(f"p{k}", "int", 0, 3, 1, (0, 1, 2, 3)) for k in range(7)),
        table(tuple(Axis(f"p{k}", "int", 0, 3, 1, (0, 1, 2, 3)) for k in range(7)), 400),
    ),
}


@pytest.fixture(params=list(CASES), scope="module")
def pictures(request):
    axes, trials = CASES[request.param]
    return request.param, tuning_figures(
        trials,
        axes,
        "sharpe",
        stability(trials, axes),
        importance(trials, axes),
        ("sharpe", "max_drawdown"),
    )


def seen(figure):
    """Texts that are drawn."""
    unseen = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    unseen |= {tick.label1, tick.label2}
    found = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    return [text for text in found if text not in unseen]


def said(figure):
    return " | ".join(text.get_text() for text in figure.findobj(Text))


def test_every_picture_is_there_and_its_text_is_legible_and_inside(pictures):
    case, figures = pictures
    assert [name.split("_")[0] for name in dict.fromkeys(name.split("_")[0] for name in figures)] == NAMES
    for name, figure in figures.items():
        if name[-1].isdigit() and not name.endswith("_1"):
            continue  # as the first of its kind
        with style.applied():
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
        width, height = figure.bbox.width, figure.bbox.height
        boxes = []
        for text in seen(figure):
            assert text.get_fontsize() >= 9, (case, name, text)
            # Of the words alone: an annotation's own extent has its line in it.
            box = Text.get_window_extent(text, canvas.get_renderer())
            inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
            assert inside or not box.width, (case, name, text.get_text(), box)
            if text.get_rotation() in (0.0, 90.0):
                boxes.append((text.get_text(), box))
        for (one, a), (other, b) in itertools.combinations(boxes, 2):
            apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1 or a.y1 <= b.y0 + 1 or b.y1 <= a.y0 + 1
            assert apart, (case, name, one, other)


def test_what_is_missing_is_said():
    def of(case):
        axes, trials = CASES[case]
        return tuning_figures(
            trials, axes, "sharpe", np.full(len(trials), math.nan), None, ("sharpe", "calmar")
        )

    assert "needs two parameters" in said(of("one axis")["heatmap"])
    undefined, none, two = of("all undefined"), of("no trial"), of("two axes")
    for name in ("heatmap", "parallel", "slices", "objective", "stability"):
        assert "No trial has a defined objective" in said(undefined[name])
        assert "No trial was finished" in said(none[name])
    assert "No trial has a neighbour" in said(two["stability"])
    assert "No trial has all objectives defined" in said(two["pareto"])
    assert "hatched: no trial with a defined objective" in said(two["heatmap"])
    many = of("seven axes")
    assert "the 6 first of 7 parameters" in said(many["heatmap_1"])
    assert sum(name.startswith("heatmap_") for name in many) == 5  # 15 pairs, three a picture


def test_pictures_are_only_drawn_for_what_is_given():
    axes, trials = CASES["two axes"]
    assert list(tuning_figures(trials, axes, "sharpe")) == ["heatmap", "parallel", "slices", "objective"]
    assert "pareto" not in tuning_figures(trials, axes, "sharpe", objectives=("sharpe",))


def test_the_heat_map_holds_the_trials_and_outlines_the_best():
    axes, trials = CASES["two axes"]
    figure = tuning_figures(trials, axes, "sharpe")["heatmap"]
    mesh = next(item for item in figure.axes[0].collections if isinstance(item, QuadMesh))
    shown = np.ma.filled(mesh.get_array(), np.nan)
    expected = trials.pivot_table(index="hold", columns="stop", values="objective", dropna=False).to_numpy()
    # The axis with the longer labels stands upright.
    np.testing.assert_allclose(shown, expected.T)
    outline = next(
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_edgecolor()) == style.VERMILION.lower()
    )
    best = trials.loc[trials["objective"].idxmax()]
    centre = outline.get_x() + 0.5, outline.get_y() + 0.5
    assert centre == (best["hold"] - 1, round(best["stop"] * 100) - 2)


def test_the_best_trial_is_the_same_in_every_picture():
    axes, trials = CASES["four axes"]
    best = trials.loc[trials["objective"].idxmax()]
    figures = tuning_figures(trials, axes, "sharpe", stability(trials, axes), importance(trials, axes))
    for name, figure in figures.items():
        assert f"at hold {best['hold']}, stop {best['stop']}, entry {best['entry']}" in said(figure), name
    line = figures["parallel"].axes[0].lines[0]
    assert line.get_ydata()[0] == pytest.approx((best["hold"] - 1) / 11)
    assert line.get_ydata()[2] == ("open", "close").index(best["entry"])
    assert line.get_ydata()[-1] == 1.0


def test_all_of_few_trials_are_in_the_parallel_coordinates():
    axes, trials = CASES["two axes"]
    figure = tuning_figures(trials, axes, "sharpe")["parallel"]
    lines = [item for item in figure.axes[0].collections if isinstance(item, LineCollection)]
    drawn = sum(len(item.get_segments()) for item in lines) + 1
    assert drawn == trials["objective"].notna().sum()
    assert f"all {drawn - 1} others" in said(figure)


def test_shades_darken_all_the_way():
    light = luminance(SHADES(np.linspace(0, 1, 64)))
    assert (np.diff(light) < 0).all()


def test_names_are_text_and_never_formulas_or_markup():
    axes, trials = CASES["words"]
    figures = tuning_figures(trials, axes, "$\\alpha_{<b>}$ 📈", stability(trials, axes), None)
    for figure in figures.values():
        root = ElementTree.fromstring(figure_bytes(figure, "svg"))
        assert not root.findall(".//{*}script")
    svg = figure_bytes(figures["slices"], "svg").decode()
    assert "$\\alpha_{&lt;b&gt;}$ □" in svg
    assert "signal.$x_1^2$" in svg


def test_equal_pictures_are_equal_files():
    axes, trials = CASES["words"]
    one, other = (tuning_figures(trials, axes, "sharpe", None, importance(trials, axes)) for _ in range(2))
    for name, figure in one.items():
        assert figure_bytes(figure, "svg") == figure_bytes(other[name], "svg"), name
    name = "parallel"
    assert figure_bytes(one[name], "png") == figure_bytes(other[name], "png")


def test_a_million_trials_draw_quickly():
    axes = (HOLD, STOP, TAKE)
    trials = points(axes, 1_000_000)
    trials["objective"] = np.random.default_rng(1).normal(size=len(trials))
    start = time.perf_counter()
    order = scored(trials["objective"])
    figure = parallel_figure(parallel_data(trials, axes, order, measure("sharpe")), "")
    content = figure_bytes(figure, "svg")
    assert time.perf_counter() - start < 3.0  # 0.5 s on a quiet machine
    assert len(content) < 2_000_000
    assert "thick: the best 150; thin: 1,500 of 999,850 others at random" in said(figure)


def test_three_objectives_have_three_panels():
    axes, trials = CASES["four axes"]
    figure = tuning_figures(trials, axes, "sharpe", objectives=("sharpe", "max_drawdown", "turnover"))[
        "pareto"
    ]
    labels = [(ax.get_xlabel(), ax.get_ylabel()) for ax in figure.axes]
    down, turn = "Maximum drawdown (%), negated", "Turnover (times a year), negated"
    assert labels == [("Sharpe ratio", down), ("Sharpe ratio", turn), (down, turn)]


def folds(count):
    start = pd.DatetimeIndex([pd.Timestamp("2019-01-01") + pd.DateOffset(months=6 * k) for k in range(count)])
    draw = np.random.default_rng(2)
    inside = draw.normal(1.5, 0.3, count)
    return pd.DataFrame({
        "fold": np.arange(count) + 1,
        "train_start": start.as_unit("s"),
        "train_end": (start + pd.Timedelta(days=729)).as_unit("s"),
        "test_start": (start + pd.Timedelta(days=730)).as_unit("s"),
        "test_end": (start + pd.Timedelta(days=910)).as_unit("s"),
        "hold": draw.integers(1, 9, count),
        "entry": draw.choice(["open", "close"], count),
        "is_objective": inside,
        "oos_objective": inside - 0.7,
        "trials": 100,
        "kept": False,
    })  # fmt: skip


def account(table):
    at = pd.bdate_range(table["test_start"].iloc[0], table["test_end"].iloc[-1], tz="UTC")
    growth = np.random.default_rng(3).normal(0.0002, 0.01, len(at)).cumsum()
    return pd.DataFrame({"at": at, "equity": 1e5 * np.exp(growth)})


@pytest.mark.parametrize("count", [1, 5, 24])
def test_walk_forward_shows_equity_windows_decay_and_parameters(count):
    found = folds(count)
    equity = account(found)
    figure = walk_forward_figure(found, equity, "sharpe", 1e5, "USD", overall=(1.5, 0.8))
    upper, windows, decay, parameters = figure.axes
    np.testing.assert_allclose(upper.lines[0].get_ydata(), equity["equity"])
    assert upper.get_ylabel() == "Equity (thousand USD)"
    assert len(windows.patches) == 2 * count
    assert sorted(patch.get_width() for patch in windows.patches)[0] == 181.0
    np.testing.assert_allclose(decay.lines[0].get_ydata() - decay.lines[1].get_ydata(), 0.7)
    assert [label.get_text() for label in parameters.get_yticklabels()] == ["hold", "entry"]
    assert "1.5 in sample, 0.8 out of sample, decay 0.7" in said(figure)
    assert figure_bytes(figure, "svg") == figure_bytes(
        walk_forward_figure(found, equity, "sharpe", 1e5, "USD", overall=(1.5, 0.8)), "svg"
    )


def test_a_walk_forward_without_results_says_so():
    found = folds(2).assign(is_objective=math.nan, oos_objective=math.nan)
    empty = account(found).iloc[:0]
    text = said(walk_forward_figure(found, empty, "sharpe", 1e5))
    assert "no step out of sample" in text
    assert "undefined in every fold" in text
    assert "No fold was finished" in said(walk_forward_figure(found.iloc[:0], empty, "sharpe", 1e5))
