"""How sure the figures of a run or a comparison are, as lines and as JSON values (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from newsbt.cli import layout
from newsbt.comparison import Comparison
from newsbt.evidence.of_run import run_sentences
from newsbt.evidence.words import mean_words, paired_words
from newsbt.metrics.table import METRICS
from newsbt.runs import RunResult

__all__ = ["comparison_evidence", "run_evidence"]

#: Metrics whose intervals are shown, and their short names; all of them are saved.
SHOWN = {"cagr": "a year", "volatility": "volatility", "sharpe": "Sharpe", "max_drawdown": "drawdown"}
BY_KEY = {metric.key: metric for metric in METRICS}


def run_evidence(result: RunResult, width: int = 80) -> list[str]:
    """How far off the Sharpe ratio may be, whether the run is long enough, what searching explains."""
    return [line for text in run_sentences(result) for line in layout.paragraph(text, width=width)]


def comparison_evidence(comparison: Comparison, names: Sequence[str], width: int = 80) -> list[str]:
    """Intervals of each run, and what the tests of the first against the others say.

    `names` stand for the labels of the runs, in their order.
    """
    short = dict(zip(comparison.labels, names, strict=True))
    evidence = comparison.evidence
    lines = _intervals(evidence.intervals, short, width)
    for item in evidence.contests:
        first, second = short[item.first], short[item.second]
        text = (
            f"{paired_words(item.sharpe, item.per_year, first, second)}"
            f" {mean_words(item.mean, item.per_year, first, second)}"
        )
        lines += ["", *layout.paragraph(text, width=width, hanging="  ")]
    if len(evidence.contests) > 1:
        note = (
            f"These are {len(evidence.contests)} tests: with no difference anywhere, one in twenty comes out"
            " rare by chance."
        )
        lines += ["", *layout.paragraph(note, width=width, hanging="  ")]
    for text in evidence.missing:
        lines += layout.paragraph(text, width=width, hanging="  ")
    return lines


def _intervals(table: pd.DataFrame, short: Mapping[str, str], width: int) -> list[str]:
    if table.empty:
        return []
    cells = {(row["run"], row["metric"]): _span(row) for row in table.to_dict("records")}
    by_metric = [
        [_label(key, BY_KEY[key].label), *(cells.get((label, key), "n/a") for label in short)]
        for key in SHOWN
        if any((label, key) in cells for label in short)
    ]
    header = ["95 % intervals", *short.values()]
    lines = layout.table(header, by_metric, right=header[1:], width=10 * width)
    if max(map(layout.width_of, lines)) <= width:
        return lines
    by_run = [[name, *(cells.get((label, key), "n/a") for key in SHOWN)] for label, name in short.items()]
    header = ["95 % intervals", *(_label(key, name) for key, name in SHOWN.items())]
    return layout.table(header, by_run, right=header[1:], width=width)


def _span(row: Mapping[Any, Any]) -> str:
    if not math.isfinite(row["low"]):
        return "n/a"
    low, high = (BY_KEY[row["metric"]].formatter(row[end]).removesuffix(" %") for end in ("low", "high"))
    return f"{low} to {high}"


def _label(key: str, name: str) -> str:
    """`name` of a metric, with the % that its cells leave out."""
    return f"{name}, %" if BY_KEY[key].unit.startswith("fraction") else name
