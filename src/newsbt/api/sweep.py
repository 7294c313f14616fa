"""The loop of a search: ask for points, run them, keep them, tell the search, until something ends it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

import numpy as np
import pandas as pd

from newsbt.metrics.table import METRICS
from newsbt.records import FloatArray, ParamValue
from newsbt.tuning.objective import Objective, objective_values
from newsbt.tuning.points import plain_value
from newsbt.tuning.request import objective_names
from newsbt.tuning.search import Searcher

__all__ = ["PACES", "Pace", "Stopped", "SweepProgress", "sweep"]

Stopped: TypeAlias = Literal["exhausted", "trials", "time", "interrupted"]


@dataclass(frozen=True)
class Pace:
    """How many points an engine is given at once.

    Parameters
    ----------
    first : int
        In the first batch.
    seconds : float
        That a batch should take.
    largest : int
        Points in a batch at most.
    """

    first: int
    seconds: float
    largest: int = 32_768


#: Of the engines on this machine; an evaluator that needs another has it as ``pace``.
PACES: Final = {"fast": Pace(512, 0.2), "backtrader": Pace(2, 0.3)}
#: A batch grows at most so much over the one before.
GROWTH: Final = 4.0


class Runs(Protocol):
    """The part of an evaluator that a sweep needs."""

    engine: str
    threads: int

    def evaluate(self, batch: pd.DataFrame) -> FloatArray:
        """Metrics of each point."""


@dataclass(frozen=True)
class SweepProgress:
    """How far a sweep has come.

    Parameters
    ----------
    done : int
        Finished trials, earlier sessions included.
    total : int or None
        None where it is not known.
    rate : float
        Points a second in this session.
    seconds : float
        Since the start of this session.
    best : float
        Largest first objective, nan while there is none.
    point : mapping
        Where it was reached.
    """

    done: int
    total: int | None
    rate: float
    seconds: float
    best: float = float("nan")
    point: Mapping[str, ParamValue] = field(default_factory=dict)


def sweep(
    evaluator: Runs,
    searcher: Searcher,
    objectives: Sequence[Objective],
    keep: Callable[[pd.DataFrame], None],
    *,
    start: SweepProgress | None = None,
    trials: int | None = None,
    seconds: float | None = None,
    progress: Callable[[SweepProgress], None] | None = None,
) -> tuple[Stopped, SweepProgress]:
    """Search until there are no more points, or enough trials, or no more time, or Ctrl-C.

    The trials and their order depend on the search alone, not on the engine's threads or speed.

    Parameters
    ----------
    evaluator : Evaluator
    searcher : Searcher
        Told of the trials of earlier sessions already.
    objectives : sequence of Objective
    keep : callable
        Gets each batch of finished trials as rows of the trials table.
    start : SweepProgress, optional
        Where earlier sessions came to, and the total to show.
    trials : int, optional
        End after so many, earlier ones included.
    seconds : float, optional
        End after so much time.
    progress : callable, optional

    Returns
    -------
    stopped : {"exhausted", "trials", "time", "interrupted"}
    progress : SweepProgress
        The last one.
    """
    started = time.monotonic()
    state = start or SweepProgress(0, trials, 0.0, 0.0)
    done = first = state.done
    pace: Pace = getattr(evaluator, "pace", PACES[evaluator.engine])
    count = pace.first
    pool = ThreadPoolExecutor(evaluator.threads) if evaluator.threads > 1 else None
    try:
        while True:
            left = None if trials is None else trials - done
            if left is not None and left <= 0:
                return "trials", state
            if seconds is not None and time.monotonic() - started >= seconds:
                return "time", state
            batch = searcher.ask(count if left is None else min(count, left))
            if batch.empty:
                return "exhausted", state
            begun = time.monotonic()
            metrics = _evaluate(evaluator, batch, pool)
            took = time.monotonic() - begun
            values = objective_values(objectives, metrics)
            keep(trial_rows(done, batch, metrics, values))
            searcher.tell(batch, values)
            done += len(batch)
            elapsed = time.monotonic() - started
            state = _better(state, batch, values[:, 0], done, (done - first) / max(elapsed, 1e-9), elapsed)
            if progress:
                progress(state)
            ideal = len(batch) * pace.seconds / max(took, 1e-6)
            count = int(min(max(ideal, 1.0), GROWTH * max(count, len(batch)), pace.largest))
    except KeyboardInterrupt:
        return "interrupted", state
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def trial_rows(first: int, batch: pd.DataFrame, metrics: FloatArray, values: FloatArray) -> pd.DataFrame:
    """Rows of the trials table, numbered from `first`."""
    columns: dict[str, object] = {"trial": np.arange(first, first + len(batch), dtype=np.int64)}
    columns.update({str(name): batch[name].reset_index(drop=True) for name in batch.columns})
    columns.update({metric.key: metrics[:, place] for place, metric in enumerate(METRICS)})
    columns.update({name: values[:, place] for place, name in enumerate(objective_names(values.shape[1]))})
    return pd.DataFrame(columns)


def _evaluate(evaluator: Runs, batch: pd.DataFrame, pool: ThreadPoolExecutor | None) -> FloatArray:
    if pool is None or len(batch) < 2:
        return evaluator.evaluate(batch)
    edges = np.linspace(0, len(batch), min(evaluator.threads, len(batch)) + 1).astype(int)
    pieces = [batch.iloc[a:b].reset_index(drop=True) for a, b in itertools.pairwise(edges)]
    return np.concatenate(list(pool.map(evaluator.evaluate, pieces)))


def _better(
    state: SweepProgress, batch: pd.DataFrame, values: FloatArray, done: int, rate: float, seconds: float
) -> SweepProgress:
    best, point = state.best, state.point
    if np.isfinite(values).any():
        place = int(np.nanargmax(values))
        if not best >= values[place]:
            best = float(values[place])
            point = {str(name): plain_value(batch[name].iloc[place]) for name in batch.columns}
    return SweepProgress(done, state.total, rate, seconds, best, point)
