"""Scatters of a search: stability against objective, and the Pareto front of two or three objectives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from newsbt.metrics.table import METRICS
from newsbt.plots import style
from newsbt.plots.axes import Plain
from newsbt.plots.tuning_data import Scored, sample
from newsbt.plots.tuning_frame import NOTE_LENGTH
from newsbt.plots.tuning_text import Measure, cut, is_are, point_text, shorten
from newsbt.records import BoolArray, FloatArray, IntArray
from newsbt.tuning.axes import Axis
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.pareto import pareto_front

__all__ = [
    "ParetoData",
    "StabilityData",
    "objective_column",
    "pareto_data",
    "pareto_figure",
    "stability_data",
    "stability_figure",
]

#: Points drawn, at most, beside the best and on a front; trials with a label.
REST, FRONT, LABELLED = 4000, 1000, 5
KEYS = {metric.key: place for place, metric in enumerate(METRICS)}


class StabilityData(NamedTuple):
    """Trials as points.

    Parameters
    ----------
    x, y : array, shape (n,)
        Objective and stability.
    labels : tuple of (x, y, text)
        The best trials, and the most stable one of the best 1 %.
    undefined : int
        Trials with an objective but without stability.
    drawn : str
        Which trials these are.
    """

    x: FloatArray
    y: FloatArray
    labels: tuple[tuple[float, float, str], ...]
    undefined: int
    drawn: str


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


def stability_data(
    trials: pd.DataFrame, axes: Sequence[Axis], order: Scored, stability: FloatArray
) -> StabilityData:
    """Sample trials (as in parallel coordinates) and label the best few."""
    steady = np.asarray(stability, dtype=np.float64)[order.rows]
    known = np.isfinite(steady)
    kept = Scored(order.rows[known], order.results[known], order.total)
    steady = steady[known]
    others, best = sample(kept, LABELLED, REST)
    places = np.concatenate([others, best])
    labels = []
    count = len(kept.rows)
    for rank, place in enumerate(range(count - 1, max(count - 1 - LABELLED, -1), -1)):
        labels.append((place, f"{rank + 1}."))
    if count > 20:
        top = np.arange(count - -(-count // 100), count)
        steadiest = int(top[::-1][np.argmax(steady[top[::-1]])])
        if steadiest not in [place for place, _ in labels]:
            labels.append((steadiest, "most stable of the top 1 %:"))
    written = tuple(
        (
            float(kept.results[place]),
            float(steady[place]),
            f"{said} {_named(trials, axes, int(kept.rows[place]))}",
        )
        for place, said in labels
    )
    drawn = (
        f"{len(places):,} of {count:,} trials: the best {len(best)}, others at random"
        if len(places) < count
        else ""
    )
    return StabilityData(kept.results[places], steady[places], written, int((~known).sum()), drawn)


def _named(trials: pd.DataFrame, axes: Sequence[Axis], row: int) -> str:
    names = [axis.name for axis in axes if axis.name in trials]
    return point_text({name: trials[name].iloc[row] for name in names}, 84)


def stability_figure(data: StabilityData, what: Measure, subtitle: str) -> Figure:
    """Plateaus at the top, spikes at the bottom; the best at the right."""
    with style.applied():
        figure = style.new_figure(6.4)
        notes = [
            f"{is_are(data.undefined, 'trial')} left out: no stability" if data.undefined else "",
            data.drawn,
        ]
        note = "; ".join(note for note in notes if note)
        style.header(
            figure,
            "Stability against objective: does the result last nearby?",
            cut(subtitle, NOTE_LENGTH),
            note,
        )
        right = 3.5
        ax = style.place(figure, 0.95, 5.4, right=right)
        ax.scatter(
            data.x,
            data.y,
            s=float(np.clip(4000 / len(data.x), 9, 36)),
            color=style.SKY,
            alpha=0.5,
            linewidths=0,
            zorder=2,
        )
        _scale(ax, "x", data.x, what)
        low, high = float(data.y.min()), float(data.y.max())
        ax.set_ylim(low - max((high - low) * 0.06, 0.1), high + max((high - low) * 0.06, 0.02))
        ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
        ax.yaxis.set_major_formatter(Plain())
        ax.set_ylabel("Stability (1: a plateau, towards 0: a spike)")
        ax.grid(visible=True, axis="x")
        _labels(ax, data.labels)
        return figure


def _labels(ax: Axes, labels: Sequence[tuple[float, float, str]]) -> None:
    """Texts in a column right of the axes, in the order of their points' heights, lines to the points."""
    low, high = ax.get_ylim()
    order = sorted(range(len(labels)), key=lambda at: -labels[at][1])
    heights = [(labels[at][1] - low) / (high - low) for at in order]
    texts = [_wrapped(labels[at][2]) for at in order]
    sizes = [0.05 + 0.043 * text.count("\n") for text in texts]
    places: list[float] = []
    for height, size in zip(heights, sizes, strict=True):
        top = places[-1] - sizes[len(places) - 1] / 2 - size / 2 - 0.02 if places else 0.96
        places.append(min(height, top))
    # What the bottom left no room for moves everything up.
    lift = max(0.0, 0.03 - min(places, default=1.0))
    for at, place, text in zip(order, places, texts, strict=True):
        x, y, _ = labels[at]
        ax.plot([x], [y], marker="o", markersize=7, color=style.VERMILION, markeredgecolor="white", zorder=4)
        ax.annotate(
            text,
            (x, y),
            (1.05, min(place + lift, 0.96)),
            textcoords="axes fraction",
            va="center",
            size=style.NOTE,
            color=style.INK,
            arrowprops={
                "arrowstyle": "-",
                "color": style.MUTED,
                "linewidth": 0.7,
                "shrinkB": 4,
                "relpos": (0, 0.5),
            },
            annotation_clip=False,
        )


def _wrapped(text: str, width: int = 36) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width))


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
    _scale(ax, "x", np.concatenate([data.others[:, one], x]), whats[one])
    _scale(ax, "y", np.concatenate([data.others[:, other], y]), whats[other])
    ax.grid(visible=True, axis="x")


def _scale(ax: Axes, which: str, values: FloatArray, what: Measure) -> None:
    low, high = float(values.min()), float(values.max())
    room = (high - low) * 0.05 if high > low else max(abs(high) * 0.1, 1e-9)
    axis: Any = ax.xaxis if which == "x" else ax.yaxis
    (ax.set_xlim if which == "x" else ax.set_ylim)(low - room, high + room)
    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(Plain(what.divisor))
    (ax.set_xlabel if which == "x" else ax.set_ylabel)(shorten(what.label, 44))
