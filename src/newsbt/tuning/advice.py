"""What to keep in mind of a finished search: edges, few trades, failures, the luck of the best (pure)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from newsbt.records import Finding
from newsbt.tuning.request import TuneResult

__all__ = ["FEW_TRADES", "advice"]

#: Trades below which a figure says little.
FEW_TRADES = 30


def advice(result: TuneResult) -> tuple[Finding, ...]:
    """Findings on `result`, warnings first."""
    cut = _cut_short(result)
    return (*_failures(result), *cut, *_edges(result), *_few_trades(result), *_selection(result))


def _failures(result: TuneResult) -> Iterator[Finding]:
    total = len(result.trials)
    for failure in result.failures:
        point = ", ".join(f"{name}={value}" for name, value in failure.point.items())
        yield Finding(
            "failed-points",
            "warning",
            "trials",
            f"{failure.count:,} of {total:,} points could not be run, such as {point}: {failure.reason}",
            "they have no objective",
        )


def _cut_short(result: TuneResult) -> Iterator[Finding]:
    """A grid goes through its first axis slowest: what was tried before its end is a corner of it."""
    if result.tuning.search != "grid" or result.stopped == "exhausted" or not len(result.trials):
        return
    size = math.prod(axis.size or 1 for axis in result.axes)
    for axis in result.axes:
        tried = int(result.trials[axis.name].nunique())
        if tried < (axis.size or 1) and not result.tuning.where:
            yield Finding(
                "grid-cut-short",
                "warning",
                "grid",
                f"it ended after {len(result.trials):,} of {size:,} points, with {tried:,} of {axis.size:,}"
                f" values of {axis.name}",
                "a grid takes its first axis slowest; --search random or sobol tries all of the space",
            )
            return


def _edges(result: TuneResult) -> Iterator[Finding]:
    for axis in result.axes:
        if result.best is None or not axis.ordered or axis.low == axis.high:
            continue
        value = float(result.trials[axis.name].iloc[result.best])
        ends = {axis.low: "lowest", axis.high: "highest"}
        end = ends.get(value)
        if end and (axis.size is None or axis.size > 2):
            yield Finding(
                "edge-of-space",
                "warning",
                axis.name,
                f"the best trial has {axis.name} = {value:g}, the {end} that was tried",
                "widen this axis if it makes sense",
            )


def _few_trades(result: TuneResult) -> Iterator[Finding]:
    if result.best is None or "trades" not in result.trials:
        return
    trades = float(result.trials["trades"].iloc[result.best])
    if math.isfinite(trades) and trades < FEW_TRADES:
        yield Finding(
            "few-trades",
            "warning",
            "best trial",
            f"it made {trades:g} trades; figures of fewer than {FEW_TRADES} say little",
            "use more news, more listings or a longer period",
        )


def _selection(result: TuneResult) -> Iterator[Finding]:
    count = len(result.trials)
    if count > 1:
        yield Finding(
            "best-of-many",
            "info",
            "best trial",
            f"it is the best of {count:,} trials, so its figures are too good: part of them is luck that will"
            " not come again",
            "judge it on days or news that the search did not see",
        )
