"""A run beside the same run on a signal that reads no label, as a table (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd

from newsbt.runs import RunResult

__all__ = ["HINDSIGHT_METRICS", "hindsight_share", "hindsight_table"]

#: Metrics of the table.
HINDSIGHT_METRICS: Final = ("total_return", "sharpe", "max_drawdown", "trades")


def hindsight_share(result: RunResult) -> float | None:
    """Share of the signals acted on that rest on labels made after publication; None without any."""
    counts = result.manifest.get("hindsight") or {}
    return counts["hindsight"] / counts["signals"] if counts.get("signals") else None


def hindsight_table(results: Sequence[RunResult]) -> pd.DataFrame:
    """One row a run.

    Returns
    -------
    DataFrame
        ``signal``, ``hindsight`` (see :func:`hindsight_share`) and :data:`HINDSIGHT_METRICS`, float64 and nan
        where undefined.
    """
    rows = []
    for result in results:
        values = [hindsight_share(result), *(result.metrics.get(key) for key in HINDSIGHT_METRICS)]
        rows.append([math.nan if value is None else float(value) for value in values])
    table = pd.DataFrame(rows, columns=["hindsight", *HINDSIGHT_METRICS], dtype="float64")
    table.insert(0, "signal", pd.Series([result.spec.signal for result in results], dtype="str"))
    return table
