"""What a command says of finished runs, as lines and as JSON values (pure)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from newsbt.cli import layout
from newsbt.cli.evidence_lines import comparison_evidence, run_evidence
from newsbt.cli.money import capacity_lines, cost_lines, split_lines
from newsbt.cli.spark import equity_lines
from newsbt.comparison import Comparison
from newsbt.evidence.of_run import run_figures
from newsbt.hindsight import HINDSIGHT_METRICS, hindsight_share, hindsight_words
from newsbt.metrics.table import METRICS, SUMMARY
from newsbt.records import Finding
from newsbt.runs import RunResult
from newsbt.specs import spec_to_json

__all__ = [
    "comparison_lines",
    "from_here",
    "hindsight_share",
    "pictures",
    "run_json",
    "run_lines",
    "runs_table",
]

COLUMNS = {
    "total_return": "return",
    "cagr": "a year",
    "volatility": "volatility",
    "sharpe": "Sharpe",
    "max_drawdown": "drawdown",
    "trades": "trades",
    "win_rate": "won",
}
MOST_WARNINGS = 5
LONGEST_NAME = 14
BY_KEY = {metric.key: metric for metric in METRICS}


def run_lines(result: RunResult, width: int = 80, *, blocks: bool = False) -> list[str]:
    """The summary of one run; with `blocks`, which not every screen can show, a line of its equity."""
    lines = layout.paragraph(_title(result), width=width, hanging="  ")
    rows = []
    for key in SUMMARY:
        text = BY_KEY[key].formatter(result.metrics.get(key))
        label = BY_KEY[key].label
        if key == "benchmark_return":
            if result.spec.benchmark in ("", "none"):
                continue
            label = f"{label} ({result.spec.benchmark})"
        rows.append((label, text))
    figures = layout.table(("", "value"), rows, right=("value",), indent="  ")[1:]
    lines += ["", *layout.beside(figures, cost_lines(result), width), ""]
    if blocks and (line := equity_lines(result, width)):
        lines += [*line, ""]
    if split := split_lines(result, width):
        lines += [*split, ""]
    if table := capacity_lines(result):
        lines += [*table, ""]
    if sure := run_evidence(result, width):
        lines += [*sure, ""]
    lines += layout.paragraph(hindsight_words(result), width=width)
    lines += _without_hindsight(result, width)
    lines += _warnings(result.findings, width)
    if result.path is not None:
        lines += _saved(result.path)
    return lines


def runs_table(results: Sequence[RunResult], width: int = 80) -> list[str]:
    """One line a run; long names of runs are explained above by letters."""
    strategies = [result.spec.strategy for result in results]
    unique = len(set(strategies)) == len(strategies)
    names, legend = _short(strategies if unique else [result.name for result in results], width)
    rows = [
        [name, *(BY_KEY[key].formatter(result.metrics.get(key)) for key in COLUMNS)]
        for name, result in zip(names, results, strict=True)
    ]
    header = ["run", *COLUMNS.values()]
    return legend + layout.table(header, rows, right=header[1:], width=width)


def comparison_lines(comparison: Comparison, folder: Path, width: int = 80) -> list[str]:
    """The table of a comparison, the settings that differ, what to keep in mind, and where it is."""
    names, lines = _short(comparison.labels, width)
    metrics = [comparison.table[label].to_dict() for label in comparison.labels]
    rows = [[BY_KEY[key].label, *(BY_KEY[key].formatter(run[key]) for run in metrics)] for key in SUMMARY]
    table = layout.table(["", *names], rows, right=names, width=10 * width)
    if max(map(len, table)) <= width:
        lines += table
    else:
        lines += runs_table(comparison.runs, width)
    if sure := comparison_evidence(comparison, names, width):
        lines += ["", *sure]
    if len(comparison.differences):
        settings = [[name, *comparison.differences.loc[name]] for name in comparison.differences.index]
        lines += ["", *layout.table(["setting", *names], settings, width=width)]
    if comparison.notes:
        lines.append("")
    for note in comparison.notes:
        lines += layout.paragraph(note, width=width, hanging="  ")
    return [*lines, "", *_saved(folder)]


def run_json(result: RunResult) -> dict[str, Any]:
    """One run for ``--json``."""
    files = sorted(path.name for path in result.path.iterdir()) if result.path else []
    return {
        "name": result.name,
        "path": str(result.path) if result.path else None,
        "spec": spec_to_json(result.spec),
        "period": _period(result),
        "listings": _listings(result),
        "metrics": dict(result.metrics),
        "evidence": run_figures(result),
        "attribution": result.attribution.to_dict("records"),
        "capacity": _records(result.capacity),
        "hindsight_share": hindsight_share(result),
        "without_hindsight": _records(result.hindsight),
        "findings": [dataclasses.asdict(finding) for finding in result.findings],
        "files": files,
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of numbers, None where undefined."""
    rows = table.to_dict("records")
    return [{str(key): None if value != value else value for key, value in row.items()} for row in rows]


def pictures(folder: Path) -> list[Path]:
    """The pictures in a run's folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".png", ".svg"))


def _title(result: RunResult) -> str:
    spec, period, listings = result.spec, _period(result), _listings(result)
    named = ", ".join(listings) if len(listings) <= 4 else f"{len(listings)} listings"
    when = f"{period[0]} to {period[1]}" if period else "no sessions"
    return f"{spec.strategy} on signal {spec.signal}: {when}, {named or 'no listings'}, {spec.base}"


def _period(result: RunResult) -> list[str] | None:
    """First and last day with a step."""
    at = result.equity["at"]
    return [f"{at.iloc[0]:%Y-%m-%d}", f"{at.iloc[-1]:%Y-%m-%d}"] if len(at) else None


def _listings(result: RunResult) -> list[str]:
    return [str(name) for name in result.manifest.get("listings", result.bars)]


def _without_hindsight(result: RunResult, width: int) -> list[str]:
    """The run beside its twin on a signal without labels; nothing where there is none."""
    if result.hindsight.empty:
        return []
    header = ["on signal", "hindsight", *(COLUMNS[key] for key in HINDSIGHT_METRICS)]
    rows = [
        [row["signal"], *(_cell(key, row[key]) for key in ("hindsight", *HINDSIGHT_METRICS))]
        for row in result.hindsight.to_dict("records")
    ]
    told = layout.paragraph("Beside it the same run without labels, not counted as a trial:", width=width)
    return [*told, *layout.table(header, rows, right=header[1:], width=width, indent="  "), ""]


def _cell(key: str, value: float) -> str:
    """One figure of that table; a run that traded nothing has no share."""
    if key == "hindsight":
        return "-" if value != value else f"{value:.0%}"
    return BY_KEY[key].formatter(None if value != value else value)


def _warnings(found: Sequence[Finding], width: int) -> list[str]:
    serious = [item for item in found if item.severity in ("error", "warning")]
    if not serious:
        return []
    lines = [f"{len(serious)} warning{'s' if len(serious) > 1 else ''}:"]
    for item in serious[:MOST_WARNINGS]:
        action = f"; {item.action}" if item.action else ""
        lines += layout.paragraph(
            f"{item.where}: {item.message}{action}", width=width, indent="  ", hanging="  "
        )
    if len(serious) > MOST_WARNINGS:
        lines.append(f"  and {len(serious) - MOST_WARNINGS} more, in run.json")
    return lines


def _saved(folder: Path) -> list[str]:
    """Where it is, and its pictures; the other formats of a picture are told, not listed."""
    shown = from_here(folder)
    found = pictures(folder)
    stems = list(dict.fromkeys(path.stem for path in found))
    pages = [f"       {shown / page.name}" for page in sorted(folder.glob("*.html"))]
    lines = [f"saved  {shown}", *pages, *(f"       {shown / stem}.png" for stem in stems)]
    return [*lines, "       each picture also as .svg"] if len(found) > len(stems) else lines


def from_here(path: Path) -> Path:
    """`path` relative to the current folder, where it is inside."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path


def _short(names: Sequence[str], width: int) -> tuple[list[str], list[str]]:
    """Names that fit a table, and the lines that explain them where they had to become letters."""
    if max(map(layout.width_of, names), default=0) <= LONGEST_NAME:
        return list(names), []
    letters = [chr(ord("A") + place) for place in range(len(names))]
    return letters, [*layout.table(("", ""), list(zip(letters, names, strict=True)), width=width), ""]
