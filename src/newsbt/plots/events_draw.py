"""Draw an event study: CAAR with its band, the reaction in parts, events by session."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator

from newsbt.plots import style
from newsbt.plots.axes import Plain
from newsbt.plots.compare import curve_looks
from newsbt.plots.events_data import CaarLine, HeatData, SplitBars

__all__ = ["draw_caar", "draw_heat", "draw_split"]

PART_LOOKS = (
    ("untradable: last close to first tradable price", style.MUTED, "///"),
    ("first session", style.ORANGE, ""),
    ("drift after", style.BLUE, "..."),
)


def draw_caar(
    lines: Sequence[CaarLine], ax: Axes, *, bands: int = 1, by_open: bool = True, named: bool = True
) -> Axes:
    """Cumulative mean abnormal return by session; a band for the first `bands` lines, the rest as lines.

    The first tradable price is the open of day 0, or its close where `by_open` is False. A legend names the
    lines unless `named` is False.
    """
    for number, (line, look) in enumerate(zip(lines, curve_looks(len(lines)), strict=True)):
        if number < bands and line.banded:
            ax.fill_between(line.sessions, line.low, line.high, color=look["color"], alpha=0.15, linewidth=0)
        ax.plot(
            line.sessions,
            line.caar,
            label=line.label,
            linewidth=1.2 if line.small else 2.0,
            markersize=4,
            **look,
        )
    ax.axhline(0.0, color=style.INK, linewidth=0.9)
    _mark_first_price(ax, by_open)
    first, last = float(lines[0].sessions[0]), float(lines[0].sessions[-1])
    ax.set_xlim(first - 0.2, last + 0.2)
    ax.margins(y=0.09)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True))
    ax.xaxis.set_major_formatter(Plain())
    ax.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(Plain(0.01))
    ax.set_xlabel("Session from the first tradable one")
    ax.set_ylabel("CAAR (%)")
    if named:
        ax.legend(loc="upper left", bbox_to_anchor=(1.015, 1.0), labelspacing=0.4, handlelength=2.6)
    return ax


def _mark_first_price(ax: Axes, by_open: bool) -> None:
    at = -0.5 if by_open else 0.0
    ax.axvline(at, color=style.INK, linewidth=0.9, linestyle=(0, (4, 3)))
    ax.text(
        at + 0.1, 0.99, "first tradable price", transform=ax.get_xaxis_transform(), va="top",
        color=style.MUTED, size=style.NOTE,
    )  # fmt: skip


def draw_split(data: SplitBars, ax: Axes) -> Axes:
    """Three bars a group, with bands; small groups are pale and say so."""
    places = np.arange(len(data.labels)) + 0.6 * (data.block - data.block[0])
    places = places[-1] - places
    for part, (label, colour, hatch) in enumerate(PART_LOOKS):
        at = places + 0.27 * (1 - part)
        for faint in (False, True):
            rows = np.array([small == faint for small in data.small], dtype=np.bool_)
            if not rows.any():
                continue
            ax.barh(
                at[rows],
                data.mean[rows, part],
                height=0.25,
                color=colour,
                alpha=0.4 if faint else 1.0,
                hatch=hatch,
                edgecolor="white",
                linewidth=0.5,
                label="_" if faint and not all(data.small) else label,
            )
        known = np.isfinite(data.low[:, part]) & ~np.array(data.small, dtype=np.bool_)
        ax.hlines(at[known], data.low[known, part], data.high[known, part], color=style.INK, linewidth=0.8)
    shown = [data.mean, *(side[[not small for small in data.small]] for side in (data.low, data.high))]
    reach = np.abs(np.concatenate([values[np.isfinite(values)] for values in shown]))
    limit = float(reach.max()) * 1.06 if len(reach) else 0.01
    ax.set_xlim(-limit, limit)
    ax.axvline(0.0, color=style.INK, linewidth=0.9)
    ax.set_ylim(-0.6, places[0] + 0.6)
    ax.yaxis.set_major_locator(FixedLocator(places.tolist()))
    ax.set_yticklabels([
        f"{label}{', small' if small else ''}" for label, small in zip(data.labels, data.small, strict=True)
    ])  # fmt: skip
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.xaxis.set_major_formatter(Plain(0.01))
    ax.set_xlabel("Mean abnormal log return in the direction of the news (%)")
    style.key_above(ax)
    return ax


def draw_heat(data: HeatData, ax: Axes, colours: Axes) -> Axes:
    """Abnormal return of each event (row) on each session (column); orange is against the news."""
    from matplotlib.colors import LinearSegmentedColormap

    limit = float(np.quantile(np.abs(data.values), 0.98)) if data.values.size else 0.01
    shades = LinearSegmentedColormap.from_list("against-with", [style.VERMILION, "#FFFFFF", style.BLUE])
    edges = (data.sessions[0] - 0.5, data.sessions[-1] + 0.5, len(data.labels) - 0.5, -0.5)
    image = ax.imshow(
        data.values,
        aspect="auto",
        cmap=shades,
        vmin=-limit,
        vmax=limit,
        extent=edges,
        interpolation="nearest",
    )
    ax.axvline(-0.5, color=style.INK, linewidth=1.0)
    ax.yaxis.set_major_locator(FixedLocator(list(range(len(data.labels)))))
    ax.set_yticklabels(data.labels, size=style.NOTE - 1.5)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True))
    ax.xaxis.set_major_formatter(Plain())
    ax.set_xlabel("Session from the first tradable one")
    ax.grid(visible=False)
    bar = ax.figure.colorbar(image, cax=colours, extend="both")
    bar.ax.yaxis.set_major_formatter(Plain(0.01))
    bar.outline.set_visible(False)  # type: ignore[operator, unused-ignore]
    colours.grid(visible=False)
    colours.set_ylabel("Abnormal return with the news (%)")
    return ax
