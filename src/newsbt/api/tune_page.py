"""The page and the pictures of a tuning or a walk-forward, made from its folder."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from newsbt.adapters.report import TUNE, render_page, write_text
from newsbt.adapters.tables import read_table
from newsbt.adapters.workspace import Workspace
from newsbt.api.tunings import read_tuning
from newsbt.errors import InputError
from newsbt.records import FloatArray
from newsbt.report.points import METRICS_SHOWN
from newsbt.report.searched import search_page
from newsbt.report.walked import Walked
from newsbt.tuning.importance import importance
from newsbt.tuning.neighbours import stability
from newsbt.tuning.request import TuneResult, best_row
from newsbt.tuning.walk import FOLD_COLUMNS, objective_of, weighted_objective

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["tuning_html", "tuning_pictures", "write_tuning_page"]

FOLDS, EQUITY = "folds", "walk_equity"


def write_tuning_page(
    folder: Path, workspace: Workspace, measured: tuple[pd.Series[float], FloatArray] | None = None
) -> Path:
    """Write ``tune.html`` into `folder`, replacing an older one; arguments as :func:`tuning_html`.

    Raises
    ------
    NewsbtError
        If `folder` is none of a tuning, or cannot be written.
    """
    return write_text(folder / TUNE, tuning_html(folder, workspace, measured))


def tuning_html(
    folder: Path, workspace: Workspace, measured: tuple[pd.Series[float], FloatArray] | None = None
) -> str:
    """The page of the tuning in `folder`; the same folder gives the same text.

    Parameters
    ----------
    folder : Path
        Of ``newsbt tune``, with or without ``--walk-forward``.
    workspace : Workspace
        Commands name the folder as seen from there.
    measured : tuple, optional
        Importance and stability of its trials, where they are known already.

    Raises
    ------
    InputError
        If `folder` is none, or a file in it is damaged.
    """
    result, walked = _read(folder)
    shares, lasting = measured or (
        importance(result.trials, result.axes),
        stability(result.trials, result.axes),
    )
    return render_page(search_page(result, _named(result, workspace), shares, lasting, walked), TUNE)


def tuning_pictures(folder: Path) -> Mapping[str, Figure]:
    """The static pictures of the tuning in `folder` by name.

    Raises
    ------
    InputError
        If `folder` is none, or a file in it is damaged.
    """
    result, walked = _read(folder)
    if walked is not None:
        from newsbt.plots.tuning_walk import walk_forward_figure

        goal, spec = result.objectives[0], result.spec
        overall = (weighted_objective(walked.folds), objective_of(goal, walked.metrics))
        names = [axis.name for axis in result.axes]
        figure = walk_forward_figure(
            walked.folds, walked.equity, goal.text, spec.cash, spec.base, axes=names, overall=overall
        )
        return {"walk_forward": figure}
    from newsbt.plots.tuning import tuning_figures

    lasting, shares = stability(result.trials, result.axes), importance(result.trials, result.axes)
    goals = result.tuning.objectives
    return tuning_figures(result.trials, result.axes, goals[0], lasting, shares, goals)


def _read(folder: Path) -> tuple[TuneResult, Walked | None]:
    """A tuning; of a walk-forward with the trials of its last window."""
    result = read_tuning(folder, METRICS_SHOWN)
    plan = result.manifest.get("walk_forward")
    if plan is None or result.path is None:
        return result, None
    if not (result.path / f"{FOLDS}.csv").is_file() and not result.manifest.get("finished"):
        raise InputError(
            f"{result.path} has no finished fold to show; go on with it by: newsbt tune --resume {folder}"
        )
    folds, equity = (read_table(result.path / f"{name}.csv", name) for name in (FOLDS, EQUITY))
    try:
        for name in FOLD_COLUMNS[1:5]:
            folds[name] = pd.to_datetime(folds[name]).astype("datetime64[s]")
        last = int(folds["fold"].iloc[-1])
    except (KeyError, IndexError, ValueError) as error:
        raise InputError(f"{result.path / FOLDS}.csv is damaged ({error}); tune again") from error
    whole = read_tuning(folder)
    trials = whole.trials[whole.trials["fold"] == last].reset_index(drop=True)
    walked = Walked(
        folds, equity, result.manifest.get("metrics") or {}, str(plan), str(result.manifest.get("choose", ""))
    )
    return dataclasses.replace(result, trials=trials, best=best_row(trials)), walked


def _named(result: TuneResult, workspace: Workspace) -> str:
    """The folder as a command in the workspace names it, quoted for a shell."""
    path = result.path.resolve() if result.path else Path(result.name)
    root = workspace.root.resolve()
    return shlex.quote((path.relative_to(root) if path.is_relative_to(root) else path).as_posix())
