"""A walk-forward from what is asked for to a folder of folds and trials, begun or gone on with."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from newsbt.adapters.cluster import Cluster, open_cluster
from newsbt.adapters.interrupts import first_interrupt_only
from newsbt.adapters.results import free_folder
from newsbt.adapters.trial_files import HEADER, free_target, read_header, tuning_folder
from newsbt.adapters.walk_store import WalkStore
from newsbt.adapters.walks import write_walk, write_walk_so_far
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import ENGINES, Engine
from newsbt.api.fold_search import FoldSearch, run_point
from newsbt.api.ledger import TrialLog, open_trial_log
from newsbt.api.same_files import check_same_files
from newsbt.api.search import Search
from newsbt.api.sweep import SweepProgress
from newsbt.api.walk_result import CHOICES, Choice, WalkResult, walk_header, walk_manifest
from newsbt.api.walkforward import Windows, walk_forward
from newsbt.errors import InputError, UnknownNameError
from newsbt.hindsight import label_warnings
from newsbt.records import ParamValue
from newsbt.runs import RunResult, RunSpec
from newsbt.specs import run_id
from newsbt.tuning.choice import stable_ranking
from newsbt.tuning.folds import Fold, Plan, parse_plan
from newsbt.tuning.request import Tuning, tuning_from_json

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["CHOICES", "Choice", "WalkResult", "resume_walk", "walk_tuning"]

Draw: TypeAlias = Callable[[WalkResult], Mapping[str, "Figure"]]
Progress: TypeAlias = Callable[[Fold, int, SweepProgress], None]
#: What an interrupted walk-forward finds of itself.
INTERRUPTED = "interrupted"


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
    draw: Draw | None = None,
    progress: Progress | None = None,
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
        Write a folder: trials while searching, in ``NAME.unfinished``, the rest at the end, whole.
    ledger : str, optional
        Where trials and tests are counted; see :func:`newsbt.api.ledger.open_ledger`.
    cluster : str, optional
        Address of a dask scheduler whose workers run the searches; tests run on this machine.
    draw : callable, optional
        Makes the pictures for the folder.
    progress : callable, optional
        Called with the fold, the number of folds and how far the search of the fold has come.

    Returns
    -------
    WalkResult
        Interrupted by Ctrl-C, of the folds that were finished; its folder can be gone on with.

    Raises
    ------
    NewsbtError
        For anything wrong with what was asked for, and if nothing can be chosen in the first window.
    KeyboardInterrupt
        If not one fold was finished when it came, or all were and not yet written. Its argument is the
        folder, if trials were kept.
    """
    if choice not in CHOICES:
        raise UnknownNameError("choice", choice, CHOICES, where="--choose")
    if tuning.engine not in ENGINES:
        raise UnknownNameError("engine", tuning.engine, ENGINES, where="--engine")
    if len(tuning.objectives) > 1:
        raise InputError(
            f"--walk-forward chooses by one figure, and there are {len(tuning.objectives)} objectives; write"
            " one --objective, a formula such as 0.7*sharpe + 0.3*calmar if need be"
        )
    search = Search(tuning, workspace)
    search.limit(seconds is not None)
    stem = f"walk-{run_id(tuning.spec, dt.datetime.now(dt.UTC))}"
    target = free_target(out or workspace.results, stem, name) if save else None
    windows = Windows(tuning.spec, workspace, search.space, plan)
    log = open_trial_log(workspace, ledger)
    with open_cluster(cluster) as link:
        header = walk_header(tuning, plan, choice, search.axes, windows)
        store = WalkStore.create(target, header) if target else None
        session = _Session(search, windows, choice, header, store, log)
        return session.go(jobs, seconds, link, draw, progress)


def resume_walk(
    folder: Path,
    workspace: Workspace,
    *,
    jobs: int = 0,
    seconds: float | None = None,
    ledger: str | None = None,
    cluster: str | None = None,
    draw: Draw | None = None,
    progress: Progress | None = None,
) -> WalkResult:
    """Go on with the walk-forward in `folder`: its tables become those of one that was never interrupted.

    Windows that were searched to their end are read, the next goes on where it was, and the tests, one run
    each, are made again.

    Parameters
    ----------
    folder : Path
        With or without ``.unfinished``.
    workspace, jobs, seconds, ledger, cluster, draw, progress
        As for :func:`walk_tuning`.

    Raises
    ------
    InputError
        If `folder` is no unfinished walk-forward or is in use, or something that it depends on has changed.
    """
    found = tuning_folder(folder)
    header = read_header(found)
    if header.get("finished"):
        raise InputError(f"{found} is a finished walk-forward; there is nothing to go on with")
    tuning = tuning_from_json(header, str(found / HEADER))
    search = Search(tuning, workspace)
    search.limit(seconds is not None)
    plan, choice = parse_plan(str(header.get("walk_forward"))), header["choose"]
    windows = Windows(tuning.spec, workspace, search.space, plan)
    check_same_files(header, windows.hashes, windows.prices, found)
    log = open_trial_log(workspace, ledger)
    with open_cluster(cluster) as link:
        begun = {
            **walk_header(tuning, plan, choice, search.axes, windows),
            "created_at": header["created_at"],
        }
        session = _Session(search, windows, choice, begun, WalkStore.reopen(found), log)
        return session.go(jobs, seconds, link, draw, progress)


@dataclass
class _Session:
    """One process's part of a walk-forward."""

    search: Search
    windows: Windows
    choice: Choice
    header: Mapping[str, Any]
    store: WalkStore | None
    log: TrialLog
    labels: Counter[str] = field(default_factory=Counter)

    def go(
        self,
        jobs: int,
        seconds: float | None,
        link: Cluster | None,
        draw: Draw | None,
        progress: Progress | None,
    ) -> WalkResult:
        try:
            with first_interrupt_only():
                result = self._result(jobs, seconds, link, progress)
                return self._saved(result, draw)
        except KeyboardInterrupt:
            kept = self.store.leave() if self.store else None
            if kept is None:
                raise
            raise KeyboardInterrupt(kept) from None
        except InputError:
            if self.store:
                self.store.leave(in_vain=True)
            raise
        except BaseException:
            if self.store:
                self.store.leave()
            raise

    def _result(
        self, jobs: int, seconds: float | None, link: Cluster | None, progress: Progress | None
    ) -> WalkResult:
        started = time.monotonic()
        search, tuning, workspace = self.search, self.search.tuning, self.search.workspace
        objective, count = search.objectives[0], len(self.windows.folds)
        engine: Engine = tuning.engine  # type: ignore[assignment]
        folds = FoldSearch(
            workspace,
            search.space,
            objective,
            search=tuning.search,
            seed=tuning.seed,
            trials=search.limit(seconds is not None),
            deadline=None if seconds is None else started + seconds,
            folds=count,
            engine=engine,
            jobs=jobs,
            cluster=link,
            log=self.log,
            store=self.store,
            progress=(lambda fold, state: progress(fold, count, state)) if progress else None,
        )
        walk = walk_forward(
            self.windows,
            search.space,
            objective,
            search=folds,
            test=self._test(run_point(workspace, engine)),
            ranking=(lambda trials: stable_ranking(trials, search.axes)) if self.choice == "stable" else None,
        )
        return WalkResult(
            name="",
            tuning=tuning,
            plan=self.windows.plan,
            choice=self.choice,
            axes=search.axes,
            objective=objective,
            walk=walk,
            seconds=time.monotonic() - started,
            failures=tuple(folds.failures.listed()),
            findings=(
                *self.log.findings,
                *label_warnings(self.labels, tuning.spec.signal, "traded in the test windows"),
            ),
        )

    def _test(
        self, run: Callable[[RunSpec, Mapping[str, ParamValue]], RunResult]
    ) -> Callable[[RunSpec, Mapping[str, ParamValue]], RunResult]:
        """`run`, whose results are counted: once each, however often a walk-forward is gone on with."""
        numbers = iter(range(1, len(self.windows.folds) + 1))

        def test(spec: RunSpec, point: Mapping[str, ParamValue]) -> RunResult:
            result, number = run(spec, point), next(numbers)
            self.labels.update(result.manifest.get("hindsight", {}))
            if self.store is None or number > self.store.tested:
                self.log.run(result.spec, result, "walk-forward test")
                if self.store is not None:
                    self.store.tested = number
            return result

        return test

    def _saved(self, result: WalkResult, draw: Draw | None) -> WalkResult:
        finished = not any(item.code == INTERRUPTED for item in result.walk.findings)
        manifest = walk_manifest(result, self.header, finished=finished)
        result = dataclasses.replace(result, manifest=manifest)
        if self.store is None:
            return result
        pictures = draw(result) if draw else None
        if not finished:
            folder = self.store.folder
            write_walk_so_far(result.walk, folder, pictures)
            self.store.write_header(**manifest)
            self.store.leave()
        else:
            folder = free_folder(self.store.target.parent, self.store.target.name, exact=False)
            write_walk(result.walk, manifest, folder, pictures)
            self.store.discard()
        return dataclasses.replace(result, name=folder.name, path=folder)
