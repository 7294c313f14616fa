"""The one ordered list of metrics: key, label, unit, format, description, function (pure).

The command line, ``metrics.json``, the report and ``docs/metrics.md`` all read it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from newsbt.metrics import drawdown, relative, returns, trades
from newsbt.metrics.formats import Formatter, Value, count, money, percent, plain, signed_percent
from newsbt.metrics.inputs import MetricInputs

__all__ = ["METRICS", "SUMMARY", "Metric", "compute"]

SHARE, YEARLY, RATIO, MONEY = "fraction", "fraction a year", "ratio", "base currency"


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of a run.

    Parameters
    ----------
    key : str
        In ``metrics.json`` and in a search's objective.
    label : str
        For a table.
    unit : str
        Of the stored value; a fraction is a decimal, 0.01 = 1 %.
    formatter : callable
        Writes a value, or None, for a reader.
    description : str
        What it is, in one sentence.
    undefined : str
        When it is None; empty for never.
    value : callable
        Computes it.
    """

    key: str
    label: str
    unit: str
    formatter: Formatter
    description: str
    undefined: str
    value: Callable[[MetricInputs], Value]


def _cagr(run: MetricInputs) -> float | None:
    return returns.cagr(run.final_equity, run.initial_cash, run.years, len(run.dates))


def _max_drawdown(run: MetricInputs) -> float | None:
    return drawdown.max_drawdown(run.steps, run.initial_cash)


METRICS: tuple[Metric, ...] = (
    Metric(
        "final_equity", "Final equity", MONEY, money,
        "Cash and positions after the last step, open positions at their last mark.", "",
        lambda run: run.final_equity,
    ),
    Metric(
        "total_return", "Total return", SHARE, signed_percent,
        "Final equity / initial capital - 1.", "",
        lambda run: returns.total_return(run.final_equity, run.initial_cash),
    ),
    Metric(
        "cagr", "Growth a year", YEARLY, signed_percent,
        "(Final equity / initial capital)^(1 / years) - 1, years of 365.25 calendar days.",
        "fewer than two dates, or an account that ends in debt",
        _cagr,
    ),
    Metric(
        "volatility", "Volatility", YEARLY, percent,
        "Sample deviation of daily returns times the root of the dates a year.",
        "fewer than two dates",
        lambda run: returns.volatility(run.returns, run.per_year),
    ),
    Metric(
        "sharpe", "Sharpe ratio", RATIO, plain,
        "Mean daily return above the risk-free rate (0 unless given) / sample deviation, "
        "times the root of the dates a year.",
        "fewer than two dates, or no deviation",
        lambda run: returns.sharpe(run.returns, run.per_year, run.risk_free),
    ),
    Metric(
        "sortino", "Sortino ratio", RATIO, plain,
        "As the Sharpe ratio, with the root mean square of min(return - risk-free rate, 0) as deviation.",
        "fewer than two dates, or no return below the rate",
        lambda run: returns.sortino(run.returns, run.per_year, run.risk_free),
    ),
    Metric(
        "max_drawdown", "Maximum drawdown", SHARE, percent,
        "Largest loss from a peak, over all steps, the initial capital being the first peak.",
        "no steps",
        _max_drawdown,
    ),
    Metric(
        "max_drawdown_days", "Longest drawdown", "calendar days", count,
        "Longest time from a peak until it is reached again, or until the end.",
        "no steps",
        lambda run: drawdown.max_drawdown_days(run.at, run.steps, run.initial_cash),
    ),
    Metric(
        "calmar", "Calmar ratio", RATIO, plain,
        "Growth a year / maximum drawdown, over the whole run.",
        "no drawdown, or no growth a year",
        lambda run: drawdown.calmar(_cagr(run), _max_drawdown(run)),
    ),
    Metric(
        "skew", "Skewness", RATIO, plain,
        "Third central moment of daily returns / population deviation cubed.",
        "fewer than three dates, or no deviation",
        lambda run: returns.skew(run.returns),
    ),
    Metric(
        "kurtosis", "Excess kurtosis", RATIO, plain,
        "Fourth central moment of daily returns / population variance squared, less 3.",
        "fewer than four dates, or no deviation",
        lambda run: returns.kurtosis(run.returns),
    ),
    Metric(
        "var_95", "Value at risk, 95 %", SHARE, percent,
        "Daily loss exceeded on 5 % of the days (historical); a loss is positive.",
        "fewer than 20 dates",
        lambda run: returns.value_at_risk(run.returns),
    ),
    Metric(
        "trades", "Closed trades", "count", count,
        "Trades from flat to flat in one listing that have ended.", "",
        lambda run: len(run.closed),
    ),
    Metric(
        "open_trades", "Open trades", "count", count,
        "Positions still held after the last step; in equity, but in no other metric of trades.", "",
        lambda run: len(run.trades) - len(run.closed),
    ),
    Metric(
        "win_rate", "Winning trades", SHARE, percent,
        "Share of closed trades with a profit above zero after all costs.",
        "no closed trade",
        lambda run: trades.win_rate(run.profits),
    ),
    Metric(
        "profit_factor", "Profit factor", RATIO, plain,
        "Sum of profits / sum of losses of closed trades, after all costs.",
        "no losing trade",
        lambda run: trades.profit_factor(run.profits),
    ),
    Metric(
        "avg_trade_return", "Mean trade", SHARE, signed_percent,
        "Mean return of closed trades, each on its own entry value.",
        "no closed trade",
        lambda run: trades.mean(run.of_closed("return")),
    ),
    Metric(
        "best_trade", "Best trade", SHARE, signed_percent,
        "Highest return of a closed trade.",
        "no closed trade",
        lambda run: trades.extreme(run.of_closed("return"), largest=True),
    ),
    Metric(
        "worst_trade", "Worst trade", SHARE, signed_percent,
        "Lowest return of a closed trade.",
        "no closed trade",
        lambda run: trades.extreme(run.of_closed("return"), largest=False),
    ),
    Metric(
        "avg_sessions_held", "Mean holding time", "sessions", plain,
        "Mean number of sessions of the listing that a closed trade lasted.",
        "no closed trade",
        lambda run: trades.mean(run.of_closed("sessions_held")),
    ),
    Metric(
        "exposure", "Time in the market", SHARE, percent,
        "Share of UTC dates with a position after at least one step.",
        "no steps",
        lambda run: trades.exposure(run.at.normalize().asi8, run.held),
    ),
    Metric(
        "turnover", "Turnover", "times a year", plain,
        "Value bought and sold / mean daily equity / years; one round trip of the whole account a year is 2.",
        "no steps, or a mean equity of zero or less",
        lambda run: trades.turnover(run.traded_value, run.mean_equity, run.years),
    ),
    Metric(
        "fees", "Fees", MONEY, money,
        "Commission and all other fees of every fill; a cost is positive.", "",
        lambda run: run.total(run.fills, "fees_base"),
    ),
    Metric(
        "borrow", "Borrow cost", MONEY, money,
        "Paid for borrowed shares, open trades included; a cost is positive.", "",
        lambda run: run.total(run.trades, "borrow_base"),
    ),
    Metric(
        "dividends", "Dividends", MONEY, money,
        "Received by long and paid by short positions, open trades included; a receipt is positive.", "",
        lambda run: run.total(run.trades, "dividends_base"),
    ),
    Metric(
        "benchmark_return", "Benchmark return", SHARE, signed_percent,
        "Return of the benchmark in base currency, dividends reinvested, from its last close before the run.",
        "no benchmark with two prices in the run",
        lambda run: relative.benchmark_return(run.pair),
    ),
    Metric(
        "alpha", "Alpha", YEARLY, signed_percent,
        "Jensen's alpha on the dates that run and benchmark share, compounded to a year.",
        "no benchmark, or one that does not move",
        lambda run: relative.alpha(run.pair, run.risk_free),
    ),
    Metric(
        "beta", "Beta", RATIO, plain,
        "Covariance of daily returns with the benchmark / its variance.",
        "no benchmark, or one that does not move",
        lambda run: relative.beta(run.pair),
    ),
    Metric(
        "correlation", "Correlation", RATIO, plain,
        "Of daily returns with those of the benchmark.",
        "no benchmark, or no deviation in either",
        lambda run: relative.correlation(run.pair),
    ),
    Metric(
        "days", "Days", "count", count,
        "UTC dates that have a step; each gives one daily return.", "",
        lambda run: len(run.dates),
    ),
    Metric(
        "dates_per_year", "Dates a year", "count", plain,
        "Days / calendar years of the run: the factor that all figures a year are made with.",
        "no steps",
        lambda run: run.per_year,
    ),
)  # fmt: skip


#: Keys of the metrics that a short summary shows, in its order.
SUMMARY = (
    "final_equity",
    "total_return",
    "cagr",
    "volatility",
    "sharpe",
    "max_drawdown",
    "trades",
    "win_rate",
    "fees",
    "benchmark_return",
)


def compute(
    equity: pd.DataFrame,
    initial_cash: float,
    fills: pd.DataFrame,
    trades: pd.DataFrame,
    benchmark: pd.Series[float] | None = None,
    risk_free: float = 0.0,
) -> dict[str, Value]:
    """Every metric of one run.

    Parameters
    ----------
    equity : DataFrame
        One row a step: at (``datetime64[ns, UTC]``, ascending), equity, gross_exposure.
    initial_cash : float
        Capital before the first step, base currency, positive.
    fills : DataFrame
        value_base, fees_base; may have no rows.
    trades : DataFrame
        closed_at (missing while open), pnl_base, return, sessions_held, borrow_base, dividends_base; may have
        no rows.
    benchmark : Series or None
        Closes in base currency by their UTC time; include the last one before the run, so that the first
        day counts.
    risk_free : float
        Annual rate, decimal.

    Returns
    -------
    dict
        Every key of :data:`METRICS`, in that order; None where undefined, never NaN or infinite.
    """
    run = MetricInputs(equity, initial_cash, fills, trades, benchmark, risk_free)
    found = {metric.key: metric.value(run) for metric in METRICS}
    return {key: value if value is None or math.isfinite(value) else None for key, value in found.items()}
