"""The world of the real prices beside the project, and points of every strategy to compare on it."""

from __future__ import annotations

from functools import cache
from typing import Any

from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.groups import GroupedRuns
from newsbt.engine.world import World
from price_tools import ROOT, SHARED

#: Three points a strategy: its defaults, one that trades much, one that trades another way.
POINTS: dict[str, list[dict[str, Any]]] = {
    "drift": [
        {},
        {"hold": 3, "stop": 0.03, "take": 0.06, "weight": 0.4},
        {"hold": 60, "trail": 0.1, "side": "short", "delay": 1},
    ],
    "fade": [{}, {"sigmas": 0.5, "weight": 0.5}, {"sigmas": 1.0, "side": "long", "take": 0.05}],
    "decay": [{}, {"half_life": 15.0, "weight": 0.5}, {"band": 0.0, "min_score": 0.0}],
    "hold": [{}, {"weight": 2.0}, {"weight": 0.3}],
    "random": [{}, {"weight": 0.6, "hold": 30}, {"side": "short", "trail": 0.08}],
    "runup": [
        {},
        {"direction": "last", "before": 10},
        {"direction": "short", "weight": 0.5, "take": 0.04},
    ],
    "lead_lag": [
        {},
        {"threshold": 0.0, "direction": "sibling", "weight": 0.5},
        {"hold": 10, "stop": 0.03},
    ],
    "pair": [{}, {"hedge": "peers", "weight": 0.4}, {"hedge": "etf", "window": 20, "stop": 0.03}],
    "parity": [
        {},
        {"legs": "both", "enter": 1.0},
        {"measure": "fraction", "enter": 0.01, "leave": 0.0, "legs": "both", "weight": 0.4},
    ],
    "cash": [{}],
}


@cache
def real_world(entry: str) -> World:
    """Every listing from 2019-01-02 to 2026-06-30, every catalyst, the costs of ibkr_tiered."""
    place = Workspace(ROOT)
    given = {
        "prices": str(SHARED),
        "start": "2019-01-02",
        "end": "2026-06-30",
        "broker": "ibkr_tiered",
        "entry": entry,
    }
    spec = build_specs(["drift"], place, load_settings(place), given, {"": {}})[0]
    return GroupedRuns(spec, place).prepare(spec).world
