"""The Pareto front of a search with two or three objectives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from newsbt.metrics.table import METRICS
from newsbt.plots import style
from newsbt.plots.tuning_frame import NOTE_LENGTH, scatter_scale
from newsbt.plots.tuning_text import Measure, cut
from newsbt.records import BoolArray, FloatArray, IntArray
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.pareto import pareto_front

__all__ = ["ParetoData", "objective_column", "pareto_data", "pareto_figure"]

#: Points drawn, at most, beside the front and on it.
REST, FRONT = 4000, 1000
KEYS = {metric.key: place for place, metric in enumerate(METRICS)}


class ParetoData(NamedTuple):
    """Trials by several objectives, larger is better.

    Parameters
    ----------
    others, front : array, shape (n, k) and (m, k)
        Sampled trials, and those that no other beats, ascending by the first objective.
    size : int
        Trials on the front before sampling.
    defined : int
        Trials with all objectives.
    """

    others: FloatArray
    front: FloatArray
    size: int
    defined: int


def objective_column(trials: pd.DataFrame, text: str) -> FloatArray:
    """Values of one objective, larger is better, shape (P,): a column of its own, a metric, or a formula.

    nan where a metric that it needs is not in the table.
    """
    if text in trials and text not in KEYS:
        return trials[text].to_numpy(dtype=np.float64)
    objective = parse_objective(text)
    values = np.full(len(trials), np.nan)
    for start in range(0, len(trials), 100_000):
        part = trials.iloc[start : start + 100_000]
        metrics = np.full((len(part), len(METRICS)), np.nan)
        for key in objective.metrics:
            if key in part:
                metrics[:, KEYS[key]] = part[key].to_numpy(dtype=np.float64)
        values[start : start + len(part)] = objective.values(metrics)
    return values


def pareto_data(values: FloatArray) -> ParetoData:
    """Front and a sample of the rest of `values`, shape (P, k)."""
    defined: BoolArray = np.asarray(np.isfinite(values).all(axis=1), dtype=np.bool_)
    front = pareto_front(np.where(defined[:, None], values, np.nan))
    best = values[front, :]
    best = best[np.lexsort(best.T[::-1])]
    kept = np.unique(np.linspace(0, len(best) - 1, min(FRONT, len(best))).round().astype(np.int64))
    others: IntArray = np.flatnonzero(defined & ~front)
    if len(others) > REST:
        others = np.sort(np.random.default_rng(0).choice(others, REST, replace=False))
    return ParetoData(values[others], best[kept], len(best), int(defined.sum()))


def pareto_figure(data: ParetoData, whats: Sequence[Measure], subtitle: str, note: str = "") -> Figure:
    """A panel for each pair of objectives; with two, the front is a staircase."""
    with style.applied():
        pairs = list(combinations(range(len(whats)), 2))
        many = len(pairs) > 1
        side, gap = (3.6, 0.95)
        figure = style.new_figure(5.9 if not many else 1.3 + 2 * (side - 0.5 + gap))
        style.header(
            figure,
            "Trade-off between the objectives",
            cut(subtitle, NOTE_LENGTH),
            cut(note, NOTE_LENGTH),
        )
        top = figure.get_size_inches()[1] - 1.3
        for place, (one, other) in enumerate(pairs):
            row, column = divmod(place, 2)
            wide = (style.WIDTH - 0.95 - 0.25 - 0.95) / 2 if many else style.WIDTH - 1.2
            high = side - 0.5 if many else side
            left = 0.95 + column * (wide + 0.95)
            bottom = top - row * (high + gap) - high
            ax = style.place(figure, bottom, bottom + high, left=left, right=style.WIDTH - left - wide)
            _draw_pair(data, ax, (one, other), whats)
            if place == 0:
                style.key_above(ax)
        return figure


def _draw_pair(data: ParetoData, ax: Axes, pair: tuple[int, int], whats: Sequence[Measure]) -> None:
    one, other = pair
    if len(data.others):
        ax.scatter(data.others[:, one], data.others[:, other], s=8, color=style.SKY, alpha=0.4, linewidths=0,
                   label="trials")  # fmt: skip
    x, y = data.front[:, one], data.front[:, other]
    if data.front.shape[1] == 2:
        # Between two points the front runs as high as the right one and as far as the left one.
        ax.step(x, y, where="pre", color=style.VERMILION, linewidth=1.2, zorder=3)
    ax.plot(x, y, linestyle="none", marker="D", markersize=5, color=style.VERMILION, markeredgecolor="white",
            markeredgewidth=0.6, label=f"Pareto front ({data.size:,})", zorder=4)  # fmt: skip
    scatter_scale(ax, "x", np.concatenate([data.others[:, one], x]), whats[one])
    scatter_scale(ax, "y", np.concatenate([data.others[:, other], y]), whats[other])
    ax.grid(visible=True, axis="x")
