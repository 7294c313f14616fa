"""A placebo test's folder under ``results/``: what it says, every world, pictures; whole or not at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.adapters.results import new_folder, write_json
from newsbt.evidence.placebo.study import PlaceboStudy
from newsbt.evidence.placebo.words import KIND_TEXTS, placebo_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["placebo_json", "write_placebo"]

FORMAT = 1


def write_placebo(study: PlaceboStudy, folder: Path, figures: Mapping[str, Figure] | None = None) -> Path:
    """Write `study` to `folder`, which must not exist.

    ``placebo.json``, ``null.parquet`` (a world a row, with every metric), ``null.csv`` (the chosen statistic
    only) and the pictures.

    Raises
    ------
    OutputError
        If it cannot be written. Nothing is left behind.
    """
    with new_folder(folder) as temporary:
        write_json(temporary / "placebo.json", placebo_json(study))
        study.null.to_parquet(temporary / "null.parquet", index=False)
        chosen = study.null[["kind", "world", study.statistic]]
        chosen.to_csv(temporary / "null.csv", index=False, lineterminator="\n")
        if figures:
            from newsbt.adapters.figures import save_figures

            save_figures(figures, temporary)
    return folder


def placebo_json(study: PlaceboStudy) -> dict[str, Any]:
    """Everything but the worlds themselves, as JSON values."""
    return {
        "format": FORMAT,
        "kind": "placebo",
        **dict(study.info),
        "statistic": study.statistic,
        "better": "less" if study.less else "more",
        "two_sided": study.two_sided,
        "engine": study.engine,
        "asked": study.asked,
        "worlds": study.worlds,
        "signals": study.signals,
        "stories": study.stories,
        "listings": study.listings,
        "few": study.few,
        "metrics": dict(study.metrics),
        "kinds": {
            item.kind: {
                **dataclasses.asdict(item.chance),
                **dataclasses.asdict(item.spread),
                "says": KIND_TEXTS[item.kind],
            }
            | {"worlds": item.chance.worlds, "different_worlds": item.spread.worlds}
            for item in study.results
        },
        "skipped": dict(study.skipped),
        "says": placebo_words(study),
    }
