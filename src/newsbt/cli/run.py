"""``newsbt run``: backtest strategies and say what came out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from newsbt.adapters.workspace import Workspace
    from newsbt.runs import RunResult, RunSpec

__all__ = ["run"]


def run(
    strategies: Annotated[
        list[str] | None,
        typer.Argument(metavar="STRATEGY", help="Files in strategies/, or presets that name one."),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DIR", help="The best trial of a tuning, or trial N of DIR#N."),
    ] = None,
    trial: Annotated[
        int | None, typer.Option("--trial", metavar="N", help="With --from: trial N instead of the best.")
    ] = None,
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
    capacity: options.Capacity = False,
    engine: options.EngineName = "auto",
    no_hindsight_check: options.NoHindsightCheck = False,
    twin: options.Twin = None,
    ledger: options.LedgerPlace = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Backtest one strategy or several.

    Example: newsbt run drift --symbols Alibaba --set hold=10 --set stop=0.05
    """
    from newsbt.adapters.settings import load_settings
    from newsbt.adapters.specs import build_specs
    from newsbt.capital import MULTIPLES
    from newsbt.cli import summary
    from newsbt.errors import InputError
    from newsbt.hindsight import LABEL_FREE

    if no_hindsight_check and twin:
        raise InputError(f"--no-hindsight-check makes no second run, so --twin {twin} has no use; drop one")
    place = options.open_workspace(workspace)
    given = options.run_fields(
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
    parts = options.split_sets(sets)
    if from_ is not None:
        if strategies or preset:
            raise InputError("--from brings the strategy of its tuning; leave STRATEGY and --preset out")
        specs = [_of_tuning(from_, trial, place, given, parts)]
    elif trial is not None:
        raise InputError(f"--trial {trial} needs the tuning that it is of; name it with --from DIR")
    else:
        specs = build_specs(strategies or [], place, load_settings(place), given, parts, preset)
    results: list[RunResult] = []
    try:
        for spec in specs:
            own_name = f"{name}-{spec.strategy}" if name and len(specs) > 1 else name
            results.append(
                _one(
                    spec,
                    place,
                    ledger,
                    name=own_name,
                    out=out,
                    figures=figures,
                    multiples=MULTIPLES if capacity else (),
                    engine=engine,
                    hindsight_check=not no_hindsight_check,
                    twin=twin or LABEL_FREE,
                )
            )
            if not as_json:
                _show(results[-1])
    except KeyboardInterrupt:
        if not results:
            raise
        render.note(f"interrupted; kept {', '.join(str(result.path) for result in results)}")
        raise typer.Exit(130) from None
    if as_json:
        render.json_value({"runs": [summary.run_json(result) for result in results]})
    elif len(results) > 1:
        render.lines(["", *summary.runs_table(results, render.screen_width())])


def _of_tuning(
    named: str,
    trial: int | None,
    place: Workspace,
    given: dict[str, object],
    sets: dict[str, dict[str, str]],
) -> RunSpec:
    """The specification of a trial, with what else is given."""
    from newsbt.adapters.specs import change_spec
    from newsbt.api.tunings import chosen_spec
    from newsbt.errors import InputError

    folder, mark, number = named.rpartition("#")
    if not mark or Path(named).is_dir():
        folder, number = named, ""
    if number and (trial is not None or not number.isdecimal()):
        raise InputError(
            f"--from {named} names no trial; write DIR#N or DIR with --trial N, N a number from 0 on"
        )
    spec, chosen = chosen_spec(Path(folder), place, int(number) if number else trial)
    render.note(f"trial {chosen} of {folder}")
    return change_spec(spec, place, given, sets)


def _one(spec: RunSpec, place: Workspace, ledger: str | None, **how: Any) -> RunResult:
    from newsbt.api.backtest import run as run_spec
    from newsbt.cli.progress import ProgressBar

    with ProgressBar() as progress:
        return run_spec(spec, place, ledger=ledger, progress=progress, **how)


def _show(result: RunResult) -> None:
    from newsbt.cli import summary

    render.lines([*summary.run_lines(result, render.screen_width(), blocks=render.shows_blocks()), ""])
