"""Draw the price of one listing with its news and its trades, and its volume."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from newsbt.plots import style
from newsbt.plots.axes import Plain, date_axis, money_unit, value_axis
from newsbt.plots.marks import LONG_LINE, SHORT_LINE, news_key, news_marks, trade_key
from newsbt.plots.news_data import PriceData, Trades

__all__ = ["draw_price", "draw_volume"]

#: Distance of a news marker from the bar it stands at, in points.
CLEAR = 9.0


def draw_price(data: PriceData, ax: Axes) -> Axes:
    """Closes; good news below the bar, bad news above; each trade a line from entry to exit.

    A long is a solid line from a filled circle, a short a dashed line from an open square; a cross ends
    both, and a trade still open has none.
    """
    ax.plot(
        data.at,
        data.close,
        color="#7F7F7F",
        linewidth=1.0,
        marker="o" if len(data.at) <= 12 else None,
        markersize=4,
        zorder=2,
    )
    for trades, line in (
        (data.trades.where(data.trades.long), LONG_LINE),
        (data.trades.where(~data.trades.long), SHORT_LINE),
    ):
        _draw_trades(ax, trades, line, _crowd(len(data.trades.opened)))
    away = ax.get_figure(root=True).dpi_scale_trans  # type: ignore[union-attr]
    below, above = ScaledTranslation(0, -CLEAR / 72, away), ScaledTranslation(0, CLEAR / 72, away)
    news_marks(ax, data.news, data.level, scale=_crowd(len(data.news.at)) ** 2, shift=(below, above))
    every = (data.close, data.level, data.trades.entry, data.trades.exit)
    value_axis(ax, f"{data.symbol} close ({data.currency})", *every, room=0.07)
    if len(data.at):
        date_axis(ax, data.at[0], data.at[-1])
    keys = news_key(data.news) + trade_key(data.trades, markersize=6)
    if data.trades.ended.any():
        keys.append(Line2D([], [], linestyle="none", marker="x", color=style.INK, markersize=6, label="exit"))
    style.key_above(ax, handles=keys, labels=[key.get_label() for key in keys])
    return ax


def draw_volume(data: PriceData, ax: Axes) -> Axes:
    """Shares traded in each session, on the dates of :func:`draw_price`."""
    divisor, word = money_unit(float(data.volume.max(initial=0.0)))
    ax.vlines(
        data.at, 0.0, data.volume, color="#9A9A9A", linewidth=float(np.clip(400 / len(data.at), 0.4, 4.0))
    )
    ax.set_ylim(0.0, float(data.volume.max()) * 1.05)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=2, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(Plain(divisor))
    ax.set_ylabel(f"Volume\n({word.strip() or 'shares'})")
    date_axis(ax, data.at[0], data.at[-1])
    return ax


def _crowd(count: int) -> float:
    """Size of a marker where there are `count` of them."""
    return float(np.clip(np.sqrt(30 / max(count, 1)), 0.65, 1.0))


def _draw_trades(ax: Axes, trades: Trades, line: dict[str, Any], crowd: float) -> None:
    if not len(trades.opened):
        return
    ends = np.stack(
        [np.column_stack([trades.opened, trades.entry]), np.column_stack([trades.closed, trades.exit])],
        axis=1,
    )
    ax.add_collection(
        LineCollection(
            list(ends),
            colors=line["color"],
            linestyles=[line["linestyle"]],
            linewidths=2.2 * crowd,
            zorder=2.5,
        )
    )
    filled = bool(trades.long[0])
    ax.plot(
        trades.opened,
        trades.entry,
        linestyle="none",
        marker="o" if filled else "s",
        markersize=5.5 * crowd,
        color=line["color"],
        markerfacecolor=line["color"] if filled else "white",
        markeredgewidth=1.2,
        zorder=2.6,
    )
    ax.plot(
        trades.closed[trades.ended],
        trades.exit[trades.ended],
        linestyle="none",
        marker="x",
        markersize=5.5 * crowd,
        markeredgewidth=1.4 * crowd,
        color=style.INK,
        zorder=2.7,
    )
