"""One process's part of a search: from where it starts to what it leaves."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from newsbt.adapters.trial_files import read_trials
from newsbt.adapters.trials import TrialStore
from newsbt.api.evaluate import Evaluator
from newsbt.api.ledger import SearchLog, TrialLog
from newsbt.api.search import Search
from newsbt.api.sweep import Stopped, SweepProgress, sweep
from newsbt.errors import InputError
from newsbt.hindsight import label_counts, label_warnings
from newsbt.records import Finding, FloatArray
from newsbt.tuning.failures import Failure
from newsbt.tuning.request import JUDGED_BY, TuneResult, Tuning, best_row

if TYPE_CHECKING:
    from newsbt.evidence.search import SearchEvidence

__all__ = ["Found", "Progress", "SearchSession"]

Progress: TypeAlias = Callable[[SweepProgress], None]
Found: TypeAlias = Callable[[TuneResult], None]


class SearchSession:
    """A search that is ready to go.

    Parameters
    ----------
    search : Search
        Told of the trials of earlier sessions.
    evaluator : Evaluator
        Closed at the end.
    store : TrialStore or None
        None keeps trials in memory.
    log : TrialLog
    """

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
        found: Found | None,
    ) -> TuneResult:
        """Search, say what was found, judge it, keep it; arguments as of :func:`newsbt.api.tune.tune`.

        Raises
        ------
        InputError
            If not one point could be run.
        KeyboardInterrupt
            If not one trial was finished when it came.
        """
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
            trials = self._trials(columns)
            result = TuneResult(
                name="",
                tuning=search.tuning,
                axes=search.axes,
                objectives=search.objectives,
                trials=trials[search.columns(columns) or list(trials.columns)],
                best=best_row(trials),
                stopped=stopped,
                engine=self.evaluator.engine,
                seconds=state.seconds,
                rate=state.rate,
                failures=failures,
                findings=(*self.log.findings, *self._labels(trials)),
                path=self.store.folder if self.store else None,
            )
            labels = result.findings[len(self.log.findings) :]
            if found:
                found(result)
            evidence = None
            try:
                if stopped != "interrupted":
                    evidence = self._judged(trials, state.rate)
            except KeyboardInterrupt:
                stopped = "interrupted"
            path = self._saved(stopped, failures, evidence)
            finished = True
        finally:
            self.evaluator.close()
            if self.store is not None and not finished:
                self.store.abandon(worthless=worthless)
        return dataclasses.replace(
            result,
            name=path.name if path else "",
            stopped=stopped,
            evidence=evidence,
            findings=(*self.log.findings, *labels),
            manifest=self.store.header if self.store else {},
            path=path,
        )

    def _labels(self, trials: pd.DataFrame) -> tuple[Finding, ...]:
        """A warning where the best trial trades on labels made in hindsight."""
        best = best_row(trials)
        if best is None:
            return ()
        row = trials.iloc[best]
        spec = self.evaluator.groups.spec_of({axis.name: row[axis.name] for axis in self.search.axes})
        counts = label_counts(self.evaluator.groups.prepare(spec).audit)
        return label_warnings(counts, spec.signal, "that reach the best trial")

    def _keep(self, trials: pd.DataFrame) -> None:
        if self.store is None:
            self._kept.append(trials)
        else:
            self.store.append(trials)
        self._count += len(trials)
        batch = trials[[axis.name for axis in self.search.axes]]
        self.counted.add(batch, _floats(trials, "sharpe"), _floats(trials, "dates_per_year"))

    def _trials(self, columns: Sequence[str] | None) -> pd.DataFrame:
        """All trials, those of earlier sessions included, with the metrics that the evidence needs."""
        if self.store is None:
            return pd.concat(self._kept, ignore_index=True)
        self.store.flush()
        wanted = None if columns is None else (*columns, *JUDGED_BY)
        return read_trials(self.store.folder, self.search.columns(wanted))

    def _judged(self, trials: pd.DataFrame, rate: float) -> SearchEvidence | None:
        from newsbt.api.search_evidence import evidence_of_search

        quick = self.evaluator.engine == "fast"
        tried = self.log.tried(self.search.tuning.spec)
        axes = [axis.name for axis in self.search.axes]
        return evidence_of_search(trials, axes, self.evaluator, math.inf if quick else rate, tried)

    def _saved(
        self, stopped: Stopped, failures: Sequence[Failure], evidence: SearchEvidence | None
    ) -> Path | None:
        if self.store is None:
            return None
        told = [dataclasses.asdict(failure) for failure in failures]
        if stopped == "interrupted":
            self.store.write_header(stopped=stopped, failures=told)
            self.store.close()
            return self.store.folder
        from newsbt.evidence.search_figures import search_figures
        from newsbt.evidence.search_words import search_sentences

        return self.store.finish(
            stopped=stopped,
            failures=told,
            evidence=search_figures(evidence) if evidence else None,
            says=search_sentences(evidence) if evidence else [],
        )


def _counted(log: TrialLog, tuning: Tuning) -> SearchLog:
    details = {"params": list(tuning.params), "search": tuning.search}
    return log.search(tuning.spec, "tune", objective=tuning.objectives[0], details=details)


def _floats(trials: pd.DataFrame, name: str) -> FloatArray:
    return np.asarray(trials[name], dtype=np.float64)
