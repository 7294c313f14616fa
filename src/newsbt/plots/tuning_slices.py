"""One parameter at a time: median, spread and best; importance; the histogram of the objective."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from newsbt.plots import style
from newsbt.plots.axes import Plain
from newsbt.plots.tuning_data import Cells, Scored, cells_of, spread
from newsbt.plots.tuning_frame import NOTE_LENGTH, cell_ticks
from newsbt.plots.tuning_text import Measure, cut, is_are, readable, shorten
from newsbt.records import FloatArray
from newsbt.tuning.axes import Axis

__all__ = [
    "HistogramData",
    "SliceData",
    "draw_slice",
    "histogram_data",
    "histogram_figure",
    "importance_figure",
    "slice_data",
    "slices_figure",
]

MOST, MOST_WORDS, COLUMNS = 50, 12, 3


class SliceData(NamedTuple):
    """The objective along one axis, whatever the others are.

    Parameters
    ----------
    cells : Cells
        n of them.
    low, median, high, best : array, shape (n,)
        10 % quantile, median, 90 % quantile and best of the trials of a cell; nan where none is defined.
    mark : int
        Cell of the best trial; -1 outside.
    top : float
        Its objective.
    """

    cells: Cells
    low: FloatArray
    median: FloatArray
    high: FloatArray
    best: FloatArray
    mark: int
    top: float


class HistogramData(NamedTuple):
    """How many trials reached what.

    Parameters
    ----------
    edges, counts : array, shape (n + 1,) and (n,)
        Bins of equal width up to the best, from the worst or, if that is higher, from as far below the median
        as six times its distance to the 10 % quantile.
    below : int
        Trials worse than the first bin.
    median, best : float
    """

    edges: FloatArray
    counts: FloatArray
    below: int
    median: float
    best: float


def slice_data(trials: pd.DataFrame, axes: Sequence[Axis], order: Scored) -> list[SliceData]:
    """Every axis; at least one trial is defined."""
    found = []
    for axis in axes:
        cells = cells_of(trials, axis, MOST if axis.ordered else MOST_WORDS, order)
        codes = cells.codes[order.rows]
        low, median, high, best = spread(codes, order.results, len(cells.labels), (0.1, 0.5, 0.9, 1.0))
        found.append(SliceData(cells, low, median, high, best, int(codes[-1]), float(order.results[-1])))
    return found


def slices_figure(slices: Sequence[SliceData], what: Measure, subtitle: str, note: str = "") -> Figure:
    """Small panels with one scale of the objective, three a row."""
    with style.applied():
        columns = min(COLUMNS, len(slices))
        rows = -(-len(slices) // columns)
        high, gap = (2.2, 1.05) if rows > 1 else (3.0, 1.05)
        figure = style.new_figure(1.3 + rows * (high + gap) + 0.1)
        style.header(
            figure,
            "One parameter at a time, whatever the others are",
            cut(subtitle, NOTE_LENGTH),
            cut(note, NOTE_LENGTH),
        )
        between = 0.35
        wide = (style.WIDTH - 0.95 - 0.25 - between * (columns - 1)) / columns
        low, top = _limits(slices)
        upper = figure.get_size_inches()[1] - 1.3
        for place, data in enumerate(slices):
            row, column = divmod(place, columns)
            left = 0.95 + column * (wide + between)
            bottom = upper - row * (high + gap) - high
            ax = style.place(figure, bottom, bottom + high, left=left, right=style.WIDTH - left - wide)
            draw_slice(data, ax, wide)
            ax.set_ylim(low, top)
            ax.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
            ax.yaxis.set_major_formatter(Plain(what.divisor))
            ax.tick_params(axis="y", labelleft=column == 0)
            if column == 0:
                ax.set_ylabel(shorten(what.label, 29), size=style.NOTE if rows > 1 else style.TEXT)
            if place == 0:
                style.key_above(ax)
        return figure


def draw_slice(data: SliceData, ax: Axes, inches: float) -> Axes:
    """Median with its 10 to 90 % band and the best of each cell; words as bars, since they have no order."""
    at = np.arange(len(data.median), dtype=np.float64)
    known = np.isfinite(data.median)
    if data.cells.ordered and known.sum() > 1:
        ax.fill_between(at[known], data.low[known], data.high[known], color=style.BLUE, alpha=0.18,
                        linewidth=0, label="10 to 90 % of the trials")  # fmt: skip
        ax.plot(at[known], data.median[known], color=style.BLUE, marker="o", markersize=3.5, label="median")
        ax.plot(at[known], data.best[known], color=style.ORANGE, linestyle=(0, (5, 1.5)), marker="^",
                markersize=4, linewidth=1.2, label="best")  # fmt: skip
    else:
        wide = min(9.0, 43.0 * inches / len(at))
        ax.vlines(at[known], data.low[known], data.high[known], color=style.BLUE, alpha=0.3, linewidth=wide,
                  label="10 to 90 % of the trials", capstyle="butt")  # fmt: skip
        ax.plot(at[known], data.median[known], color=style.BLUE, marker="o", linestyle="none", label="median")
        ax.plot(at[known], data.best[known], color=style.ORANGE, marker="^", linestyle="none", label="best")
    if data.mark >= 0:
        ax.plot([data.mark], [data.top], marker="o", markersize=11, markerfacecolor="none", linestyle="none",
                markeredgecolor=style.VERMILION, markeredgewidth=2.0, label="the best trial")  # fmt: skip
    cell_ticks(ax, data.cells, "x", inches)
    ax.set_xlabel(data.cells.name)
    return ax


def _limits(slices: Sequence[SliceData]) -> tuple[float, float]:
    """Room for every cell; an outlier that is more than three usual heights below the usual floor is cut."""
    floors, tops = (np.concatenate([getattr(data, name) for data in slices]) for name in ("low", "best"))
    floors, tops = floors[np.isfinite(floors)], tops[np.isfinite(tops)]
    if not len(tops):
        floors = tops = np.array([data.top for data in slices])
    usual = float(np.median(floors))
    high = float(tops.max())
    low = max(float(floors.min()), usual - 3.0 * (high - usual))
    room = (high - low) * 0.08 if high > low else abs(high) * 0.1 or 1.0
    return low - room, high + room


def histogram_data(order: Scored) -> HistogramData:
    """Bins for the objective of all trials; at least one is defined."""
    values = np.asarray(order.results)
    median, best = float(np.median(values)), float(values[-1])
    down = median - float(np.quantile(values, 0.1))
    low = max(float(values[0]), median - (6 * down if down > 0 else best - median))
    if best <= low:
        low, best_edge = best - max(abs(best) * 0.05, 0.5), best + max(abs(best) * 0.05, 0.5)
    else:
        best_edge = best
    bins = int(np.clip(round(len(values) ** 0.5), 5, 60))
    counts, edges = np.histogram(values[values >= low], bins=bins, range=(low, best_edge))
    return HistogramData(edges, counts.astype(np.float64), int((values < low).sum()), median, best)


def histogram_figure(data: HistogramData, what: Measure, subtitle: str) -> Figure:
    """Trials by objective, with the median and the best marked."""
    with style.applied():
        figure = style.new_figure(4.6)
        note = f"{is_are(data.below, 'worse trial')} left of the picture." if data.below else ""
        style.header(figure, "Objective of all trials", cut(subtitle, NOTE_LENGTH), note)
        ax = style.place(figure, 0.95, 3.45)
        ax.bar(data.edges[:-1], data.counts, width=np.diff(data.edges), align="edge", color=style.SKY,
               edgecolor="white", linewidth=0.4)  # fmt: skip
        ax.axvline(data.median, color=style.INK, linestyle=(0, (4, 2)), linewidth=1.3,
                   label=f"median {what.write(data.median)}")  # fmt: skip
        ax.axvline(data.best, color=style.VERMILION, linewidth=2.0, label=f"best {what.write(data.best)}")
        room = (data.edges[-1] - data.edges[0]) * 0.02
        ax.set_xlim(data.edges[0] - room, data.edges[-1] + room)
        ax.set_ylim(0, max(float(data.counts.max()) * 1.06, 1.0))
        ax.xaxis.set_major_locator(MaxNLocator(nbins=9, steps=[1, 2, 2.5, 5, 10]))
        ax.xaxis.set_major_formatter(Plain(what.divisor))
        ax.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        ax.yaxis.set_major_formatter(Plain())
        ax.set_xlabel(what.label)
        ax.set_ylabel("Trials")
        style.key_above(ax)
        return figure


def importance_figure(importance: pd.Series[float], subtitle: str) -> Figure:
    """A bar a parameter, the most important at the top; its share in numbers."""
    with style.applied():
        shares = importance.sort_values(ascending=False, kind="stable", na_position="last")
        values = shares.to_numpy(dtype=np.float64)
        height = 0.36 * len(shares)
        names = [readable(name, 30) for name in shares.index]
        figure = style.new_figure(height + 2.1)
        style.header(figure, "Which parameters matter", cut(subtitle, NOTE_LENGTH))
        left = 0.45 + 0.09 * max(len(name) for name in names)
        ax = style.place(figure, 0.95, 0.95 + height, left=left)
        places = np.arange(len(shares))[::-1].astype(np.float64)
        known = np.isfinite(values)
        ax.barh(places[known], values[known], height=0.66, color=style.BLUE)
        reach = float(values[known].max()) if known.any() else 1.0
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            said = f"{value * 100:.1f} %" if np.isfinite(value) else "undefined: the objective does not vary"
            ax.text(max(value, 0.0) + reach * 0.01 if np.isfinite(value) else 0.0, place, f" {said}",
                    va="center", size=style.NOTE, color=style.INK)  # fmt: skip
        ax.set_xlim(0.0, max(reach * 1.12, 0.01))
        ax.set_ylim(-0.6, len(shares) - 0.4)
        ax.set_yticks(places, names)
        ax.tick_params(axis="y", length=0)
        ax.grid(visible=False, axis="y")
        ax.grid(visible=True, axis="x")
        ax.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]))
        ax.xaxis.set_major_formatter(Plain(0.01))
        ax.set_xlabel("Share of the variance of the objective explained by the parameter alone (%)")
        return figure
