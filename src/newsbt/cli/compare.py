"""``newsbt compare``: strategies and finished runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsbt.adapters.workspace import Workspace
    from newsbt.comparison import Comparison
    from newsbt.runs import RunSpec

__all__ = ["compare"]


def compare(
    items: Annotated[
        list[str],
        typer.Argument(metavar="ITEM", help="Strategies or presets, run now, and results of earlier runs."),
    ],
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
    """Put strategies or finished runs side by side.

    All figures are of the period that they have in common. Options of a run are for the strategies.

    Example: newsbt compare drift fade hold --symbols Alibaba
    """
    from newsbt.api.compare import compare as compare_items
    from newsbt.cli.progress import ProgressBar

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
    chosen = _resolve(items, place, given, options.split_sets(sets), preset)
    parent = out or place.results
    _check_place(parent, name)
    with ProgressBar() as progress:
        comparison = compare_items(chosen, place, ledger=ledger, progress=progress)
        folder = _save(comparison, parent, name, figures)
    _show(comparison, folder, as_json)


def _resolve(
    items: list[str],
    place: Workspace,
    given: Mapping[str, Any],
    sets: Mapping[str, Mapping[str, str]],
    preset: str | None,
) -> list[RunSpec | Path]:
    """What each item stands for: a strategy or preset first, then a folder, then the name of a run."""
    from newsbt.adapters.settings import load_settings
    from newsbt.adapters.specs import build_specs
    from newsbt.errors import InputError

    settings = load_settings(place)
    names = {ref.name for ref in place.strategy_refs()} | set(settings.presets)
    chosen: list[str | Path] = []
    for item in items:
        if item not in names and (Path(item).is_dir() or "/" in item):
            chosen.append(Path(item))
        elif item not in names and (place.results / item / "run.json").is_file():
            chosen.append(place.results / item)
        else:
            chosen.append(item)
    to_run = [item for item in chosen if isinstance(item, str)]
    if not to_run:
        if sets or preset or any(value is not None for value in given.values()):
            raise InputError(
                "options of a run change nothing in finished runs; leave them out or name a strategy"
            )
        return [Path(item) for item in chosen]
    specs = iter(build_specs(to_run, place, settings, given, sets, preset))
    return [next(specs) if isinstance(item, str) else item for item in chosen]


def _check_place(parent: Path, name: str | None) -> None:
    from newsbt.adapters.results import check_writable, free_folder

    check_writable(parent)
    if name is not None:
        free_folder(parent, name, exact=True)


def _save(comparison: Comparison, parent: Path, name: str | None, figures: bool) -> Path:
    import datetime as dt

    from newsbt.adapters.comparisons import write_comparison
    from newsbt.adapters.results import free_folder

    drawn, pages = None, {}
    if figures:
        from newsbt.adapters.report import COMPARE, render_page
        from newsbt.plots.figures import compare_figure
        from newsbt.report.versus import compare_page

        drawn = {"compare": compare_figure(comparison.runs)}
        pages = {COMPARE: render_page(compare_page(comparison), COMPARE)}
    default = f"compare-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    folder = free_folder(parent, name or default, exact=name is not None)
    return write_comparison(comparison, folder, drawn, pages)


def _show(comparison: Comparison, folder: Path, as_json: bool) -> None:
    from newsbt.adapters.comparisons import comparison_json
    from newsbt.cli import summary

    if as_json:
        files = sorted(path.name for path in folder.iterdir())
        render.json_value({**comparison_json(comparison), "saved": str(folder), "files": files})
        return
    render.lines(summary.comparison_lines(comparison, folder, render.screen_width()))
