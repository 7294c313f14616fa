"""Everything on the page of one run: texts for its template, series for its charts (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from newsbt.attribution import GROUPS, breakdown
from newsbt.metrics.formats import count, money, percent, plain, signed_percent
from newsbt.metrics.further import FURTHER
from newsbt.metrics.table import METRICS, Metric
from newsbt.plots.data import monthly_data
from newsbt.records import Finding
from newsbt.report.falls import worst_falls
from newsbt.report.market import TEN, listings, news_rows, symbols_of
from newsbt.report.overview import cards, cautions, finding_text, period_of
from newsbt.report.packing import pack_page
from newsbt.report.replay import replay_command
from newsbt.report.rows import signal_rows, story_rows, trade_rows
from newsbt.report.series import WINDOW, distribution, equity_series, monthly_distribution, rolling
from newsbt.report.studies import Study
from newsbt.report.values import as_text, minus, unit_text
from newsbt.runs import RunResult
from newsbt.specs import spec_to_json

__all__ = ["Page", "report_page"]

GROUP_NAMES = {
    "issuer": "issuer",
    "listing": "listing",
    "venue": "venue",
    "side": "side",
    "category": "category of news",
    "age": "sessions held",
    "exit": "reason of exit",
    "cost": "part of profit and cost",
}
VENUE_NAMES = {"XHKG": "Hong Kong", "XNYS": "New York"}
#: Return of a month, as a decimal, from which each deeper shade is taken.
SHADES = (0.0, 0.02, 0.05, 0.10)


@dataclass(frozen=True)
class Page:
    """One page, before it is written.

    Parameters
    ----------
    title : str
        Of the document.
    view : mapping
        What the template shows: texts, tables of texts.
    data : mapping
        What the charts and the large tables show, as JSON values.
    """

    title: str
    view: Mapping[str, Any]
    data: Mapping[str, Any]


def report_page(run: RunResult, notes: Sequence[str] = (), beside: Sequence[Study] = ()) -> Page:
    """The page of `run`.

    Parameters
    ----------
    run : RunResult
        With its bars and benchmark, or without them where they are not at hand any more.
    notes : sequence of str
        What the page cannot show, and why.
    beside : sequence of Study
        Studies of the same run.
    """
    symbols = symbols_of(run)
    stories, place = story_rows(run)
    title = f"{run.spec.strategy} on signal {run.spec.signal}"
    data: dict[str, Any] = {
        "base": run.spec.base,
        "series": equity_series(run),
        "rolling": rolling(run),
        "distribution": distribution(run),
        "monthly": monthly_distribution(run),
        "listings": listings(run, symbols),
        "news": news_rows(run, symbols, place),
        "stories": stories,
        "trades": trade_rows(run, symbols, place),
        "signals": signal_rows(run, symbols, place),
        "studies": [study.chart for study in beside],
    }
    view = {
        "name": run.name,
        "heading": title,
        "period": period_of(run),
        "base": run.spec.base,
        "benchmark": run.spec.benchmark if len(data["series"]["benchmark"]) else "",
        "symbols": symbols,
        "has_prices": any(item["t"] for item in data["listings"]),
        "cards": cards(run),
        "cautions": cautions(run),
        "notes": list(notes),
        "months": _months(run),
        "falls": worst_falls(run),
        "profit": _profit(run),
        "capacity": _capacity(run),
        "metrics": _figures(METRICS, run.metrics, run.spec.base),
        "further": _figures(FURTHER, run.further, run.spec.base),
        "window": WINDOW,
        "ten": TEN,
        "rolling": data["rolling"] is not None,
        "distribution": data["distribution"],
        "monthly": data["monthly"],
        "trades": len(run.trades),
        "signals": len(run.signals),
        "findings": [(item.severity, item.code, finding_text(item)) for item in _ranked(run.findings)],
        "statuses": [
            (as_text(name), count(int(number)))
            for name, number in run.signals["status"].value_counts().items()
        ],
        "settings": [(name, _setting(value)) for name, value in spec_to_json(run.spec).items()],
        "provenance": _provenance(run.manifest),
        "command": replay_command(run.spec),
        "beside": list(beside),
        "twins": _twins(run),
    }
    return Page(f"{title}, {period_of(run)}", view, pack_page(data))


def _figures(
    table: Sequence[Metric], values: Mapping[str, float | int | None], base: str
) -> list[tuple[str, str, str, str]]:
    """A row a figure: label, value, unit, meaning."""
    known = {key: None if value is None or np.isnan(value) else value for key, value in values.items()}
    return [
        (
            item.label,
            minus(item.formatter(known.get(item.key))),
            unit_text(item.unit, base),
            item.description,
        )
        for item in table
    ]


def _months(run: RunResult) -> list[dict[str, Any]]:
    """A row a year, latest last: cells of text and shade."""
    found = monthly_data(run)
    return [
        {"year": year, "cells": [_cell(value) for value in months], "total": _cell(total)}
        for year, months, total in zip(found.years, found.months.tolist(), found.totals.tolist(), strict=True)
    ]


def _cell(value: float) -> tuple[str, str]:
    if np.isnan(value):
        return "", ""
    depth = sum(abs(value) >= step for step in SHADES[1:]) if abs(value) >= 5e-5 else -1
    tone = "" if depth < 0 else f"{'up' if value > 0 else 'down'}{depth}"
    return minus(signed_percent(value).removesuffix(" %")), tone


def _profit(run: RunResult) -> list[dict[str, Any]]:
    """Each split of the profit: rows of name, texts and the length of a bar in percent of the widest."""
    if run.attribution.empty:
        return []
    found = []
    for by in GROUPS:
        table = breakdown(run.attribution, by)
        widest = float(table["pnl"].abs().max()) or 1.0
        rows = [
            {
                "name": VENUE_NAMES.get(row["name"], as_text(row["name"]).replace("_", " ")),
                "trades": f"{row['trades']:,.1f}".removesuffix(".0"),
                "before": minus(money(row["pnl_before_costs"])),
                "costs": money(row["costs"]),
                "pnl": minus(money(row["pnl"])),
                "width": f"{abs(row['pnl']) / widest * 100:.1f}",
                "tone": "up" if row["pnl"] > 0 else "down",
            }
            for row in table.to_dict("records")
        ]
        found.append({"by": GROUP_NAMES[by], "rows": rows})
    return found


def _capacity(run: RunResult) -> list[tuple[str, ...]]:
    writers = {
        "capital": count, "total_return": signed_percent, "sharpe": plain, "costs_of_traded": percent,
        "cut_by_volume": percent,
    }  # fmt: skip
    return [
        tuple(write(None if pd.isna(row[name]) else row[name]) for name, write in writers.items())
        for row in run.capacity.to_dict("records")
    ]


def _twins(run: RunResult) -> list[tuple[str, ...]]:
    """The run and the same run on signals that read no label, where that was asked for."""
    writers = {"total_return": signed_percent, "sharpe": plain, "max_drawdown": percent, "trades": count}
    return [
        (
            as_text(row["signal"]),
            *(minus(write(None if pd.isna(row.get(key)) else row[key])) for key, write in writers.items()),
        )
        for row in run.hindsight.to_dict("records")
    ]


def _ranked(found: Sequence[Finding]) -> list[Finding]:
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(found, key=lambda item: order[item.severity])


def _setting(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} = {item}" for key, item in value.items()) or "as in the file"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "all"
    return "not limited" if value is None else as_text(value)


def _provenance(manifest: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """When, with which versions, from which files."""
    versions = manifest.get("versions") or {}
    prices = manifest.get("prices") or {}
    about = [("created", as_text(manifest.get("created_at", "not known")))]
    about += [(as_text(name), as_text(version)) for name, version in versions.items()]
    files = [(as_text(name), as_text(digest)) for name, digest in (manifest.get("files") or {}).items()]
    bars = [
        (
            f"{as_text(symbol)}: {as_text(row.get('file') or row.get('source'))}",
            as_text(row.get("sha256", "")),
        )
        for symbol, row in prices.items()
        if isinstance(row, Mapping)
    ]
    return [("Made with", about), ("Files read, SHA-256", files), ("Prices read, SHA-256", bars)]
