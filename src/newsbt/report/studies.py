"""An event study and a placebo test as sections of the page of their run (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.formats import Formatter, count, plain, signed_percent
from newsbt.metrics.table import METRICS
from newsbt.report.values import as_text, minus, numbers, rounded

__all__ = ["Study", "event_study", "placebo_test"]

LABELS = {metric.key: metric.label for metric in METRICS}
WRITERS: dict[str, Formatter] = {metric.key: metric.formatter for metric in METRICS}
UNITS = {metric.key: metric.unit for metric in METRICS}
PARTS = ("untradable", "first-session", "drift")
KINDS = {
    "dates": "other dates",
    "signs": "signs by coin",
    "issuers": "other issuers",
    "shift": "shifted dates",
}
BARS = 30


class Study(NamedTuple):
    """A study that lies beside a run.

    Parameters
    ----------
    title : str
    says : tuple of str
        Its words.
    note : str
        What the table shows.
    header : tuple of str
    rows : tuple of tuple of str
    chart : mapping
        What its picture shows; empty for none.
    """

    title: str
    says: tuple[str, ...]
    note: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: Mapping[str, Any] = {}


def event_study(content: Mapping[str, Any], where: str, caar: pd.DataFrame, split: pd.DataFrame) -> Study:
    """How prices moved around the news, and how much of it could be traded.

    Parameters
    ----------
    content : mapping
        ``events.json``.
    where : str
        Name of its folder.
    caar, split : DataFrame
        Tables of the study; empty where they are not there.
    """
    groups = [
        {
            "label": _group(grouping, group),
            "session": [int(at) for at in rows["session"]],
            "mean": numbers(rows["caar"], 4),
            "low": numbers(rows["low"], 4),
            "high": numbers(rows["high"], 4),
            "events": int(rows["events"].iloc[0]),
            "dates": int(rows["dates"].iloc[0]),
        }
        for (grouping, group), rows in _by_group(caar)
    ]
    table = []
    for (grouping, group), rows in _by_group(split):
        first, by_part = rows.iloc[0], rows.set_index("part")
        cells = [_span(by_part.loc[part]) if part in by_part.index else "n/a" for part in PARTS]
        small = "small" if bool(first["small"]) else ""
        table.append((_group(grouping, group), count(first["events"]), count(first["dates"]), *cells, small))
    return Study(
        f"Event study {where}",
        _says(content),
        "Mean abnormal move in the direction of the news, with its 95 % interval over dates: before the first"
        " price that anybody could trade, in the first session, and after it.",
        ("Events", "Number", "Dates", "Before anybody could trade", "First session", "Drift after it", ""),
        tuple(table),
        {"kind": "events", "groups": groups} if groups else {},
    )


def placebo_test(content: Mapping[str, Any], where: str, worlds: pd.DataFrame) -> Study:
    """How often news with random dates, signs or issuers does as well.

    Parameters
    ----------
    content : mapping
        ``placebo.json``.
    where : str
        Name of its folder.
    worlds : DataFrame
        ``kind`` and the statistic of every world; empty where it is not there.
    """
    statistic = str(content.get("statistic", ""))
    found: Mapping[str, Any] = content.get("kinds") or {}
    write = WRITERS.get(statistic, plain)
    rows = tuple(
        (
            KINDS.get(kind, as_text(kind)),
            f"{count(item.get('as_good'))} of {count(item.get('worlds'))}",
            plain_p(item.get("p_value")),
            minus(write(item.get("value"))),
            minus(write(item.get("median"))),
            as_text(item.get("says", "")),
        )
        for kind, item in found.items()
    )
    value = next((item.get("value") for item in found.values()), None)
    charts = []
    for kind in found:
        values = (
            worlds.loc[worlds["kind"] == kind, statistic] if statistic in worlds else pd.Series(dtype=float)
        )
        drawn = _bars(np.asarray(values, dtype=np.float64))
        if drawn:
            charts.append({"label": KINDS.get(kind, as_text(kind)), **drawn})
    name = LABELS.get(statistic, as_text(statistic))
    chart = {
        "kind": "placebo",
        "statistic": name,
        "percent": UNITS.get(statistic, "").startswith("fraction"),
        "value": rounded(value, 5),
        "groups": charts,
    }
    return Study(
        f"Placebo test {where}",
        _says(content),
        f"{name} of the run and of worlds in which the news is not what it was.",
        ("Worlds with", "As good as the run", "p", "Run", "Median world", "What was changed"),
        rows,
        chart if charts else {},
    )


def plain_p(value: float | None) -> str:
    """A p-value with three decimals."""
    return "n/a" if value is None else f"{value:.3f}"


def _bars(values: Any) -> dict[str, Any]:
    known = values[np.isfinite(values)]
    if len(known) < 2 or not np.ptp(known) > 0.0:
        return {}
    counts, edges = np.histogram(known, BARS)
    return {"edges": numbers(edges, 5), "counts": counts.tolist()}


def _by_group(table: pd.DataFrame) -> list[tuple[Any, pd.DataFrame]]:
    """Rows of each group, in the order of the table."""
    if table.empty or not {"grouping", "group"} <= set(table.columns):
        return []
    return list(table.groupby(["grouping", "group"], sort=False))


def _group(grouping: Any, group: Any) -> str:
    return "all events" if grouping == "all" else f"{as_text(grouping)}: {as_text(group)}"


def _span(row: Any) -> str:
    """``+0.28 % (−0.47 to +1.03)``."""
    low, high = (minus(signed_percent(float(row[end])).removesuffix(" %")) for end in ("low", "high"))
    return f"{minus(signed_percent(float(row['mean'])))} ({low} to {high})"


def _says(content: Mapping[str, Any]) -> tuple[str, ...]:
    says = content.get("says", [])
    return tuple(as_text(text) for text in ([says] if isinstance(says, str) else says))
