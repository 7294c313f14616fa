"""Metrics of many points of a search: what an engine must offer, and which engine is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

import pandas as pd

from newsbt.adapters.workspace import Workspace
from newsbt.api.groups import GroupedRuns
from newsbt.api.inputs import Inputs
from newsbt.errors import UnknownNameError
from newsbt.records import FloatArray, ParamValue
from newsbt.runs import RunResult, RunSpec
from newsbt.tuning.failures import Failures

if TYPE_CHECKING:
    from newsbt.adapters.cluster import Cluster

__all__ = ["ENGINES", "Engine", "Evaluator", "GroupedRuns", "evaluator_for"]

Engine: TypeAlias = Literal["auto", "fast", "backtrader"]
ENGINES: Final = ("auto", "fast", "backtrader")


class Evaluator(Protocol):
    """Runs points; may be called from several threads at once.

    Attributes
    ----------
    engine : str
        ``"fast"`` or ``"backtrader"``.
    threads : int
        Calls that a sweep should make at once; 1 for an evaluator with processes of its own.
    groups : GroupedRuns
        Where specifications and worlds come from.
    failures : Failures
        Points that could not be run; all their metrics are nan.
    """

    engine: str
    threads: int
    groups: GroupedRuns
    failures: Failures

    def evaluate(self, batch: pd.DataFrame) -> FloatArray:
        """Metrics of each point, shape (len(batch), len(METRICS)), in their order; nan where undefined."""

    def daily_returns(self, batch: pd.DataFrame) -> FloatArray:
        """Daily returns of each point, shape (len(batch), days)."""

    def run(self, point: Mapping[str, ParamValue]) -> RunResult:
        """One point with its fills, equity and all; saved nowhere."""

    def close(self) -> None:
        """End worker processes."""


def evaluator_for(
    spec: RunSpec,
    workspace: Workspace,
    engine: Engine = "auto",
    jobs: int = 0,
    inputs: Inputs | None = None,
    cluster: Cluster | None = None,
) -> Evaluator:
    """The evaluator for points that change `spec`.

    Parameters
    ----------
    spec : RunSpec
    workspace : Workspace
    engine : {"auto", "fast", "backtrader"}
        ``auto`` takes the compiled engine for the strategies that it knows.
    jobs : int
        Points run at once; 0 is two threads for the compiled engine and one process for Backtrader.
    inputs : Inputs, optional
        Of `spec`, where they have been gathered.
    cluster : Cluster, optional
        Whose workers run the points, as many at once as it has threads.

    Raises
    ------
    UnknownNameError
        For another engine.
    InputError
        If ``fast`` is asked for and the strategy has no compiled rule.
    """
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES, where="--engine")
    groups = GroupedRuns(spec, workspace, inputs)
    if cluster is None:
        return _local(groups, engine, jobs)
    from newsbt.api.evaluate_cluster import ClusterEvaluator

    return ClusterEvaluator(_local(groups, engine, 1), cluster)


def _local(groups: GroupedRuns, engine: Engine, jobs: int) -> Evaluator:
    """On this machine."""
    if engine != "backtrader":
        from newsbt.api.evaluate_fast import FastEvaluator, why_not_fast

        if engine == "fast" or not why_not_fast(groups):
            return FastEvaluator(groups, jobs or 2)
    from newsbt.api.evaluate_backtrader import BacktraderEvaluator

    return BacktraderEvaluator(groups, jobs or 1)
