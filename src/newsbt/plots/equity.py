"""Draw equity against its benchmark and initial capital, and the drawdown below it."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from newsbt.plots import style
from newsbt.plots.axes import date_axis, money_unit, percent_axis, value_axis
from newsbt.plots.data import EquityData

__all__ = ["draw_drawdown", "draw_equity"]

#: Up to so many steps, points are marked: a line through one of them is invisible.
FEW = 12


def draw_equity(data: EquityData, ax: Axes) -> Axes:
    """Equity at every step, the benchmark from the same capital, and that capital as a line."""
    marker = "o" if len(data.at) <= FEW else None
    line: dict[str, Any] = {
        "color": style.UP,
        "linewidth": 1.8,
        "marker": marker,
        "markersize": 5,
        "zorder": 2.5,
    }
    ax.plot(data.at, data.equity, label=data.label, **line)
    if len(data.benchmark):
        dashed: dict[str, Any] = {"color": style.BENCHMARK, "linewidth": 1.3, "linestyle": (0, (5, 1.5))}
        ax.plot(data.benchmark_at, data.benchmark, label=data.benchmark_label, **dashed)
    dotted: dict[str, Any] = {"color": style.INK, "linewidth": 1.0, "linestyle": (0, (1, 2)), "zorder": 1.5}
    ax.axhline(data.initial, label="initial capital", **dotted)
    every = (data.equity, data.benchmark, np.array([data.initial]))
    divisor, word = money_unit(max(float(np.abs(values).max(initial=0.0)) for values in every))
    value_axis(ax, f"Equity ({word}{data.base})", *every, divisor=divisor)
    _dates(data, ax)
    style.key_above(ax)
    return ax


def draw_drawdown(data: EquityData, ax: Axes) -> Axes:
    """Fraction below the running peak, downwards."""
    if len(data.at) <= FEW:
        ax.vlines(data.at, data.drawdown, 0.0, color=style.DOWN, linewidth=4.0)
    else:
        ax.fill_between(data.at, data.drawdown, 0.0, color=style.DOWN, alpha=0.3, linewidth=0)
        ax.plot(data.at, data.drawdown, color=style.DOWN, linewidth=1.0)
    percent_axis(ax, "Drawdown (%)", float(data.drawdown.min(initial=0.0)))
    _dates(data, ax)
    return ax


def _dates(data: EquityData, ax: Axes) -> None:
    if len(data.at):
        date_axis(ax, data.at[0], data.at[-1])
