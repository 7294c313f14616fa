"""Picture of a walk-forward: out-of-sample equity, windows, decay by fold, parameters by fold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from newsbt.plots import style
from newsbt.plots.axes import Plain, date_axis, money_unit, value_axis
from newsbt.plots.monthly import DARK, luminance
from newsbt.plots.tuning_frame import CHARACTER, NOTE_LENGTH, SHADES, message_figure, thinned
from newsbt.plots.tuning_text import Measure, cut, measure, shorten
from newsbt.plots.tuning_walk_data import WalkData, walk_data
from newsbt.tuning.walk import FOLD_COLUMNS

__all__ = ["walk_forward_figure"]

TITLE = "Walk-forward: what the search would have earned on data it had not seen"
LEFT, RIGHT = 1.55, 0.25
#: Inches of a row of windows and of parameters.
WINDOW, ROW = 0.16, 0.34
#: For words, which have no order: pale grey, orange, green, purple, yellow.
TINTS = ("#EDEDED", "#FBE3B5", "#C5E7DB", "#F1D6E5", "#F8F3BE")


def walk_forward_figure(
    folds: pd.DataFrame,
    equity: pd.DataFrame,
    objective_label: str,
    cash: float,
    base: str = "",
    axes: Sequence[str] | None = None,
    overall: tuple[float, float] | None = None,
) -> Figure:
    """The picture of a walk-forward.

    Parameters
    ----------
    folds : DataFrame
        One row a fold: ``fold``, ``train_start``, ``train_end``, ``test_start``, ``test_end`` (days, both
        included), ``is_objective``, ``oos_objective`` (larger is better) and the axes.
    equity : DataFrame
        Of the test windows as one account: ``at``, ``equity``.
    objective_label : str
        The objective as written: a metric gets its own name and unit, anything else stands as it is.
    cash : float
        Capital before the first test window.
    base : str
        Currency of the equity.
    axes : sequence of str, optional
        Columns of `folds` that are parameters; without it every column that
        :data:`newsbt.tuning.walk.FOLD_COLUMNS` does not name.
    overall : pair of float, optional
        Objective in sample and out of sample over all folds, for the subtitle.
    """
    if not len(folds):
        return message_figure(TITLE, "", "No fold was finished.")
    names = [str(name) for name in folds.columns if name not in FOLD_COLUMNS] if axes is None else list(axes)
    data = walk_data(folds, equity, names)
    shown = np.abs(np.concatenate([data.inside, data.outside]))
    what = measure(objective_label, float(shown[np.isfinite(shown)].max(initial=0.0)))
    with style.applied():
        windows, table = max(0.55, WINDOW * min(len(folds), 14)), ROW * max(len(names), 1)
        figure = style.new_figure(7.35 + windows + table)
        said = _subtitle(data, what, cash, overall)
        note = "Grey: every other test window. Parameters: dark is the largest of a row, pale the smallest."
        style.header(figure, TITLE, cut(said, NOTE_LENGTH), note)
        top = figure.get_size_inches()[1] - 1.2
        upper = _panel(figure, top, 2.3)
        middle = _panel(figure, top - 2.45, windows)
        lower = _panel(figure, top - 3.55 - windows, 1.7)
        bottom = _panel(figure, top - 5.35 - windows, table)
        _draw_equity(data, upper, cash, base)
        _draw_windows(data, middle)
        # The windows have no room for a key: a training window may begin anywhere.
        drawn = [ax.get_legend_handles_labels() for ax in (upper, middle)]
        style.key_above(upper, handles=drawn[0][0] + drawn[1][0], labels=drawn[0][1] + drawn[1][1])
        _draw_decay(data, lower, what)
        _draw_parameters(data, bottom)
        figure.align_ylabels([upper, lower])
        return figure


def _panel(figure: Figure, top: float, high: float) -> Axes:
    return style.place(figure, top - high, top, left=LEFT, right=RIGHT)


def _subtitle(data: WalkData, what: Measure, cash: float, overall: tuple[float, float] | None) -> str:
    count = len(data.folds)
    said = [f"{count} fold{'' if count == 1 else 's'}"]
    if len(data.equity) and cash > 0:
        gain = (float(data.equity[-1]) / cash - 1.0) * 100
        said.append(f"out of sample {gain:+.1f} %".replace("-", "−"))
    if overall is not None:
        inside, outside = overall
        lost = what.write(inside - outside)
        said.append(f"{what.label}: {what.write(inside)} in sample, {what.write(outside)} out of sample, "
                    f"decay {lost}")  # fmt: skip
    return "; ".join(said)


def _draw_equity(data: WalkData, ax: Axes, cash: float, base: str) -> None:
    for start, end in data.test[::2]:
        ax.axvspan(start, end, color=style.FAINT, alpha=0.55, linewidth=0, zorder=0)
    known = np.isfinite(data.equity)
    if known.any():
        marker = "o" if known.sum() <= 12 else None
        ax.plot(data.moments[known], data.equity[known], color=style.UP, linewidth=1.8, marker=marker,
                markersize=4, label="out-of-sample equity")  # fmt: skip
    else:
        ax.text(0.02, 0.8, "no step out of sample", transform=ax.transAxes, color=style.INK)
    ax.axhline(
        cash, color=style.INK, linewidth=1.0, linestyle=(0, (1, 2)), label="initial capital", zorder=1.5
    )
    divisor, word = money_unit(max(float(np.abs(data.equity[known]).max(initial=0.0)), cash))
    value_axis(ax, f"Equity ({word}{base})" if word or base else "Equity", data.equity, np.array([cash]),
               divisor=divisor)  # fmt: skip
    date_axis(ax, float(data.train.min()), float(data.test.max()))
    ax.tick_params(axis="x", labelbottom=False)


def _draw_windows(data: WalkData, ax: Axes) -> None:
    places = np.arange(len(data.folds), dtype=np.float64)
    for window, colour, label in (
        (data.train, style.SKY, "training window"),
        (data.test, style.BLUE, "test window"),
    ):
        ax.barh(places, window[:, 1] - window[:, 0], left=window[:, 0], height=0.7, color=colour, label=label,
                alpha=0.5 if window is data.train else 1.0)  # fmt: skip
    date_axis(ax, float(data.train.min()), float(data.test.max()))
    ax.set_ylim(len(places) - 0.4, -0.6)
    high = max(0.55, WINDOW * min(len(places), 14))
    keep = thinned(len(places), 0.2, high)
    ax.set_yticks(places[keep], [str(data.folds[at]) for at in keep])
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set_ylabel("Fold")


def _draw_decay(data: WalkData, ax: Axes, what: Measure) -> None:
    places = np.arange(len(data.folds), dtype=np.float64)
    both = np.isfinite(data.inside) & np.isfinite(data.outside)
    ax.vlines(places[both], data.inside[both], data.outside[both], color=style.MUTED, linewidth=1.2, zorder=2)
    marks: dict[str, Any] = {"linestyle": "none", "zorder": 3, "markersize": 7 if len(places) <= 40 else 4}
    ax.plot(places, data.inside, marker="s", markerfacecolor="white", color=style.ORANGE, markeredgewidth=1.6,
            label="in sample", **marks)  # fmt: skip
    ax.plot(places, data.outside, marker="o", color=style.BLUE, label="out of sample", **marks)
    values = np.concatenate([data.inside, data.outside])
    values = values[np.isfinite(values)]
    if len(values):
        low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
        room = max((high - low) * 0.1, 1e-9)
        ax.set_ylim(low - room, high + room)
        ax.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
        ax.yaxis.set_major_formatter(Plain(what.divisor))
    else:
        ax.text(
            0.02, 0.8, "the objective is undefined in every fold", transform=ax.transAxes, color=style.INK
        )
        ax.set_yticks([])
    ax.axhline(0.0, color=style.INK, linewidth=0.8, zorder=1)
    ax.set_ylabel(shorten(what.label, 22))
    ax.set_xlim(-0.5, len(places) - 0.5)
    ax.set_xticks(places, [""] * len(places))
    style.key_above(ax)


def _draw_parameters(data: WalkData, ax: Axes) -> None:
    count = len(data.folds)
    inches = style.WIDTH - LEFT - RIGHT
    scale = Normalize(0.0, 1.15)
    for row, stretches in enumerate(data.stretches):
        words = list(dict.fromkeys(part.label for part in stretches))
        for part in stretches:
            wide = part.last - part.first + 1
            word = np.isnan(part.height)
            colour = TINTS[words.index(part.label) % len(TINTS)] if word else SHADES(scale(part.height))
            ax.add_patch(Rectangle((part.first - 0.5, row - 0.45), wide, 0.9, facecolor=colour,
                                   edgecolor="white", linewidth=1.0))  # fmt: skip
            fits = int(wide * inches / count / CHARACTER)
            if len(part.label) > fits and (fits < 4 or not word):
                continue
            dark = not word and luminance(np.array(colour)[None, :])[0] < DARK
            ax.text((part.first + part.last) / 2, row, cut(part.label, fits), ha="center", va="center",
                    size=style.NOTE, color="white" if dark else style.INK)  # fmt: skip
    ax.set_xlim(-0.5, count - 0.5)
    ax.set_ylim(max(len(data.names), 1) - 0.5, -0.5)
    ax.set_yticks(range(len(data.names)), data.names)
    keep = thinned(count, 0.4, inches)
    ax.set_xticks(keep, [str(data.folds[at]) for at in keep])
    ax.set_xlabel("Fold")
    ax.tick_params(length=0)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
