"""Points of a search in the compiled engine."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from newsbt.adapters.compilation import ENGINE, compile_once, keep_compiled
from newsbt.adapters.plugins import describe
from newsbt.adapters.rule_files import compiled_kind
from newsbt.api.backtest import result_of
from newsbt.api.groups import Group, GroupedRuns, world_key
from newsbt.api.inputs import Inputs
from newsbt.engine.cost_tables import can_pack
from newsbt.engine.outcome import Outcome
from newsbt.engine.world import World
from newsbt.errors import InputError, NewsbtError
from newsbt.metrics.table import METRICS
from newsbt.records import FloatArray, ParamValue
from newsbt.runs import RunResult, RunSpec
from newsbt.tuning.failures import Failures

keep_compiled()

from newsbt.engine.compiled import CompiledWorld  # noqa: E402 - numba must know its folder before

__all__ = ["FastEvaluator", "run_fast", "why_not_fast"]

#: Packed worlds kept.
MOST_WORLDS = 16


def why_not_fast(groups: GroupedRuns) -> str:
    """Say why the compiled engine cannot run a search; empty if it can."""
    return _why_not(groups.inputs)


def run_fast(spec: RunSpec, inputs: Inputs, world: World) -> Outcome:
    """One run in the compiled engine: what :func:`newsbt.engine.reference.run_reference` gives.

    Raises
    ------
    InputError
        If the strategy has no compiled rule, or the costs are none that the engine knows.
    """
    kind = _checked_kind(inputs)
    defaults: dict[str, Any] = {param.name: param.default for param in describe(inputs.strategy).params}
    packed, params = CompiledWorld(world, kind), {**defaults, **spec.params}
    compile_once(ENGINE, lambda: packed.metrics([params]))
    return packed.outcome(params)


def _checked_kind(inputs: Inputs) -> str:
    if why := _why_not(inputs):
        raise InputError(f"{why}; use --engine backtrader, or auto")
    return compiled_kind(inputs.strategy.path)[0]


def _why_not(inputs: Inputs) -> str:
    kind, why = compiled_kind(inputs.strategy.path)
    if not kind:
        return why
    return "" if can_pack(inputs.costs) else f"costs of {type(inputs.costs).__name__} are not compiled"


class FastEvaluator:
    """Thousands of points a second; see :class:`newsbt.api.evaluate.Evaluator`.

    Parameters
    ----------
    groups : GroupedRuns
    threads : int
        Calls that a sweep should make at once.

    Raises
    ------
    InputError
        If the strategy has no compiled rule.
    """

    engine = "fast"

    def __init__(self, groups: GroupedRuns, threads: int = 2) -> None:
        self._kind = _checked_kind(groups.inputs)
        self.groups, self.threads = groups, threads
        self.failures = Failures()
        self._defaults: dict[str, Any] = {
            param.name: param.default for param in describe(groups.inputs.strategy).params
        }
        self._worlds: OrderedDict[str, CompiledWorld] = OrderedDict()
        self._lock = threading.RLock()

    def evaluate(self, batch: pd.DataFrame) -> FloatArray:
        """Metrics of each point, shape (len(batch), len(METRICS)); nan where undefined."""
        found = np.full((len(batch), len(METRICS)), np.nan)
        for group in self.groups.split(batch):
            try:
                found[group.rows] = self._ready(group.spec).metrics(self._params(group))
            except NewsbtError as error:
                self.failures.add(str(error), batch.iloc[group.rows[0]].to_dict(), len(group.rows))
        return found

    def daily_returns(self, batch: pd.DataFrame) -> FloatArray:
        """Daily returns of each point, shape (len(batch), days); nan beyond the days of a shorter run."""
        parts = [
            (group.rows, self._ready(group.spec).daily_returns(self._params(group)))
            for group in self.groups.split(batch)
        ]
        found = np.full((len(batch), max((part.shape[1] for _, part in parts), default=0)), np.nan)
        for rows, part in parts:
            found[rows, : part.shape[1]] = part
        return found

    def run(self, point: Mapping[str, ParamValue]) -> RunResult:
        """One point with its fills, equity and all; saved nowhere."""
        spec = self.groups.spec_of(point)
        prepared = self.groups.prepare(spec)
        outcome = self._ready(spec).outcome({**self._defaults, **spec.params})
        return result_of(spec, prepared.inputs, "point", prepared.audit, prepared.world, outcome)

    def packed(self, spec: RunSpec) -> CompiledWorld:
        """The packed world of `spec`."""
        return self._world(spec)

    def close(self) -> None:
        """Nothing to end."""

    def _params(self, group: Group) -> pd.DataFrame:
        """All parameters of the strategy, one row a point."""
        fixed: dict[str, Any] = {**self._defaults, **group.spec.params}
        given = {str(name): group.params[name].to_numpy() for name in group.params.columns}
        rest = {name: value for name, value in fixed.items() if name not in given}
        return pd.DataFrame({**rest, **given}, index=range(len(group.rows)))

    def _ready(self, spec: RunSpec) -> CompiledWorld:
        """The packed world of `spec`, and an engine that is compiled."""
        world = self._world(spec)
        compile_once(ENGINE, lambda: world.metrics([{**self._defaults, **spec.params}]))
        return world

    def _world(self, spec: RunSpec) -> CompiledWorld:
        key = world_key(spec)
        with self._lock:
            if key not in self._worlds:
                prepared = self.groups.prepare(spec)
                self._worlds[key] = CompiledWorld(prepared.world, self._kind, prepared.benchmark)
                if len(self._worlds) > MOST_WORLDS:
                    self._worlds.popitem(last=False)
            self._worlds.move_to_end(key)
            return self._worlds[key]
