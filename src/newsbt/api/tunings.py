"""A tuning that was saved: read back, and one of its trials as a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from newsbt.adapters.trial_files import HEADER, read_header, read_trials, tuning_folder
from newsbt.adapters.workspace import Workspace
from newsbt.api.groups import GroupedRuns
from newsbt.errors import InputError
from newsbt.runs import RunSpec
from newsbt.tuning.axes import Axis
from newsbt.tuning.objective import parse_objectives
from newsbt.tuning.request import TuneResult, best_row, trial_columns, tuning_from_json

__all__ = ["chosen_spec", "read_tuning"]


def read_tuning(folder: Path, metrics: Sequence[str] | None = None) -> TuneResult:
    """Read back a tuning, finished or not.

    Parameters
    ----------
    folder : Path
        With or without ``.unfinished``.
    metrics : sequence of str, optional
        Those to read; all where it is not given.

    Raises
    ------
    InputError
        If `folder` is none, or a file in it is damaged.
    """
    found = tuning_folder(folder)
    header = read_header(found)
    tuning = tuning_from_json(header, str(found / HEADER))
    objectives = parse_objectives(tuning.objectives)
    try:
        axes = tuple(Axis(**{**row, "values": tuple(row["values"])}) for row in header["axes"])
    except (KeyError, TypeError) as error:
        raise InputError(f"{found / HEADER} is damaged ({error}); tune again") from error
    columns = None if metrics is None else trial_columns(axes, objectives, metrics)
    trials = read_trials(found, columns)
    return TuneResult(
        name=found.name,
        tuning=tuning,
        axes=axes,
        objectives=objectives,
        trials=trials,
        best=best_row(trials),
        stopped=str(header.get("stopped", "interrupted")),
        engine=str(header.get("engine_used", "")),
        seconds=0.0,
        rate=0.0,
        manifest=header,
        path=found,
    )


def chosen_spec(folder: Path, workspace: Workspace, trial: int | None = None) -> tuple[RunSpec, int]:
    """The specification of one trial of a tuning, and its number.

    Parameters
    ----------
    folder : Path
    workspace : Workspace
    trial : int, optional
        Number of the trial. Where it is not given, the best one, or what the last fold of a walk-forward
        chose.

    Raises
    ------
    InputError
        If there is no such trial, or no best one.
    """
    result = read_tuning(folder, ())
    if not len(result.trials):
        raise InputError(
            f"{result.path} has no finished trial; go on with it by: newsbt tune --resume {folder}"
        )
    if trial is None:
        trial = result.manifest.get("chosen_trial")
    if trial is None:
        if result.best is None:
            raise InputError(f"no trial of {result.path} has an objective; name one with --trial N")
        row = result.best
    else:
        rows = np.flatnonzero(result.trials["trial"].to_numpy() == trial)
        if not len(rows):
            last = int(result.trials["trial"].iloc[-1])
            raise InputError(f"{result.path} has no trial {trial}; it has those from 0 to {last}")
        row = int(rows[0])
    groups = GroupedRuns(result.spec, workspace)
    return groups.spec_of(result.point(row)), int(result.trials["trial"].iloc[row])
