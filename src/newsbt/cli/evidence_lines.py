"""How sure the figures of a run or a comparison are, as lines and as JSON values (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from newsbt.cli import layout
from newsbt.comparison import Comparison
from newsbt.evidence.sharpe_inference import (
    Deflated,
    SharpeSample,
    deflated_sharpe,
    follows,
    minimum_track_record,
    probabilistic_sharpe,
    sharpe_error,
    sharpe_error_hac,
    sharpe_interval,
    sharpe_sample,
)
from newsbt.evidence.words import (
    deflated_words,
    mean_words,
    paired_words,
    sharpe_words,
    track_record_words,
    trend_words,
)
from newsbt.metrics.daily import daily_equity, daily_returns, periods_per_year
from newsbt.metrics.table import METRICS
from newsbt.records import FloatArray
from newsbt.runs import RunResult, Tried

__all__ = ["comparison_evidence", "run_evidence", "run_evidence_json"]

#: Metrics whose intervals are shown, and their short names; all of them are saved.
SHOWN = {"cagr": "a year", "volatility": "volatility", "sharpe": "Sharpe", "max_drawdown": "drawdown"}
#: Below so many daily returns nothing is said of the Sharpe ratio.
FEWEST = 20
RECORDED = "trials on record for these prices, listings and dates"
BY_KEY = {metric.key: metric for metric in METRICS}


def run_evidence(result: RunResult, width: int = 80) -> list[str]:
    """How far off the Sharpe ratio may be, whether the run is long enough, what searching explains."""
    found = _sample(result)
    if found is None:
        return []
    sample, per_year, trend = found
    text = f"{sharpe_words(sample, per_year)} {track_record_words(sample, per_year)}"
    if trend is not None:
        text = f"{text} {trend_words(sample.sharpe, trend.error, trend.correlation, per_year)}"
    lines = layout.paragraph(text, width=width)
    if (deflated := _deflated(sample, result.tried)) is not None:
        lines += layout.paragraph(deflated_words(sample, deflated, per_year, RECORDED), width=width)
    return lines


def run_evidence_json(result: RunResult) -> dict[str, float | None]:
    """The same as numbers, a year; None where undefined."""
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


def comparison_evidence(comparison: Comparison, names: Sequence[str], width: int = 80) -> list[str]:
    """Intervals of each run, and what the tests of the first against the others say.

    `names` stand for the labels of the runs, in their order.
    """
    short = dict(zip(comparison.labels, names, strict=True))
    evidence = comparison.evidence
    lines = _intervals(evidence.intervals, short, width)
    for item in evidence.contests:
        first, second = short[item.first], short[item.second]
        text = (
            f"{paired_words(item.sharpe, item.per_year, first, second)}"
            f" {mean_words(item.mean, item.per_year, first, second)}"
        )
        lines += ["", *layout.paragraph(text, width=width, hanging="  ")]
    if len(evidence.contests) > 1:
        note = (
            f"These are {len(evidence.contests)} tests: with no difference anywhere, one in twenty comes out"
            " rare by chance."
        )
        lines += ["", *layout.paragraph(note, width=width, hanging="  ")]
    for text in evidence.missing:
        lines += layout.paragraph(text, width=width, hanging="  ")
    return lines


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
    if result.equity.empty:
        return None
    daily = daily_equity(result.equity)
    returns = np.asarray(daily_returns(daily, result.spec.cash), dtype=np.float64)
    sample = sharpe_sample(returns) if len(returns) >= FEWEST else None
    if sample is None:
        return None
    return sample, periods_per_year(pd.DatetimeIndex(daily.index)), _trend(returns, sample)


def _trend(returns: FloatArray, sample: SharpeSample) -> Trend | None:
    """Where days follow on one another so that the interval is too narrow by a tenth or more."""
    correlation, error = follows(returns), sharpe_error_hac(returns)
    if correlation is None or error is None or error < 1.1 * sharpe_error(sample):
        return None
    return Trend(correlation, error)


def _intervals(table: pd.DataFrame, short: Mapping[str, str], width: int) -> list[str]:
    if table.empty:
        return []
    cells = {(row["run"], row["metric"]): _span(row) for row in table.to_dict("records")}
    by_metric = [
        [_label(key, BY_KEY[key].label), *(cells.get((label, key), "n/a") for label in short)]
        for key in SHOWN
        if any((label, key) in cells for label in short)
    ]
    header = ["95 % intervals", *short.values()]
    lines = layout.table(header, by_metric, right=header[1:], width=10 * width)
    if max(map(layout.width_of, lines)) <= width:
        return lines
    by_run = [[name, *(cells.get((label, key), "n/a") for key in SHOWN)] for label, name in short.items()]
    header = ["95 % intervals", *(_label(key, name) for key, name in SHOWN.items())]
    return layout.table(header, by_run, right=header[1:], width=width)


def _span(row: Mapping[Any, Any]) -> str:
    if not math.isfinite(row["low"]):
        return "n/a"
    low, high = (BY_KEY[row["metric"]].formatter(row[end]).removesuffix(" %") for end in ("low", "high"))
    return f"{low} to {high}"


def _label(key: str, name: str) -> str:
    """`name` of a metric, with the % that its cells leave out."""
    return f"{name}, %" if BY_KEY[key].unit.startswith("fraction") else name
