"""What a walk-forward says, as lines and as JSON values (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from newsbt.cli import layout
from newsbt.metrics.table import METRICS
from newsbt.tuning.folds import Plan
from newsbt.tuning.objective import Objective
from newsbt.tuning.walk import Walk
from newsbt.tuning.walk_words import decay_words, objective_text

__all__ = ["walk_json", "walk_lines"]

#: Of the stitched account, in this order.
SHOWN = ("total_return", "cagr", "sharpe", "max_drawdown", "trades", "benchmark_return")
FORMATS = {metric.key: metric.formatter for metric in METRICS}


def walk_lines(
    walk: Walk, axes: Sequence[str], objective: Objective, plan: Plan, width: int = 80
) -> list[str]:
    """The folds with what was chosen, what is left of it out of sample, and all tests as one account."""
    folds = walk.folds
    left = f"{int(folds['purged'].sum())} events purged, {int(folds['embargoed'].sum())} embargoed"
    lines = layout.paragraph(
        f"Walk-forward {plan}: {len(folds)} fold{'s' if len(folds) > 1 else ''}, {left}; chosen in training"
        f" by {objective.text}, then traded on the days after it",
        width=width,
        hanging="  ",
    )
    header = ["fold", "trained to", "tested to", *axes, "training", "test", "trades"]
    rows: list[list[object]] = [
        [
            f"{row['fold']}{'*' if row['kept'] else ''}",
            _day(row["train_end"]),
            _day(row["test_end"]),
            *(_value(row[name]) for name in axes),
            objective_text(row["is_objective"], objective),
            objective_text(row["oos_objective"], objective),
            f"{row['oos_trades']:.0f}",
        ]
        for _, row in folds.iterrows()
    ]
    overall = [objective_text(walk.is_objective, objective), objective_text(walk.oos_objective, objective)]
    trades = int(folds["oos_trades"].sum())
    rows.append(["all", None, None, *(None for _ in axes), *overall, f"{trades}"])
    lines += ["", *layout.table(header, rows, right=["training", "test", "trades"], width=width), ""]
    if folds["kept"].any():
        lines.append("* nothing could be chosen: the point of the fold before was kept")
    for text in (decay_words(walk.folds, walk.is_objective, walk.oos_objective, objective), _account(walk)):
        lines += layout.paragraph(text, width=width, hanging="  ")
    told: dict[str, list[str]] = {}
    for finding in walk.findings:
        if finding.severity != "info" or finding.code == "untested-days":
            action = f"; {finding.action}" if finding.action else ""
            told.setdefault(f"{finding.severity}: {finding.message}{action}", []).append(finding.where)
    for text, places in told.items():
        of_folds = [place.partition(" (")[0] for place in places if place.startswith("fold ")]
        more = f" ({', '.join(of_folds)})" if of_folds else ""
        lines += layout.paragraph(f"{text}{more}", width=width, indent="  ", hanging="  ")
    return lines


def walk_json(walk: Walk, axes: Sequence[str], objective: Objective, plan: Plan) -> dict[str, Any]:
    """The same as values; objectives have the sign of the metric, and None is undefined."""
    folds = [
        {
            **{name: _day(row[name]) for name in ("train_start", "train_end", "test_start", "test_end")},
            "fold": int(row["fold"]),
            "point": {name: row[name] for name in axes},
            "in_sample": _plain(row["is_objective"], objective),
            "out_of_sample": _plain(row["oos_objective"], objective),
            **{name: int(row[name]) for name in ("trials", "events", "purged", "embargoed", "open_trades")},
            "trades": int(row["oos_trades"]),
            "kept": bool(row["kept"]),
        }
        for row in walk.folds.to_dict("records")
    ]
    return {
        "plan": str(plan),
        "objective": objective.text,
        "in_sample": _plain(walk.is_objective, objective),
        "out_of_sample": _plain(walk.oos_objective, objective),
        "point": walk.point(axes),
        "metrics": dict(walk.whole.metrics),
        "folds": folds,
        "findings": [f"{finding.code}: {finding.message}" for finding in walk.findings],
    }


def _account(walk: Walk) -> str:
    metrics = walk.whole.metrics
    labels = {metric.key: metric.label.lower() for metric in METRICS}
    shown = ", ".join(
        f"{labels[key]} {FORMATS[key](metrics[key])}" for key in SHOWN if metrics[key] is not None
    )
    first, last = _day(walk.folds["test_start"].iloc[0]), _day(walk.folds["test_end"].iloc[-1])
    text = f"Out of sample as one account, {first} to {last}: {shown}."
    held = int(walk.folds["open_trades"].iloc[:-1].sum())
    if held:
        text += (
            f" {held} position{'s were' if held > 1 else ' was'} open at the end of a window and given up at"
            " the last close, without the cost of closing."
        )
    return text


def _plain(value: float, objective: Objective) -> float | None:
    return float(objective.shown(value)) if math.isfinite(value) else None


def _day(value: Any) -> str:
    return str(pd.Timestamp(value).date())


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
