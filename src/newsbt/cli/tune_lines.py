"""What a command says of a search, as lines and as JSON values (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from newsbt.cli import layout
from newsbt.cli.summary import from_here
from newsbt.metrics.table import METRICS
from newsbt.records import Finding
from newsbt.specs import spec_to_json
from newsbt.tuning.objective import Objective
from newsbt.tuning.request import TuneResult, objective_names

if TYPE_CHECKING:
    from newsbt.api.verify import Verification

__all__ = [
    "SHOWN",
    "judged_lines",
    "progress_label",
    "saved_lines",
    "tune_json",
    "tune_lines",
    "verdict_lines",
]

#: Metrics beside the objective: key and heading.
COLUMNS = {"total_return": "return", "sharpe": "Sharpe", "max_drawdown": "drawdown", "trades": "trades"}
SHOWN = (*COLUMNS, "dates_per_year")
BY_KEY = {metric.key: metric for metric in METRICS}
STOPPED = {
    "exhausted": "all of them",
    "trials": "as many as asked for",
    "time": "when the time was over",
    "interrupted": "until interrupted",
}


def tune_lines(
    result: TuneResult,
    top: pd.DataFrame,
    importance: pd.Series[float],
    front: pd.DataFrame | None,
    on_front: int = 0,
    width: int = 80,
) -> list[str]:
    """What a search found: its best trials and the share of each parameter.

    Parameters
    ----------
    result : TuneResult
    top : DataFrame
        Rows of :func:`newsbt.tuning.ranking.ranked`, best first.
    importance : Series
        See :func:`newsbt.tuning.importance.importance`.
    front : DataFrame or None
        The first rows of the Pareto front; None with one objective.
    on_front : int
        Trials on it in all.
    width : int
    """
    lines = layout.paragraph(_title(result), width=width, hanging="  ")
    lines += layout.paragraph(_count(result), width=width, hanging="  ")
    if len(top):
        lines += ["", *_table(result, top, width)]
    else:
        lines += ["", "No trial has an objective: none made the trades that it needs."]
    if front is not None and len(front):
        lines += [
            "",
            *layout.paragraph(_front(len(front), on_front), width=width),
        ]
        lines += _table(result, front, width)
    if importance.notna().any():
        shares = ", ".join(f"{name} {share:.0%}" for name, share in importance.items())
        lines += ["", *layout.paragraph(f"Explained by each parameter alone: {shares}.", width=width)]
    return lines


def judged_lines(result: TuneResult, findings: Sequence[Finding], width: int = 80) -> list[str]:
    """What is to be thought of it: the evidence, and what to beware of."""
    lines = []
    if result.evidence is not None:
        from newsbt.cli.search_lines import search_evidence_lines

        lines += ["", *search_evidence_lines(result.evidence, width)]
    if findings:
        lines.append("")
    for item in findings:
        start = "" if item.severity == "info" else f"{item.severity}: "
        action = f"; {item.action}" if item.action else ""
        text = f"{start}{item.where}: {item.message}{action}"
        lines += layout.paragraph(text, width=width, hanging="  ")
    return lines


def tune_json(
    result: TuneResult,
    top: pd.DataFrame,
    importance: pd.Series[float],
    front: pd.DataFrame | None,
    findings: Sequence[Finding],
) -> dict[str, Any]:
    """The same for ``--json``."""
    from newsbt.evidence.search_figures import search_figures

    rows = [_row_json(result, top, place) for place in range(len(top))]
    return {
        "name": result.name,
        "path": str(result.path) if result.path else None,
        "spec": spec_to_json(result.spec),
        "search": result.tuning.search,
        "params": list(result.tuning.params),
        "where": list(result.tuning.where),
        "objectives": list(result.tuning.objectives),
        "engine": result.engine,
        "stopped": result.stopped,
        "trials": len(result.trials),
        "seconds": result.seconds,
        "rate": result.rate,
        "best": rows[0] if rows else None,
        "top": rows,
        "front": None if front is None else [_row_json(result, front, place) for place in range(len(front))],
        "evidence": None if result.evidence is None else search_figures(result.evidence),
        "importance": {str(name): _number(share) for name, share in importance.items()},
        "failures": [
            {"reason": failure.reason, "count": failure.count, "point": dict(failure.point)}
            for failure in result.failures
        ],
        "findings": [
            {"severity": item.severity, "code": item.code, "where": item.where, "message": item.message}
            for item in findings
        ],
    }


def progress_label(
    done: int, total: int | None, rate: float, best: float, point: Mapping[str, object], objective: Objective
) -> str:
    """One line on how far a search has come."""
    parts = [f"{done:,} of {total:,} points" if total else f"{done:,} points", f"{rate:,.0f} a second"]
    if rate < 10:
        parts[1] = f"{rate:.1f} a second"
    if math.isfinite(best):
        where = " ".join(f"{name}={_value(value)}" for name, value in point.items())
        parts.append(f"best {objective.text} {_objective(objective, best)} at {where}")
    return ", ".join(parts)


def verdict_lines(checked: Sequence[Verification]) -> list[str]:
    """What running trials again in Backtrader showed."""
    wrong = [row for row in checked if row.difference]
    if not wrong:
        return [f"verified  {len(checked)} trials run again in Backtrader agree"]
    lines = [f"verified  {len(wrong)} of {len(checked)} trials run again in Backtrader differ:"]
    return [*lines, *(f"          trial {row.trial}: {row.difference}" for row in wrong)]


def saved_lines(result: TuneResult, pictures: Sequence[Path]) -> list[str]:
    """Where it is, and how to go on from it."""
    if result.path is None:
        return []
    shown = from_here(result.path)
    lines = [f"saved  {shown}"]
    lines += [f"       {shown / path.name}" for path in pictures if path.suffix in (".html", ".png")]
    if any(path.suffix == ".svg" for path in pictures):
        lines.append("       each picture also as .svg")
    if result.best is not None:
        lines.append(f"run the best: newsbt run --from {shown}")
    if result.stopped in ("interrupted", "time"):
        lines.append(f"go on with:   newsbt tune --resume {shown}")
    return lines


def _title(result: TuneResult) -> str:
    spec, tuning = result.spec, result.tuning
    axes = ", ".join(tuning.params)
    limits = "".join(f", where {text}" for text in tuning.where)
    goals = " and ".join(tuning.objectives)
    return f"{spec.strategy} on signal {spec.signal}: {tuning.search} search over {axes}{limits} for {goals}"


def _count(result: TuneResult) -> str:
    count = len(result.trials)
    rate = f"{result.rate:,.0f}" if result.rate >= 10 else f"{result.rate:.1f}"
    speed = f", {result.seconds:,.1f} s, {rate} points a second" if result.rate else ""
    return f"{count:,} trials, {STOPPED.get(result.stopped, result.stopped)}; engine {result.engine}{speed}"


def _front(shown: int, count: int) -> str:
    if count == 1:
        return "Pareto front: one trial, which no other beats."
    most = f"; the best {shown} by the first objective" if count > shown else ""
    unbeaten = "no other is better in one objective without being worse in another"
    return f"Pareto front: {count:,} trials; {unbeaten}{most}."


def _table(result: TuneResult, rows: pd.DataFrame, width: int) -> list[str]:
    axes = [axis.name for axis in result.axes]
    goals = list(zip(result.objectives, objective_names(len(result.objectives)), strict=True))
    taken = {objective.text for objective in result.objectives}
    metrics = [key for key in COLUMNS if key not in taken]
    header = ["trial", *axes, *(objective.text for objective, _ in goals)]
    header += ["near", "stability", *(COLUMNS[key] for key in metrics)]
    cells = []
    for record in rows.to_dict("records"):
        cells.append(
            [
                str(record["trial"]),
                *(_value(record[name]) for name in axes),
                *(_objective(objective, record[name]) for objective, name in goals),
                _objective(result.objectives[0], record["near"]),
                _plain(record["stability"]),
                *(BY_KEY[key].formatter(_number(record[key])) for key in metrics),
            ]
        )
    return layout.table(header, cells, right=header, width=width)


def _row_json(result: TuneResult, rows: pd.DataFrame, place: int) -> dict[str, Any]:
    record = rows.iloc[place].to_dict()
    first = result.objectives[0]
    near = _number(record["near"])
    names = objective_names(len(result.objectives))
    return {
        "trial": int(record["trial"]),
        "point": {axis.name: _kind(record[axis.name], axis.kind) for axis in result.axes},
        "objectives": {
            objective.text: None if (value := _number(record[name])) is None else objective.shown(value)
            for objective, name in zip(result.objectives, names, strict=True)
        },
        "near": None if near is None else first.shown(near),
        "stability": _number(record["stability"]),
        "metrics": {key: _number(record[key]) for key in BY_KEY if key in record},
    }


def _kind(value: Any, kind: str) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    return int(plain) if kind == "int" else plain


def _objective(objective: Objective, value: float) -> str:
    """An objective's value as its metric is written, with the sign that the metric has."""
    if not math.isfinite(value):
        return "-"
    shown = objective.shown(value)
    metric = BY_KEY.get(objective.text)
    return metric.formatter(shown) if metric else f"{shown:.4g}"


def _value(value: object) -> str:
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, float) and not plain.is_integer():
        return f"{plain:.6g}"
    return str(int(plain)) if isinstance(plain, float) else str(plain)


def _plain(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "-"


def _number(value: Any) -> float | None:
    return float(value) if math.isfinite(float(value)) else None
