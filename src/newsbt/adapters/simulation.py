"""A simulated world on disk: a folder of prices, a catalogue and what was planted; whole or not at all."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from newsbt.adapters.catalogue import write_catalogue
from newsbt.adapters.prices.source import FX_SYMBOL
from newsbt.adapters.results import new_folder, write_json
from newsbt.adapters.tables import write_table
from newsbt.evidence.simulation.settings import Simulation
from newsbt.evidence.simulation.worlds import SimulatedWorld
from newsbt.universe import Universe

__all__ = ["CATALOGUE", "TRUTH", "truth_of", "write_world"]

CATALOGUE, TRUTH, FORMAT = "catalysts.csv", "truth.json", 1


def write_world(
    world: SimulatedWorld, simulation: Simulation, universe: Universe, seed: int, folder: Path
) -> Path:
    """Write `world` to `folder`, which must not exist.

    One CSV of bars a listing, ``USDHKD.csv`` and ``DIVIDENDS.csv`` (all as ``--prices DIR`` reads them),
    ``catalysts.csv`` and ``truth.json``. Equal worlds give equal bytes.

    Raises
    ------
    OutputError
        If it exists or cannot be written. Nothing is left behind.
    """
    with new_folder(folder) as temporary:
        paid: list[tuple[str, Any, float, str]] = []
        for symbol, bars in world.bars.items():
            dates = _dates(bars.days)
            columns = ("open", "high", "low", "close", "volume")
            frame = pd.DataFrame({"date": dates, **{name: getattr(bars, name) for name in columns}})
            frame["volume"] = frame["volume"].astype("int64")
            write_table(frame, temporary / f"{symbol}.csv")
            currency = universe.listings[symbol].currency
            paid += [
                (symbol, dates[at], float(bars.dividend[at]), currency)
                for at in np.flatnonzero(bars.dividend)
            ]
        table = pd.DataFrame(paid, columns=["symbol", "ex_date", "amount", "currency"])
        write_table(table, temporary / "DIVIDENDS.csv")
        rates = pd.DataFrame({"date": _dates(world.fx_days), "close": world.hkd_per_usd})
        write_table(rates, temporary / f"{FX_SYMBOL}.csv")
        write_catalogue(temporary / CATALOGUE, [story.catalyst for story in world.stories])
        write_json(temporary / TRUTH, truth_of(world, simulation, seed))
    return folder


def truth_of(world: SimulatedWorld, simulation: Simulation, seed: int) -> dict[str, Any]:
    """What was planted, and where, as JSON values.

    ``events`` holds each story with its true and its written direction, and for each listing its first
    tradable session, the log return planted in the gap before it and between open and close of sessions.
    """
    by_story: dict[str, dict[str, Any]] = {story.catalyst.id: {} for story in world.stories}
    for item in world.planted:
        by_story[item.catalyst_id][item.symbol] = {
            "day_0": str(item.day_0),
            "gap": item.gap,
            "sessions": {str(day): value for day, value in item.sessions},
        }
    settings = dataclasses.asdict(simulation)
    return {
        "format": FORMAT,
        "kind": "simulation",
        "seed": seed,
        **settings,
        "start": str(simulation.start),
        "end": str(simulation.end),
        "listings": list(world.bars),
        "events": [
            {
                "id": story.catalyst.id,
                "issuer": story.catalyst.symbols[0],
                "published_at": story.catalyst.published_at.isoformat(),
                "direction": story.direction,
                "written": story.catalyst.direction,
                "listings": by_story[story.catalyst.id],
            }
            for story in world.stories
        ],
    }


def _dates(days: np.ndarray) -> list[str]:
    return [str(day) for day in days.astype("datetime64[D]")]
