"""What the number of settings tried leaves of the best one of a finished search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from newsbt.evidence.search import SearchEvidence, sample_trials, search_evidence
from newsbt.evidence.sharpe_inference import SharpeSample
from newsbt.records import FloatArray
from newsbt.runs import Tried
from newsbt.tuning.request import JUDGED_BY

__all__ = ["evidence_of_search"]

#: Settings whose daily returns are run again, and for how long.
MOST, PATIENCE_S = 200, 5.0
#: Fewer are no sample of a search.
FEWEST = 8


class Runner(Protocol):
    """The part of an evaluator that is needed."""

    def daily_returns(self, batch: pd.DataFrame) -> FloatArray:
        """Daily returns of each point, shape (len(batch), days)."""


def evidence_of_search(
    trials: pd.DataFrame,
    axes: Sequence[str],
    evaluator: Runner,
    rate: float,
    tried: Tried | None = None,
    seed: int = 0,
) -> SearchEvidence | None:
    """Judge the best trial by all that were made.

    Parameters
    ----------
    trials : DataFrame
        One row a finished trial: the axes, the metrics of :data:`newsbt.tuning.request.JUDGED_BY` and
        ``objective``, larger is better.
    axes : sequence of str
        Columns that make a point.
    evaluator : Runner
        Runs a sample of up to 200 points again, or as many as it can in five seconds.
    rate : float
        Points that it runs in a second.
    tried : Tried, optional
        Trials on record on the same data, those of the table included.
    seed : int
        Of the choice of points and of the resampling.

    Returns
    -------
    SearchEvidence or None
        None for fewer than two trials, or where none has an objective.
    """
    objective = trials["objective"].to_numpy(dtype=np.float64)
    if len(trials) < 2 or not np.isfinite(objective).any():
        return None
    best = int(np.nanargmax(objective))
    most = int(min(MOST, PATIENCE_S * rate))
    returns, place = np.empty((0, 0)), 0
    if most >= min(FEWEST, len(trials)):
        rows = sample_trials(len(trials), best, most, seed)
        points = trials.iloc[rows][list(axes)].reset_index(drop=True)
        returns = np.ascontiguousarray(evaluator.daily_returns(points).T)
        place = int(np.searchsorted(rows, best))
    row = trials.iloc[best]
    return search_evidence(
        returns,
        place,
        trials["sharpe"].to_numpy(dtype=np.float64),
        float(row["dates_per_year"]),
        winner=_winner(row),
        trials=tried.trials if tried else None,
        variance=tried.variance if tried else None,
        seed=seed,
    )


def _winner(row: pd.Series[float]) -> SharpeSample | None:
    """The best trial's returns as far as its metrics tell of them; None where they are undefined."""
    sharpe, skew, kurtosis, days = (float(row[key]) for key in JUDGED_BY[:4])
    if not all(map(math.isfinite, (sharpe, skew, kurtosis))):
        return None
    return SharpeSample(sharpe / math.sqrt(float(row["dates_per_year"])), skew, kurtosis, int(days))
