"""Resampling a run's daily returns in blocks: index generators, and intervals of its metrics (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.errors import InputError
from newsbt.evidence.block_length import optimal_block
from newsbt.evidence.path_metrics import pair_metrics, path_metrics, trade_metrics
from newsbt.metrics.inputs import MetricInputs
from newsbt.metrics.table import METRICS
from newsbt.metrics.trades import settled
from newsbt.records import FloatArray, IntArray

__all__ = ["Intervals", "bootstrap_metrics", "circular_starts", "stationary_indices"]

#: Below so many daily returns an interval would only look like one.
FEWEST = 20
#: Paths worked on at once.
PORTION = 250


@dataclass(frozen=True)
class Intervals:
    """How far the metrics of a run could be off.

    Parameters
    ----------
    table : DataFrame
        One row a metric (index: key of :data:`newsbt.metrics.table.METRICS`): value, low, high, error
        (standard deviation over the resamples), undefined (share of resamples where it is undefined). low and
        high are NaN where that share exceeds 1 - level.
    block : float
        Mean length of the blocks, in daily returns.
    draws : int
        Resamples.
    level : float
        Coverage aimed at.
    """

    table: pd.DataFrame
    block: float
    draws: int
    level: float


def stationary_indices(count: int, block: float, draws: int, rng: np.random.Generator) -> IntArray:
    """Positions of the stationary bootstrap: blocks from random starts, of geometric length, wrapping around.

    Parameters
    ----------
    count : int
        Periods in the sample and in each resample, 1 or more.
    block : float
        Mean length of a block, 1 or more; 1 draws independently.
    draws : int
        Resamples.
    rng : Generator
        Source of the randomness.

    Returns
    -------
    array of int64, shape (draws, count)
        In [0, count); each position is uniform over the sample.

    References
    ----------
    D. N. Politis and J. P. Romano, The Stationary Bootstrap, Journal of the American Statistical
    Association 89 (1994).
    """
    starts = rng.integers(0, count, size=(draws, count))
    fresh = rng.random((draws, count)) < 1.0 / block
    fresh[:, 0] = True
    place = np.arange(count, dtype=np.int64)
    began = np.maximum.accumulate(np.where(fresh, place, 0), axis=1)
    first = np.take_along_axis(starts, began, axis=1)
    return np.asarray((first + place - began) % count, dtype=np.int64)


def circular_starts(count: int, block: int, draws: int, rng: np.random.Generator) -> IntArray:
    """First positions of the blocks of the circular bootstrap, shape (draws, count // block).

    Each resample holds count // block blocks of `block` consecutive periods, which wrap around the end.

    References
    ----------
    D. N. Politis and J. P. Romano, A Circular Block-Resampling Procedure for Stationary Data, in
    Exploring the Limits of Bootstrap (1992).
    """
    return rng.integers(0, count, size=(draws, max(count // block, 1)), dtype=np.int64)


def bootstrap_metrics(
    run: MetricInputs,
    *,
    draws: int = 1000,
    level: float = 0.95,
    block: float | None = None,
    seed: int = 0,
) -> Intervals:
    """Percentile intervals of every metric that is a mean, a ratio or a path, by the stationary bootstrap.

    Parameters
    ----------
    run : MetricInputs
        Of one run. With a benchmark, its metrics are resampled in pairs of returns; with 20 closed trades,
        theirs in blocks of trades in the order of their ends.
    draws : int
        Resamples.
    level : float
        Coverage, in (0, 1).
    block : float, optional
        Mean length of the blocks; :func:`newsbt.evidence.block_length.optimal_block` of the returns, or of
        their squares if that is longer, unless given.
    seed : int
        Of the resampling.

    Returns
    -------
    Intervals
        Counts, sums of money, extremes, exposure and turnover have none. The drawdown metrics are of daily
        equity here, the values beside them too, so that value and interval are of one thing; the run's own
        look at every step.

    Raises
    ------
    InputError
        For fewer than 20 daily returns, or an account that was emptied.

    Notes
    -----
    A percentile interval of skewness, kurtosis, extremes or drawdown covers less than its level when
    tails are fat, for the resamples cannot hold a loss worse than the sample's worst. That of a maximum
    drawdown tells what other orders of the same days would have brought.
    """
    returns = run.returns
    if len(returns) < FEWEST:
        raise InputError(f"{len(returns)} daily returns are too few for an interval; it takes {FEWEST}")
    if not np.isfinite(returns).all():
        raise InputError("the account was emptied, so its returns end; no interval can be told")
    length = block if block is not None else _block(returns)
    # A stream for each kind of thing drawn: a run read back without its benchmark has the same figures.
    daily, paired, traded = (np.random.default_rng([seed, kind]) for kind in range(3))
    days = run.dates.as_unit("ns").asi8 // 86_400_000_000_000
    size = (run.initial_cash, run.per_year, run.years, run.risk_free)
    own = path_metrics(returns[None, :], days, *size)
    drawn = [
        path_metrics(returns[stationary_indices(len(returns), length, count, daily)], days, *size)
        for count in _portions(draws)
    ]
    pair = run.pair
    if len(pair.returns) >= FEWEST:
        both = np.column_stack([pair.returns, pair.benchmark])
        own |= pair_metrics(both[None], pair.per_year, run.risk_free)
        for made, count in zip(drawn, _portions(draws), strict=True):
            chosen = both[stationary_indices(len(both), length, count, paired)]
            made |= pair_metrics(chosen, pair.per_year, run.risk_free)
    trades = _closed_in_order(run)
    if len(trades) >= FEWEST:
        own |= trade_metrics(trades[None])
        run_of_trades = optimal_block(trades[:, 1]).stationary
        for made, count in zip(drawn, _portions(draws), strict=True):
            made |= trade_metrics(trades[stationary_indices(len(trades), run_of_trades, count, traded)])
    rows = {
        metric.key: _row(
            float(own[metric.key][0]), np.concatenate([made[metric.key] for made in drawn]), level
        )
        for metric in METRICS
        if metric.key in own
    }
    columns = ["value", "low", "high", "error", "undefined"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=np.float64)
    return Intervals(table, length, draws, level)


def _block(returns: FloatArray) -> float:
    """Volatility comes in clusters that the returns themselves do not show: the longer block is taken."""
    away = returns - returns.mean()
    return max(optimal_block(returns).stationary, optimal_block(away**2).stationary)


def _closed_in_order(run: MetricInputs) -> FloatArray:
    """Profit, return and sessions held of the closed trades, by the time they ended."""
    columns = ["pnl_base", "return", "sessions_held"]
    ended = run.closed.sort_values("closed_at", kind="stable")
    found = np.array(ended[columns], dtype=np.float64)
    found[:, 0] = settled(found[:, 0], found[:, 1])
    return found


def _portions(draws: int) -> list[int]:
    return [min(PORTION, draws - start) for start in range(0, draws, PORTION)]


def _row(value: float, drawn: FloatArray, level: float) -> tuple[float, float, float, float, float]:
    known = drawn[np.isfinite(drawn)]
    undefined = 1.0 - len(known) / len(drawn)
    if len(known) < 2 or undefined > 1.0 - level or not np.isfinite(value):
        return value, float("nan"), float("nan"), float("nan"), undefined
    low, high = np.quantile(known, [0.5 - level / 2.0, 0.5 + level / 2.0])
    return value, float(low), float(high), float(known.std(ddof=1)), undefined
