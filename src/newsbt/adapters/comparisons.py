"""A comparison's folder under ``results/``: tables, settings that differ, picture; whole or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.adapters.results import new_folder, write_json
from newsbt.adapters.tables import write_table
from newsbt.comparison import Comparison
from newsbt.specs import spec_to_json

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from newsbt.evidence.side_by_side import Contest

__all__ = ["comparison_json", "write_comparison"]


def write_comparison(
    comparison: Comparison,
    folder: Path,
    figures: Mapping[str, Figure] | None = None,
    pages: Mapping[str, str] | None = None,
) -> Path:
    """Write the JSON file, both tables, the pictures and pages by name to `folder`, which must not exist.

    Raises
    ------
    OutputError
        If it cannot be written. Nothing is left behind.
    """
    with new_folder(folder) as temporary:
        write_json(temporary / "comparison.json", comparison_json(comparison))
        write_table(comparison.table.rename_axis("metric").reset_index(), temporary / "metrics.csv")
        write_table(comparison.evidence.intervals, temporary / "intervals.csv")
        if figures:
            from newsbt.adapters.figures import save_figures

            save_figures(figures, temporary)
        for name, text in (pages or {}).items():
            (temporary / name).write_text(text, encoding="utf-8", newline="\n")
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
        "intervals": _known(comparison.evidence.intervals.to_dict("records")),
        "tests": _known([_contest(item) for item in comparison.evidence.contests]),
        "notes": [*comparison.notes, *comparison.evidence.missing],
    }


def _contest(item: Contest) -> dict[str, object]:
    """A test as figures a year, as the metrics are."""
    root = item.per_year**0.5
    sharpe, mean = item.sharpe, item.mean
    return {
        "first": item.first,
        "second": item.second,
        "days": item.days,
        "sharpe_difference": sharpe.difference * root,
        "sharpe_low": sharpe.low * root,
        "sharpe_high": sharpe.high * root,
        "sharpe_p_value": sharpe.p_value,
        "sharpe_p_value_normal": sharpe.analytic,
        "block": sharpe.block,
        "draws": sharpe.draws,
        "mean_difference": mean.difference * item.per_year,
        "mean_error": mean.error * item.per_year,
        "mean_p_value": mean.p_value,
    }


def _known(rows: Iterable[Mapping[Any, object]]) -> list[dict[str, object]]:
    """Rows with None for what is not finite, which JSON cannot say."""
    return [
        {
            str(key): None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in row.items()
        }
        for row in rows
    ]
