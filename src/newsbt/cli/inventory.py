"""What a workspace holds, for ``newsbt list``: plain values first, then lines. Imports no plug-in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.plugins import PluginRef, describe
from newsbt.adapters.settings import load_settings
from newsbt.adapters.settings_tables import Broker, Preset
from newsbt.adapters.workspace import Workspace
from newsbt.cli import layout
from newsbt.durations import format_duration
from newsbt.errors import NewsbtError

__all__ = ["section_lines", "take"]

Row = dict[str, Any]


def take(workspace: Workspace, sections: Iterable[str]) -> dict[str, list[Row]]:
    """The named sections, each a list of rows of plain values.

    A file that cannot be read has a row with its ``error`` instead of hiding the others.
    """
    readers: dict[str, Callable[[Workspace], list[Row]]] = {
        "strategies": lambda place: [_plugin(ref) for ref in place.strategy_refs()],
        "signals": lambda place: [_plugin(ref) for ref in place.signal_refs()],
        "listings": _listings,
        "catalogues": lambda place: [_catalogue(path, place) for path in place.catalogue_files()],
        "presets": _presets,
        "brokers": _brokers,
    }
    return {name: readers[name](workspace) for name in sections}


def section_lines(name: str, rows: Sequence[Row], width: int = 80) -> list[str]:
    """One section as text."""
    lines = [name]
    if not rows:
        return [*lines, "  none"]
    if name in ("strategies", "signals"):
        for row in rows:
            lines += _plugin_lines(row, width)
        return lines
    header = list(dict.fromkeys(key for row in rows for key in row if key != "error"))
    cells = [
        [row.get("error", "") if i == 1 and "error" in row else row.get(k) for i, k in enumerate(header)]
        for row in rows
    ]
    return lines + layout.table(header, cells, right=("rows", "lot"), width=width, indent="  ")


def _plugin(ref: PluginRef) -> Row:
    try:
        info = describe(ref)
    except NewsbtError as error:
        return {"name": ref.name, "error": str(error)}
    params = [
        {
            "name": param.name,
            "default": param.default,
            "low": param.low,
            "high": param.high,
            "choices": list(param.choices),
            "description": param.description,
        }
        | {"accepts": param.accepts}
        for param in info.params
    ]
    return {"name": info.name, "description": info.description, "params": params, "path": str(info.path)}


def _plugin_lines(row: Row, width: int) -> list[str]:
    text = f"cannot be used: {row['error']}" if "error" in row else row["description"]
    lines = layout.paragraph(f"{row['name']}: {text}", width=width, indent="  ", hanging="  ")
    params = [
        (param["name"], _default(param["default"]), param["accepts"], param["description"])
        for param in row.get("params", ())
    ]
    return lines + layout.table(("", "", "", ""), params, width=width, indent="      ")


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None or value == "" else f"{value:g}" if isinstance(value, float) else str(value)


def _listings(workspace: Workspace) -> list[Row]:
    return [
        {
            "symbol": item.symbol,
            "issuer": item.issuer,
            "venue": item.venue,
            "currency": item.currency,
            "kind": item.kind,
            "lot": item.lots[-1][1],
            "traded": "yes" if item.traded else "no" if item.kind == "index" else "if named",
        }
        for item in workspace.universe().listings.values()
    ]


def _catalogue(path: Path, workspace: Workspace) -> Row:
    from newsbt.adapters.catalogue import read_catalogue

    name = str(path.relative_to(workspace.root))
    try:
        days = sorted(item.published_at.date() for item in read_catalogue(path))
    except NewsbtError as error:
        return {"file": name, "error": str(error)}
    span = {"first": days[0].isoformat(), "last": days[-1].isoformat()} if days else {}
    return {"file": name, "rows": len(days), **span}


def _presets(workspace: Workspace) -> list[Row]:
    presets = load_settings(workspace).presets
    return [{"name": name, "strategy": row.strategy, "sets": _sets(row)} for name, row in presets.items()]


def _brokers(workspace: Workspace) -> list[Row]:
    priced = workspace.fees().brokers
    return [
        {
            "name": name,
            "commission": row.commission
            if isinstance(row.commission, str)
            else f"{100 * row.commission:g} %",
            "slippage": _slippage(row),
            "what": priced[name].description if row.commission == name else "",
        }
        for name, row in load_settings(workspace).broker.items()
    ]


def _slippage(broker: Broker) -> str:
    """All kinds of slippage that `broker` has, in words."""
    parts = (
        (100 * broker.slippage, "%"),
        (broker.slippage_fixed, "a share"),
        (broker.slippage_ticks, "ticks"),
        (broker.impact, "x square-root impact"),
    )
    return " + ".join(f"{value:g} {unit}" for value, unit in parts if value) or "none"


def _sets(preset: Preset) -> str:
    """What a preset changes, as ``--set`` would write it."""
    fields = {
        **preset.given(),
        **preset.params,
        **{f"signal.{k}": v for k, v in preset.signal_params.items()},
    }
    if preset.latency is not None:
        fields["latency"] = format_duration(preset.latency)
    texts = {key: ",".join(map(str, v)) if isinstance(v, tuple) else v for key, v in fields.items()}
    return ", ".join(f"{key}={value}" for key, value in texts.items())
