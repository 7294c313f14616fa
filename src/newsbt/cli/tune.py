"""``newsbt tune``: search the parameters of a strategy and say what was found."""

from __future__ import annotations

import dataclasses
import functools
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from newsbt.adapters.workspace import Workspace
    from newsbt.api.sweep import SweepProgress
    from newsbt.cli.progress import ProgressBar
    from newsbt.tuning.request import Tuning

__all__ = ["tune"]

#: Seconds between two lines of progress where there is no bar.
EVERY_S = 10.0


def tune(
    strategy: Annotated[
        str | None,
        typer.Argument(metavar="STRATEGY", help="File in strategies/, or a preset that names one."),
    ] = None,
    params: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            metavar="AXIS",
            help="hold=1:20, stop=0.02:0.10:0.01, entry=open,close; also signal.KEY, broker.KEY; repeatable.",
        ),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", metavar="CONDITION", help="Points to try, such as 'take > stop'; repeatable."
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="KIND", help="grid (default), random, sobol or tpe."),
    ] = None,
    objective: Annotated[
        list[str] | None,
        typer.Option(
            "--objective",
            metavar="FORMULA",
            help="Metric or formula of metrics; repeatable; default: sharpe.",
        ),
    ] = None,
    trials: Annotated[
        int | None,
        typer.Option("--trials", metavar="N", help="End after so many; default: the whole grid, else 1000."),
    ] = None,
    time_limit: Annotated[
        str | None,
        typer.Option("--time-limit", metavar="SPAN", help="End after so much time, such as 10min."),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", help="Points run at once; changes no result.")
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Run points on a dask cluster, as tcp://HOST:8786; changes no result.",
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="NAME", help="auto (default), fast (compiled) or backtrader."),
    ] = None,
    verify: Annotated[
        int,
        typer.Option(
            "--verify", metavar="N", help="Run N trials again in Backtrader; status 1 if one differs."
        ),
    ] = 0,
    walk_forward: Annotated[
        str | None,
        typer.Option(
            "--walk-forward",
            metavar="PLAN",
            help="Search windows, trade the days after: train=24m,test=6m[,anchored,embargo=5d,purge=10].",
        ),
    ] = None,
    choose: Annotated[
        str | None,
        typer.Option("--choose", metavar="HOW", help="Of each window of a walk-forward: best or stable."),
    ] = None,
    resume: Annotated[
        Path | None, typer.Option("--resume", metavar="DIR", help="Go on with an earlier tuning.")
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", help="Trials to show.")] = 10,
    preset: options.PresetName = None,
    signal: options.SignalName = None,
    symbols: options.Symbols = None,
    start: options.Start = None,
    end: options.End = None,
    prices: options.Prices = None,
    catalysts: options.CatalystFiles = None,
    sets: options.Sets = None,
    cash: options.Cash = None,
    base: options.Base = None,
    broker: options.BrokerName = None,
    benchmark: options.Benchmark = None,
    entry: options.EntryMode = None,
    latency: options.Latency = None,
    seed: options.Seed = None,
    name: options.FolderName = None,
    out: options.OutDir = None,
    figures: options.Figures = True,
    ledger: options.LedgerPlace = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Search the parameters of a strategy.

    Example: newsbt tune drift --param hold=1:20 --param stop=0.02:0.10:0.01 --objective sharpe
    """
    from newsbt.adapters.trial_files import read_header
    from newsbt.api.tune import resume as go_on
    from newsbt.api.tune import tune as begin
    from newsbt.cli.progress import ProgressBar
    from newsbt.cli.tune_lines import SHOWN
    from newsbt.cli.tune_outcome import Told
    from newsbt.durations import parse_duration
    from newsbt.errors import InputError

    _check_counts(trials=trials, jobs=jobs or None, verify=verify or None, top=top)
    if choose is not None and walk_forward is None and resume is None:
        raise InputError("--choose is about the windows of --walk-forward; write that too, or leave it out")
    if verify and walk_forward is not None:
        raise InputError("--verify is not for --walk-forward; verify a tuning of the whole period instead")
    if cluster is not None and jobs:
        raise InputError(
            "--jobs is about this machine; with --cluster all its workers run points, so leave it out"
        )
    seconds = None if time_limit is None else parse_duration(time_limit, "--time-limit").total_seconds()
    if seconds == 0.0:
        raise InputError(f"--time-limit is {time_limit!r}, no time for any trial; write a span such as 10min")
    place = options.open_workspace(workspace)
    fields = options.run_fields(
        signal=signal,
        symbols=symbols,
        start=start,
        end=end,
        prices=prices,
        catalysts=catalysts,
        cash=cash,
        base=base,
        broker=broker,
        benchmark=benchmark,
        entry=entry,
        latency=latency,
        seed=seed,
    )
    if engine != "backtrader" and sys.stderr.isatty():
        from newsbt.adapters.compilation import compiled_before

        if not compiled_before():
            render.note("the engine is compiled now, once for this version; it takes half a minute or more")
    columns = None if verify else SHOWN
    how: dict[str, Any] = {"jobs": jobs, "seconds": seconds, "ledger": ledger, "cluster": cluster}
    if resume is not None:
        said = [
            strategy,
            params,
            where,
            search,
            objective,
            engine,
            preset,
            sets,
            name,
            out,
            walk_forward,
            choose,
        ]
        if any(item is not None for item in [*said, *fields.values()]):
            raise InputError(
                "--resume goes on with a tuning as it was begun; only --trials, --time-limit, --jobs,"
                " --cluster and what is shown can be given with it"
            )
        header = read_header(resume)
        goal = str(header["objectives"][0])
        if "walk_forward" in header:
            from newsbt.cli.walk import resume_walk

            if verify or trials is not None:
                given = "--verify" if verify else "--trials"
                raise InputError(f"{given} is not for going on with a walk-forward; leave it out")
            resume_walk(resume, goal, place, figures=figures, as_json=as_json, **how)
            return
        make = functools.partial(go_on, resume, place, trials=trials)
    else:
        tuning = dataclasses.replace(
            _tuning(place, strategy, preset, params or [], fields, sets),
            where=tuple(where or ()),
            search=search or "grid",
            objectives=tuple(objective or ["sharpe"]),
            trials=trials,
            engine=engine or "auto",
        )
        if walk_forward is not None:
            from newsbt.cli.walk import walk

            walk(
                tuning,
                walk_forward,
                place,
                choose=choose or "best",
                name=name,
                out=out,
                figures=figures,
                as_json=as_json,
                **how,
            )
            return
        goal = tuning.objectives[0]
        make = functools.partial(begin, tuning, place, name=name, out=out)
    with ProgressBar() as bar:
        told = Told(bar, top, as_json)
        result = make(columns=columns, progress=_Teller(bar, goal), found=told.found, **how)
    told.judged(result, place, verify, figures)


def _tuning(
    place: Workspace,
    strategy: str | None,
    preset: str | None,
    params: list[str],
    fields: dict[str, object],
    sets: list[str] | None,
) -> Tuning:
    from newsbt.adapters.settings import load_settings
    from newsbt.adapters.specs import build_specs
    from newsbt.errors import InputError
    from newsbt.tuning.request import Tuning, check_not_fixed

    if strategy is None and preset is None:
        raise InputError(
            "no strategy is named; write one such as: newsbt tune drift --param hold=1:20 (newsbt list shows"
            " them)"
        )
    parts = options.split_sets(sets)
    check_not_fixed(params, fields, parts)
    named = [strategy] if strategy else []
    (spec,) = build_specs(named, place, load_settings(place), fields, parts, preset)
    return Tuning(spec, tuple(params), seed=spec.seed)


def _check_counts(**counts: int | None) -> None:
    from newsbt.errors import InputError

    for name, count in counts.items():
        if count is not None and count < 1:
            raise InputError(f"--{name} is {count}; write a number from 1 on")


class _Teller:
    """Shows how far a search has come: in the bar, or a line now and then where there is none."""

    def __init__(self, bar: ProgressBar, objective: str) -> None:
        from newsbt.tuning.objective import parse_objective

        self._bar, self._objective = bar, parse_objective(objective)
        self._told = time.monotonic()

    def __call__(self, state: SweepProgress) -> None:
        """Show `state`."""
        from newsbt.cli.tune_lines import progress_label

        quiet = not self._bar.enabled
        if quiet and time.monotonic() - self._told < EVERY_S:
            return
        label = progress_label(state.done, state.total, state.rate, state.best, state.point, self._objective)
        if quiet:
            self._told = time.monotonic()
            render.note(label)
        else:
            self._bar(label, state.done / state.total if state.total else 0.0)
