"""A run beside the same run on a signal that reads no label, as a table (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from newsbt.records import Finding
from newsbt.runs import RunResult

__all__ = [
    "HINDSIGHT_METRICS",
    "LABEL_FREE",
    "hindsight_share",
    "hindsight_table",
    "hindsight_words",
    "label_counts",
    "label_warnings",
]

#: The signal of the twin where none is named: it reads headline and category only.
LABEL_FREE: Final = "taxonomy"
#: Metrics of the table.
HINDSIGHT_METRICS: Final = ("total_return", "sharpe", "max_drawdown", "trades")


def hindsight_share(result: RunResult) -> float | None:
    """Share of the signals acted on that rest on labels made after publication; None without any."""
    counts = result.manifest.get("hindsight") or {}
    return counts["hindsight"] / counts["signals"] if counts.get("signals") else None


def hindsight_words(result: RunResult) -> str:
    """What share of the signals acted on rests on such labels, in a sentence; else what became of all."""
    share = hindsight_share(result)
    if share is None:
        counts = result.signals["status"].value_counts()
        said = ", ".join(f"{count:,} {status}" for status, count in counts.items())
        return f"No signal was traded: {said}; signals.csv says why." if said else "No signal was traded."
    if share == 0:
        return "No signal that was traded rests on a hindsight label."
    count = result.manifest["hindsight"]["signals"]
    return (
        f"{share:.0%} of the {count} signals traded rest on hindsight labels:"
        " their direction was judged after publication, so the return is no evidence by itself."
    )


def label_counts(audit: pd.DataFrame) -> dict[str, int]:
    """Signals before trading (``signals``), and those that rest on a label made after publication.

    Parameters
    ----------
    audit : DataFrame
        Of :func:`newsbt.scoring.pipeline.build_signals`.
    """
    reached = audit.loc[audit["status"] == "signal", "hindsight"].astype(bool)
    return {"signals": len(reached), "hindsight": int(reached.sum())}


def label_warnings(counts: Mapping[str, int], signal: str, what: str) -> tuple[Finding, ...]:
    """A warning where the signals, `what` says which, rest on labels made in hindsight."""
    total, late = counts["signals"], counts["hindsight"]
    if not late:
        return ()
    message = (
        f"{late / total:.0%} of the {total:,} signals {what} rest on labels made after publication, "
        "so the figures are no evidence by themselves"
    )
    return (
        Finding(
            "hindsight-labels", "warning", f"signal {signal}", message, "--signal taxonomy reads no label"
        ),
    )


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
