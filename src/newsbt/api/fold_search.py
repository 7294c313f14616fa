"""The search of each training window and the run of each test window, with the engines and the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from newsbt.adapters.cluster import Cluster
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import Engine, evaluator_for
from newsbt.api.ledger import TrialLog
from newsbt.api.sweep import SweepProgress, sweep
from newsbt.api.walkforward import TrainingInputs
from newsbt.errors import InputError
from newsbt.records import ParamValue
from newsbt.runs import RunResult, RunSpec
from newsbt.tuning.failures import Failures
from newsbt.tuning.folds import Fold
from newsbt.tuning.objective import Objective
from newsbt.tuning.search import make_search
from newsbt.tuning.space import Space

__all__ = ["FoldSearch", "run_point"]

#: Seconds that a window has at least, so that it can choose among some points.
LEAST_S: Final = 0.1


@dataclass(frozen=True)
class FoldSearch:
    """Searches training windows, each from the beginning and with the same seed.

    Parameters
    ----------
    workspace : Workspace
    space : Space
    objective : Objective
    search : str
        One of :data:`newsbt.tuning.search.SEARCHES`.
    seed : int
    trials : int or None
        Of each window; None is all that the search has.
    deadline : float or None
        Time of :func:`time.monotonic` by which the last window should be done: each gets an equal share of
        what is left, and at least one batch of points.
    folds : int
        Windows to search, for that share.
    engine, jobs
        As :func:`newsbt.api.evaluate.evaluator_for` takes them.
    cluster : Cluster or None
        Whose workers run the points.
    log : TrialLog or None
        Counts every trial.
    progress : callable or None
        Called with the fold and how far its search has come.
    failures : Failures
        Points that could not be run, of all windows.
    """

    workspace: Workspace
    space: Space
    objective: Objective
    search: str = "grid"
    seed: int = 0
    trials: int | None = None
    deadline: float | None = None
    folds: int = 1
    engine: Engine = "auto"
    jobs: int = 0
    cluster: Cluster | None = None
    log: TrialLog | None = None
    progress: Callable[[Fold, SweepProgress], None] | None = None
    failures: Failures = field(default_factory=Failures)

    def __call__(self, fold: Fold, given: TrainingInputs) -> pd.DataFrame:
        """The trials table of one window.

        Raises
        ------
        InputError
            If every point failed.
        KeyboardInterrupt
            If the search was interrupted: half a window chooses nothing.
        """
        found: list[pd.DataFrame] = []
        count = None
        if self.log is not None:
            details = {"fold": fold.number, "train_end": fold.train_end.isoformat()}
            count = self.log.search(
                given.spec, "walk-forward", objective=self.objective.text, details=details
            )

        def keep(rows: pd.DataFrame) -> None:
            found.append(rows)
            if count is not None:
                years = rows["dates_per_year"].to_numpy(dtype=np.float64)
                count.add(rows[list(self.space.names)], rows["sharpe"].to_numpy(dtype=np.float64), years)

        def tell(state: SweepProgress) -> None:
            if self.progress:
                self.progress(fold, state)

        evaluator = evaluator_for(
            given.spec, self.workspace, self.engine, self.jobs, given.inputs, self.cluster
        )
        try:
            stopped, _ = sweep(
                evaluator,
                make_search(self.search, self.space, self.seed),
                [self.objective],
                keep,
                start=SweepProgress(0, self.trials or self.space.size, 0.0, 0.0),
                trials=self.trials,
                seconds=self._share(fold),
                progress=tell,
            )
        finally:
            evaluator.close()
            failed = evaluator.failures.take()
            self.failures.merge(failed)
        if stopped == "interrupted":
            raise KeyboardInterrupt
        trials = pd.concat(found, ignore_index=True)
        if sum(failure.count for failure in failed) >= len(trials):
            raise InputError(
                f"every one of the {len(trials):,} points of {fold} failed; the first reason:"
                f" {failed[0].reason}"
            )
        return trials

    def _share(self, fold: Fold) -> float | None:
        if self.deadline is None:
            return None
        left = (self.deadline - time.monotonic()) / max(self.folds - fold.number + 1, 1)
        return max(left, LEAST_S)


def run_point(
    workspace: Workspace, engine: Engine = "auto"
) -> Callable[[RunSpec, Mapping[str, ParamValue]], RunResult]:
    """A function that backtests one point of a specification; nothing is saved."""

    def run(spec: RunSpec, point: Mapping[str, ParamValue]) -> RunResult:
        evaluator = evaluator_for(spec, workspace, engine)
        try:
            return evaluator.run(point)
        finally:
            evaluator.close()

    return run
