"""Compose the pictures of a run and of a comparison, without pyplot: nothing global is touched."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from newsbt.plots import style
from newsbt.plots.compare import draw_compare, draw_compare_drawdown
from newsbt.plots.data import EquityData, MonthlyData, Words, compare_data, equity_data, monthly_data, words
from newsbt.plots.equity import draw_drawdown, draw_equity
from newsbt.plots.monthly import draw_monthly
from newsbt.plots.news_data import (
    PriceData,
    TimelineData,
    counts,
    most_traded,
    news_of,
    price_data,
    timeline_data,
    trades_of,
)
from newsbt.plots.price import draw_price, draw_volume
from newsbt.plots.risk import profit_figure, risk_figure
from newsbt.plots.timeline import draw_timeline, timeline_rows
from newsbt.runs import RunResult

__all__ = [
    "compare_figure",
    "equity_figure",
    "monthly_figure",
    "price_figure",
    "run_figures",
    "signals_figure",
]


def run_figures(run: RunResult, prices: int = 4, *, every: bool = False) -> dict[str, Figure]:
    """The pictures of one run by name: equity, monthly, signals, price_SYMBOL of the most traded listings.

    Parameters
    ----------
    run : RunResult
        May be without trades, signals, benchmark or prices.
    prices : int
        At most so many pictures of prices.
    every : bool
        Also risk and profit, which a run by itself does not draw: they take time.
    """
    news, trades, said = news_of(run), trades_of(run), words(run)
    figures = {
        "equity": equity_figure(equity_data(run), said),
        "monthly": monthly_figure(monthly_data(run), said),
        "signals": signals_figure(timeline_data(run, news, trades), said),
    }
    if every:
        figures |= {"risk": risk_figure(run), "profit": profit_figure(run)}
    for symbol in most_traded(run, news, prices):
        figures[f"price_{symbol}"] = price_figure(price_data(run, symbol, news, trades), said)
    return figures


def equity_figure(data: EquityData, said: Words) -> Figure:
    """Equity with its benchmark, and the drawdown below it."""
    with style.applied():
        figure = style.new_figure(6.0)
        style.header(figure, *said)
        upper, lower = style.place(figure, 2.4, 4.85), style.place(figure, 0.85, 2.2)
        draw_equity(data, upper)
        draw_drawdown(data, lower)
        _share_dates(upper)
        figure.align_ylabels([upper, lower])
        return figure


def price_figure(data: PriceData, said: Words) -> Figure:
    """Price of one listing with news and trades, and the volume below it where that is known."""
    with style.applied():
        figure = style.new_figure(6.0)
        style.header(figure, f"{data.symbol}: {said.title}", counts(data.news, data.trades), said.note)
        if not data.volume.any():
            draw_price(data, style.place(figure, 0.85, 4.85))
            return figure
        upper, lower = style.place(figure, 1.75, 4.85), style.place(figure, 0.85, 1.6)
        draw_price(data, upper)
        draw_volume(data, lower)
        _share_dates(upper)
        figure.align_ylabels([upper, lower])
        return figure


def monthly_figure(data: MonthlyData, said: Words) -> Figure:
    """Returns by month and year; as high as it has years."""
    with style.applied():
        height = 0.45 * max(1, len(data.years))
        figure = style.new_figure(1.75 + height)
        style.header(figure, f"Monthly returns in %: {said.title}", said.subtitle, said.note)
        draw_monthly(data, style.place(figure, 0.5, 0.5 + height, left=0.75))
        return figure


def signals_figure(data: TimelineData, said: Words) -> Figure:
    """News and positions of all listings; as high as it has listings."""
    with style.applied():
        height = max(1.5, 0.36 * timeline_rows(data))
        figure = style.new_figure(height + 2.0)
        style.header(figure, f"News and positions: {said.title}", counts(data.news, data.trades), said.note)
        draw_timeline(data, style.place(figure, 0.85, 0.85 + height, left=1.15))
        return figure


def compare_figure(runs: Sequence[RunResult]) -> Figure:
    """Equity and drawdown of several runs, each from its own initial capital."""
    with style.applied():
        data = compare_data(runs)
        widest = max((len(curve.label) for curve in data.curves), default=0)
        right = 1.75 + 0.1 * widest
        figure = style.new_figure(max(6.0, 2.0 + 0.24 * len(runs)), max(style.WIDTH, 6.5 + right))
        top = figure.get_size_inches()[1] - 0.85
        style.header(figure, data.title, data.subtitle, data.note)
        upper, lower = style.place(figure, 2.5, top, right=right), style.place(figure, 0.85, 2.3, right=right)
        draw_compare(data, upper)
        draw_compare_drawdown(data, lower)
        _share_dates(upper)
        figure.align_ylabels([upper, lower])
        return figure


def _share_dates(upper: Axes) -> None:
    """Leave the labels of the dates to the axes below, which has the same ones."""
    upper.tick_params(axis="x", labelbottom=False)
