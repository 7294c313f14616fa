"""The search of each training window and the run of each test window, with the engines and the ledger."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from newsbt.adapters.cluster import Cluster
from newsbt.adapters.trial_files import read_trials
from newsbt.adapters.trials import TrialStore
from newsbt.adapters.walk_store import WalkStore
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import Engine, evaluator_for
from newsbt.api.ledger import TrialLog
from newsbt.api.replay import replay
from newsbt.api.sweep import SweepProgress, sweep
from newsbt.api.walkforward import TrainingInputs
from newsbt.errors import InputError
from newsbt.records import ParamValue
from newsbt.runs import RunResult, RunSpec
from newsbt.tuning.failures import Failure, Failures
from newsbt.tuning.folds import Fold
from newsbt.tuning.objective import Objective
from newsbt.tuning.search import make_search
from newsbt.tuning.space import Space

__all__ = ["FoldSearch", "run_point"]

#: Seconds that a window has at least, so that it can choose among some points.
LEAST_S: Final = 0.1


@dataclass(frozen=True)
class FoldSearch:
    """Searches training windows, each by itself and with the same seed.

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
    store : WalkStore or None
        Keeps the trials as they come; what it has of a window already is not run again.
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
    store: WalkStore | None = None
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
        kept = self.store.searched(fold.number) if self.store else None
        if kept is not None:
            self.failures.merge([Failure(**row) for row in kept[1]])
            return kept[0]
        store = self.store.window(fold.number) if self.store else None
        try:
            return self._search(fold, given, store)
        finally:
            if store is not None:
                store.abandon()

    def _search(self, fold: Fold, given: TrainingInputs, store: TrialStore | None) -> pd.DataFrame:
        found: list[pd.DataFrame] = []
        names = list(self.space.names)
        count = None
        if self.log is not None:
            details = {"fold": fold.number, "train_end": fold.train_end.isoformat()}
            count = self.log.search(
                given.spec, "walk-forward", objective=self.objective.text, details=details
            )

        def keep(rows: pd.DataFrame) -> None:
            if store is None:
                found.append(rows)
            else:
                store.append(rows)
            if count is not None:
                years = rows["dates_per_year"].to_numpy(dtype=np.float64)
                count.add(rows[names], rows["sharpe"].to_numpy(dtype=np.float64), years)

        def tell(state: SweepProgress) -> None:
            if self.progress:
                self.progress(fold, state)

        searcher = make_search(self.search, self.space, self.seed)
        total = self.trials or self.space.size
        failures = Failures()
        start = SweepProgress(0, total, 0.0, 0.0)
        if store is not None:
            start = replay(searcher, names, 1, store, total)
            failures.merge([Failure(**row) for row in store.header.get("failures", ())])
        evaluator = evaluator_for(
            given.spec, self.workspace, self.engine, self.jobs, given.inputs, self.cluster
        )
        try:
            stopped, state = sweep(
                evaluator,
                searcher,
                [self.objective],
                keep,
                start=start,
                trials=self.trials,
                seconds=self._share(fold),
                progress=tell,
            )
        finally:
            evaluator.close()
            failures.merge(evaluator.failures.take())
            self.failures.merge(failures.listed())
        failed = failures.listed()
        told = [dataclasses.asdict(failure) for failure in failed]
        if stopped == "interrupted":
            if store is not None:
                store.write_header(failures=told)
            raise KeyboardInterrupt
        if sum(failure.count for failure in failed) >= state.done:
            if store is not None:
                store.abandon(worthless=True)
            raise InputError(
                f"every one of the {state.done:,} points of {fold} failed; the first reason:"
                f" {failed[0].reason}"
            )
        if store is None:
            return pd.concat(found, ignore_index=True)
        return read_trials(store.finish(stopped=stopped, failures=told))

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
