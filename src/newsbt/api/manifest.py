"""``run.json``: what is needed to run the same again and to trust it."""

from __future__ import annotations

import datetime as dt
import platform
from importlib.metadata import version
from typing import Any

import pandas as pd

from newsbt.api.inputs import Inputs, describe_book
from newsbt.records import ACTED_ON

__all__ = ["build_manifest"]

PACKAGES = ("newsbt", "backtrader", "exchange-calendars", "matplotlib", "numpy", "pandas")


def build_manifest(inputs: Inputs, signals: pd.DataFrame) -> dict[str, Any]:
    """Describe the inputs of a run as JSON values.

    ``hindsight`` counts the signals that were acted on, and those of them that rest on a label made after
    publication.
    """
    reached = signals.loc[signals["status"].isin(ACTED_ON)]
    labelled = int(reached["hindsight"].sum())
    return {
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "period": {"first": inputs.first_day.isoformat(), "last": inputs.last_day.isoformat()},
        "listings": [item.symbol for item in inputs.listings],
        "benchmark": inputs.benchmark.symbol if inputs.benchmark else None,
        "costs": inputs.broker.model_dump(),
        "hindsight": {"signals": len(reached), "hindsight": labelled},
        "unverified_lots": [item.symbol for item in inputs.listings if item.verified == "no"],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "files": dict(inputs.hashes),
        "prices": describe_book(inputs.book),
    }
