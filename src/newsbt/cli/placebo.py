"""``newsbt placebo``: how often random news would have done as well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsbt.adapters.workspace import Workspace
    from newsbt.evidence.placebo.study import PlaceboStudy
    from newsbt.runs import RunSpec

__all__ = ["placebo"]


def placebo(
    strategy: Annotated[
        str | None,
        typer.Argument(metavar="STRATEGY", help="File in strategies/, or a preset that names one."),
    ] = None,
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="Test a finished run instead.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="A,B", help="dates, signs, issuers, shift, or all.")
    ] = "all",
    worlds: Annotated[int, typer.Option("--worlds", metavar="N", help="Placebo worlds of each kind.")] = 1000,
    statistic: Annotated[
        str, typer.Option("--statistic", metavar="METRIC", help="What is compared: any metric.")
    ] = "sharpe",
    two_sided: Annotated[
        bool, typer.Option("--two-sided", help="Unusual either way, not only better.")
    ] = False,
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
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="auto, fast, backtrader (at most 99 worlds).")
    ] = "auto",
    name: options.FolderName = None,
    out: options.OutDir = None,
    figures: options.Figures = True,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """See how often a strategy does as well on news with random dates, signs or issuers.

    Example: newsbt placebo drift --symbols Alibaba --kind dates
    """
    from newsbt.adapters.results import check_writable, free_folder
    from newsbt.api.placebo import check_placebo
    from newsbt.api.placebo import placebo as test
    from newsbt.cli.progress import ProgressBar

    kinds = check_placebo([part.strip() for part in kind.split(",") if part.strip()], worlds, statistic)
    place = options.open_workspace(workspace)
    given = options.run_fields(
        signal=signal, symbols=symbols, start=start, end=end, prices=prices, catalysts=catalysts, cash=cash,
        base=base, broker=broker, benchmark=benchmark, entry=entry, latency=latency, seed=seed,
    )  # fmt: skip
    spec = _spec(strategy, run, place, given, options.split_sets(sets), preset)
    parent = out or place.results
    check_writable(parent)
    if name is not None:
        free_folder(parent, name, exact=True)
    with ProgressBar() as progress:
        study = test(
            spec,
            place,
            kinds=kinds,
            worlds=worlds,
            statistic=statistic,
            two_sided=two_sided,
            engine=engine,
            progress=progress,
        )
        folder = _save(study, parent, name, figures)
    _show(study, folder, as_json)


def _spec(
    strategy: str | None,
    run: str | None,
    place: Workspace,
    given: Mapping[str, Any],
    sets: Mapping[str, Mapping[str, str]],
    preset: str | None,
) -> RunSpec:
    """What a finished run was asked, or what the options ask."""
    from newsbt.adapters.settings import load_settings
    from newsbt.adapters.specs import build_specs, change_spec
    from newsbt.errors import InputError

    if run is None:
        return build_specs([strategy] if strategy else [], place, load_settings(place), given, sets, preset)[
            0
        ]
    others = [key for key, value in given.items() if value is not None and key != "seed"]
    if strategy or sets or preset or others:
        raise InputError(
            "a strategy and options of a run cannot be given with --run, but for --seed; leave them out, or"
            " leave out --run"
        )
    from newsbt.adapters.results import read_run

    folder = place.results / run if (place.results / run / "run.json").is_file() else Path(run)
    spec = read_run(folder).spec
    return change_spec(spec, place, dict(given), {}) if given["seed"] is not None else spec


def _save(study: PlaceboStudy, parent: Path, name: str | None, figures: bool) -> Path:
    import datetime as dt

    from newsbt.adapters.placebos import write_placebo
    from newsbt.adapters.results import free_folder

    drawn = None
    if figures and study.metrics[study.statistic] is not None:
        from newsbt.plots.placebo import placebo_figure

        drawn = {"placebo": placebo_figure(study)}
    default = f"placebo-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    return write_placebo(study, free_folder(parent, name or default, exact=name is not None), drawn)


def _show(study: PlaceboStudy, folder: Path, as_json: bool) -> None:
    if as_json:
        from newsbt.adapters.placebos import placebo_json

        render.json_value({**placebo_json(study), "saved": str(folder)})
        return
    from newsbt.cli.placebo_lines import placebo_lines

    render.lines(placebo_lines(study, folder, render.screen_width()))
