"""A run specification as plain JSON values and back, and the id of a run (pure)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from newsbt.durations import format_duration, parse_duration
from newsbt.errors import InputError
from newsbt.runs import RunSpec

__all__ = ["run_id", "spec_from_json", "spec_to_json"]


def spec_to_json(spec: RunSpec) -> dict[str, Any]:
    """`spec` as values that JSON has, in the order of its fields; :func:`spec_from_json` is the inverse."""
    table = {field.name: getattr(spec, field.name) for field in dataclasses.fields(spec)}
    return {name: _plain(value) for name, value in table.items()}


def spec_from_json(table: Mapping[str, Any], where: str) -> RunSpec:
    """Build the specification that `table` describes.

    Parameters
    ----------
    table : mapping
        As :func:`spec_to_json` gives; fields that are missing take their defaults.
    where : str
        File, for messages.

    Raises
    ------
    InputError
        For a field that there is none of, or a value that is none.
    """
    known = {field.name for field in dataclasses.fields(RunSpec)}
    if unknown := sorted(set(table) - known):
        raise InputError(f"{where}: the specification has {unknown[0]!r}, which this version does not know")
    values = dict(table)
    try:
        for name in ("start", "end"):
            if values.get(name) is not None:
                values[name] = dt.date.fromisoformat(values[name])
        for name in ("symbols", "catalysts"):
            if name in values:
                values[name] = tuple(values[name])
        if "latency" in values:
            values["latency"] = parse_duration(values["latency"], "latency")
        return RunSpec(**values)
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{where}: the specification cannot be read: {error}") from error


def run_id(spec: RunSpec, now: dt.datetime) -> str:
    """Name of a run's folder: strategy, UTC time and eight digits of the hash of `spec`.

    Parameters
    ----------
    spec : RunSpec
    now : datetime
        Aware.

    Returns
    -------
    str
        Such as ``drift-20250212T093000Z-1f0c9a2e``; letters, digits, ``.``, ``_`` and ``-`` only.
    """
    text = json.dumps(spec_to_json(spec), sort_keys=True, ensure_ascii=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    stem = re.sub(r"[^A-Za-z0-9._]+", "-", spec.strategy).strip("-.") or "run"
    return f"{stem}-{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{digest}"


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return format_duration(value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
