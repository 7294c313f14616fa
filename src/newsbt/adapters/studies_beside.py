"""Studies of a run, in its folder or named, as sections of its page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsbt.errors import InputError
from newsbt.report.page import Section
from newsbt.report.values import as_text

__all__ = ["studies_beside"]

#: File of each kind of study, and the title of its section.
STUDIES = {"events.json": "Event study", "placebo.json": "Placebo test"}


def studies_beside(folder: Path, named: Sequence[Path] = ()) -> list[Section]:
    """What each study says, and its plain figures.

    Parameters
    ----------
    folder : Path
        Of a run: studies in it or in folders inside it are found; what cannot be read there is left out.
    named : sequence of Path
        Folders of other studies to show.

    Raises
    ------
    InputError
        For a named folder that is none of a study.
    """
    for path in named:
        if not any((path / name).is_file() for name in STUDIES):
            raise InputError(
                f"{path} is no folder of a study (it has no {' or '.join(STUDIES)}); name one that newsbt"
                " events or newsbt placebo wrote"
            )
    found = []
    for name, title in STUDIES.items():
        inside = sorted([*folder.glob(name), *folder.glob(f"*/{name}")])
        for path in [*inside, *(other / name for other in named)]:
            try:
                content = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            if isinstance(content, dict):
                found.append(Section(title, _says(content), ("figure", "value"), _figures(content)))
    return found


def _says(content: dict[str, Any]) -> tuple[str, ...]:
    says = content.get("says", [])
    return tuple(as_text(text) for text in ([says] if isinstance(says, str) else says))


def _figures(content: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Numbers and short texts at the top level."""
    return tuple(
        (as_text(name).replace("_", " "), as_text(value))
        for name, value in content.items()
        if name not in ("format", "kind") and isinstance(value, int | float | str)
    )
