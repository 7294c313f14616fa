"""Cards of a run and of a comparison (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.comparison import Comparison
from newsbt.evidence.of_run import run_sentences
from newsbt.evidence.words import mean_words, paired_words
from newsbt.hindsight import hindsight_words
from newsbt.metrics.daily import daily_equity
from newsbt.metrics.table import METRICS, SUMMARY
from newsbt.notebook.html import card, sentences, table
from newsbt.notebook.line import line_svg
from newsbt.records import Finding, FloatArray
from newsbt.runs import RunResult

__all__ = ["comparison_card", "run_card", "run_title", "warnings_of"]

BY_KEY = {metric.key: metric for metric in METRICS}
#: Runs of a comparison that are drawn: more small lines cannot be told apart.
DRAWN = 2
MOST_WARNINGS = 3


def run_title(run: RunResult) -> str:
    """``drift on signal catalogue: 2025-01-13 to 2025-03-31, BABA, USD``."""
    spec, at = run.spec, run.equity["at"]
    listings = [str(name) for name in run.manifest.get("listings", run.bars)]
    named = ", ".join(listings) if len(listings) <= 4 else f"{len(listings)} listings"
    when = f"{at.iloc[0]:%Y-%m-%d} to {at.iloc[-1]:%Y-%m-%d}" if len(at) else "no sessions"
    return f"{spec.strategy} on signal {spec.signal}: {when}, {named or 'no listings'}, {spec.base}"


def run_card(run: RunResult) -> str:
    """Title, equity (dashed: the benchmark), metrics, how sure they are, and warnings."""
    equity, benchmark = _equity(run), _benchmark(run)
    spoken = f"equity of {run.spec.strategy}" + (f", dashed {run.spec.benchmark}" if len(benchmark) else "")
    rows = [
        (BY_KEY[key].label, BY_KEY[key].formatter(run.metrics.get(key)))
        for key in SUMMARY
        if key != "benchmark_return" or run.spec.benchmark not in ("", "none")
    ]
    half = (len(rows) + 1) // 2
    rows += [("", "")] * (2 * half - len(rows))
    beside = [(*first, *second) for first, second in zip(rows[:half], rows[half:], strict=True)]
    return card(
        run_title(run),
        line_svg([equity, benchmark], spoken),
        table((), beside, left=(0, 2)),
        sentences(run_sentences(run)),
        sentences([hindsight_words(run), *warnings_of(run.findings)], warn=True),
    )


def comparison_card(comparison: Comparison) -> str:
    """The metrics side by side, the first two runs drawn, and what the tests say."""
    labels = comparison.labels
    metrics = [comparison.table[label].to_dict() for label in labels]
    rows = [(BY_KEY[key].label, *(BY_KEY[key].formatter(run[key]) for run in metrics)) for key in SUMMARY]
    drawn = [_growth(run) for run in comparison.runs[:DRAWN]]
    said = [
        f"{paired_words(item.sharpe, item.per_year, item.first, item.second)}"
        f" {mean_words(item.mean, item.per_year, item.first, item.second)}"
        for item in comparison.evidence.contests
    ]
    return card(
        f"{len(labels)} runs: {', '.join(labels)}",
        line_svg(drawn, f"growth of {labels[0]}, dashed {labels[1]}"),
        table(("", *labels), rows),
        sentences([*said, *comparison.evidence.missing]),
        sentences(comparison.notes, warn=True),
    )


def warnings_of(findings: tuple[Finding, ...]) -> list[str]:
    """Warnings and errors as sentences, the first three of them."""
    serious = [item for item in findings if item.severity != "info"]
    said = [f"{item.where}: {item.message}" for item in serious[:MOST_WARNINGS]]
    if len(serious) > MOST_WARNINGS:
        said.append(f"and {len(serious) - MOST_WARNINGS} more, in findings")
    return said


def _equity(run: RunResult) -> FloatArray:
    """Daily equity, from the initial capital on."""
    if run.equity.empty:
        return np.empty(0)
    return np.concatenate(([run.spec.cash], daily_equity(run.equity).to_numpy(dtype=np.float64)))


def _growth(run: RunResult) -> FloatArray:
    """Equity over what it was first."""
    equity = _equity(run)
    return np.asarray(equity / equity[0], dtype=np.float64) if len(equity) else equity


def _benchmark(run: RunResult) -> FloatArray:
    """The benchmark from its last close before the run, bought with the same capital; empty without one."""
    if run.benchmark is None or run.equity.empty:
        return np.empty(0)
    inside = run.benchmark[run.benchmark.index <= run.equity["at"].iloc[-1]].dropna()
    values = np.asarray(inside, dtype=np.float64)
    return np.asarray(values / values[0] * run.spec.cash, dtype=np.float64) if len(values) else values
