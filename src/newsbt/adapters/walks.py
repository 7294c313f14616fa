"""Tables of a walk-forward in the folder of its search."""

from __future__ import annotations

from pathlib import Path

from newsbt.adapters.tables import write_table
from newsbt.tuning.walk import FOLD_COLUMNS, Walk

__all__ = ["write_walk"]


def write_walk(walk: Walk, folder: Path) -> None:
    """Write ``folds.csv``, ``walk_equity.csv``, ``walk_trades.csv`` and ``walk_fills.csv`` to `folder`.

    The same walk gives the same bytes. `folder` should be a temporary one that is renamed at the end; see
    :func:`newsbt.adapters.results.new_folder`.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    days = FOLD_COLUMNS[1:5]
    folds = walk.folds.assign(**{name: [day.date() for day in walk.folds[name]] for name in days})
    write_table(folds, folder / "folds.csv")
    write_table(walk.whole.equity, folder / "walk_equity.csv")
    write_table(walk.whole.trades, folder / "walk_trades.csv")
    write_table(walk.whole.fills, folder / "walk_fills.csv")
