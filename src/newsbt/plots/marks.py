"""Marks for news and trades that several pictures share, told apart without colour too."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import Transform

from newsbt.plots import style
from newsbt.plots.news_data import News, Trades
from newsbt.records import FloatArray

__all__ = ["LONG_LINE", "SHORT_LINE", "news_key", "news_marks", "trade_key"]

LONG_LINE: dict[str, Any] = {"color": style.LONG, "linestyle": "solid"}
SHORT_LINE: dict[str, Any] = {"color": style.SHORT, "linestyle": (0, (3, 1.2))}
MARKER: dict[str, Any] = {"linestyle": "none", "markersize": 8.5}


def news_marks(
    ax: Axes,
    news: News,
    level: FloatArray,
    scale: float = 1.0,
    shift: tuple[Transform, Transform] | None = None,
) -> None:
    """Triangles at `level`: up for good news, down for bad, larger with the score, hollow if not traded.

    Parameters
    ----------
    ax : Axes
    news : News
        Shape (n,).
    level : array, shape (n,)
        Their height in data units.
    scale : float
        Of the area of the triangles.
    shift : pair of Transform, optional
        Added for good and for bad news, to keep markers off a line.
    """
    strength = np.abs(news.score)
    for good, marker, colour in ((True, "^", style.UP), (False, "v", style.DOWN)):
        for traded in (False, True):
            chosen = ((news.score > 0) == good) & (news.traded == traded)
            if not chosen.any():
                continue
            moved: dict[str, Any] = {}
            if shift is not None:
                moved["transform"] = ax.transData + shift[0 if good else 1]
            ax.scatter(
                news.at[chosen],
                level[chosen],
                s=(24 + 74 * strength[chosen]) * scale,
                marker=marker,
                facecolors=colour if traded else "white",
                edgecolors="white" if traded else colour,
                linewidths=0.5 if traded else 1.1,
                alpha=0.65 + 0.35 * strength[chosen] if traded else 0.9,
                zorder=4 if traded else 3,
                **moved,
            )


def news_key(news: News) -> list[Line2D]:
    """Legend entries for the kinds of news that occur."""
    entries = []
    for good, marker, colour, label in (
        (True, "^", style.UP, "good news"),
        (False, "v", style.DOWN, "bad news"),
    ):
        if ((news.score > 0) == good).any():
            entries.append(Line2D([], [], marker=marker, color=colour, label=label, **MARKER))
    if not news.traded.all():
        entries.append(
            Line2D([], [], marker="^", color=style.MUTED, mfc="white", label="not traded", **MARKER)
        )
    return entries


def trade_key(trades: Trades, **options: Any) -> list[Line2D]:
    """Legend entries for the kinds of trades that occur."""
    entries = []
    if trades.long.any():
        entries.append(Line2D([], [], label="long", **LONG_LINE, marker="o", **options))
    if (~trades.long).any():
        entries.append(Line2D([], [], label="short", **SHORT_LINE, marker="s", mfc="white", **options))
    return entries
