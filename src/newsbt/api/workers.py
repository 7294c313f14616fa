"""Processes that run points in Backtrader: they get files and inputs, never a class."""

from __future__ import annotations

import dataclasses
import itertools
import os
import pickle
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from newsbt.adapters.interrupts import held_interrupts
from newsbt.adapters.workspace import Workspace
from newsbt.api.groups import GroupedRuns
from newsbt.api.inputs import with_model
from newsbt.records import FloatArray
from newsbt.runs import RunSpec
from newsbt.tuning.failures import Failure

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from newsbt.api.evaluate_backtrader import BacktraderEvaluator

__all__ = ["Workers"]

#: Pieces of a batch for each process, so that none waits long for the last one.
PIECES: Final = 4


class Workers:
    """A pool of processes, started with the first batch.

    Parameters
    ----------
    groups : GroupedRuns
    processes : int
    """

    def __init__(self, groups: GroupedRuns, processes: int) -> None:
        self._groups, self._processes = groups, processes
        self._pool: ProcessPoolExecutor | None = None
        self._file: Path | None = None

    def evaluate(self, batch: pd.DataFrame) -> tuple[FloatArray, list[Failure]]:
        """Metrics of each point in the order of `batch`, and the points that failed."""
        pool = self._started()
        count = min(len(batch), self._processes * PIECES)
        edges = np.linspace(0, len(batch), count + 1).astype(int)
        pieces = [batch.iloc[a:b].reset_index(drop=True) for a, b in itertools.pairwise(edges)]
        with held_interrupts():  # Ctrl-C is for this process, and tasks start the others
            mapped = pool.map(_evaluate, pieces)
        answers = list(mapped)
        return np.concatenate([found for found, _ in answers]), [one for _, few in answers for one in few]

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context, resource_tracker

            inputs = dataclasses.replace(self._groups.inputs, model=None)  # type: ignore[arg-type]
            handle, name = tempfile.mkstemp(prefix="newsbt-inputs-")
            self._file = Path(name)
            with os.fdopen(handle, "wb") as file:
                pickle.dump(inputs, file)
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=get_context("spawn"),
                initializer=_start,
                initargs=(self._groups.spec, self._groups.workspace.root, self._file),
            )
            resource_tracker.ensure_running()  # it takes its hands off the signals when it starts
        return self._pool


_evaluators: list[BacktraderEvaluator] = []


def _start(spec: RunSpec, root: Path, inputs: Path) -> None:
    """Prepare this process; without the one that started it there is nothing to do."""
    from multiprocessing.util import Finalize

    from newsbt.api.evaluate_backtrader import BacktraderEvaluator

    threading.Thread(target=_end_with_parent, args=(inputs,), daemon=True).start()
    Finalize(None, inputs.unlink, kwargs={"missing_ok": True}, exitpriority=1)
    workspace = Workspace(root)
    try:
        gathered: Any = pickle.loads(inputs.read_bytes())
    except FileNotFoundError:  # the search ended while this process started
        return
    groups = GroupedRuns(spec, workspace, with_model(gathered, spec, workspace))
    _evaluators.append(BacktraderEvaluator(groups))


def _end_with_parent(inputs: Path) -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        inputs.unlink(missing_ok=True)
        os._exit(1)


def _evaluate(batch: pd.DataFrame) -> tuple[FloatArray, list[Failure]]:
    evaluator = _evaluators[0]
    return evaluator.evaluate(batch), evaluator.failures.take()
