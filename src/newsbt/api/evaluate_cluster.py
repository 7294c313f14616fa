"""Points of a search on the workers of a cluster, which get files and inputs, never a class."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import itertools
import pickle
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from newsbt.adapters.cluster import Cluster, worker_folder
from newsbt.adapters.cluster_versions import CODE, PACKAGES, code_digest, disagreement, installed
from newsbt.adapters.sent_workspace import lay_out, pack
from newsbt.api.groups import GroupedRuns
from newsbt.api.inputs import Inputs, with_model
from newsbt.api.sweep import PACES, Pace
from newsbt.errors import InputError
from newsbt.metrics.table import METRICS
from newsbt.records import FloatArray, ParamValue
from newsbt.runs import RunResult, RunSpec
from newsbt.tuning.failures import Failure, Failures

if TYPE_CHECKING:
    from newsbt.api.evaluate import Evaluator

__all__ = ["ClusterEvaluator"]

What: TypeAlias = Literal["metrics", "returns"]

#: Pieces of a batch for each thread of the cluster, so that none waits long for the last one.
PIECES: Final = 4
#: Seconds that a batch should take, and the most points of one; results of a batch are held at once.
BATCH_S: Final = 1.0
LARGEST: Final = 262_144
#: Searches whose inputs a worker keeps ready.
MOST_KEPT: Final = 4


@dataclass(frozen=True)
class Work:
    """Everything that a worker needs of one search, sent once.

    Parameters
    ----------
    spec : RunSpec
    engine : str
    inputs : Inputs
        Without the signal model, whose class is in a file.
    files : mapping of str to bytes
        See :func:`newsbt.adapters.sent_workspace.pack`.
    root : str
        The workspace on the client, for messages.
    versions : mapping of str to str
        Of the client's packages.
    code : str
        Of the client's newsbt.
    """

    spec: RunSpec
    engine: str
    inputs: Inputs
    files: Mapping[str, bytes]
    root: str
    versions: Mapping[str, str | None]
    code: str


class ClusterEvaluator:
    """The points of another evaluator on a cluster; see :class:`newsbt.api.evaluate.Evaluator`.

    Parameters
    ----------
    local : Evaluator
        Whose engine, specification and inputs these are; it runs single points.
    cluster : Cluster
        Left open by :meth:`close`.

    Attributes
    ----------
    pace : Pace
        Batches large enough for all of the cluster.
    """

    threads = 1

    def __init__(self, local: Evaluator, cluster: Cluster) -> None:
        self._local, self._cluster = local, cluster
        self.engine, self.groups = local.engine, local.groups
        self.failures = Failures()
        self.pace = Pace(PACES[self.engine].first * cluster.threads, BATCH_S, LARGEST)
        self._work: tuple[str, bytes] | None = None

    def evaluate(self, batch: pd.DataFrame) -> FloatArray:
        """Metrics of each point, shape (len(batch), len(METRICS)); nan where undefined."""
        parts = self._parts(batch, "metrics")
        return np.concatenate(parts) if parts else np.empty((0, len(METRICS)))

    def daily_returns(self, batch: pd.DataFrame) -> FloatArray:
        """Daily returns of each point, shape (len(batch), days); nan beyond the days of a shorter run."""
        parts = self._parts(batch, "returns")
        found = np.full((len(batch), max((part.shape[1] for part in parts), default=0)), np.nan)
        first = 0
        for part in parts:
            found[first : first + len(part), : part.shape[1]] = part
            first += len(part)
        return found

    def run(self, point: Mapping[str, ParamValue]) -> RunResult:
        """One point with its fills, equity and all, on this machine; saved nowhere."""
        return self._local.run(point)

    def close(self) -> None:
        """Let the workers drop what they were sent."""
        if self._work is not None:
            self._cluster.forget(self._work[0])
        self._local.close()

    def _parts(self, batch: pd.DataFrame, what: What) -> list[FloatArray]:
        if not len(batch):
            return []
        count = min(len(batch), self._cluster.threads * PIECES)
        edges = np.linspace(0, len(batch), count + 1).astype(int)
        pieces = [(what, batch.iloc[a:b].reset_index(drop=True)) for a, b in itertools.pairwise(edges)]
        answers = self._cluster.map(_evaluate, *self._packed(), pieces)
        for _, failures in answers:
            self.failures.merge(failures)
        return [found for found, _ in answers]

    def _packed(self) -> tuple[str, bytes]:
        """What is sent, and its hash."""
        if self._work is None:
            spec, workspace = self.groups.spec, self.groups.workspace
            work = Work(
                spec=spec,
                engine=self.engine,
                inputs=dataclasses.replace(self.groups.inputs, model=None),  # type: ignore[arg-type]
                files=pack(workspace, spec.strategy),
                root=str(workspace.root),
                versions=installed(),
                code=code_digest(),
            )
            payload = pickle.dumps(work, protocol=pickle.HIGHEST_PROTOCOL)
            self._work = hashlib.sha256(payload).hexdigest()[:32], payload
        return self._work


@dataclass(frozen=True)
class _Ready:
    """A search as a worker keeps it."""

    evaluator: Evaluator
    root: str
    lock: threading.Lock | None


_ready: OrderedDict[str, _Ready] = OrderedDict()
_making = threading.Lock()
#: Backtrader is not made for several threads.
_one_at_a_time = threading.Lock()


def _evaluate(key: str, payload: bytes, piece: tuple[What, pd.DataFrame]) -> tuple[FloatArray, list[Failure]]:
    """What one task does: its points, and those of them that failed."""
    ready = _readied(key, payload)
    evaluator = copy.copy(ready.evaluator)  # shares worlds with other tasks, and no failures
    evaluator.failures = Failures()
    what, batch = piece
    method = evaluator.evaluate if what == "metrics" else evaluator.daily_returns
    if ready.lock is None:
        found = method(batch)
    else:
        with ready.lock:
            found = method(batch)
    here = str(evaluator.groups.workspace.root)
    return found, [
        dataclasses.replace(failure, reason=failure.reason.replace(here, ready.root))
        for failure in evaluator.failures.take()
    ]


def _readied(key: str, payload: bytes) -> _Ready:
    with _making:
        if key not in _ready:
            _ready[key] = _make(key, payload)
            if len(_ready) > MOST_KEPT:
                _ready.popitem(last=False)
        _ready.move_to_end(key)
        return _ready[key]


def _make(key: str, payload: bytes) -> _Ready:
    """Lay out the workspace and make the evaluator, as on one machine.

    Raises
    ------
    InputError
        If this worker, which came after the search began, has other versions.
    """
    work: Work = pickle.loads(payload)
    why = disagreement(work.versions, installed(), PACKAGES)
    if not why and code_digest() != work.code:
        why = CODE
    if why:
        raise InputError(f"a worker that came later {why}; install the same versions there")
    workspace = lay_out(work.files, key, worker_folder())
    strategy = workspace.strategy(work.spec.strategy)
    inputs = dataclasses.replace(with_model(work.inputs, work.spec, workspace), strategy=strategy)
    groups = GroupedRuns(work.spec, workspace, inputs)
    if work.engine == "fast":
        from newsbt.api.evaluate_fast import FastEvaluator

        return _Ready(FastEvaluator(groups, 1), work.root, None)
    from newsbt.api.evaluate_backtrader import BacktraderEvaluator

    return _Ready(BacktraderEvaluator(groups), work.root, _one_at_a_time)
