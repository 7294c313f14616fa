"""A comparison's folder under ``results/``: table, settings that differ, picture; whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newsbt.adapters.results import new_folder, write_json
from newsbt.adapters.tables import write_table
from newsbt.comparison import Comparison
from newsbt.specs import spec_to_json

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["comparison_json", "write_comparison"]


def write_comparison(
    comparison: Comparison, folder: Path, figures: Mapping[str, Figure] | None = None
) -> Path:
    """Write ``comparison.json``, ``metrics.csv`` and the pictures to `folder`, which must not exist.

    Raises
    ------
    OutputError
        If it cannot be written. Nothing is left behind.
    """
    with new_folder(folder) as temporary:
        write_json(temporary / "comparison.json", comparison_json(comparison))
        write_table(comparison.table.rename_axis("metric").reset_index(), temporary / "metrics.csv")
        if figures:
            from newsbt.adapters.figures import save_figures

            save_figures(figures, temporary)
    return folder


def comparison_json(comparison: Comparison) -> dict[str, object]:
    """`comparison` as JSON values."""
    table, differences = comparison.table, comparison.differences
    return {
        "runs": [
            {"label": label, "name": run.name, "path": str(run.path) if run.path else None}
            | {"spec": spec_to_json(run.spec), "metrics": table[label].to_dict()}
            for label, run in zip(comparison.labels, comparison.runs, strict=True)
        ],
        "differences": {setting: differences.loc[setting].to_dict() for setting in differences.index},
        "notes": list(comparison.notes),
    }
