"""What the pictures of equity show, as plain numbers (pure).

Moments are days since 1970-01-01 UTC as floats, the unit of a date axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.daily import daily_equity
from newsbt.metrics.drawdown import drawdowns
from newsbt.metrics.table import METRICS
from newsbt.records import REACHED_ENGINE, FloatArray
from newsbt.runs import RunResult

__all__ = [
    "CompareData",
    "Curve",
    "EquityData",
    "MonthlyData",
    "Words",
    "compare_data",
    "days_of",
    "equity_data",
    "monthly_data",
    "words",
]

FORMATTERS = {metric.key: metric.formatter for metric in METRICS}
#: Longest label of a run in a legend, in characters.
LONGEST = 40


class Words(NamedTuple):
    """Title, subtitle and note of a run's pictures."""

    title: str
    subtitle: str
    note: str


class EquityData(NamedTuple):
    """Equity of a run and of its benchmark, both from the same capital.

    Parameters
    ----------
    label, benchmark_label : str
        For the legend, with the total return; the second is empty without a benchmark.
    base : str
        Currency.
    initial : float
        Capital before the first step.
    at, equity, drawdown : array, shape (n,)
        One value a step; drawdown is 0 or less here, as it is drawn.
    benchmark_at, benchmark : array, shape (m,)
        Value of the initial capital had it been put into the benchmark; empty without one.
    """

    label: str
    benchmark_label: str
    base: str
    initial: float
    at: FloatArray
    equity: FloatArray
    drawdown: FloatArray
    benchmark_at: FloatArray
    benchmark: FloatArray


class MonthlyData(NamedTuple):
    """Returns by calendar month of UTC dates.

    Parameters
    ----------
    years : tuple of int, length n
        Ascending, without gaps.
    months : array, shape (n, 12)
        Decimals; NaN where the run has no date. The first month counts from the initial capital.
    totals : array, shape (n,)
        Return of the year, or of its part in the run.
    """

    years: tuple[int, ...]
    months: FloatArray
    totals: FloatArray


class Curve(NamedTuple):
    """One run among several: capital 1 at its start."""

    label: str
    at: FloatArray
    growth: FloatArray
    drawdown: FloatArray


class CompareData(NamedTuple):
    """Runs to be laid over one another, in the order given."""

    title: str
    subtitle: str
    note: str
    curves: tuple[Curve, ...]


def days_of(values: Any) -> FloatArray:
    """Times or dates as days since 1970-01-01 UTC; NaN where missing."""
    index = pd.DatetimeIndex(pd.to_datetime(values, utc=True)).as_unit("ns")
    return np.where(index.isna(), np.nan, index.asi8 / 86_400e9)


def words(run: RunResult) -> Words:
    """What stands above and below the pictures of `run`: strategy, signal, period; key figures; caveats."""
    title = f"{run.spec.strategy} on {run.spec.signal} signals, {_period(run.equity)}"
    figures = [("return", "total_return"), ("Sharpe ratio", "sharpe"), ("maximum drawdown", "max_drawdown")]
    said = [
        f"{name} {_written(key, run.metrics[key])}"
        for name, key in figures
        if run.metrics.get(key) is not None
    ]
    if said and (run.metrics.get("trades") or run.metrics.get("open_trades")):
        paid = (run.metrics.get("fees") or 0.0) + (run.metrics.get("borrow") or 0.0)
        said[0] += " after costs" if paid else " without costs"
    trades = run.metrics.get("trades")
    said.append(
        f"{_written('trades', trades)} closed trade{'' if trades == 1 else 's'}"
        if trades
        else "no closed trades"
    )
    return Words(title, "   ".join(said), _hindsight(run.signals))


def _written(key: str, value: float | int | None) -> str:
    """A metric as everywhere else, with a true minus sign."""
    return FORMATTERS[key](value).replace("-", "−")


def _period(equity: pd.DataFrame) -> str:
    if not len(equity):
        return "no steps"
    first, last = f"{equity['at'].iloc[0]:%Y-%m-%d}", f"{equity['at'].iloc[-1]:%Y-%m-%d}"
    return first if first == last else f"{first} to {last}"


def _hindsight(signals: pd.DataFrame) -> str:
    """Say which share of the signals that reached the strategy rests on labels made after the fact."""
    share = _hindsight_share(signals)
    if not share:
        return ""
    return (
        f"Hindsight labels: {share * 100:.0f} % of the signals rest on a direction judged after publication."
    )


def _hindsight_share(signals: pd.DataFrame) -> float:
    if "hindsight" not in signals:
        return 0.0
    live = signals.loc[signals["status"].isin(REACHED_ENGINE), "hindsight"].astype(bool)
    return float(live.mean()) if len(live) else 0.0


def equity_data(run: RunResult) -> EquityData:
    """Equity, drawdown and benchmark of `run`."""
    initial = float(run.spec.cash)
    equity = np.asarray(run.equity["equity"], dtype=np.float64)
    at = days_of(run.equity["at"])
    below = -drawdowns(equity, initial)
    benchmark_at, benchmark, label = np.empty(0), np.empty(0), ""
    if run.benchmark is not None and len(run.benchmark) and len(at):
        closes = run.benchmark.dropna()
        moments = days_of(closes.index)
        # The last close before the run is the price that the initial capital buys at.
        kept = slice(max(0, int((moments < np.floor(at[0])).sum()) - 1), int((moments <= at[-1]).sum()))
        prices, benchmark_at = np.asarray(closes, dtype=np.float64)[kept], moments[kept]
        if len(prices):
            benchmark = initial * prices / prices[0]
            benchmark_at = np.maximum(benchmark_at, np.floor(at[0]))
            name = str(run.benchmark.name or run.spec.benchmark)
            label = f"{name} {_written('total_return', prices[-1] / prices[0] - 1)}"
    total = equity[-1] / initial - 1 if len(equity) else 0.0
    own = f"{run.spec.strategy} {_written('total_return', total)}"
    return EquityData(own, label, run.spec.base, initial, at, equity, below, benchmark_at, benchmark)


def monthly_data(run: RunResult) -> MonthlyData:
    """Returns of `run` by month and year."""
    daily = daily_equity(run.equity)
    if not len(daily):
        return MonthlyData((), np.empty((0, 12)), np.empty(0))
    dates = pd.DatetimeIndex(daily.index)
    month = np.asarray(dates.year * 12 + dates.month - 1, dtype=np.int64)
    value = np.asarray(daily, dtype=np.float64)
    ends = np.flatnonzero(np.append(np.diff(month) != 0, True))
    before = np.concatenate(([float(run.spec.cash)], value[ends[:-1]]))
    years = tuple(range(int(month[0]) // 12, int(month[-1]) // 12 + 1))
    months = np.full((len(years), 12), np.nan)
    place = month[ends] - years[0] * 12
    months[place // 12, place % 12] = value[ends] / before - 1.0
    totals = np.where(
        np.isnan(months).all(axis=1), np.nan, np.prod(1.0 + np.nan_to_num(months), axis=1) - 1.0
    )
    return MonthlyData(years, months, totals)


def compare_data(runs: Sequence[RunResult]) -> CompareData:
    """Equity of each run as a multiple of its own capital, and its drawdown.

    A run is labelled with its strategy; with its name as well where strategies repeat.
    """
    strategies = [run.spec.strategy for run in runs]
    curves = []
    for run in runs:
        equity = np.asarray(run.equity["equity"], dtype=np.float64)
        label = run.spec.strategy if strategies.count(run.spec.strategy) == 1 else run.name
        if len(label) > LONGEST:
            label = f"{label[: LONGEST // 2]}…{label[1 - LONGEST // 2 :]}"
        below = -drawdowns(equity, run.spec.cash)
        curves.append(Curve(label, days_of(run.equity["at"]), equity / run.spec.cash, below))
    moments = [run.equity["at"] for run in runs if len(run.equity)]
    period = _period(pd.concat(moments).sort_values().to_frame()) if moments else "no steps"
    names = ", ".join(dict.fromkeys(strategies))
    title = names if len(names) <= LONGEST and len(set(strategies)) == len(runs) else f"{len(runs)} runs"
    currencies = " and ".join(dict.fromkeys(run.spec.base for run in runs))
    subtitle = f"each from its own initial capital, in {currencies}"
    late = [share for run in runs if (share := _hindsight_share(run.signals))]
    most = f"up to {max(late, default=0.0) * 100:.0f} % of the signals"
    note = (
        f"Hindsight labels in {len(late)} of {len(runs)} runs: {most} rest on a direction judged afterwards."
    )
    return CompareData(f"{title}, {period}", subtitle, note if late else "", tuple(curves))
