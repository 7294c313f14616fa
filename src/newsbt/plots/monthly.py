"""Draw the table of monthly returns: years by months, each cell with its number."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize

from newsbt.plots import style
from newsbt.plots.axes import MINUS, MONTHS
from newsbt.plots.data import MonthlyData

__all__ = ["draw_monthly"]

#: Vermilion through white to blue: losses and gains told apart with every common colour blindness.
DIVERGING = LinearSegmentedColormap.from_list("newsbt", [style.DOWN, "#FFFFFF", style.UP], N=256)
#: Gap between the months and the year's total, in cells.
GAP = 0.35


def draw_monthly(data: MonthlyData, ax: Axes) -> Axes:
    """Percent a month and a year; the sign is written, so that the table reads in grey as well."""
    rows = len(data.years)
    strongest = np.nanmax(np.abs(data.months), initial=0.01) if rows else 0.01
    scale = Normalize(-strongest, strongest)
    edges, height = np.arange(13.0), np.arange(rows + 1.0)
    if rows:
        ax.pcolormesh(
            edges, height, data.months, cmap=DIVERGING, norm=scale, edgecolors="white", linewidth=1.5
        )
    for row in range(rows):
        for month in range(12):
            _write(ax, month + 0.5, row + 0.5, data.months[row, month], strongest)
        _write(ax, 12.5 + GAP, row + 0.5, data.totals[row], None)
    ax.set_xlim(0, 13 + GAP)
    ax.set_ylim(max(rows, 1), 0)
    ax.set_xticks([*(edges[:12] + 0.5), 12.5 + GAP], [*MONTHS, "Year"])
    ax.set_yticks(height[:rows] + 0.5, [str(year) for year in data.years])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    return ax


def _write(ax: Axes, x: float, y: float, value: float, strongest: float | None) -> None:
    """Write a return in percent; white on dark cells, bold for a year."""
    if not np.isfinite(value):
        return
    digits = 1 if abs(value) < 0.9995 else 0
    text = "0.0" if abs(value) < 0.0005 else f"{value * 100:+.{digits}f}".replace("-", MINUS)
    dark = strongest is not None and abs(value) > 0.62 * strongest
    ax.text(
        x, y, text, ha="center", va="center",
        color="white" if dark else style.INK, weight="bold" if strongest is None else "normal",
    )  # fmt: skip
