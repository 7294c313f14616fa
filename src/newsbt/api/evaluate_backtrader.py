"""Points of a search in Backtrader: one run each, in as many processes as asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import backtrader as bt
import numpy as np
import pandas as pd

from newsbt.adapters.plugins import blame, load
from newsbt.api.backtest import backtest
from newsbt.api.groups import GroupedRuns, Prepared
from newsbt.api.workers import Workers
from newsbt.engine.frames import equity_frame, fills_frame, trades_frame
from newsbt.engine.reference import run_reference
from newsbt.errors import NewsbtError
from newsbt.metrics.daily import daily_equity, daily_returns
from newsbt.metrics.table import METRICS, compute
from newsbt.records import FloatArray, ParamValue
from newsbt.runs import RunResult
from newsbt.tuning.failures import Failures
from newsbt.tuning.points import plain_value

__all__ = ["BacktraderEvaluator", "point_metrics"]


class BacktraderEvaluator:
    """One Backtrader run a point; see :class:`newsbt.api.evaluate.Evaluator`.

    Parameters
    ----------
    groups : GroupedRuns
    processes : int
        1 runs points in this process.
    """

    engine = "backtrader"
    threads = 1

    def __init__(self, groups: GroupedRuns, processes: int = 1) -> None:
        self.groups = groups
        self.failures = Failures()
        self._workers = Workers(groups, processes) if processes > 1 else None

    def evaluate(self, batch: pd.DataFrame) -> FloatArray:
        """Metrics of each point, shape (len(batch), len(METRICS)); nan where undefined."""
        if self._workers is not None and len(batch) > 1:
            found, failures = self._workers.evaluate(batch)
            self.failures.merge(failures)
            return found
        return self._each(batch, point_metrics, len(METRICS))

    def daily_returns(self, batch: pd.DataFrame) -> FloatArray:
        """Daily returns of each point, shape (len(batch), days)."""
        return self._each(batch, _returns, None)

    def run(self, point: Mapping[str, ParamValue]) -> RunResult:
        """One point with its fills, equity and all; saved nowhere."""
        spec = self.groups.spec_of(point)
        return backtest(spec, self.groups.prepare(spec).inputs, "point")

    def close(self) -> None:
        """End worker processes."""
        if self._workers is not None:
            self._workers.close()

    def _each(
        self,
        batch: pd.DataFrame,
        measure: Callable[[Prepared, dict[str, ParamValue]], FloatArray],
        width: int | None,
    ) -> FloatArray:
        rows: list[FloatArray] = [np.empty(0)] * len(batch)
        for group in self.groups.split(batch):
            points = group.params.to_dict("records") if len(group.params.columns) else [{}] * len(group.rows)
            for row, point in zip(group.rows, points, strict=True):
                params = {**group.spec.params, **{str(k): plain_value(v) for k, v in point.items()}}
                try:
                    rows[row] = measure(self.groups.prepare(group.spec), params)
                except Exception as error:  # noqa: BLE001 - a strategy may raise anything; the search goes on
                    self.failures.add(
                        reason_of(error), {name: batch[name].iloc[row] for name in batch.columns}
                    )
        longest = max(map(len, rows), default=0) if width is None else width
        found = np.full((len(batch), longest), np.nan)
        for place, row in enumerate(rows):
            found[place, : len(row)] = row
        return found


def reason_of(error: Exception) -> str:
    """Why a point failed, in one sentence: the line of the strategy's file where it was at work."""
    if isinstance(error, NewsbtError):
        return str(error)
    return str(blame(error) or f"{type(error).__name__}: {error}")


def _frames(prepared: Prepared, params: Mapping[str, ParamValue]) -> tuple[Any, pd.DataFrame]:
    strategy = load(prepared.inputs.strategy, bt.Strategy)
    journal = run_reference(prepared.world, strategy, params).journal
    return journal, equity_frame(journal, prepared.world)


def point_metrics(prepared: Prepared, params: Mapping[str, ParamValue]) -> FloatArray:
    """Every metric of one Backtrader run, in the order of ``METRICS``; nan for None."""
    journal, equity = _frames(prepared, params)
    world = prepared.world
    fills, trades = fills_frame(journal, world.costs.columns), trades_frame(journal, world)
    found = compute(equity, prepared.spec.cash, fills, trades, prepared.benchmark)
    values = [found[metric.key] for metric in METRICS]
    return np.array([math.nan if value is None else value for value in values], dtype=np.float64)


def _returns(prepared: Prepared, params: Mapping[str, ParamValue]) -> FloatArray:
    equity = _frames(prepared, params)[1]
    return np.asarray(daily_returns(daily_equity(equity), prepared.spec.cash), dtype=np.float64)
