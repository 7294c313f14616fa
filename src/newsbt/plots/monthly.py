"""Draw the table of monthly returns: years by months, each cell with its number."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize

from newsbt.plots import style
from newsbt.plots.axes import MINUS, MONTHS
from newsbt.plots.data import MonthlyData
from newsbt.records import FloatArray

__all__ = ["draw_monthly"]

#: Vermilion through white to blue: losses and gains told apart with every common colour blindness.
DIVERGING = LinearSegmentedColormap.from_list("newsbt", [style.DOWN, "#FFFFFF", style.UP], N=256)
#: Luminance of a cell below which white text stands out more than dark text does.
DARK = 0.20
#: Gap between the months and the year's total, in cells.
GAP = 0.35


def draw_monthly(data: MonthlyData, ax: Axes) -> Axes:
    """Percent a month and a year; the sign is written, so that the table reads in grey as well."""
    rows = len(data.years)
    strongest = np.nanmax(np.abs(data.months), initial=0.01)
    scale = Normalize(-strongest, strongest)
    edges, height = np.arange(13.0), np.arange(rows + 1.0)
    if rows:
        ax.pcolormesh(
            edges, height, data.months, cmap=DIVERGING, norm=scale, edgecolors="white", linewidth=1.5
        )
    dark = luminance(DIVERGING(scale(np.nan_to_num(data.months)))) < DARK
    for row in range(rows):
        for month in range(12):
            colour = "white" if dark[row, month] else style.INK
            _write(ax, month + 0.5, row + 0.5, data.months[row, month], color=colour)
        _write(ax, 12.5 + GAP, row + 0.5, data.totals[row], color=style.INK, weight="bold")
    ax.set_xlim(0, 13 + GAP)
    ax.set_ylim(max(rows, 1), 0)
    ax.set_xticks([*(edges[:12] + 0.5), 12.5 + GAP], [*MONTHS, "Year"])
    ax.set_yticks(height[:rows] + 0.5, [str(year) for year in data.years])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    return ax


def luminance(colours: FloatArray) -> FloatArray:
    """Relative luminance (WCAG 2) of sRGB colours in [0, 1], shape (..., 3 or 4) to (...)."""
    parts = np.where(colours <= 0.03928, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.asarray(parts[..., :3] @ np.array([0.2126, 0.7152, 0.0722]), dtype=np.float64)


def _write(ax: Axes, x: float, y: float, value: float, **look: Any) -> None:
    """Write a return in percent; nothing where there is none."""
    if not np.isfinite(value):
        return
    digits = 1 if abs(value) < 0.9995 else 0
    text = "0.0" if abs(value) < 0.0005 else f"{value * 100:+.{digits}f}".replace("-", MINUS)
    ax.text(x, y, text, ha="center", va="center", **look)
