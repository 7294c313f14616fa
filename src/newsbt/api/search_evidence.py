"""What the number of settings tried leaves of the best one of a finished search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from newsbt.errors import InputError
from newsbt.evidence.search import SearchEvidence, sample_trials, search_evidence
from newsbt.records import FloatArray

__all__ = ["MOST_COMPILED", "MOST_RUN", "evidence_of_search"]

#: Settings looked at where the compiled engine, or Backtrader, recomputes their daily returns.
MOST_COMPILED, MOST_RUN = 200, 30


def evidence_of_search(
    trials: pd.DataFrame,
    axes: Sequence[str],
    daily_returns: Callable[[pd.DataFrame], FloatArray],
    *,
    most: int = MOST_COMPILED,
    on_record: int | None = None,
    variance: float | None = None,
    seed: int = 0,
) -> SearchEvidence:
    """Judge the best trial by all that were made.

    Parameters
    ----------
    trials : DataFrame
        One row a finished trial: the axes, the metrics and ``objective``, larger is better.
    axes : sequence of str
        Columns that make a point.
    daily_returns : callable
        From points (n rows, the axes as columns) to their daily returns, shape (n, days), all of one period.
    most : int
        Points whose daily returns are recomputed, the best one among them.
    on_record : int, optional
        Trials in all, earlier searches included, as the ledger counts them; those of the table at least.
    variance : float, optional
        Of the Sharpe ratios of all those, per period.
    seed : int
        Of the choice of points and of the resampling.

    Raises
    ------
    InputError
        If no trial has an objective.
    """
    objective = trials["objective"].to_numpy(dtype=np.float64)
    if not np.isfinite(objective).any():
        raise InputError("no trial has an objective, so there is no best one to judge")
    best = int(np.nanargmax(objective))
    rows = sample_trials(len(trials), best, most, seed)
    points = trials.iloc[rows][list(axes)].reset_index(drop=True)
    return search_evidence(
        np.ascontiguousarray(daily_returns(points).T),
        int(np.searchsorted(rows, best)),
        trials["sharpe"].to_numpy(dtype=np.float64),
        float(trials["dates_per_year"].iloc[best]),
        trials=on_record,
        variance=variance,
        seed=seed,
    )
