"""Stability of a search's trials against their objective: plateaus at the top, spikes at the bottom."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from newsbt.plots import style
from newsbt.plots.axes import Plain
from newsbt.plots.tuning_data import Scored, sample
from newsbt.plots.tuning_frame import NOTE_LENGTH, scatter_scale
from newsbt.plots.tuning_text import Measure, cut, is_are, point_text
from newsbt.records import FloatArray
from newsbt.tuning.axes import Axis

__all__ = ["StabilityData", "stability_data", "stability_figure"]

#: Points drawn, at most, beside the best; trials with a label.
REST, LABELLED = 4000, 5


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
        scatter_scale(ax, "x", data.x, what)
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
    return "\n".join(textwrap.wrap(text, width))
