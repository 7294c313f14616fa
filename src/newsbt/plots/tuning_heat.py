"""Heat maps of a search: the best and the median objective for each pair of parameters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from newsbt.plots import style
from newsbt.plots.axes import Plain
from newsbt.plots.monthly import DARK, luminance
from newsbt.plots.tuning_data import Cells, Scored, cells_along, cells_of, spread
from newsbt.plots.tuning_frame import NOTE_LENGTH, SHADES, below, cell_ticks, value_scale
from newsbt.plots.tuning_text import Measure, cut, decimals, shorten
from newsbt.records import FloatArray, IntArray
from newsbt.tuning.axes import Axis

__all__ = ["HeatData", "draw_heat", "heat_data", "heat_figures"]

#: Cells along one axis, at most; up to so many columns and rows each cell says its number.
MOST, MOST_WORDS, WRITTEN_COLUMNS, WRITTEN_ROWS = 20, 12, 6, 9
#: Pairs in one picture.
ROWS = 3
#: Inches: of a map, from map to map, below a map.
HIGH, GAP, LEFT, WIDE, BAR = 2.35, 1.15, 1.8, 2.85, 0.13


class HeatData(NamedTuple):
    """The objective over two axes.

    Parameters
    ----------
    x, y : Cells
        Of n and m cells; `y` is the one with the longer labels.
    best, median : array, shape (m, n)
        Over the trials of a cell, whatever the other axes are; nan where none is defined.
    trials : array of int, shape (m, n)
        Trials with a defined objective.
    mark : tuple of int
        Column and row of the best trial.
    """

    x: Cells
    y: Cells
    best: FloatArray
    median: FloatArray
    trials: IntArray
    mark: tuple[int, int]

    @property
    def alone(self) -> bool:
        """Whether no cell has two trials: best and median are the same then."""
        return bool(self.trials.max(initial=0) <= 1)


def heat_data(trials: pd.DataFrame, axes: Sequence[Axis], order: Scored) -> list[HeatData]:
    """Every pair of `axes`; at least one trial is defined."""
    most = cells_along(len(order.rows), axes, MOST)
    cells = [cells_of(trials, axis, most if axis.ordered else MOST_WORDS, order) for axis in axes]
    return [_pair(one, other, order) for one, other in combinations(cells, 2)]


def _pair(one: Cells, other: Cells, order: Scored) -> HeatData:
    longer = max(map(len, one.labels)) > max(map(len, other.labels))
    x, y = (other, one) if longer else (one, other)
    shape = len(y.labels), len(x.labels)
    column, row = x.codes[order.rows], y.codes[order.rows]
    codes = np.where((column < 0) | (row < 0), -1, row * shape[1] + column)
    median, best = spread(codes, order.results, shape[0] * shape[1], (0.5, 1.0)).reshape(2, *shape)
    count = np.bincount(codes[codes >= 0], minlength=shape[0] * shape[1]).reshape(shape)
    return HeatData(x, y, best, median, count.astype(np.int64), (int(column[-1]), int(row[-1])))


def heat_figures(
    pairs: Sequence[HeatData], what: Measure, subtitle: str, note: str = ""
) -> dict[str, Figure]:
    """Three pairs a picture: ``heatmap``, or ``heatmap_1`` and so forth."""
    parts = [pairs[first : first + ROWS] for first in range(0, len(pairs), ROWS)]
    names = [f"heatmap_{number + 1}" if len(parts) > 1 else "heatmap" for number in range(len(parts))]
    return {
        name: _figure(part, what, subtitle, note, f", {number + 1} of {len(parts)}" if len(parts) > 1 else "")
        for number, (name, part) in enumerate(zip(names, parts, strict=True))
    }


def _figure(pairs: Sequence[HeatData], what: Measure, subtitle: str, note: str, part: str) -> Figure:
    with style.applied():
        figure = style.new_figure(1.2 + len(pairs) * (HIGH + GAP))
        style.header(figure, f"Objective by pair of parameters{part}", cut(subtitle, NOTE_LENGTH))
        said = ["Outlined: the best trial"]
        if not all((data.trials > 0).all() for data in pairs):
            said.append("hatched: no trial with a defined objective")
        if any(below(values) for data in pairs for values in (data.best, data.median)):
            said.append("below the point of a scale: palest")
        style_note = "; ".join([*said, *([note] if note else [])]) + "."
        figure.text(0.2 / style.WIDTH, 0.1 / figure.get_size_inches()[1], cut(style_note, NOTE_LENGTH),
                    size=style.NOTE, color=style.MUTED, va="bottom")  # fmt: skip
        top = figure.get_size_inches()[1] - 1.15
        for data in pairs:
            bottom = top - HIGH
            if data.alone:
                _panel(
                    figure, data, data.best, what, what.label, (LEFT, style.WIDTH - LEFT - 1.2), bottom, True
                )
            else:
                label = shorten(what.label, 30)
                _panel(figure, data, data.best, what, f"Best: {label}", (LEFT, WIDE), bottom, True)
                second = LEFT + WIDE + 1.15
                _panel(figure, data, data.median, what, f"Median: {label}", (second, WIDE), bottom, False)
            top = bottom - GAP
        return figure


def _panel(
    figure: Figure,
    data: HeatData,
    values: FloatArray,
    what: Measure,
    title: str,
    place: tuple[float, float],
    bottom: float,
    named: bool,
) -> None:
    left, wide = place
    end = style.WIDTH - left - wide
    ax = style.place(figure, bottom, bottom + HIGH, left=left, right=end)
    bar = style.place(figure, bottom, bottom + HIGH, left=left + wide + 0.08, right=end - 0.08 - BAR)
    draw_heat(data, values, ax, bar, what)
    cell_ticks(ax, data.x, "x", wide)
    cell_ticks(ax, data.y, "y", HIGH, labelled=named)
    ax.set_xlabel(data.x.name)
    if named:
        ax.set_ylabel(data.y.name)
        longest = min(13, max(len(text) for text in data.y.edges or data.y.labels))
        ax.yaxis.set_label_coords(-(0.2 + min(0.115 * longest, LEFT - 0.45)) / wide, 0.5)
    ax.text(0.0, 1.03, title, transform=ax.transAxes, size=style.NOTE + 0.5, color=style.INK)


def draw_heat(data: HeatData, values: FloatArray, ax: Axes, bar: Axes, what: Measure) -> Axes:
    """One map, dark is better, with its colour scale and an outline around the cell of the best trial."""
    rows, columns = values.shape
    scale = value_scale(values)
    ax.add_patch(Rectangle((0, 0), 1, 1, transform=ax.transAxes, facecolor="white", edgecolor=style.FAINT,
                           hatch="////", linewidth=0, zorder=0))  # fmt: skip
    mesh = ax.pcolormesh(
        np.arange(columns + 1) - 0.5,
        np.arange(rows + 1) - 0.5,
        np.ma.masked_invalid(values),
        cmap=SHADES,
        norm=scale,
        edgecolors="white",
        linewidth=0.6,
    )
    if columns <= WRITTEN_COLUMNS and rows <= WRITTEN_ROWS:
        dark = luminance(SHADES(scale(np.nan_to_num(values)))) < DARK
        largest = float(np.nanmax(np.abs(values))) / what.divisor
        digits = int(np.clip(2 - np.floor(np.log10(largest)), 0, 8)) if largest > 0 else 0
        for row, column in zip(*np.nonzero(np.isfinite(values)), strict=True):
            colour = "white" if dark[row, column] else style.INK
            said = decimals(values[row, column] / what.divisor, digits)
            ax.text(column, row, said, ha="center", va="center", color=colour, size=style.NOTE)  # fmt: skip
    if min(data.mark) >= 0:
        ax.add_patch(Rectangle(
            (data.mark[0] - 0.5, data.mark[1] - 0.5), 1, 1, fill=False, edgecolor=style.VERMILION,
            linewidth=2.0, zorder=4, clip_on=False,
            path_effects=[withStroke(linewidth=3.6, foreground="white")],
        ))  # fmt: skip
    colours = ax.figure.colorbar(mesh, cax=bar, extend="min" if below(values) else "neither")
    colours.outline.set_visible(False)  # type: ignore[operator, unused-ignore]
    bar.yaxis.set_major_formatter(Plain(what.divisor))
    bar.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    bar.tick_params(labelsize=style.NOTE, length=2)
    bar.grid(visible=False)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=2)
    return ax
