"""A walk-forward's folder under ``results/``: folds, trials, one account over all tests; whole or none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.adapters.results import new_folder, write_json
from newsbt.adapters.tables import write_table
from newsbt.adapters.trial_files import FORMAT, HEADER, TABLE, encoded, write_part
from newsbt.tuning.walk import FOLD_COLUMNS, Walk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["write_walk"]


def write_walk(
    walk: Walk, header: Mapping[str, Any], folder: Path, figures: Mapping[str, Figure] | None = None
) -> Path:
    """Write `walk` to `folder`, which must not exist.

    ``tune.json``, ``folds.csv``, ``walk_equity.csv``, ``walk_trades.csv``, ``walk_fills.csv``,
    ``trials.parquet`` (of all windows) and the pictures. The same walk gives the same tables, byte by byte.

    Parameters
    ----------
    walk : Walk
    header : mapping
        JSON values for ``tune.json``.
    folder : Path
    figures : mapping of name to Figure, optional

    Raises
    ------
    OutputError
        If it cannot be written. Nothing is left behind.
    """
    days = FOLD_COLUMNS[1:5]
    folds = walk.folds.assign(**{name: [day.date() for day in walk.folds[name]] for name in days})
    tables = {
        "folds": folds,
        "walk_equity": walk.whole.equity,
        "walk_trades": walk.whole.trades,
        "walk_fills": walk.whole.fills,
    }
    with new_folder(folder) as temporary:
        write_json(temporary / HEADER, {"format": FORMAT, **header})
        for name, frame in tables.items():
            write_table(frame, temporary / f"{name}.csv")
        write_part(encoded(walk.trials), temporary / TABLE)
        if figures:
            from newsbt.adapters.figures import save_figures

            save_figures(figures, temporary)
    return folder
