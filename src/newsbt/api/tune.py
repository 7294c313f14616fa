"""A tuning from what is asked for to a folder of trials, begun or gone on with."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from newsbt.adapters.cluster import open_cluster
from newsbt.adapters.interrupts import first_interrupt_only
from newsbt.adapters.trial_files import (
    HEADER,
    free_target,
    read_header,
    read_trials,
    tuning_folder,
)
from newsbt.adapters.trials import TrialStore
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import ENGINES, Engine, Evaluator, evaluator_for
from newsbt.api.inputs import Inputs, describe_book, gather
from newsbt.api.ledger import SearchLog, TrialLog, open_trial_log
from newsbt.api.manifest import PACKAGES
from newsbt.api.replay import replay
from newsbt.api.same_files import check_same_files
from newsbt.api.search import Search
from newsbt.api.search_evidence import NEEDED, evidence_of_search
from newsbt.api.sweep import Stopped, SweepProgress, sweep
from newsbt.errors import InputError, UnknownNameError
from newsbt.evidence.search import SearchEvidence
from newsbt.evidence.search_figures import search_figures
from newsbt.evidence.search_words import search_sentences
from newsbt.records import FloatArray
from newsbt.specs import run_id
from newsbt.tuning.failures import Failure
from newsbt.tuning.request import (
    TuneResult,
    Tuning,
    axis_to_json,
    best_row,
    tuning_from_json,
    tuning_to_json,
)

__all__ = ["resume", "tune"]

Progress = Callable[[SweepProgress], None]


def tune(
    tuning: Tuning,
    workspace: Workspace,
    *,
    jobs: int = 0,
    seconds: float | None = None,
    name: str | None = None,
    out: Path | None = None,
    save: bool = True,
    inputs: Inputs | None = None,
    ledger: str | None = None,
    cluster: str | None = None,
    columns: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> TuneResult:
    """Search as `tuning` says.

    Parameters
    ----------
    tuning : Tuning
    workspace : Workspace
    jobs : int
        See :func:`newsbt.api.evaluate.evaluator_for`; it changes no result.
    seconds : float, optional
        End after so much time.
    name : str, optional
        Of the results folder, which must not exist.
    out : Path, optional
        Parent of that folder instead of the workspace's ``results``.
    save : bool
        Write the folder while searching; otherwise all is in memory.
    inputs : Inputs, optional
        Of the specification, where they have been gathered.
    ledger : str, optional
        Where the trials are counted; see :func:`newsbt.api.ledger.open_ledger`.
    cluster : str, optional
        Address of a dask scheduler whose workers run the points; it changes no result.
    columns : sequence of str, optional
        Metrics in the result's table; all where it is not given. Those of the folder are always all.
    progress : callable, optional

    Raises
    ------
    NewsbtError
        For anything wrong with what was asked for, and if not one point could be run.
    KeyboardInterrupt
        If not one trial was finished when it came; later ones end the search, and the result says so.
    """
    search = Search(tuning, workspace)
    limit = search.limit(seconds is not None)
    stem = f"tune-{run_id(tuning.spec, dt.datetime.now(dt.UTC))}"
    target = free_target(out or workspace.results, stem, name) if save else None
    log = open_trial_log(workspace, ledger)
    with open_cluster(cluster) as link:
        gathered = inputs or gather(tuning.spec, workspace)
        evaluator = evaluator_for(tuning.spec, workspace, _engine(tuning.engine), jobs, gathered, link)
        store = TrialStore.create(target, _header(search, evaluator, gathered)) if target else None
        session = _Session(search, evaluator, store, log)
        with first_interrupt_only():
            result = session.go(SweepProgress(0, search.total(limit), 0.0, 0.0), seconds, columns, progress)
    return dataclasses.replace(result, findings=tuple(log.findings))


def resume(
    folder: Path,
    workspace: Workspace,
    *,
    jobs: int = 0,
    trials: int | None = None,
    seconds: float | None = None,
    ledger: str | None = None,
    cluster: str | None = None,
    columns: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> TuneResult:
    """Go on with the tuning in `folder`: its trials become those of a search that was never interrupted.

    Parameters
    ----------
    folder : Path
        With or without ``.unfinished``.
    trials : int, optional
        Another end than before.
    workspace, jobs, seconds, ledger, cluster, columns, progress
        As for :func:`tune`.

    Raises
    ------
    InputError
        If `folder` is no tuning or is in use, or something that the search depends on has changed.
    """
    found = tuning_folder(folder)
    header = read_header(found)
    if "walk_forward" in header:
        raise InputError(f"{found} is a walk-forward; newsbt.walk_forward goes on with it")
    tuning = tuning_from_json(header, str(found / HEADER))
    if trials is not None:
        tuning = dataclasses.replace(tuning, trials=trials)
    search = Search(tuning, workspace)
    limit = search.limit(seconds is not None)
    gathered = gather(tuning.spec, workspace)
    check_same_files(header, gathered.hashes, describe_book(gathered.book), found)
    log = open_trial_log(workspace, ledger)
    engine = _engine(str(header["engine_used"]))
    with open_cluster(cluster) as link:
        evaluator = evaluator_for(tuning.spec, workspace, engine, jobs, gathered, link)
        store = TrialStore.reopen(found)
        try:
            names = [axis.name for axis in search.axes]
            start = replay(search.searcher, names, len(search.objectives), store, search.total(limit))
            store.write_header(trials=tuning.trials, finished=False)
        except BaseException:
            store.abandon()
            raise
        with first_interrupt_only():
            result = _Session(search, evaluator, store, log).go(start, seconds, columns, progress)
    return dataclasses.replace(result, findings=tuple(log.findings))


def _counted(log: TrialLog, tuning: Tuning) -> SearchLog:
    details = {"params": list(tuning.params), "search": tuning.search}
    return log.search(tuning.spec, "tune", objective=tuning.objectives[0], details=details)


def _engine(name: str) -> Engine:
    if name not in ENGINES:
        raise UnknownNameError("engine", name, ENGINES, where="--engine")
    return name  # type: ignore[return-value]


class _Session:
    """One process's part of a search: from where it starts to what it leaves."""

    def __init__(self, search: Search, evaluator: Evaluator, store: TrialStore | None, log: TrialLog) -> None:
        self.search, self.evaluator, self.store, self.log = search, evaluator, store, log
        self.counted = _counted(log, search.tuning)
        self._kept: list[pd.DataFrame] = []
        self._count = 0

    def go(
        self,
        start: SweepProgress,
        seconds: float | None,
        columns: Sequence[str] | None,
        progress: Progress | None,
    ) -> TuneResult:
        search, finished, worthless = self.search, False, False
        try:
            stopped, state = sweep(
                self.evaluator,
                search.searcher,
                search.objectives,
                self._keep,
                start=start,
                trials=search.limit(seconds is not None),
                seconds=seconds,
                progress=progress,
            )
            failures = tuple(self.evaluator.failures.listed())
            done = state.done - start.done
            if done and not start.done and sum(failure.count for failure in failures) >= done:
                worthless = True
                raise InputError(f"not one of {done:,} points could be run: {failures[0].reason}")
            if not start.done + self._count and stopped == "interrupted":
                raise KeyboardInterrupt
            evidence = None if stopped == "interrupted" else self._judged(state.rate)
            path, trials = self._saved(stopped, failures, columns, evidence)
            finished = True
        finally:
            self.evaluator.close()
            if self.store is not None and not finished:
                self.store.abandon(worthless=worthless)
        return TuneResult(
            name=path.name if path else "",
            tuning=search.tuning,
            axes=search.axes,
            objectives=search.objectives,
            trials=trials,
            best=best_row(trials),
            stopped=stopped,
            engine=self.evaluator.engine,
            seconds=state.seconds,
            rate=state.rate,
            failures=failures,
            evidence=evidence,
            manifest=self.store.header if self.store else {},
            path=path,
        )

    def _keep(self, trials: pd.DataFrame) -> None:
        if self.store is None:
            self._kept.append(trials)
        else:
            self.store.append(trials)
        self._count += len(trials)
        batch = trials[[axis.name for axis in self.search.axes]]
        self.counted.add(batch, _floats(trials, "sharpe"), _floats(trials, "dates_per_year"))

    def _judged(self, rate: float) -> SearchEvidence | None:
        """Evidence on the best of all trials, those of earlier sessions included."""
        axes = [axis.name for axis in self.search.axes]
        if self.store is None:
            trials = pd.concat(self._kept, ignore_index=True)
        else:
            self.store.flush()
            trials = read_trials(self.store.folder, [*axes, *NEEDED, "objective"])
        quick = self.evaluator.engine == "fast"
        tried = self.log.tried(self.search.tuning.spec)
        return evidence_of_search(trials, axes, self.evaluator, math.inf if quick else rate, tried)

    def _saved(
        self,
        stopped: Stopped,
        failures: Sequence[Failure],
        columns: Sequence[str] | None,
        evidence: SearchEvidence | None,
    ) -> tuple[Path | None, pd.DataFrame]:
        if self.store is None:
            return None, pd.concat(self._kept, ignore_index=True)
        told = [dataclasses.asdict(failure) for failure in failures]
        if stopped == "interrupted":
            self.store.write_header(stopped=stopped, failures=told)
            self.store.close()
            path = self.store.folder
        else:
            figures = search_figures(evidence) if evidence else None
            says = search_sentences(evidence) if evidence else []
            path = self.store.finish(stopped=stopped, failures=told, evidence=figures, says=says)
        return path, read_trials(path, self.search.columns(columns))


def _header(search: Search, evaluator: Evaluator, inputs: Inputs) -> dict[str, Any]:
    """``tune.json`` at the start."""
    return {
        **tuning_to_json(search.tuning),
        "axes": [axis_to_json(axis) for axis in search.axes],
        "engine_used": evaluator.engine,
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "period": {"first": inputs.first_day.isoformat(), "last": inputs.last_day.isoformat()},
        "listings": [item.symbol for item in inputs.listings],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "files": dict(inputs.hashes),
        "prices": describe_book(inputs.book),
        "finished": False,
    }


def _floats(trials: pd.DataFrame, name: str) -> FloatArray:
    return np.asarray(trials[name], dtype=np.float64)
