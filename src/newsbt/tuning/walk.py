"""The loop of a walk-forward: search, choose, test, next window (pure: searches and runs are passed in)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newsbt.errors import InputError
from newsbt.metrics.table import METRICS
from newsbt.records import Finding, ParamValue
from newsbt.runs import RunResult
from newsbt.tuning.choice import Ranking, chosen_row
from newsbt.tuning.folds import Fold
from newsbt.tuning.objective import Objective
from newsbt.tuning.points import plain_value
from newsbt.tuning.stitch import Stitched, stitch

__all__ = ["FOLD_COLUMNS", "Training", "Walk", "objective_of", "walk", "weighted_objective"]

#: Columns of the table of folds beside the axes, which come after ``test_end``.
FOLD_COLUMNS: Final = (
    "fold", "train_start", "train_end", "test_start", "test_end", "is_objective", "oos_objective", "decay",
    "is_trades", "oos_trades", "open_trades", "oos_return", "trial", "trials", "events", "purged",
    "embargoed", "kept",
)  # fmt: skip


@dataclass(frozen=True)
class Training:
    """What the search of one training window found.

    Parameters
    ----------
    trials : DataFrame
        The trials table: ``trial``, the axes, every metric, ``objective`` (larger is better).
    events, purged, embargoed : int
        News that the training could use, and that was left out of it.
    """

    trials: pd.DataFrame
    events: int = 0
    purged: int = 0
    embargoed: int = 0


@dataclass(frozen=True)
class Walk:
    """A walk-forward.

    Parameters
    ----------
    folds : DataFrame
        One row a fold: :data:`FOLD_COLUMNS` and the axes. ``trial`` is the number of the one chosen,
        ``decay`` is ``is_objective`` - ``oos_objective`` (positive: worse out of sample), ``kept`` whether
        the point is that of the fold before because no trial of this one had an objective. Days are
        ``datetime64[s]``.
    whole : Stitched
        The test windows as one account.
    trials : DataFrame
        Of all folds, with a first column ``fold``; ``trial`` counts through.
    is_objective, oos_objective : float
        Overall: the mean of the training windows, weighted by the length of the test that followed; and the
        objective of the test windows as one account. nan where undefined.
    findings : tuple of Finding
        What the user should know.
    """

    folds: pd.DataFrame
    whole: Stitched
    trials: pd.DataFrame
    is_objective: float
    oos_objective: float
    findings: tuple[Finding, ...] = ()

    @property
    def decay(self) -> float:
        """What of the objective was lost from training to test, overall."""
        return self.is_objective - self.oos_objective

    def point(self, axes: Sequence[str]) -> dict[str, ParamValue]:
        """The point of the last fold: what the walk-forward would trade next."""
        row = self.folds.iloc[-1]
        return {name: plain_value(row[name]) for name in axes}


def walk(
    folds: Sequence[Fold],
    axes: Sequence[str],
    objective: Objective,
    cash: float,
    *,
    train: Callable[[Fold], Training],
    test: Callable[[Fold, Mapping[str, ParamValue], float], RunResult],
    ranking: Ranking | None = None,
) -> Walk:
    """Search each training window, run the chosen point on the test window after it.

    Parameters
    ----------
    folds : sequence of Fold
        At least one.
    axes : sequence of str
        Columns of a trials table that make a point.
    objective : Objective
    cash : float
        Capital at the start of the first test window.
    train : callable
        Searches one training window.
    test : callable
        Runs one point on one test window with a capital.
    ranking : callable, optional
        What to choose by; the objective itself without it. Ties go to the earliest trial.

    Returns
    -------
    Walk
        Interrupted by Ctrl-C, of the folds that were finished.

    Raises
    ------
    InputError
        If no trial of the first fold has an objective.
    KeyboardInterrupt
        If not even one fold was finished.
    """
    done: list[tuple[dict[str, Any], RunResult, pd.DataFrame]] = []
    findings: list[Finding] = []
    point: dict[str, ParamValue] = {}
    chosen, tried, money = -1, 0, cash
    for fold in folds:
        try:
            training = train(fold)
            at = chosen_row(training.trials, ranking)
            if at is not None:
                point = {name: plain_value(training.trials[name].iloc[at]) for name in axes}
                chosen = tried + at
            elif point:
                findings.append(_nothing_chosen(fold, objective))
            else:
                raise InputError(
                    f"no trial of {fold} has a defined {objective.text}: it may have no trades; write a"
                    " longer training window, or a later --start"
                )
            result = test(fold, point, money)
            row = {**_days(fold), **point, **_figures(training, at, result, objective), "trial": chosen}
            numbers = np.arange(tried, tried + len(training.trials), dtype=np.int64)
            numbered = training.trials.assign(trial=numbers, fold=np.int64(fold.number))
        except KeyboardInterrupt:
            if not done:
                raise
            findings.append(_stopped("interrupted", f"interrupted in {fold}", f"{len(done)} of {len(folds)}"))
            break
        done.append((row, result, numbered))
        tried += len(numbers)
        money = float(result.metrics["final_equity"] or 0.0)
        if money <= 0.0 and fold is not folds[-1]:
            findings.append(
                _stopped("account-lost", f"the account is lost in {fold}", f"{len(done)} of {len(folds)}")
            )
            break
    whole = stitch([result for _, result, _ in done], cash)
    table = pd.DataFrame([row for row, _, _ in done])
    table = table.astype({name: "datetime64[s]" for name in FOLD_COLUMNS[1:5]})
    every = pd.concat([numbered for _, _, numbered in done], ignore_index=True)
    every = every[["fold", *(name for name in every.columns if name != "fold")]]
    within = weighted_objective(table)
    return Walk(table, whole, every, within, objective_of(objective, whole.metrics), tuple(findings))


def objective_of(objective: Objective, metrics: Mapping[str, float | int | None]) -> float:
    """The objective of one run, larger is better; nan where undefined."""
    values = [metrics[metric.key] for metric in METRICS]
    row = np.array([[math.nan if value is None else float(value) for value in values]])
    return float(objective.values(row)[0])


def _days(fold: Fold) -> dict[str, Any]:
    return {
        "fold": fold.number,
        "train_start": fold.train_start,
        "train_end": fold.train_end,
        "test_start": fold.test_start,
        "test_end": fold.test_end,
    }


def _figures(
    training: Training, at: int | None, result: RunResult, objective: Objective
) -> dict[str, float | int | bool]:
    inside = math.nan if at is None else float(training.trials["objective"].iloc[at])
    outside = objective_of(objective, result.metrics)
    return {
        "is_objective": inside,
        "oos_objective": outside,
        "decay": inside - outside,
        "is_trades": math.nan if at is None else float(training.trials["trades"].iloc[at]),
        "oos_trades": float(result.metrics["trades"] or 0),
        "open_trades": int(result.metrics["open_trades"] or 0),
        "oos_return": float(result.metrics["total_return"] or 0.0),
        "trials": len(training.trials),
        "events": training.events,
        "purged": training.purged,
        "embargoed": training.embargoed,
        "kept": at is None,
    }


def weighted_objective(table: pd.DataFrame) -> float:
    """Mean objective of the training windows, each by the days of the test that followed it."""
    values = table["is_objective"].to_numpy(dtype=np.float64)
    days = (table["test_end"] - table["test_start"]).dt.days.to_numpy(dtype=np.float64) + 1.0
    some = np.isfinite(values)
    return float(np.average(values[some], weights=days[some])) if some.any() else math.nan


def _nothing_chosen(fold: Fold, objective: Objective) -> Finding:
    return Finding(
        "no-objective",
        "warning",
        str(fold),
        f"no trial has a defined {objective.text}: the window may have no trades",
        "the point of the fold before is kept",
    )


def _stopped(code: str, what: str, done: str) -> Finding:
    return Finding(code, "warning", "walk-forward", what, f"{done} folds are shown")
