"""Points of a search that share a world: what every engine needs once for many points."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from newsbt.adapters.plugins import describe
from newsbt.adapters.settings import load_settings
from newsbt.adapters.workspace import Workspace
from newsbt.api.inputs import Inputs, adapt, gather
from newsbt.api.worlds import benchmark_index, build_world
from newsbt.engine.world import World
from newsbt.params import check_params
from newsbt.records import IntArray, ParamValue
from newsbt.runs import RunSpec
from newsbt.specs import spec_to_json
from newsbt.tuning.points import is_strategy_axis, spec_of_point

__all__ = ["Group", "GroupedRuns", "Prepared"]

#: Worlds kept; a search over signals or costs comes back to the same few.
MOST_WORLDS = 16


@dataclass(frozen=True)
class Group:
    """Points of a batch that differ in parameters of the strategy only.

    Parameters
    ----------
    spec : RunSpec
        Of all of them, but for `params`.
    rows : array of int64
        Their positions in the batch.
    params : DataFrame
        One row a point, one column a tuned parameter of the strategy; may have no columns.
    """

    spec: RunSpec
    rows: IntArray
    params: pd.DataFrame


@dataclass(frozen=True)
class Prepared:
    """What a group trades: its world and where that came from.

    Parameters
    ----------
    spec : RunSpec
    inputs : Inputs
        With the group's signal model and costs.
    audit : DataFrame
        See :func:`newsbt.api.backtest.build_world`.
    world : World
    benchmark : Series or None
        See :func:`newsbt.api.backtest.benchmark_index`.
    """

    spec: RunSpec
    inputs: Inputs
    audit: pd.DataFrame
    world: World
    benchmark: pd.Series[float] | None


class GroupedRuns:
    """Splits batches into groups and prepares each group once; may be used from several threads.

    Parameters
    ----------
    spec : RunSpec
        What the search does not change.
    workspace : Workspace
    inputs : Inputs, optional
        Of `spec`; gathered when they are first needed where they are not given.
    """

    def __init__(self, spec: RunSpec, workspace: Workspace, inputs: Inputs | None = None) -> None:
        self.spec, self.workspace = spec, workspace
        self._inputs = inputs
        self._signals: dict[str, Mapping[str, ParamValue]] = {}
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = threading.RLock()

    @property
    def inputs(self) -> Inputs:
        """Inputs of the specification that the search starts from."""
        with self._lock:
            if self._inputs is None:
                self._inputs = gather(self.spec, self.workspace)
            return self._inputs

    def split(self, batch: pd.DataFrame) -> list[Group]:
        """The groups of `batch`, by their first points."""
        own = [name for name in batch.columns if is_strategy_axis(str(name))]
        others = [name for name in batch.columns if name not in own]
        if not others:
            return [Group(self.spec, np.arange(len(batch)), batch)] if len(batch) else []
        numbers = batch.groupby(others, sort=False, dropna=False).ngroup().to_numpy()
        groups = []
        for number in range(int(numbers.max()) + 1 if len(numbers) else 0):
            rows = np.flatnonzero(numbers == number)
            spec = self.spec_of({name: batch[name].iloc[rows[0]] for name in others})
            groups.append(Group(spec, rows, batch.iloc[rows][own].reset_index(drop=True)))
        return groups

    def spec_of(self, point: Mapping[Any, Any]) -> RunSpec:
        """The whole specification of a point."""
        signal = str(point.get("run.signal", self.spec.signal))
        if signal != self.spec.signal and signal not in self._signals:
            info = describe(self.workspace.signal(signal))
            given = load_settings(self.workspace).signal.get(signal, {})
            self._signals[signal] = check_params(info.params, given, f"signal {signal}")
        return spec_of_point(self.spec, point, self._signals)

    def prepare(self, spec: RunSpec) -> Prepared:
        """Inputs and world of a group's `spec`; the same for every value of its `params`."""
        key = world_key(spec)
        with self._lock:
            if key in self._prepared:
                self._prepared.move_to_end(key)
                return self._prepared[key]
            inputs = adapt(self.inputs, self.spec, spec, self.workspace)
            audit, world = build_world(spec, inputs)
            found = Prepared(spec, inputs, audit, world, benchmark_index(spec, inputs))
            self._prepared[key] = found
            if len(self._prepared) > MOST_WORLDS:
                self._prepared.popitem(last=False)
            return found


def world_key(spec: RunSpec) -> str:
    """The same text for specifications that differ in parameters of the strategy only."""
    return json.dumps(spec_to_json(dataclasses.replace(spec, params={})), sort_keys=True)
