"""Studies that lie in or beside the folder of a run, as sections of its page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newsbt.report.page import Section
from newsbt.report.values import as_text

__all__ = ["studies_beside"]

#: Files that a study may have left in the run's folder or in a folder inside it, and their titles.
STUDIES = {"events.json": "Event study", "placebo.json": "Placebo test", "null.json": "Placebo test"}


def studies_beside(folder: Path) -> list[Section]:
    """What each study says, and its plain figures; a file that cannot be read is left out."""
    found = []
    for name, title in STUDIES.items():
        for path in sorted([*folder.glob(name), *folder.glob(f"*/{name}")]):
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
