"""A tuning from what is asked for to a folder of trials, begun or gone on with."""

from __future__ import annotations

import dataclasses
import datetime as dt
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.adapters.cluster import open_cluster
from newsbt.adapters.interrupts import first_interrupt_only
from newsbt.adapters.trial_files import (
    HEADER,
    free_target,
    read_header,
    tuning_folder,
)
from newsbt.adapters.trials import TrialStore
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import ENGINES, Engine, Evaluator, evaluator_for
from newsbt.api.inputs import Inputs, describe_book, gather
from newsbt.api.ledger import open_trial_log
from newsbt.api.manifest import PACKAGES
from newsbt.api.replay import replay
from newsbt.api.same_files import check_same_files
from newsbt.api.search import Search
from newsbt.api.sweep import SweepProgress
from newsbt.api.tune_session import Found, Progress, SearchSession
from newsbt.errors import InputError, UnknownNameError
from newsbt.specs import run_id
from newsbt.tuning.request import (
    TuneResult,
    Tuning,
    axis_to_json,
    tuning_from_json,
    tuning_to_json,
)

if TYPE_CHECKING:
    pass

__all__ = ["resume", "tune"]


def tune(
    tuning: Tuning,
    workspace: Workspace,
    *,
    jobs: int = 0,
    seconds: float | None = None,
    name: str | None = None,
    out: Path | None = None,
    save: bool = True,
    inputs: Inputs | None = None,
    ledger: str | None = None,
    cluster: str | None = None,
    columns: Sequence[str] | None = None,
    progress: Progress | None = None,
    found: Found | None = None,
) -> TuneResult:
    """Search as `tuning` says.

    Parameters
    ----------
    tuning : Tuning
    workspace : Workspace
    jobs : int
        See :func:`newsbt.api.evaluate.evaluator_for`; it changes no result.
    seconds : float, optional
        End after so much time.
    name : str, optional
        Of the results folder, which must not exist.
    out : Path, optional
        Parent of that folder instead of the workspace's ``results``.
    save : bool
        Write the folder while searching; otherwise all is in memory.
    inputs : Inputs, optional
        Of the specification, where they have been gathered.
    ledger : str, optional
        Where the trials are counted; see :func:`newsbt.api.ledger.open_ledger`.
    cluster : str, optional
        Address of a dask scheduler whose workers run the points; it changes no result.
    columns : sequence of str, optional
        Metrics in the result's table; all where it is not given. Those of the folder are always all.
    progress : callable, optional
    found : callable, optional
        Called with the result as soon as the search has ended, before it is judged and its folder is whole.

    Raises
    ------
    NewsbtError
        For anything wrong with what was asked for, and if not one point could be run.
    KeyboardInterrupt
        If not one trial was finished when it came; later ones end the search, and the result says so.
    """
    search = Search(tuning, workspace)
    limit = search.limit(seconds is not None)
    stem = f"tune-{run_id(tuning.spec, dt.datetime.now(dt.UTC))}"
    target = free_target(out or workspace.results, stem, name) if save else None
    log = open_trial_log(workspace, ledger)
    with open_cluster(cluster) as link:
        gathered = inputs or gather(tuning.spec, workspace)
        evaluator = evaluator_for(tuning.spec, workspace, _engine(tuning.engine), jobs, gathered, link)
        store = TrialStore.create(target, _header(search, evaluator, gathered)) if target else None
        session = SearchSession(search, evaluator, store, log)
        start = SweepProgress(0, search.total(limit), 0.0, 0.0)
        with first_interrupt_only():
            return session.go(start, seconds, columns, progress, found)


def resume(
    folder: Path,
    workspace: Workspace,
    *,
    jobs: int = 0,
    trials: int | None = None,
    seconds: float | None = None,
    ledger: str | None = None,
    cluster: str | None = None,
    columns: Sequence[str] | None = None,
    progress: Progress | None = None,
    found: Found | None = None,
) -> TuneResult:
    """Go on with the tuning in `folder`: its trials become those of a search that was never interrupted.

    Parameters
    ----------
    folder : Path
        With or without ``.unfinished``.
    trials : int, optional
        Another end than before.
    workspace, jobs, seconds, ledger, cluster, columns, progress, found
        As for :func:`tune`.

    Raises
    ------
    InputError
        If `folder` is no tuning or is in use, or something that the search depends on has changed.
    """
    begun = tuning_folder(folder)
    header = read_header(begun)
    if "walk_forward" in header:
        raise InputError(f"{begun} is a walk-forward; newsbt.walk_forward goes on with it")
    tuning = tuning_from_json(header, str(begun / HEADER))
    if trials is not None:
        tuning = dataclasses.replace(tuning, trials=trials)
    search = Search(tuning, workspace)
    limit = search.limit(seconds is not None)
    gathered = gather(tuning.spec, workspace)
    check_same_files(header, gathered.hashes, describe_book(gathered.book), begun)
    log = open_trial_log(workspace, ledger)
    engine = _engine(str(header["engine_used"]))
    with open_cluster(cluster) as link:
        evaluator = evaluator_for(tuning.spec, workspace, engine, jobs, gathered, link)
        store = TrialStore.reopen(begun)
        try:
            names = [axis.name for axis in search.axes]
            start = replay(search.searcher, names, len(search.objectives), store, search.total(limit))
            store.write_header(trials=tuning.trials, finished=False)
        except BaseException:
            store.abandon()
            raise
        with first_interrupt_only():
            return SearchSession(search, evaluator, store, log).go(start, seconds, columns, progress, found)


def _engine(name: str) -> Engine:
    if name not in ENGINES:
        raise UnknownNameError("engine", name, ENGINES, where="--engine")
    return name  # type: ignore[return-value]


def _header(search: Search, evaluator: Evaluator, inputs: Inputs) -> dict[str, Any]:
    """``tune.json`` at the start."""
    return {
        **tuning_to_json(search.tuning),
        "axes": [axis_to_json(axis) for axis in search.axes],
        "engine_used": evaluator.engine,
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "period": {"first": inputs.first_day.isoformat(), "last": inputs.last_day.isoformat()},
        "listings": [item.symbol for item in inputs.listings],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "files": dict(inputs.hashes),
        "prices": describe_book(inputs.book),
        "finished": False,
    }
