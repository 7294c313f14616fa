"""The pictures: complete, legible, and told apart without colour."""

from __future__ import annotations

import dataclasses
import itertools
import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
import runs_for_plots
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.text import Text

from newsbt.plots import style
from newsbt.plots.compare import curve_looks
from newsbt.plots.data import monthly_data, words
from newsbt.plots.figures import compare_figure, monthly_figure, run_figures
from newsbt.plots.news_data import news_of

#: Okabe and Ito, Color Universal Design (2008).
OKABE_ITO = {"#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#000000"}


def drawn(figure):
    """Lay the figure out, so that every text has its place."""
    with style.applied():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    return canvas.get_renderer()


def texts(figure):
    """Texts that are seen: ticks beyond the limits keep a label that is not drawn."""
    unseen = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    unseen |= {tick.label1, tick.label2}
    found = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    return [text for text in found if text not in unseen]


@pytest.fixture(scope="module")
def figures(any_run):
    """The pictures of a run by name, for tests that only look at them."""
    return run_figures(any_run)


@pytest.fixture(scope="module")
def every_figure(figures, any_run):
    """Name, figure and renderer of each, laid out, and of a comparison."""
    every = {**figures, "compare": compare_figure([any_run, any_run])}
    return [(name, figure, drawn(figure)) for name, figure in every.items()]


def test_a_run_has_its_pictures(figures):
    names = list(figures)
    assert names[:3] == ["equity", "monthly", "signals"]
    assert 1 <= len(names[3:]) <= 4
    assert all(name.startswith("price_") for name in names[3:])


def test_text_is_large_enough_and_inside_the_picture(every_figure):
    for name, figure, renderer in every_figure:
        width, height = figure.bbox.width, figure.bbox.height
        for text in texts(figure):
            assert text.get_fontsize() >= 9, (name, text)
            box = text.get_window_extent(renderer)
            if box.width:
                inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
                assert inside, (name, text.get_text(), box)


def test_no_text_covers_another(every_figure):
    for name, figure, renderer in every_figure:
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]
        for (one, a), (other, b) in itertools.combinations(boxes, 2):
            if a.width and b.width:
                apart = a.x1 <= b.x0 or b.x1 <= a.x0 or a.y1 <= b.y0 or b.y1 <= a.y0
                assert apart, (name, one, other)


def test_axes_have_units_and_titles_say_strategy_and_period(figures, any_run):
    for name, figure in figures.items():
        assert any(words(any_run).title in text.get_text() for text in figure.texts), name
    upper, lower = figures["equity"].axes
    assert "USD)" in upper.get_ylabel()
    assert lower.get_ylabel() == "Drawdown (%)"
    price = next(figure for name, figure in figures.items() if name.startswith("price_"))
    assert price.axes[0].get_ylabel().split(",")[0].endswith(("(USD)", "(HKD)"))


def test_colours_are_those_for_everybody():
    assert {style.UP, style.DOWN, style.LONG, style.SHORT, style.BENCHMARK} <= OKABE_ITO
    assert {look["color"] for look in curve_looks(20)} <= OKABE_ITO


@pytest.mark.parametrize("count", [2, 7, 20, 28])
def test_compared_lines_differ_in_grey(count):
    looks = {(str(look["linestyle"]), look["marker"]) for look in curve_looks(count)}
    assert len(looks) == count


def test_markers_say_direction_and_whether_it_was_traded(usual_run):
    figure = run_figures(usual_run)["price_BABA"]
    points = [item for item in figure.axes[0].collections if isinstance(item, PathCollection)]
    news = news_of(usual_run)
    news = news.where(news.symbol == "BABA")
    kinds = set()
    for item in points:
        filled = to_hex(item.get_facecolors()[0]) != "#ffffff"
        # A triangle that points up has its tip above the middle of its base.
        tip_up = item.get_paths()[0].vertices[:3, 1].argmax() == 0
        chosen = ((news.score > 0) == tip_up) & (news.traded == filled)
        assert len(item.get_offsets()) == chosen.sum()
        # Larger with the score.
        assert (np.argsort(item.get_sizes()) == np.argsort(np.abs(news.score[chosen]))).all()
        kinds.add((tip_up, filled))
    assert kinds == {(True, True), (True, False), (False, True), (False, False)}


def test_volume_stands_below_the_price_where_it_is_known(usual_run):
    figure = run_figures(usual_run)["price_BABA"]
    upper, lower = figure.axes
    assert upper.get_xlim() == lower.get_xlim()
    (sticks,) = lower.collections
    assert [stick[1][1] for stick in sticks.get_segments()] == usual_run.bars["BABA"]["volume"].tolist()
    bars = {symbol: bars.assign(volume=0.0) for symbol, bars in usual_run.bars.items()}
    assert len(run_figures(dataclasses.replace(usual_run, bars=bars))["price_BABA"].axes) == 1


def test_long_and_short_differ_in_dashes(usual_run):
    ax = run_figures(usual_run)["price_BABA"].axes[0]
    lines = [item for item in ax.collections if isinstance(item, LineCollection)]
    trades = usual_run.trades[usual_run.trades["symbol"] == "BABA"]
    assert len(lines) == 2
    by_dash = {item.get_linestyle()[0][1] is None: len(item.get_segments()) for item in lines}
    assert by_dash == {True: (trades["side"] == "long").sum(), False: (trades["side"] == "short").sum()}


def test_monthly_cells_hold_their_signed_number(usual_run):
    data = monthly_data(usual_run)
    figure = monthly_figure(data, words(usual_run))
    cells = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    for row, month in zip(*np.nonzero(np.isfinite(data.months)), strict=True):
        value = data.months[row, month]
        written = cells[month + 0.5, row + 0.5]
        assert float(written.replace("−", "-")) == pytest.approx(value * 100, abs=0.051)
        assert written[0] == ("+" if value > 0.0005 else "−" if value < -0.0005 else "0")
    assert len(cells) == np.isfinite(data.months).sum() + len(data.years)


def test_cell_text_stands_out_from_its_cell():
    run = runs_for_plots.large()
    ax = monthly_figure(monthly_data(run), words(run)).axes[0]
    mesh = ax.collections[0]
    values = np.asarray(mesh.get_array())

    def light(colour) -> float:
        """Relative luminance, WCAG 2."""
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgba(colour)[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for text in ax.texts:
        x, y = text.get_position()
        if x < 12:
            cell = mesh.cmap(mesh.norm(values[int(y), int(x)]))
            high, low = sorted((light(text.get_color()), light(cell)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 3.0, (text.get_text(), cell)


def test_twenty_runs_have_twenty_names_in_the_order_of_their_result():
    runs = runs_for_plots.many(20)
    legend = compare_figure(runs).axes[0].get_legend()
    names = [text.get_text().split()[0] for text in legend.get_texts()]
    best_first = sorted(runs, key=lambda run: -run.metrics["total_return"])
    assert names == [run.name for run in best_first]


def test_drawing_leaves_the_users_settings_alone(usual_run):
    before = dict(mpl.rcParams)
    run_figures(usual_run)
    assert dict(mpl.rcParams) == before


def test_pyplot_and_scipy_stay_out():
    code = "import sys, newsbt.plots.figures, newsbt.adapters.figures as a;"
    code += "from matplotlib.figure import Figure;"
    code += "[a.figure_bytes(Figure(), kind) for kind in ('png', 'svg')];"
    code += "print(sorted({'matplotlib.pyplot', 'scipy', 'backtrader'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"
