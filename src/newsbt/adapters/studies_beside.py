"""Studies of a run, in its folder, beside it or named, as sections of its page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from newsbt.errors import InputError
from newsbt.report.studies import Study, event_study, placebo_test

__all__ = ["studies_beside"]

EVENTS, PLACEBO, RUN = "events.json", "placebo.json", "run.json"


def studies_beside(folder: Path, named: Sequence[Path] = ()) -> list[Study]:
    """What each study says, its tables and its picture.

    Parameters
    ----------
    folder : Path
        Of a run. Studies in it, in folders inside it, and those next to it with the same settings and input
        files are found; what cannot be read there is left out.
    named : sequence of Path
        Folders of other studies to show.

    Raises
    ------
    InputError
        For a named folder that is none of a study.
    """
    for path in named:
        if not any((path / name).is_file() for name in (EVENTS, PLACEBO)):
            raise InputError(
                f"{path} is no folder of a study (it has no {EVENTS} or {PLACEBO}); name one that newsbt"
                " events or newsbt placebo wrote"
            )
    run = _content(folder / RUN)
    found = []
    for name in (EVENTS, PLACEBO):
        inside = sorted([*folder.glob(name), *folder.glob(f"*/{name}")])
        beside = [
            path for path in sorted(folder.absolute().parent.glob(f"*/{name}")) if _same(run, _content(path))
        ]
        places = [path.parent.absolute() for path in [*inside, *beside, *(other / name for other in named)]]
        for place in dict.fromkeys(places):
            content = _content(place / name)
            if content and name == EVENTS:
                tables = (_table(place / f"{table}.csv") for table in ("caar", "split"))
                found.append(event_study(content, place.name, *tables))
            elif content:
                found.append(placebo_test(content, place.name, _table(place / "null.csv")))
    return found


def _same(run: dict[str, Any], study: dict[str, Any]) -> bool:
    """Whether a study has the settings and the files of a run, as far as it names them."""
    mine, theirs = run.get("spec") or {}, study.get("spec") or {}
    files, read = run.get("files") or {}, study.get("files") or {}
    return bool(theirs) and (
        all(mine.get(name) == value for name, value in theirs.items())
        and all(files.get(name) == digest for name, digest in read.items())
    )


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _table(path: Path) -> pd.DataFrame:
    """A table of numbers and words; empty where it cannot be read."""
    try:
        return pd.read_csv(path, dtype={"grouping": "str", "group": "str", "kind": "str"})
    except (OSError, ValueError):
        return pd.DataFrame()
