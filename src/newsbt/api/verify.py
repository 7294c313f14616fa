"""Trials of a search run again in Backtrader and compared: fills, equity and metrics."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import Evaluator, evaluator_for
from newsbt.metrics.table import METRICS
from newsbt.records import BoolArray, IntArray
from newsbt.runs import RunResult
from newsbt.tuning.ranking import best_rows
from newsbt.tuning.request import TuneResult

__all__ = ["Verification", "same_run", "verify"]

#: Largest relative difference of figures that count as equal.
TOLERANCE = 1e-9
EXACT = ("at", "session", "symbol", "side", "size", "reason", "catalyst_ids")


@dataclass(frozen=True)
class Verification:
    """One trial run again.

    Parameters
    ----------
    trial : int
    difference : str
        The first one, in words; empty where all agrees.
    """

    trial: int
    difference: str


def verify(
    result: TuneResult,
    workspace: Workspace,
    count: int,
    progress: Callable[[str, float], None] | None = None,
) -> list[Verification]:
    """Run `count` trials again in Backtrader: half of them the best ones, the rest drawn at random.

    The table's metrics are compared with Backtrader's, and where another engine ran the trials its fills and
    its equity too.

    Parameters
    ----------
    result : TuneResult
        With all metrics.
    workspace : Workspace
    count : int
    progress : callable, optional
    """
    spec = result.spec
    reference = evaluator_for(spec, workspace, "backtrader")
    other = evaluator_for(spec, workspace, "fast", 1) if result.engine == "fast" else None
    found = []
    for place, row in enumerate(_chosen(result, count)):
        if progress:
            progress("verifying in Backtrader", place / count)
        found.append(
            Verification(
                int(result.trials["trial"].iloc[row]), _difference(result, int(row), reference, other)
            )
        )
    return found


def same_run(first: RunResult, second: RunResult) -> str:
    """The first difference between two runs of the same specification, or nothing.

    Fills must be equal (prices and fees to a relative 1e-9), equity at each step to a relative 1e-9.
    """
    if len(first.fills) != len(second.fills):
        return f"{len(first.fills)} fills and {len(second.fills)}"
    for name in first.fills.columns:
        one, two = first.fills[name], second.fills[name]
        exact = name in EXACT or not pd.api.types.is_numeric_dtype(one)
        differs = ~(_equal(one, two) if exact else _close(one, two))
        if differs.any():
            row = int(np.flatnonzero(differs)[0])
            return f"fill {row} has {name} {one.iloc[row]} and {two.iloc[row]}"
    if list(first.equity["at"]) != list(second.equity["at"]):
        return "equity has other steps"
    differs = ~_close(first.equity["equity"], second.equity["equity"])
    if differs.any():
        row = int(np.flatnonzero(differs)[0])
        return (
            f"equity of {first.equity['at'].iloc[row]} is {first.equity['equity'].iloc[row]} and"
            f" {second.equity['equity'].iloc[row]}"
        )
    return ""


def _chosen(result: TuneResult, count: int) -> IntArray:
    """Rows to run again, best first."""
    best = best_rows(result.trials, math.ceil(count / 2))
    rest = np.setdiff1d(np.arange(len(result.trials)), best)
    drawn = np.random.default_rng(result.tuning.seed).permutation(rest)[: count - len(best)]
    return np.concatenate([best, np.sort(drawn)]).astype(np.int64)


def _difference(result: TuneResult, row: int, reference: Evaluator, other: Evaluator | None) -> str:
    point = result.point(row)
    try:
        truth = reference.run(point)
    except Exception as error:  # noqa: BLE001 - a strategy may raise anything; the trial has no metrics then
        undefined = bool(result.trials.iloc[row][[m.key for m in METRICS]].isna().all())
        return "" if undefined else f"Backtrader fails: {error}"
    for metric in METRICS:
        value = truth.metrics[metric.key]
        mine = pd.Series([result.trials[metric.key].iloc[row]], dtype="float64")
        if not _close(pd.Series([value], dtype="float64"), mine)[0]:
            return f"{metric.key} is {value} in Backtrader and {mine.iloc[0]} in the table"
    return same_run(truth, other.run(point)) if other is not None else ""


def _equal(one: pd.Series[Any], two: pd.Series[Any]) -> BoolArray:
    return np.asarray(one.reset_index(drop=True).astype(str) == two.reset_index(drop=True).astype(str))


def _close(one: pd.Series[Any], two: pd.Series[Any]) -> BoolArray:
    """Equal to a relative 1e-9, or to 1e-9 near zero, or both undefined."""
    left, right = (np.asarray(values, dtype=np.float64) for values in (one, two))
    found: BoolArray = np.isclose(left, right, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
    return found
