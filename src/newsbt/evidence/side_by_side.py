"""Evidence of a comparison: intervals of each run, the first one tested against the others (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.errors import InputError
from newsbt.evidence.paired import MeanDifference, SharpeDifference, mean_difference, sharpe_difference
from newsbt.evidence.resample import bootstrap_metrics
from newsbt.metrics.daily import DAYS_PER_YEAR
from newsbt.metrics.inputs import MetricInputs

__all__ = ["Contest", "SideBySide", "side_by_side"]

DRAWS = 500
COLUMNS = ["run", "metric", "value", "low", "high", "error"]


@dataclass(frozen=True, slots=True)
class Contest:
    """One run against another on the dates that both have.

    Parameters
    ----------
    first, second : str
        Labels of the runs.
    days : int
        Returns compared.
    per_year : float
        Of them a year.
    sharpe : SharpeDifference
        First less second.
    mean : MeanDifference
        First less second.
    """

    first: str
    second: str
    days: int
    per_year: float
    sharpe: SharpeDifference
    mean: MeanDifference


@dataclass(frozen=True)
class SideBySide:
    """Evidence of a comparison.

    Parameters
    ----------
    intervals : DataFrame
        run, metric, value, low, high, error; one row a run and metric, see
        :func:`newsbt.evidence.resample.bootstrap_metrics`.
    contests : tuple of Contest
        The first run against each other one.
    missing : tuple of str
        What could not be told, and why.
    """

    intervals: pd.DataFrame
    contests: tuple[Contest, ...]
    missing: tuple[str, ...]


def side_by_side(
    labels: Sequence[str], runs: Sequence[MetricInputs], *, draws: int = DRAWS, seed: int = 0
) -> SideBySide:
    """Intervals of every run at 95 %, and the first one tested against each other one.

    Parameters
    ----------
    labels : sequence of str
        Unique names of the runs.
    runs : sequence of MetricInputs
        Over one period.
    draws : int
        Resamples for the intervals; the tests take ten times as many.
    seed : int
        Of the resampling.
    """
    tables, contests, missing = [], [], []
    for label, run in zip(labels, runs, strict=True):
        try:
            found = bootstrap_metrics(run, draws=draws, seed=seed).table
        except InputError as error:
            missing.append(f"no intervals for {label}: {error}")
            continue
        tables.append(found.rename_axis("metric").reset_index().assign(run=label)[COLUMNS])
    for label, run in zip(labels[1:], runs[1:], strict=True):
        try:
            contests.append(_contest(labels[0], runs[0], label, run, 10 * draws - 1, seed))
        except InputError as error:
            missing.append(f"no test of {labels[0]} against {label}: {error}")
    intervals = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)
    return SideBySide(intervals, tuple(contests), tuple(missing))


def _contest(
    name: str, first: MetricInputs, other: str, second: MetricInputs, draws: int, seed: int
) -> Contest:
    """Both accounts are seen on the dates that both have; a day of one alone belongs to the next of those."""
    dates = first.dates.intersection(second.dates)
    if len(dates) == 0:
        raise InputError("they have no date in common")
    pair = []
    for run in (first, second):
        worth = np.concatenate(([run.initial_cash], run.daily.loc[dates].to_numpy(dtype=np.float64)))
        if not (worth[:-1] > 0.0).all():
            raise InputError("an account was emptied, so its returns end")
        pair.append(worth[1:] / worth[:-1] - 1.0)
    began = min(first.dates[0], second.dates[0])
    years = ((dates[-1] - began).days + 1) / DAYS_PER_YEAR
    sharpe = sharpe_difference(pair[0], pair[1], draws=draws, seed=seed)
    return Contest(name, other, len(dates), len(dates) / years, sharpe, mean_difference(pair[0], pair[1]))
