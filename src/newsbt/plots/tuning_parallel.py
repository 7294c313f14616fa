"""Parallel coordinates of a search: one vertical line a parameter, one line across a trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from newsbt.plots import style
from newsbt.plots.tuning_data import Scored, ranks, sample
from newsbt.plots.tuning_frame import NOTE_LENGTH, SHADES
from newsbt.plots.tuning_text import Measure, cut, number, readable, shorten
from newsbt.records import FloatArray, IntArray
from newsbt.tuning.axes import Axis

__all__ = ["ParallelData", "draw_parallel", "parallel_data", "parallel_figure"]

#: Lines drawn, at most: of the best 1 %, and of the others.
TOP, REST = 150, 1500
#: Part of the distance between two values by which equal ones are spread, up or down; of the axis, at most.
JITTER, WIDEST = 0.24, 0.06
#: Values of an axis up to which each has a tick and equal ones are spread.
TICKS = 9


class ParallelData(NamedTuple):
    """Trials as heights on vertical axes, the objective last.

    Parameters
    ----------
    names : tuple of str, length k
        The parameters and the objective.
    ticks : tuple of (height, label) pairs, length k
    others, best : array, shape (n, k) and (m, k)
        Heights, 0 to 1 (spread a little around equal values), the worst trial first; `best` ends with the
        best trial, at its exact heights.
    drawn : str
        Which trials these are.
    """

    names: tuple[str, ...]
    ticks: tuple[tuple[tuple[float, str], ...], ...]
    others: FloatArray
    best: FloatArray
    drawn: str


def parallel_data(trials: pd.DataFrame, axes: Sequence[Axis], order: Scored, what: Measure) -> ParallelData:
    """Choose trials (see :func:`newsbt.plots.tuning_data.sample`) and put them on the axes.

    The objective's axis starts at its 2 % quantile among all trials; worse ones are drawn at its foot.
    """
    others, best = sample(order, TOP, REST)
    places = np.concatenate([others, best])
    rows = trials.iloc[order.rows[places]]
    noise = np.random.default_rng(0)
    columns, ticks = [], []
    for axis in axes:
        column, marks = _heights(axis, rows, noise)
        columns.append(column)
        ticks.append(marks)
    column, marks = _objective(order, places, what)
    heights = np.column_stack([*columns, column])
    names = (*(readable(axis.name, 22) for axis in axes), what.label)
    split = len(others)
    return ParallelData(names, (*ticks, marks), heights[:split], heights[split:], _drawn(order, others, best))


def _heights(
    axis: Axis, rows: pd.DataFrame, noise: np.random.Generator
) -> tuple[FloatArray, tuple[tuple[float, str], ...]]:
    if axis.name not in rows:
        return np.full(len(rows), np.nan), ()
    if axis.continuous:
        low, high = float(axis.low or 0.0), float(axis.high or 0.0)
        marks = [float(mark) for mark in MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(low, high)]
        heights = (rows[axis.name].to_numpy(dtype=np.float64) - low) / max(high - low, 1e-300)
        return heights, tuple(
            ((mark - low) / (high - low), readable(mark)) for mark in marks if low <= mark <= high
        )
    codes, values = ranks(axis, rows[axis.name])
    last = len(values) - 1
    heights = np.where(codes < 0, np.nan, codes / last if last else 0.5)
    if last and len(values) <= TICKS:
        spread = noise.uniform(-1.0, 1.0, len(heights)) * min(JITTER / last, WIDEST)
        spread[-1:] = 0.0
        heights = heights + spread
    most = 12 if axis.kind == "category" else TICKS
    step = max(1, -(-len(values) // most))
    marks_at = range(0, len(values), step)
    return heights, tuple((at / last if last else 0.5, readable(values[at], 16)) for at in marks_at)


def _objective(
    order: Scored, places: IntArray, what: Measure
) -> tuple[FloatArray, tuple[tuple[float, str], ...]]:
    low, high = float(np.quantile(order.results, 0.02)), float(order.results[-1])
    if high <= low:
        return np.full(len(places), 0.5), ((0.5, what.write(high)),)
    heights = np.clip((order.results[places] - low) / (high - low), 0.0, 1.0)
    unit = what.divisor
    found = MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]).tick_values(low / unit, high / unit)
    inside = [float(mark) for mark in found if low / unit <= mark <= high / unit]
    return heights, tuple(((mark * unit - low) / (high - low), number(mark)) for mark in inside)


def _drawn(order: Scored, others: IntArray, best: IntArray) -> str:
    count = len(order.rows)
    top = -(-count // 100)
    said = ["Vermilion: the best"]
    if len(best) > 1:
        said.append(f"thick: the best {len(best):,}" + (" (top 1 %)" if len(best) == top else ""))
    if len(others):
        every = len(others) == count - len(best)
        rest = f"{count - len(best):,} others"
        said.append(
            f"thin: {'all ' if every else f'{len(others):,} of '}{rest}{'' if every else ' at random'}"
        )
    return "; ".join(said)


def parallel_figure(data: ParallelData, subtitle: str, title: str = "All parameters at once") -> Figure:
    """The picture, with what its lines mean below."""
    with style.applied():
        figure = style.new_figure(6.3)
        note = f"{data.drawn}. Equal values are spread a little."
        style.header(figure, title, cut(subtitle, NOTE_LENGTH), cut(note, NOTE_LENGTH))
        longest = max((len(label) for _, label in data.ticks[0]), default=1)
        left = 0.35 + 0.085 * max(longest, min(len(data.names[0]), 24) / 2)
        draw_parallel(data, style.place(figure, 1.05, 5.5, left=left, right=1.25))
        return figure


def draw_parallel(data: ParallelData, ax: Axes) -> Axes:
    """Lines coloured by objective, dark is better; the best 1 % thick and on top, the best in vermilion."""
    places = np.arange(len(data.names), dtype=np.float64)
    scale = Normalize(-0.12, 1.0)
    for heights, width, alpha, level in (
        (data.others, *((0.6, 0.4) if len(data.others) > 300 else (1.0, 0.7)), 2.0),
        (data.best[:-1], 1.3, 0.85, 2.5),
    ):
        if len(heights):
            lines = np.stack([np.broadcast_to(places, heights.shape), heights], axis=2)
            ax.add_collection(LineCollection(list(lines), colors=SHADES(scale(heights[:, -1])),
                                             linewidths=width, alpha=alpha, zorder=level))  # fmt: skip
    ax.plot(places, data.best[-1], color=style.VERMILION, linewidth=2.2, marker="o", markersize=5, zorder=3,
            clip_on=False)  # fmt: skip
    box = {"facecolor": "white", "alpha": 0.82, "edgecolor": "none", "pad": 1.2}
    for place, ticks in zip(places.tolist(), data.ticks, strict=True):
        ax.axvline(place, color=style.INK, linewidth=1.0, zorder=2.8)
        last = place == places[-1]
        for height, label in ticks:
            ax.plot([place], [height], marker="_", markersize=6, color=style.INK, zorder=2.9)
            ax.annotate(label, (place, height), (6 if last else -6, 0), textcoords="offset points",
                        ha="left" if last else "right", va="center", size=style.NOTE, color=style.INK,
                        bbox=box, zorder=3.2)  # fmt: skip
    ax.set_xlim(-0.02, places[-1] + 0.02)
    ax.set_ylim(-0.08, 1.08)
    room = min(max(6, int(86 / max(len(places) - 1, 1))), 24)
    ax.set_xticks(places, [_two_lines(name, room) for name in data.names])
    ax.tick_params(axis="both", length=0)
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    return ax


def _two_lines(name: str, room: int) -> str:
    """`name` in at most two lines of `room` characters, broken after a space, dot or underscore."""
    if len(name) <= room:
        return name
    at = max(name.rfind(mark, 1, room) for mark in " ._") + 1
    return f"{name[:at].rstrip()}\n{shorten(name[at:], room)}" if at else shorten(name, room)
