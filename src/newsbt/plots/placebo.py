"""The picture of a placebo test: how its worlds did, and where the run is among them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from newsbt.evidence.events.words import count
from newsbt.evidence.placebo.study import KindResult, PlaceboStudy
from newsbt.evidence.placebo.words import KIND_NAMES, figure, label_of, probability
from newsbt.plots import style
from newsbt.records import FloatArray

__all__ = ["placebo_figure"]

#: Inches of one kind's histogram, and between two.
ROW, GAP = 1.35, 0.75
BINS = 48


def placebo_figure(study: PlaceboStudy) -> Figure:
    """One histogram a kind on a common scale, with its 5 to 95 % range and the run's own figure.

    Parameters
    ----------
    study : PlaceboStudy
        With a figure of the run; worlds without one are left out and counted in the label.
    """
    with style.applied():
        rows = len(study.results)
        height = rows * ROW + (rows - 1) * GAP + 2.15
        drawn = style.new_figure(height)
        less = "less" if study.less else "more"
        stories = "1 story" if study.stories == 1 else f"{study.stories:,} stories"
        style.header(
            drawn,
            f"{label_of(study.statistic)}: the run among its placebo worlds",
            f"{stories}, {count(study.signals, 'signal')} at {count(study.listings, 'listing')}"
            + ("; few stories" if study.few else "")
            + f"; {study.worlds:,} worlds of each kind",
            f"Line: the run. Dark: the middle 90 % of the worlds. Tick: their median. {less.capitalize()} is"
            f" better; p is {'two-sided' if study.two_sided else 'one-sided'}.",
        )
        edges = _edges(study)
        for number, item in enumerate(study.results):
            top = height - 1.3 - number * (ROW + GAP)
            ax = style.place(drawn, top - ROW, top, left=0.35, right=0.35)
            null = study.null.loc[study.null["kind"] == item.kind, study.statistic].to_numpy(dtype=np.float64)
            _draw(ax, study, item, null[np.isfinite(null)], edges)
            if number < rows - 1:
                ax.tick_params(labelbottom=False)
        return drawn


def _edges(study: PlaceboStudy) -> FloatArray:
    """Bins that hold nearly all worlds and the run; the rest goes to the outermost."""
    null = study.null[study.statistic].to_numpy(dtype=np.float64)
    null = null[np.isfinite(null)]
    values = [item.chance.value for item in study.results]
    low, high = np.quantile(null, [0.002, 0.998]) if len(null) else (values[0], values[0])
    low, high = min(low, *values), max(high, *values)
    room = 0.04 * (high - low) or 0.5
    return np.linspace(low - room, high + room, BINS + 1)


def _draw(ax: Axes, study: PlaceboStudy, item: KindResult, null: FloatArray, edges: FloatArray) -> None:
    chance = item.chance
    counts, _ = np.histogram(np.clip(null, edges[0], edges[-1]), edges)
    middle = (edges[:-1] + edges[1:]) / 2.0
    inside = (middle >= chance.spread[0]) & (middle <= chance.spread[1])
    width = edges[1] - edges[0]
    for chosen, colour in ((inside, style.MUTED), (~inside, "#B8B8B8")):
        ax.bar(middle[chosen], counts[chosen], width=0.92 * width, color=colour, linewidth=0)
    top = max(int(counts.max()), 1) if len(counts) else 1
    ax.plot([chance.median] * 2, [-0.07 * top, 0.0], color=style.INK, linewidth=2.0, clip_on=False)
    ax.axvline(chance.value, color=style.DOWN, linewidth=2.2)
    ax.set_xlim(edges[0], edges[-1])
    ax.set_ylim(0.0, 1.12 * top)
    ax.yaxis.set_visible(False)
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(8))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: figure(study.statistic, float(value))))
    ax.set_title(
        f"{KIND_NAMES[item.kind]}: run {figure(study.statistic, chance.value)}, median"
        f" {figure(study.statistic, chance.median)}; p = {probability(chance.p_value)}"
        f" ({probability(chance.low)} to {probability(chance.high)})",
        loc="left",
        size=style.TEXT,
        color=style.INK,
        pad=5.0,
    )
