"""Pictures of risk over time, of the distribution of daily returns and of where the profit came from."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from newsbt.attribution import GROUPS, breakdown
from newsbt.plots import style
from newsbt.plots.axes import Plain, date_axis, money_unit
from newsbt.plots.data import days_of, words
from newsbt.plots.risk_data import Bars, Rolling, distribution_data, rolling_data
from newsbt.plots.tuning_text import decimals, readable
from newsbt.records import FloatArray
from newsbt.runs import RunResult

__all__ = ["profit_figure", "risk_figure"]

TITLES = {
    "issuer": "issuer", "listing": "listing", "venue": "venue", "side": "side", "age": "sessions held",
    "category": "category of news", "exit": "reason of exit", "cost": "price and cost",
}  # fmt: skip
#: Bars of one split of the profit, at most; the others are one bar.
MOST_BARS = 10


def risk_figure(run: RunResult) -> Figure:
    """Exposure, rolling Sharpe ratio, volatility and beta, and the distribution of daily returns."""
    said, found, bars = words(run), rolling_data(run), distribution_data(run)
    with style.applied():
        panels = [_exposure] if len(run.equity) else []
        rows = len(panels) + (0 if found is None else 3 if np.isfinite(found.beta).any() else 2)
        figure = style.new_figure(
            1.75 + 1.65 * rows + (2.9 if bars else 0.0) + (0.0 if rows or bars else 1.0)
        )
        note = "" if found is None else f"Rolling figures are of the last {found.window} daily returns."
        style.header(figure, f"Risk over time: {said.title}", said.subtitle, note)
        top = figure.get_size_inches()[1] - 1.0
        at: FloatArray = days_of(run.equity["at"])
        for place in range(rows):
            ax = style.place(figure, top - 1.65 * (place + 1) + 0.4, top - 1.65 * place)
            if place < len(panels):
                _exposure(run, at, ax)
            elif found is not None:
                _rolling(found, place - len(panels), ax)
            date_axis(ax, at[0], at[-1])
            ax.tick_params(axis="x", labelbottom=place == rows - 1)
        if bars:
            _distribution(bars, run.metrics.get("var_95"), style.place(figure, 0.95, top - 1.65 * rows - 0.3))
        return figure


def profit_figure(run: RunResult) -> Figure:
    """Profit after costs by issuer, listing, venue, side, category, holding age, exit and cost."""
    said = words(run)
    splits = [(by, breakdown(run.attribution, by)) for by in GROUPS] if len(run.attribution) else []
    with style.applied():
        rows = [splits[place : place + 2] for place in range(0, len(splits), 2)]
        heights = [0.75 + 0.26 * max(min(len(table), MOST_BARS) for _, table in row) for row in rows]
        figure = style.new_figure(1.45 + sum(heights) + (0.0 if rows else 0.8))
        note = (
            "Each split sums to the profit of the run. Bars to the left are losses." if rows else "No trades."
        )
        style.header(figure, f"Where the profit came from: {said.title}", said.subtitle, note)
        top = figure.get_size_inches()[1] - 0.85
        for row, height in zip(rows, heights, strict=True):
            for side, (by, table) in enumerate(row):
                ax = style.place(
                    figure, top - height + 0.25, top - 0.4, left=1.6 + 5.0 * side, right=6.4 - 5.0 * side
                )
                values = table["pnl"].to_numpy(dtype=np.float64)
                divisor, word = money_unit(float(np.abs(values).max()))
                _bars(table["name"].tolist(), values, divisor, ax)
                title = f"By {TITLES[by]}, {word}{run.spec.base}"
                ax.set_title(title, loc="left", size=style.TEXT, weight="bold")
            top -= height
        return figure


def _exposure(run: RunResult, at: FloatArray, ax: Axes) -> None:
    gross = run.equity["gross_exposure"].to_numpy(dtype=np.float64)
    ax.fill_between(at, gross, 0.0, step="post", color=style.UP, alpha=0.2, linewidth=0)
    ax.step(at, gross, where="post", color=style.UP, label="gross")
    if "net_exposure" in run.equity:
        net = run.equity["net_exposure"].to_numpy(dtype=np.float64)
        dashed: dict[str, Any] = {"color": style.BENCHMARK, "linewidth": 1.2, "linestyle": (0, (5, 1.5))}
        ax.step(at, net, where="post", label="net", **dashed)
    _ticks(ax, "Exposure\n(% of equity)", 0.01)
    style.key_above(ax)


def _rolling(found: Rolling, place: int, ax: Axes) -> None:
    label, values, divisor = (
        ("Rolling Sharpe\nratio (a year)", found.sharpe, 1.0),
        ("Rolling volatility\n(% a year)", found.volatility, 0.01),
        ("Rolling\nbeta", found.beta, 1.0),
    )[place]
    ax.plot(days_of(found.dates), values, color=style.UP)
    if np.nanmin(values, initial=0.0) < 0.0:
        ax.axhline(0.0, color=style.MUTED, linewidth=0.8)
    _ticks(ax, label, divisor)


def _distribution(bars: Bars, at_risk: float | int | None, ax: Axes) -> None:
    colours = [style.DOWN if edge < -1e-12 else style.UP for edge in bars.edges[:-1]]
    ax.bar(bars.edges[:-1], bars.counts, np.diff(bars.edges), align="edge", color=colours, edgecolor="white")
    if at_risk is not None:
        ax.axvline(-at_risk, color=style.INK, linewidth=1.0, linestyle=(0, (4, 2)))
        said = f"5 % worse than {decimals(-at_risk * 100, 2)} % "
        ax.text(
            -at_risk, 1.0, said, transform=ax.get_xaxis_transform(), ha="right", va="top", size=style.NOTE
        )
    ax.xaxis.set_major_locator(MaxNLocator(nbins=9, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(Plain(0.01))
    ax.set_xlabel("Return of a day (%)")
    _ticks(ax, "Days", 1.0)


def _bars(names: list[str], values: FloatArray, divisor: float, ax: Axes) -> None:
    """Horizontal bars, first on top, with their values in a column to the right."""
    if len(values) > MOST_BARS:
        rest = len(values) - MOST_BARS + 1
        names, values = [*names[:-rest], f"{rest} others"], np.append(values[:-rest], values[-rest:].sum())
    places = np.arange(len(values))[::-1]
    ax.barh(places, values, 0.62, color=[style.UP if value > 0 else style.DOWN for value in values])
    ax.axvline(0.0, color=style.MUTED, linewidth=0.8)
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    ax.set_xlim(low, high if high > low else low + 1.0)
    column: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "ha": "right", "va": "center"}
    for place, value in zip(places, values, strict=True):
        ax.text(1.45, place, decimals(value / divisor, 2 if divisor > 1.0 else 0), size=style.NOTE, **column)
    ax.set_yticks(places, [readable(name.replace("_", " "), 16) for name in names])
    ax.set_xticks([])
    ax.grid(visible=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _ticks(ax: Axes, label: str, divisor: float) -> None:
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(Plain(divisor))
    ax.set_ylabel(label)
