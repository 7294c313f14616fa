"""Draw several runs over one another: equity from the same start, and drawdown."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from newsbt.plots import style
from newsbt.plots.axes import MINUS, date_axis, percent_axis, value_axis
from newsbt.plots.data import CompareData

__all__ = ["curve_looks", "draw_compare", "draw_compare_drawdown"]

COLOURS = (style.BLUE, style.VERMILION, style.GREEN, style.PURPLE, style.BLACK, style.ORANGE, style.SKY)
DASHES = ("solid", (0, (6, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))
MARKERS = (None, "o", "^", "s", "D", "v", "P")


def curve_looks(count: int) -> list[dict[str, Any]]:
    """Colour, dashes and marker of each of `count` lines; dashes and marker alone already tell them apart.

    Distinct for up to 28 lines in grey.
    """
    return [
        {
            "color": COLOURS[number % len(COLOURS)],
            "linestyle": DASHES[number % len(DASHES)],
            "marker": MARKERS[number // len(DASHES) % len(MARKERS)],
        }
        for number in range(count)
    ]


def draw_compare(data: CompareData, ax: Axes) -> Axes:
    """Equity as a multiple of the initial capital; the legend, best run first, right of the axes."""
    _lines(data, ax, "growth")
    ax.axhline(1.0, color=style.INK, linewidth=1.0, linestyle=(0, (1, 2)), zorder=1.5)
    value_axis(ax, "Equity (multiple of start)", *(curve.growth for curve in data.curves), np.ones(1))
    handles, labels = ax.get_legend_handles_labels()
    ends = [curve.growth[-1] if len(curve.growth) else 1.0 for curve in data.curves]
    order = sorted(range(len(ends)), key=lambda number: -ends[number])
    ax.legend(
        [handles[number] for number in order],
        [labels[number] for number in order],
        loc="upper left",
        bbox_to_anchor=(1.015, 1.0),
        labelspacing=0.35,
        handlelength=2.8,
    )
    return ax


def draw_compare_drawdown(data: CompareData, ax: Axes) -> Axes:
    """Drawdown of each run in the same lines."""
    _lines(data, ax, "drawdown")
    percent_axis(ax, "Drawdown (%)", min(float(curve.drawdown.min(initial=0.0)) for curve in data.curves))
    return ax


def _lines(data: CompareData, ax: Axes, what: str) -> None:
    many = len(data.curves) > 8
    for number, (curve, look) in enumerate(zip(data.curves, curve_looks(len(data.curves)), strict=True)):
        total = (
            f"{(curve.growth[-1] - 1) * 100:+.1f} %".replace("-", MINUS) if len(curve.growth) else "no steps"
        )
        # Markers of different lines start at different places, so that they do not hide one another.
        every = (0.02 + 0.1 * (number / max(len(data.curves), 1)), 0.13)
        if len(curve.at) == 1:
            look = {**look, "marker": look["marker"] or "o"}
        ax.plot(
            curve.at,
            getattr(curve, what),
            linewidth=1.2 if many else 1.7,
            markersize=4 if many else 5,
            markevery=every if len(curve.at) > 1 else None,
            label=f"{curve.label} {total}",
            **look,
        )
    moments = [moment for curve in data.curves for moment in (curve.at[:1], curve.at[-1:])]
    every_moment = np.concatenate(moments) if moments else np.empty(0)
    if len(every_moment):
        date_axis(ax, float(every_moment.min()), float(every_moment.max()))
