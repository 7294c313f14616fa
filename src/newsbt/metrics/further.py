"""Figures that other libraries show beside our metrics: tails, time under water, benchmark, trades (pure).

They are on the page of a run and in ``RunResult.further``, and no goals of a search. Returns are decimals
(0.01 = 1 %). Every function answers nan where its figure is undefined.
"""

from __future__ import annotations

import math

import numpy as np

from newsbt.metrics.daily import spread
from newsbt.metrics.drawdown import drawdowns, max_drawdown
from newsbt.metrics.familiar import (
    capture,
    cpc,
    falls,
    gain_to_pain,
    payoff,
    ratio,
    risk_of_halving,
    stability,
)
from newsbt.metrics.formats import count, percent, plain, signed_percent
from newsbt.metrics.inputs import MetricInputs
from newsbt.metrics.relative import Aligned, beta
from newsbt.metrics.returns import MIN_FOR_TAIL, cagr
from newsbt.metrics.table import Metric
from newsbt.metrics.trades import win_rate
from newsbt.records import FloatArray

__all__ = [
    "FURTHER",
    "expected_shortfall",
    "further_metrics",
    "information_ratio",
    "kelly",
    "longest_streak",
    "omega",
    "sqn",
    "tail_ratio",
    "treynor",
    "ulcer_index",
]

NAN = float("nan")


def omega(returns: FloatArray) -> float:
    """Omega ratio at a threshold of 0: sum of gains / sum of losses of daily returns.

    nan without a loss, or with a return that is not finite. As empyrical's ``omega_ratio``.

    References
    ----------
    C. Keating and W. F. Shadwick, A Universal Performance Measure, Journal of Performance Measurement 6
    (2002).
    """
    lost = -float(returns[returns < 0.0].sum())
    if not np.isfinite(returns).all() or not lost > 0.0:
        return NAN
    return float(returns[returns > 0.0].sum()) / lost


def tail_ratio(returns: FloatArray) -> float:
    """95 % quantile of daily returns / minus their 5 % quantile, both linear between the two nearest.

    nan for fewer than 20 returns, or where the 5 % quantile is no loss. empyrical's ``tail_ratio`` takes any
    number, and sizes without signs.
    """
    if len(returns) < MIN_FOR_TAIL or not np.isfinite(returns).all():
        return NAN
    low, high = np.quantile(returns, [0.05, 0.95])
    return float(high / -low) if low < 0.0 else NAN


def expected_shortfall(returns: FloatArray, share: float = 0.05) -> float:
    """Mean loss of the worst days (decimal, a loss is positive): minus the mean of the lowest returns.

    Those are the lowest floor((n - 1) `share`) + 1, the ones up to the quantile of the value at risk, as in
    empyrical's ``conditional_value_at_risk``, which has the other sign. nan for fewer than 20 returns.

    References
    ----------
    C. Acerbi and D. Tasche, On the Coherence of Expected Shortfall, Journal of Banking and Finance 26 (2002).
    """
    if len(returns) < MIN_FOR_TAIL or not np.isfinite(returns).all():
        return NAN
    return -float(np.sort(returns)[: int((len(returns) - 1) * share) + 1].mean())


def ulcer_index(daily: FloatArray, initial_cash: float) -> float:
    """Root mean square of the drawdown at the end of each date (decimal); nan without dates.

    Parameters
    ----------
    daily : array, shape (n,)
        Equity at the last step of each date, base currency.
    initial_cash : float
        First peak, positive.

    References
    ----------
    P. G. Martin and B. B. McCann, The Investor's Guide to Fidelity Funds (1989). QuantStats divides by n - 1.
    """
    return float(np.sqrt(np.mean(drawdowns(daily, initial_cash) ** 2))) if len(daily) else NAN


def information_ratio(pair: Aligned) -> float:
    """Mean return above the benchmark / its sample deviation, times sqrt(per_year); a ratio.

    nan without a benchmark, or where run and benchmark move alike. QuantStats gives it a day.

    References
    ----------
    T. H. Goodwin, The Information Ratio, Financial Analysts Journal 54 (1998).
    """
    above = pair.returns - pair.benchmark
    deviation = spread(above)
    if not deviation > 0.0:
        return NAN
    return float(above.mean()) / deviation * math.sqrt(pair.per_year)


def treynor(pair: Aligned) -> float:
    """Mean return a year (mean daily return times per_year) / beta (decimal a year).

    nan without a benchmark or where beta is 0. With a negative beta its sign is turned, so that it ranks no
    runs. QuantStats divides the total return instead.

    References
    ----------
    J. L. Treynor, How to Rate Management of Investment Funds, Harvard Business Review 43 (1965).
    """
    slope = beta(pair)
    return float(pair.returns.mean()) * pair.per_year / slope if slope else NAN


def sqn(pnl: FloatArray) -> float:
    """System quality number: sqrt(n) times mean profit / its sample deviation over closed trades.

    Profit is in base currency, as in backtesting.py; Tharp divides each by the risk taken, which only a stop
    would tell. nan for fewer than two trades, or where all profits are equal.

    References
    ----------
    V. K. Tharp, The Definitive Guide to Position Sizing Strategies (2008).
    """
    deviation = float(pnl.std(ddof=1)) if len(pnl) > 1 else 0.0
    return math.sqrt(len(pnl)) * float(pnl.mean()) / deviation if deviation > 0.0 else NAN


def kelly(pnl: FloatArray) -> float:
    """Kelly fraction: p - (1 - p) / (mean profit / mean loss), where p is the share of trades won (decimal).

    Of capital, were every trade a bet of these odds; 0 or less is a bet not to take. A trade that ends at
    exactly zero is not won. nan without a trade won, or without one lost.

    References
    ----------
    J. L. Kelly, A New Interpretation of Information Rate, Bell System Technical Journal 35 (1956).
    """
    share = win_rate(pnl)
    return share - (1.0 - share) / payoff(pnl) if share is not None else NAN


def longest_streak(pnl: FloatArray, won: bool) -> float:
    """Most trades in a row with a profit (or, unless `won`, a loss), in the order in which they closed.

    A trade that ends at exactly zero breaks both. nan without closed trades.
    """
    longest = run = 0
    for hit in pnl > 0.0 if won else pnl < 0.0:
        run = run + 1 if hit else 0
        longest = max(longest, run)
    return float(longest) if len(pnl) else NAN


def _extreme_day(returns: FloatArray, largest: bool) -> float:
    known = returns[np.isfinite(returns)]
    return float(known.max() if largest else known.min()) if len(known) else NAN


def _ulcer(run: MetricInputs) -> float:
    return ulcer_index(np.asarray(run.daily, dtype=np.float64), run.initial_cash)


def _growth(run: MetricInputs) -> float | None:
    return cagr(run.final_equity, run.initial_cash, run.years, len(run.dates))


def _in_order(run: MetricInputs) -> FloatArray:
    """Profits of the closed trades by the time they closed; of one moment, as they stand."""
    return run.profits[np.argsort(run.closed["closed_at"].to_numpy(), kind="stable")]


FURTHER: tuple[Metric, ...] = (
    Metric(
        "omega", "Omega ratio", "ratio", plain,
        "Sum of daily gains / sum of daily losses; above 1 the mean day earned.",
        "no losing day",
        lambda run: omega(run.returns),
    ),
    Metric(
        "tail_ratio", "Tail ratio", "ratio", plain,
        "Size of a good day (95 % quantile) / size of a bad one (5 % quantile).",
        "fewer than 20 dates, or no loss at the 5 % quantile",
        lambda run: tail_ratio(run.returns),
    ),
    Metric(
        "expected_shortfall_95", "Expected shortfall, 95 %", "fraction", percent,
        "Mean loss on the worst 5 % of the days; a loss is positive.",
        "fewer than 20 dates",
        lambda run: expected_shortfall(run.returns),
    ),
    Metric(
        "ulcer_index", "Ulcer index", "fraction", percent,
        "Root mean square of the drawdown at the end of each day: deep and long ones weigh most.",
        "no steps",
        _ulcer,
    ),
    Metric(
        "information_ratio", "Information ratio", "ratio", plain,
        "Mean daily return above the benchmark / its deviation, times the root of the dates a year.",
        "no benchmark, or a run that moves as it does",
        lambda run: information_ratio(run.pair),
    ),
    Metric(
        "treynor", "Treynor ratio", "fraction a year", signed_percent,
        "Mean return a year / beta: what each unit of market risk earned.",
        "no benchmark, or a beta of zero",
        lambda run: treynor(run.pair),
    ),
    Metric(
        "sqn", "System quality number", "ratio", plain,
        "Mean profit of closed trades / its deviation, times the root of their number.",
        "fewer than two closed trades, or equal profits",
        lambda run: sqn(run.of_closed("pnl_base")),
    ),
    Metric(
        "kelly", "Kelly fraction", "fraction", signed_percent,
        "Share of capital to bet on odds like those of the closed trades; 0 or less is a bet not to take.",
        "no trade won, or none lost",
        lambda run: kelly(run.profits),
    ),
    Metric(
        "win_streak", "Longest winning streak", "count", count,
        "Most closed trades in a row with a profit, by the time they closed.",
        "no closed trade",
        lambda run: longest_streak(_in_order(run), won=True),
    ),
    Metric(
        "loss_streak", "Longest losing streak", "count", count,
        "Most closed trades in a row with a loss, by the time they closed.",
        "no closed trade",
        lambda run: longest_streak(_in_order(run), won=False),
    ),
    Metric(
        "best_day", "Best day", "fraction", signed_percent,
        "Highest daily return.",
        "no steps",
        lambda run: _extreme_day(run.returns, largest=True),
    ),
    Metric(
        "worst_day", "Worst day", "fraction", signed_percent,
        "Lowest daily return.",
        "no steps",
        lambda run: _extreme_day(run.returns, largest=False),
    ),
    Metric(
        "gain_to_pain", "Gain to pain", "ratio", plain,
        "Sum of monthly returns / sum of the losses of losing months.",
        "no losing month",
        lambda run: gain_to_pain(run.daily, run.initial_cash),
    ),
    Metric(
        "martin", "Martin ratio", "ratio", plain,
        "Growth a year / ulcer index.",
        "no drawdown at the end of a day, or no growth a year",
        lambda run: ratio(_growth(run), _ulcer(run)),
    ),
    Metric(
        "recovery_factor", "Recovery factor", "ratio", plain,
        "Total return / maximum drawdown.",
        "no drawdown",
        lambda run: ratio(
            run.final_equity / run.initial_cash - 1.0, max_drawdown(run.steps, run.initial_cash)
        ),
    ),
    Metric(
        "avg_drawdown", "Mean drawdown", "fraction", percent,
        "Mean depth of all drawdowns, by the ends of days.",
        "no drawdown at the end of a day",
        lambda run: falls(run.daily, run.initial_cash).mean_depth,
    ),
    Metric(
        "avg_drawdown_days", "Mean length of drawdowns", "calendar days", plain,
        "Mean time from a peak until it is reached again, or until the end, by the ends of days.",
        "no drawdown at the end of a day",
        lambda run: falls(run.daily, run.initial_cash).mean_days,
    ),
    Metric(
        "stability", "Stability", "ratio", plain,
        "R² of a straight line through the logarithm of daily equity: 1 is one pace, up or down.",
        "fewer than two dates, or no deviation",
        lambda run: stability(run.returns),
    ),
    Metric(
        "up_capture", "Capture of rising days", "ratio", plain,
        "Mean growth on the days the benchmark rose / its own.",
        "no benchmark, or no such day",
        lambda run: capture(run.pair, up=True),
    ),
    Metric(
        "down_capture", "Capture of falling days", "ratio", plain,
        "Mean growth on the days the benchmark fell / its own; above 1 lost more than it.",
        "no benchmark, or no such day",
        lambda run: capture(run.pair, up=False),
    ),
    Metric(
        "common_sense", "Common sense ratio", "ratio", plain,
        "Omega ratio times tail ratio.",
        "no losing day, or no tail ratio",
        lambda run: omega(run.returns) * tail_ratio(run.returns),
    ),
    Metric(
        "payoff", "Payoff ratio", "ratio", plain,
        "Mean profit of trades won / mean loss of trades lost.",
        "no trade won, or none lost",
        lambda run: payoff(run.profits),
    ),
    Metric(
        "cpc", "CPC index", "ratio", plain,
        "Profit factor times share of trades won times payoff ratio.",
        "no trade won, or none lost",
        lambda run: cpc(run.profits),
    ),
    Metric(
        "risk_of_halving", "Risk of losing half", "fraction", percent,
        "Probability of ever losing half of the capital, were all days to come like these.",
        "fewer than 20 dates, or no deviation",
        lambda run: risk_of_halving(run.returns),
    ),
)  # fmt: skip


def further_metrics(run: MetricInputs) -> dict[str, float]:
    """Every key of :data:`FURTHER`, in that order; nan where undefined, never infinite.

    Those against a benchmark take the dates that run and benchmark both have, as ``beta`` does.
    """
    found = {metric.key: float(value) for metric in FURTHER if (value := metric.value(run)) is not None}
    return {key: value if math.isfinite(value) else NAN for key, value in found.items()}
