"""``newsbt.walk_forward``: a walk-forward from a notebook, with names instead of objects."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.workspace import find_workspace
from newsbt.api.simple_tune import build_tuning
from newsbt.api.walk import Choice, WalkResult, resume_walk, walk_tuning
from newsbt.durations import parse_duration
from newsbt.tuning.folds import parse_plan

__all__ = ["walk_forward"]


def walk_forward(
    strategy: str | None = None,
    plan: str = "train=24m,test=6m",
    *,
    params: Mapping[str, Any] | None = None,
    choose: Choice = "best",
    where: str | Sequence[str] = (),
    search: str = "grid",
    objective: str = "sharpe",
    trials: int | None = None,
    time_limit: str | None = None,
    jobs: int = 0,
    engine: str = "auto",
    resume: str | os.PathLike[str] | None = None,
    fixed: Mapping[str, Any] | None = None,
    signal_params: Mapping[str, Any] | None = None,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    save: bool = False,
    name: str | None = None,
    out: str | os.PathLike[str] | None = None,
    ledger: str | None = None,
    cluster: str | None = None,
    **fields: Any,
) -> WalkResult:
    """Search training windows and trade the choice of each on the days after it.

    Parameters
    ----------
    strategy : str
        File in ``strategies/``, or a preset that names one.
    plan : str
        ``train=24m,test=6m[,anchored][,embargo=5d][,purge=10]``; see :func:`newsbt.tuning.folds.parse_plan`.
    choose : {"best", "stable"}
        Of each training window.
    params, where, search, objective, trials, time_limit, jobs, engine, fixed, signal_params
        As for :func:`newsbt.tune`; `trials` are those of each window, `time_limit` is for all of them.
    resume : path, optional
        Go on with the walk-forward saved there instead; of the rest only `time_limit`, `jobs`, `ledger` and
        `cluster` count.
    workspace, preset, name, out, **fields
        As for :func:`newsbt.run`.
    save : bool
        Write a folder, without pictures: trials while searching, so that it can be gone on with.
    ledger : str, optional
        Where trials and tests are counted; as for :func:`newsbt.run`.
    cluster : str, optional
        As for :func:`newsbt.tune`.

    Returns
    -------
    WalkResult
        ``walk.folds`` is a table of the folds, ``walk.whole`` the test windows as one account.

    Raises
    ------
    NewsbtError
        With one sentence that says what is wrong and what to do.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    seconds = parse_duration(time_limit, "time_limit").total_seconds() if time_limit else None
    if resume is not None:
        return resume_walk(Path(resume), place, jobs=jobs, seconds=seconds, ledger=ledger, cluster=cluster)
    tuning = build_tuning(
        place,
        strategy,
        preset,
        fields,
        params=params,
        where=where,
        search=search,
        objective=objective,
        trials=trials,
        engine=engine,
        fixed=fixed,
        signal_params=signal_params,
    )
    return walk_tuning(
        tuning,
        parse_plan(plan, "plan"),
        place,
        choice=choose,
        jobs=jobs,
        seconds=seconds,
        name=name,
        out=Path(out) if out is not None else None,
        save=save,
        ledger=ledger,
        cluster=cluster,
    )
