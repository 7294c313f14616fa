"""A walk-forward's folder under ``results/``: folds, trials, one account over all tests; whole or none."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsbt.adapters.results import new_folder, write_json
from newsbt.adapters.tables import write_table
from newsbt.adapters.trial_files import FORMAT, HEADER, TABLE, encoded, write_part
from newsbt.tuning.walk import FOLD_COLUMNS, Walk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["write_walk", "write_walk_so_far"]

#: Where the tables of an unfinished walk-forward are until they are whole.
SCRATCH: Final = "tables"


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
    with new_folder(folder) as temporary:
        write_json(temporary / HEADER, {"format": FORMAT, **header})
        _write_tables(walk, temporary, figures)
    return folder


def write_walk_so_far(walk: Walk, folder: Path, figures: Mapping[str, Figure] | None = None) -> None:
    """Write the tables and pictures of finished folds into the folder of an unfinished walk-forward.

    Raises
    ------
    OutputError
        If they cannot be written; each file is the earlier one then, or the new one, whole.
    """
    scratch = folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    with new_folder(scratch) as temporary:
        _write_tables(walk, temporary, figures)
    for path in scratch.iterdir():
        path.replace(folder / path.name)
    scratch.rmdir()


def _write_tables(walk: Walk, folder: Path, figures: Mapping[str, Figure] | None) -> None:
    days = FOLD_COLUMNS[1:5]
    tables = {
        "folds": walk.folds.assign(**{name: [day.date() for day in walk.folds[name]] for name in days}),
        "walk_equity": walk.whole.equity,
        "walk_trades": walk.whole.trades,
        "walk_fills": walk.whole.fills,
    }
    for name, frame in tables.items():
        write_table(frame, folder / f"{name}.csv")
    write_part(encoded(walk.trials), folder / TABLE)
    if figures:
        from newsbt.adapters.figures import save_figures

        save_figures(figures, folder)
