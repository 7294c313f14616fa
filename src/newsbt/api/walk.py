"""A walk-forward from what is asked for to a folder of folds, trials and one account over all tests."""

from __future__ import annotations

import dataclasses
import datetime as dt
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from newsbt.adapters.cluster import open_cluster
from newsbt.adapters.results import check_writable, free_folder
from newsbt.adapters.walks import write_walk
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import ENGINES, Engine
from newsbt.api.fold_search import FoldSearch, run_point
from newsbt.api.ledger import open_trial_log
from newsbt.api.manifest import PACKAGES
from newsbt.api.search import Search
from newsbt.api.sweep import SweepProgress
from newsbt.api.walkforward import Windows, walk_forward
from newsbt.errors import InputError, UnknownNameError
from newsbt.records import Finding
from newsbt.specs import run_id
from newsbt.tuning.axes import Axis
from newsbt.tuning.choice import stable_ranking
from newsbt.tuning.failures import Failure
from newsbt.tuning.folds import Fold, Plan
from newsbt.tuning.objective import Objective
from newsbt.tuning.request import Tuning, axis_to_json, tuning_to_json
from newsbt.tuning.walk import Walk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["CHOICES", "Choice", "WalkResult", "walk_tuning"]

Choice: TypeAlias = Literal["best", "stable"]
CHOICES: Final = ("best", "stable")


@dataclass(frozen=True)
class WalkResult:
    """What came out of a walk-forward.

    Parameters
    ----------
    name : str
        Of its folder; empty where nothing was saved.
    tuning : Tuning
    plan : Plan
    choice : {"best", "stable"}
    axes : tuple of Axis
    objective : Objective
    walk : Walk
    seconds : float
    failures : tuple of Failure
        Points that could not be run.
    findings : tuple of Finding
        Of the ledger; those of the walk are in it.
    manifest : mapping
        ``tune.json``.
    path : Path or None
    """

    name: str
    tuning: Tuning
    plan: Plan
    choice: Choice
    axes: tuple[Axis, ...]
    objective: Objective
    walk: Walk
    seconds: float
    failures: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the axes."""
        return tuple(axis.name for axis in self.axes)

    def __repr__(self) -> str:
        """Strategy and number of windows: the frames would fill pages."""
        windows = f"{len(self.walk.folds)} windows of {', '.join(self.names)}"
        return f"<WalkResult of {self.tuning.spec.strategy}: {windows}>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.studies import walk_card

        return walk_card(self.walk, self.names, self.objective, self.findings)


def walk_tuning(
    tuning: Tuning,
    plan: Plan,
    workspace: Workspace,
    *,
    choice: Choice = "best",
    jobs: int = 0,
    seconds: float | None = None,
    name: str | None = None,
    out: Path | None = None,
    save: bool = True,
    ledger: str | None = None,
    cluster: str | None = None,
    draw: Callable[[WalkResult], Mapping[str, Figure]] | None = None,
    progress: Callable[[Fold, int, SweepProgress], None] | None = None,
) -> WalkResult:
    """Search every training window as `tuning` says and trade its choice on the test window that follows.

    Parameters
    ----------
    tuning : Tuning
        With one objective. ``trials`` are those of each window.
    plan : Plan
    workspace : Workspace
    choice : {"best", "stable"}
        The best trial of a window, or the most stable of its best ones; see
        :func:`newsbt.tuning.choice.stable_ranking`.
    jobs : int
        See :func:`newsbt.api.evaluate.evaluator_for`.
    seconds : float, optional
        For all searches together, an equal share each.
    name : str, optional
        Of the results folder, which must not exist.
    out : Path, optional
        Parent of that folder instead of the workspace's ``results``.
    save : bool
        Write the folder, whole at the end or not at all.
    ledger : str, optional
        Where trials are counted; see :func:`newsbt.api.ledger.open_ledger`.
    cluster : str, optional
        Address of a dask scheduler whose workers run the searches; tests run on this machine.
    draw : callable, optional
        Makes the pictures for the folder.
    progress : callable, optional
        Called with the fold, the number of folds and how far the search of the fold has come.

    Returns
    -------
    WalkResult
        Interrupted by Ctrl-C, of the folds that were finished, and saved.

    Raises
    ------
    NewsbtError
        For anything wrong with what was asked for, and if nothing can be chosen in the first window.
    KeyboardInterrupt
        If not one fold was finished when it came.
    """
    started = time.monotonic()
    if choice not in CHOICES:
        raise UnknownNameError("choice", choice, CHOICES, where="--choose")
    if tuning.engine not in ENGINES:
        raise UnknownNameError("engine", tuning.engine, ENGINES, where="--engine")
    if len(tuning.objectives) > 1:
        raise InputError(
            f"--walk-forward chooses by one figure, and there are {len(tuning.objectives)} objectives; write"
            " one --objective, a formula such as 0.7*sharpe + 0.3*calmar if need be"
        )
    engine: Engine = tuning.engine  # type: ignore[assignment]
    search = Search(tuning, workspace)
    limit = search.limit(seconds is not None)
    objective = search.objectives[0]
    parent = out or workspace.results
    target = None
    if save:
        check_writable(parent)
        target = free_folder(parent, name or _stem(tuning), exact=bool(name))
    windows = Windows(tuning.spec, workspace, search.space, plan)
    count = len(windows.folds)
    log = open_trial_log(workspace, ledger)
    with open_cluster(cluster) as link:
        folds = FoldSearch(
            workspace,
            search.space,
            objective,
            search=tuning.search,
            seed=tuning.seed,
            trials=limit,
            deadline=None if seconds is None else started + seconds,
            folds=count,
            engine=engine,
            jobs=jobs,
            cluster=link,
            log=log,
            progress=(lambda fold, state: progress(fold, count, state)) if progress else None,
        )
        walk = walk_forward(
            windows,
            search.space,
            objective,
            search=folds,
            test=run_point(workspace, engine),
            ranking=(lambda trials: stable_ranking(trials, search.axes)) if choice == "stable" else None,
        )
    result = WalkResult(
        name=target.name if target else "",
        tuning=tuning,
        plan=plan,
        choice=choice,
        axes=search.axes,
        objective=objective,
        walk=walk,
        seconds=time.monotonic() - started,
        failures=tuple(folds.failures.listed()),
        findings=tuple(log.findings),
    )
    result = dataclasses.replace(result, manifest=_manifest(result, windows))
    if target is None:
        return result
    target = free_folder(parent, target.name, exact=bool(name))
    write_walk(walk, result.manifest, target, draw(result) if draw else None)
    return dataclasses.replace(result, name=target.name, path=target)


def _stem(tuning: Tuning) -> str:
    return f"walk-{run_id(tuning.spec, dt.datetime.now(dt.UTC))}"


def _manifest(result: WalkResult, windows: Windows) -> dict[str, Any]:
    """``tune.json``: what was asked for, what it rests on and what was chosen."""
    walk = result.walk
    return {
        **tuning_to_json(result.tuning),
        "axes": [axis_to_json(axis) for axis in result.axes],
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "walk_forward": str(result.plan),
        "choose": result.choice,
        "event_window": windows.window,
        "chosen_trial": int(walk.folds["trial"].iloc[-1]),
        "chosen_point": walk.point(result.names),
        "metrics": dict(walk.whole.metrics),
        "findings": [dataclasses.asdict(finding) for finding in (*walk.findings, *result.findings)],
        "failures": [dataclasses.asdict(failure) for failure in result.failures],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "files": dict(windows.hashes),
        "finished": True,
        "stopped": "walk-forward",
    }
