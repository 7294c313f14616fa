"""``newsbt events``: an event study on the catalysts, clock, calendar and prices of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsbt.adapters.workspace import Workspace
    from newsbt.evidence.events.study import EventStudy
    from newsbt.runs import RunSpec

__all__ = ["events"]


def events(
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="Study the events of a finished run.")
    ] = None,
    preset: options.PresetName = None,
    signal: options.SignalName = None,
    symbols: options.Symbols = None,
    start: options.Start = None,
    end: options.End = None,
    prices: options.Prices = None,
    catalysts: options.CatalystFiles = None,
    sets: options.Sets = None,
    entry: options.EntryMode = None,
    latency: options.Latency = None,
    seed: options.Seed = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="A,B", help="Only these kinds of news.")
    ] = None,
    direction: Annotated[
        str | None, typer.Option("--direction", metavar="up|down|none", help="Only news of one direction.")
    ] = None,
    issuer: Annotated[
        str | None, typer.Option("--issuer", metavar="A,B", help="Only events of these issuers or listings.")
    ] = None,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="event, or noise, calendar, umbrella.")
    ] = "event",
    min_score: Annotated[
        float, typer.Option("--min-score", metavar="X", help="Least absolute score, 0 to 1.")
    ] = 0.0,
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="market, mean or market-adjusted.")
    ] = "market",
    benchmark: Annotated[
        str | None,
        typer.Option("--benchmark", metavar="A,B", help="One for each venue; default: KWEB,HSI."),
    ] = None,
    before: Annotated[int, typer.Option("--before", metavar="N", help="Sessions before the event.")] = 5,
    after: Annotated[int, typer.Option("--after", metavar="N", help="Sessions after the event.")] = 10,
    estimation: Annotated[
        int, typer.Option("--estimation", metavar="N", help="Sessions that the model is estimated on.")
    ] = 120,
    minimum: Annotated[
        int | None, typer.Option("--minimum", metavar="N", help="Fewest sessions for that; default: 60.")
    ] = None,
    clear: Annotated[
        int | None,
        typer.Option(
            "--clear", metavar="N", help="It leaves out N sessions around others; default: their windows."
        ),
    ] = None,
    confounded: Annotated[
        str,
        typer.Option("--confounded", metavar="keep|drop", help="Events with another in their window."),
    ] = "keep",
    name: options.FolderName = None,
    out: options.OutDir = None,
    figures: options.Figures = True,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Study how prices moved around the news, and how much of it could be traded.

    Example: newsbt events --symbols Alibaba --category earnings
    """
    from newsbt.adapters.results import check_writable, free_folder
    from newsbt.api.event_spec import study_settings
    from newsbt.api.events import event_study
    from newsbt.cli.progress import ProgressBar
    from newsbt.evidence.events.selection import Selection

    place = options.open_workspace(workspace)
    given = options.run_fields(
        signal=signal, symbols=symbols, start=start, end=end, prices=prices, catalysts=catalysts,
        entry=entry, latency=latency, seed=seed,
    )  # fmt: skip
    parsed = options.split_sets(sets)
    spec, manifest = _spec(run, place, given, parsed, preset)
    parent = out or place.results
    check_writable(parent)
    if name is not None:
        free_folder(parent, name, exact=True)
    settings = study_settings(
        model=model,
        confounded=confounded,
        before=before,
        after=after,
        estimation=estimation,
        minimum=minimum,
        clear=clear,
    )
    selection = Selection(
        categories=_names(category),
        direction=direction or "",
        issuers=_names(issuer),
        role=role,
        min_score=min_score,
    )
    with ProgressBar() as progress:
        study = event_study(
            spec,
            place,
            selection=selection,
            settings=settings,
            benchmarks=_names(benchmark),
            manifest=manifest,
            progress=progress,
        )
        folder = _save(study, parent, name, figures)
    _show(study, folder, as_json)


def _spec(
    run: str | None,
    place: Workspace,
    given: Mapping[str, Any],
    sets: Mapping[str, Mapping[str, str]],
    preset: str | None,
) -> tuple[RunSpec, Mapping[str, Any]]:
    """What a finished run was asked, or what the options ask, and the run's manifest."""
    from newsbt.errors import InputError

    if run is not None:
        if sets or preset or any(value is not None for value in given.values()):
            raise InputError(
                "options of a run cannot be given with --run; leave them out, or leave out --run"
            )
        from newsbt.adapters.results import read_run

        folder = place.results / run if (place.results / run / "run.json").is_file() else Path(run)
        result = read_run(folder)
        return result.spec, result.manifest
    if sets.get("") or set(sets) - {"", "signal", "run"}:
        raise InputError("an event study has no strategy; write --set signal.KEY=VALUE or run.KEY=VALUE")
    from newsbt.api.event_spec import study_spec

    return study_spec(place, given, sets, preset), {}


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _save(study: EventStudy, parent: Path, name: str | None, figures: bool) -> Path:
    import datetime as dt

    from newsbt.adapters.event_studies import write_study
    from newsbt.adapters.results import free_folder

    drawn = None
    if figures and len(study.events):
        from newsbt.plots.events import event_figures

        drawn = event_figures(study)
    default = f"events-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    return write_study(study, free_folder(parent, name or default, exact=name is not None), drawn)


def _show(study: EventStudy, folder: Path, as_json: bool) -> None:
    if as_json:
        from newsbt.adapters.event_studies import study_tables_json

        render.json_value({**study_tables_json(study), "saved": str(folder)})
        return
    from newsbt.cli.event_lines import study_lines

    render.lines(study_lines(study, folder, render.screen_width()))
