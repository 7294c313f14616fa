"""How sure the Sharpe ratio of one run is: sentences for a reader, and the numbers behind them (pure)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from newsbt.evidence.sharpe_inference import (
    Deflated,
    SharpeSample,
    deflated_sharpe,
    follows,
    minimum_track_record,
    moving_days,
    probabilistic_sharpe,
    sharpe_error,
    sharpe_error_hac,
    sharpe_interval,
    sharpe_sample,
)
from newsbt.evidence.words import (
    deflated_words,
    few_days_words,
    sharpe_words,
    track_record_words,
    trend_words,
)
from newsbt.metrics.daily import daily_equity, daily_returns, periods_per_year
from newsbt.records import FloatArray
from newsbt.runs import RunResult, Tried

__all__ = ["FEWEST", "RECORDED", "run_figures", "run_sentences"]

#: Below so many daily returns that are not zero nothing is said of the Sharpe ratio.
FEWEST = 20
#: Where the number of trials is from.
RECORDED = "trials on record for these prices, listings and dates"


def run_sentences(result: RunResult) -> list[str]:
    """How far off the Sharpe ratio may be, whether the run is long enough, what searching explains.

    Nothing for a run of fewer than twenty days, or one that does not move; one that moves on fewer is said to
    be too little.
    """
    returns = _returns(result)
    moving = moving_days(returns)
    if 0 < moving < FEWEST <= len(returns):
        return [few_days_words(moving, len(returns), FEWEST)]
    found = _sample(result)
    if found is None:
        return []
    sample, per_year, trend = found
    text = f"{sharpe_words(sample, per_year)} {track_record_words(sample, per_year)}"
    if trend is not None:
        text = f"{text} {trend_words(sample.sharpe, trend.error, trend.correlation, per_year)}"
    if (deflated := _deflated(sample, result.tried)) is None:
        return [text]
    return [text, deflated_words(sample, deflated, per_year, RECORDED)]


def run_figures(result: RunResult) -> dict[str, float | None]:
    """What :func:`run_sentences` says as numbers, a year; None where undefined."""
    keys = (
        "sharpe_low",
        "sharpe_high",
        "probabilistic_sharpe",
        "minimum_track_record_years",
        "autocorrelation",
        "sharpe_error_hac",
        "trials",
        "expected_best_sharpe",
        "deflated_sharpe",
    )
    values: dict[str, float | None] = dict.fromkeys(keys)
    found = _sample(result)
    if found is None:
        return values
    sample, per_year, trend = found
    root, needed = math.sqrt(per_year), minimum_track_record(sample)
    values["sharpe_low"], values["sharpe_high"] = (bound * root for bound in sharpe_interval(sample))
    values["probabilistic_sharpe"] = probabilistic_sharpe(sample)
    values["minimum_track_record_years"] = None if needed is None else needed / per_year
    if trend is not None:
        values["autocorrelation"], values["sharpe_error_hac"] = trend.correlation, trend.error * root
    if (deflated := _deflated(sample, result.tried)) is not None:
        values["trials"], values["expected_best_sharpe"] = deflated.trials, deflated.threshold * root
        values["deflated_sharpe"] = deflated.probability
    return values


def _deflated(sample: SharpeSample, tried: Tried | None) -> Deflated | None:
    """Nothing before there are two trials with Sharpe ratios that differ, nor for a run that lost."""
    if not sample.sharpe > 0.0 or tried is None or tried.trials < 2 or not tried.variance > 0.0:
        return None
    return deflated_sharpe(sample, tried.trials, tried.variance)


class Trend(NamedTuple):
    """Correlation of each day's return with the next, and the Sharpe ratio's error that allows for it."""

    correlation: float
    error: float


def _sample(result: RunResult) -> tuple[SharpeSample, float, Trend | None] | None:
    """Of the daily returns, how many of them a year has, and whether they follow on one another."""
    returns = _returns(result)
    sample = sharpe_sample(returns) if moving_days(returns) >= FEWEST else None
    if sample is None:
        return None
    dates = pd.DatetimeIndex(daily_equity(result.equity).index)
    return sample, periods_per_year(dates), _trend(returns, sample)


def _returns(result: RunResult) -> FloatArray:
    if result.equity.empty:
        return np.empty(0)
    daily = daily_equity(result.equity)
    return np.asarray(daily_returns(daily, result.spec.cash), dtype=np.float64)


def _trend(returns: FloatArray, sample: SharpeSample) -> Trend | None:
    """Where days follow on one another so that the interval is too narrow by a tenth or more."""
    correlation, error = follows(returns), sharpe_error_hac(returns)
    if correlation is None or error is None or error < 1.1 * sharpe_error(sample):
        return None
    return Trend(correlation, error)
