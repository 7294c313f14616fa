"""An event study's folder under ``results/``: tables, settings, pictures; whole or not at all."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from newsbt.adapters.results import new_folder, write_json
from newsbt.adapters.tables import write_table
from newsbt.evidence.events.study import EventStudy
from newsbt.evidence.events.words import study_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["study_json", "study_tables_json", "write_study"]

FORMAT = 1


def write_study(study: EventStudy, folder: Path, figures: Mapping[str, Figure] | None = None) -> Path:
    """Write `study` to `folder`, which must not exist.

    ``events.csv`` (an event a row, with its abnormal return on each session), ``caar.csv``, ``split.csv``,
    ``tests.csv``, ``dropped.csv``, ``events.json`` and the pictures.

    Raises
    ------
    OutputError
        If it cannot be written. Nothing is left behind.
    """
    with new_folder(folder) as temporary:
        write_json(temporary / "events.json", study_json(study))
        returns = study.abnormal.rename(columns=lambda session: f"ar_{session:+d}")
        events = pd.concat([study.events.drop(columns=["at", "before"]), returns], axis=1)
        tables = {"events": events, "caar": study.caar, "split": study.split, "tests": study.tests}
        for name, frame in {**tables, "dropped": study.dropped}.items():
            write_table(frame, temporary / f"{name}.csv")
        if figures:
            from newsbt.adapters.figures import save_figures

            save_figures(figures, temporary)
    return folder


def study_json(study: EventStudy) -> dict[str, Any]:
    """What `study` was made with and what it says; its tables are in the CSV files."""
    dropped = study.dropped[study.dropped["dropped"]]
    return {
        "format": FORMAT,
        "kind": "events",
        **dict(study.info),
        "settings": dataclasses.asdict(study.settings),
        "events": len(study.events),
        "dates": int(study.events["cluster"].nunique()),
        "sessions": int(study.events["session"].nunique()),
        "dropped": {str(reason): int(count) for reason, count in dropped["reason"].value_counts().items()},
        "flags": {
            str(flag): int(count) for flag, count in study.events["flags"].value_counts().items() if flag
        },
        "says": study_words(study),
        "findings": [dataclasses.asdict(finding) for finding in study.findings],
    }


def study_tables_json(study: EventStudy) -> dict[str, Any]:
    """:func:`study_json` and the tables, each a list of rows; null for what is undefined."""
    tables = {"caar": study.caar, "split": study.split, "tests": study.tests, "dropped": study.dropped}
    rows = {f"{name}_rows": _records(frame) for name, frame in tables.items()}
    return {**study_json(study), **rows}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records = frame.to_dict("records")
    return [
        {
            str(key): None if isinstance(value, float) and value != value else value
            for key, value in row.items()
        }
        for row in records
    ]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
