"""Draw the news of all listings on one time line, a row each, with the positions held."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Patch

from newsbt.plots import style
from newsbt.plots.axes import date_axis
from newsbt.plots.marks import news_key, news_marks
from newsbt.plots.news_data import TimelineData

__all__ = ["draw_timeline", "timeline_rows"]

#: Height of a score of 1, as a share of the row.
REACH = 0.36
#: Half the height of the bar that shows a position.
BAR = 0.14


def timeline_rows(data: TimelineData) -> int:
    """Rows the picture needs: one for each listing and one for the name of each venue."""
    return max(1, sum(1 + len(symbols) for _, symbols in data.groups))


def draw_timeline(data: TimelineData, ax: Axes) -> Axes:
    """A stem for each session with news, up or down by its score; a bar while a position is held.

    The bar lies above its row's line for a long, hatched below it for a short.
    """
    rows: dict[str, float] = {}
    labels: list[str] = []
    heights: list[float] = []
    count = timeline_rows(data)
    for venue, symbols in data.groups:
        for name in (venue, *symbols):
            height = float(count - 1 - len(labels))
            labels.append(name)
            heights.append(height)
            if name != venue:
                rows[name] = height
    base = np.array([rows[symbol] for symbol in data.news.symbol], dtype=np.float64)
    ax.hlines(
        list(rows.values()),
        0,
        1,
        transform=ax.get_yaxis_transform(),
        color=style.FAINT,
        linewidth=0.8,
        zorder=1,
    )
    _positions(data, rows, ax)
    tips = base + REACH * data.news.score
    stems = np.stack([np.column_stack([data.news.at, base]), np.column_stack([data.news.at, tips])], axis=1)
    colours = np.where(data.news.score > 0, style.UP, style.DOWN)
    ax.add_collection(LineCollection(list(stems), colors=list(colours), linewidths=0.9, zorder=2.5))
    news_marks(ax, data.news, tips, scale=0.55)
    ax.set_ylim(-0.6, count - 0.4)
    ax.set_yticks(heights, labels)
    for label in ax.get_yticklabels():
        if label.get_text() not in rows:
            label.set_fontweight("bold")
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="x")
    ax.spines["left"].set_visible(False)
    if data.groups:
        date_axis(ax, data.first, data.last)
    keys = [*news_key(data.news), *_position_key(data)]
    style.key_above(ax, handles=keys, labels=[key.get_label() for key in keys])
    return ax


def _positions(data: TimelineData, rows: dict[str, float], ax: Axes) -> None:
    trades = data.trades.where(np.isin(data.trades.symbol.astype(str), list(rows)))
    base = np.array([rows[symbol] for symbol in trades.symbol], dtype=np.float64)
    far = base + np.where(trades.long, BAR, -BAR)
    corners = [(trades.opened, base), (trades.closed, base), (trades.closed, far), (trades.opened, far)]
    boxes = np.stack([np.column_stack(corner) for corner in corners], axis=1)
    looks: tuple[tuple[bool, dict[str, Any]], ...] = ((True, {}), (False, {"hatch": "//////"}))
    for side, look in looks:
        chosen = boxes[trades.long == side]
        if len(chosen):
            colour = style.LONG if side else style.SHORT
            ax.add_collection(
                PolyCollection(
                    list(chosen),
                    facecolors=(colour, 0.3),
                    edgecolors=colour,
                    linewidths=0.6,
                    zorder=2,
                    **look,
                )
            )


def _position_key(data: TimelineData) -> list[Patch]:
    entries = []
    if data.trades.long.any():
        entries.append(Patch(facecolor=(style.LONG, 0.3), edgecolor=style.LONG, label="long"))
    if (~data.trades.long).any():
        entries.append(
            Patch(facecolor=(style.SHORT, 0.3), edgecolor=style.SHORT, hatch="//////", label="short")
        )
    return entries
