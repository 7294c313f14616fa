"""Everything on the page of a search: texts for its template, columns for its charts (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from newsbt.metrics.table import METRICS
from newsbt.plots.tuning_data import scored
from newsbt.records import FloatArray
from newsbt.report.cells import HEAT_AXES, heat_maps, histogram, slice_rows
from newsbt.report.page import Page
from newsbt.report.points import METRICS_SHOWN, axis_rows, carried_rows, trial_rows
from newsbt.report.values import as_text, minus, rounded, unit_text
from newsbt.report.verdict import verdict, verdict_tests
from newsbt.report.walked import Walked, walked_data, walked_view
from newsbt.tuning.objective import Objective
from newsbt.tuning.request import TuneResult
from newsbt.tuning.walk_words import objective_text

__all__ = ["search_page"]

BY_KEY = {metric.key: metric for metric in METRICS}
STOPPED = {
    "exhausted": "every point there is",
    "trials": "as many as asked for",
    "time": "until the time was over",
    "interrupted": "until it was interrupted",
    "walk-forward": "all windows",
}


def search_page(
    result: TuneResult,
    place: str,
    importance: pd.Series[float],
    stability: FloatArray,
    walked: Walked | None = None,
) -> Page:
    """The page of a search.

    Parameters
    ----------
    result : TuneResult
        Of a walk-forward: with the trials of its last window, the one whose choice would be traded next.
    place : str
        Its folder, as a command names it.
    importance : Series
        See :func:`newsbt.tuning.importance.importance`.
    stability : array, shape (trials,)
        See :func:`newsbt.tuning.neighbours.stability`.
    walked : Walked, optional
        The walk-forward that the search was part of.
    """
    trials, axes, objectives = result.trials, result.axes, result.objectives
    names = [axis.name for axis in axes]
    order = scored(trials["objective"])
    maps, wanted = heat_maps(trials, axes, order, importance)
    carried = carried_rows(trials, axes, order, wanted, len(axes) + len(objectives) + 2 + len(METRICS_SHOWN))
    position = np.full(len(trials) + 1, -1, dtype=np.int64)
    position[carried.rows] = np.arange(len(carried.rows))
    for found in maps:
        found["row"] = position[found["row"]].tolist()
    figures = result.manifest.get("evidence") or {}
    tests = verdict_tests(figures)
    kind, sentence = verdict(tests)
    spec = result.spec
    best = float(order.results[-1]) if len(order.rows) else float("nan")
    view = {
        "heading": as_text(f"{spec.strategy} on signal {spec.signal}"),
        "name": as_text(result.name),
        "base": spec.base,
        "search": "walk-forward" if walked else f"{result.tuning.search} search",
        "params": [as_text(text) for text in result.tuning.params],
        "where": [as_text(text) for text in result.tuning.where],
        "goals": [as_text(text) for text in result.tuning.objectives],
        "period": _period(result.manifest),
        "counted": _counted(result, len(order.rows)),
        "best": minus(objective_text(best, objectives[0])) if np.isfinite(best) else "none",
        "point": [f"{name} = {_value(value)}" for name, value in result.best_point.items()],
        "goal": _with_unit(objectives[0], spec.base),
        "verdict": sentence,
        "kind": kind,
        "tests": tests,
        "says": [as_text(text) for text in result.manifest.get("says", [])],
        "evidence": bool(figures),
        "sampled": _sampled(carried.total, len(carried.rows), carried.best),
        "axes": names,
        "pairs": len(maps),
        "few": f"the {HEAT_AXES} most important of {len(axes)} parameters" if len(axes) > HEAT_AXES else "",
        "front": len(objectives) > 1,
        "some": bool(len(order.rows)),
        "walk": walked_view(walked, names, objectives[0], spec.base) if walked else None,
        "command": f"newsbt run --from {place}",
        "provenance": _provenance(result),
    }
    data = {
        "place": place,
        "base": spec.base,
        "axes": axis_rows(axes, importance),
        "goals": [_goal(objective) for objective in objectives],
        "trials": trial_rows(trials, axes, objectives, stability, carried.rows),
        "labels": {
            key: (BY_KEY[key].label, _kind(BY_KEY[key].unit)) for key in METRICS_SHOWN if key in trials
        },
        "best": int(position[order.best]) if len(order.rows) else None,
        "low": rounded(float(np.quantile(order.results, 0.05)), 5) if len(order.rows) else None,
        "maps": maps,
        "slices": slice_rows(trials, axes) if len(order.rows) else [],
        "histogram": histogram(order.results),
        "luck": _luck(result, figures),
        "walk": walked_data(walked, names, float(spec.cash)) if walked else None,
    }
    return Page(f"{view['heading']}: {view['search']}, {len(trials):,} trials", view, data)


def _goal(objective: Objective) -> dict[str, Any]:
    """How an objective is named and written; ``sign`` is -1 where less is better."""
    metric = BY_KEY.get(objective.text)
    return {
        "label": metric.label if metric else as_text(objective.text),
        "kind": _kind(metric.unit) if metric else "ratio",
        "sign": -1 if objective.minimised else 1,
    }


def _with_unit(objective: Objective, base: str) -> str:
    """Name of the first objective and its unit, for the charts."""
    metric = BY_KEY.get(objective.text)
    if metric is None:
        return as_text(objective.text)
    unit = unit_text(metric.unit, base) if not metric.unit.startswith("fraction") else ""
    unit = metric.unit.replace("fraction", "%") if metric.unit.startswith("fraction") else unit
    return f"{metric.label}, {unit}" if unit not in ("", "ratio", "count") else metric.label


def _value(value: Any) -> str:
    return minus(f"{value:.6g}") if isinstance(value, float) else as_text(value)


def _kind(unit: str) -> str:
    """How a value is written: percent, count or ratio."""
    return "percent" if unit.startswith("fraction") else "count" if unit in ("count", "days") else "ratio"


def _luck(result: TuneResult, figures: Mapping[str, Any]) -> float | None:
    """Sharpe ratio that the best of so many would show by luck; None for other objectives."""
    if result.objectives[0].text != "sharpe":
        return None
    return rounded(figures.get("expected_best_sharpe"), 4)


def _counted(result: TuneResult, defined: int) -> str:
    count, stopped = len(result.trials), STOPPED.get(result.stopped, result.stopped)
    text = f"{count:,} trial{'' if count == 1 else 's'}, {stopped}"
    return text + (f"; {count - defined:,} without a result" if defined < count else "")


def _sampled(total: int, shown: int, best: int) -> str:
    """What a page of a large search leaves out; empty where nothing is."""
    if shown == total:
        return ""
    return (
        f"The points on this page are {shown:,} of the {total:,} trials: the best {best:,}, the best of each"
        " cell of the heat maps, the neighbours of the very best, and others at random. Heat maps, medians"
        " and the histogram are of all trials."
    )


def _period(manifest: Mapping[str, Any]) -> str:
    period = manifest.get("period") or {}
    return f"{period['first']} to {period['last']}" if {"first", "last"} <= set(period) else ""


def _provenance(result: TuneResult) -> list[tuple[str, list[tuple[str, str]]]]:
    manifest = result.manifest
    about = [
        ("made", as_text(manifest.get("created_at", "not known"))),
        ("engine", as_text(manifest.get("engine_used", result.engine) or result.tuning.engine)),
        ("seed of the search", str(result.tuning.seed)),
    ]
    about += [(as_text(name), as_text(text)) for name, text in (manifest.get("versions") or {}).items()]
    files = [(as_text(name), as_text(text)) for name, text in (manifest.get("files") or {}).items()]
    return [("Made with", about), ("Files read, SHA-256", files)]
