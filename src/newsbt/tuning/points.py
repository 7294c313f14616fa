"""Points of a search as run specifications (pure)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from newsbt.durations import parse_duration
from newsbt.params import Param
from newsbt.records import ParamValue
from newsbt.runs import RunSpec

__all__ = ["COST_PARAMS", "FIELD_PARAMS", "is_strategy_axis", "plain_value", "spec_of_point"]

#: Fields of a run that can be tuned; the names of signals and brokers are added where they are known.
FIELD_PARAMS: Final = (
    Param("entry", "open", choices=("open", "close"), description="trade at the first open or close"),
    Param("latency", "5min", description="added to exact publication times"),
    Param("cash", 1e6, 1e-6, 1e15, description="initial capital"),
    Param("base", "USD", choices=("USD", "HKD"), description="base currency"),
    Param("max_gross", 1.0, 1e-6, 10.0, description="cap on gross exposure, multiple of equity"),
    Param("max_weight", 1.0, 1e-6, 10.0, description="cap on one listing, multiple of equity"),
    Param("max_volume", 0.1, 0.0, 1.0, description="cap on one order, share of the average daily volume"),
    Param("shares", 0, 0, 10**9, description="fixed number of shares a trade; 0 sizes by weight"),
    Param("spillover", 0.0, 0.0, 1.0, description="share of a score passed on to peers"),
    Param("netting", "sum", choices=("sum", "mean", "strongest", "latest"), description="several signals"),
    Param("seed", 0, 0, 2**32 - 1, description="of everything random"),
)
#: Figures of a broker that can be tuned.
COST_PARAMS: Final = (
    Param("commission", 0.0, 0.0, 0.0999, description="fraction of the value traded"),
    Param("slippage", 0.0, 0.0, 0.0999, description="fraction of the price"),
    Param("slippage_fixed", 0.0, 0.0, None, description="local currency a share"),
    Param("slippage_ticks", 0.0, 0.0, 100.0, description="price steps of the venue"),
    Param("impact", 0.0, 0.0, 10.0, description="scale of the square-root impact"),
)


def is_strategy_axis(name: str) -> bool:
    """Whether the axis `name` is a parameter of the strategy, which every world can be traded with."""
    return "." not in name


def plain_value(value: Any) -> ParamValue:
    """A value of a table as Python's own bool, int, float or str."""
    found: ParamValue = value.item() if hasattr(value, "item") else value
    return found


def spec_of_point(
    spec: RunSpec,
    point: Mapping[str, Any],
    signal_defaults: Mapping[str, Mapping[str, ParamValue]] | None = None,
) -> RunSpec:
    """`spec` with the values of one point.

    Parameters
    ----------
    spec : RunSpec
        What the search does not change.
    point : mapping of axis name to value
        ``hold``, ``signal.half_life``, ``run.entry``, ``broker.commission``.
    signal_defaults : mapping, optional
        For a point with another signal than `spec`: parameters by name of the signal, none where missing.
        The parameters of `spec` are for its own signal.
    """
    parts: dict[str, dict[str, ParamValue]] = {"": {}, "signal": {}, "run": {}, "broker": {}}
    for name, value in point.items():
        prefix, _, key = name.rpartition(".")
        parts[prefix][key] = plain_value(value)
    fields: dict[str, Any] = dict(parts["run"])
    if "latency" in fields:
        fields["latency"] = _span(fields["latency"])
    own: Mapping[str, ParamValue] = spec.signal_params
    if fields.get("signal", spec.signal) != spec.signal:
        own = (signal_defaults or {}).get(fields["signal"], {})
    return dataclasses.replace(
        spec,
        params={**spec.params, **parts[""]},
        signal_params={**own, **parts["signal"]},
        broker_params={**spec.broker_params, **parts["broker"]},
        **fields,
    )


def _span(value: Any) -> dt.timedelta:
    return value if isinstance(value, dt.timedelta) else parse_duration(str(value), "latency")
