"""``newsbt leakcheck``: whether anything that was decided changes when only the future does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsbt.adapters.workspace import Workspace
    from newsbt.runs import RunSpec

__all__ = ["leakcheck"]


def leakcheck(
    strategies: Annotated[
        list[str] | None,
        typer.Argument(metavar="STRATEGY", help="Files in strategies/, or presets that name one."),
    ] = None,
    cuts: Annotated[
        int, typer.Option("--cuts", metavar="N", help="Moments after which the future is changed.")
    ] = 8,
    probes: Annotated[
        list[str] | None,
        typer.Option("--probe", metavar="NAME", help="Only this probe; repeatable; default: all."),
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
    entry: options.EntryMode = None,
    latency: options.Latency = None,
    seed: options.Seed = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Check that no decision rests on what came after it.

    With --signal and no strategy the signal model alone is checked, with neither everything in the workspace.
    Ends with status 1 if something was found.

    Example: newsbt leakcheck drift --symbols Alibaba
    """
    from newsbt.api.leakcheck import leakcheck as check
    from newsbt.cli.leak_lines import report_json, report_lines, unchecked_lines
    from newsbt.cli.progress import ProgressBar
    from newsbt.errors import NewsbtError

    place = options.open_workspace(workspace)
    given = options.run_fields(
        signal=signal, symbols=symbols, start=start, end=end, prices=prices, catalysts=catalysts,
        cash=cash, base=base, broker=broker, benchmark="none", entry=entry, latency=latency, seed=seed,
    )  # fmt: skip
    subjects = _subjects(strategies or [], place, given, options.split_sets(sets), preset)
    named = bool(strategies or preset or signal)
    reports, unchecked = [], {}
    for spec, trades in subjects:
        try:
            with ProgressBar() as progress:
                report = check(
                    spec, place, strategy=trades, cuts=cuts, probes=probes or (), progress=progress
                )
        except NewsbtError as error:
            if named or trades or not _lacks_setup(error):
                raise
            unchecked[spec.signal] = str(error)
            if not as_json:
                render.lines(unchecked_lines(spec.signal, str(error), render.screen_width()))
            continue
        reports.append(report)
        if not as_json:
            render.lines(report_lines(report, render.screen_width()))
    if as_json:
        render.json_value(
            {
                "clean": all(item.clean for item in reports),
                "checks": list(map(report_json, reports)),
                "unchecked": unchecked,
            }
        )
    if not all(report.clean for report in reports):
        raise typer.Exit(1)


def _lacks_setup(error: Exception) -> bool:
    """Whether a model only lacks what it reads with: weights, a server, an extra."""
    from newsbt.errors import DataUnavailableError, ParameterError, PluginError

    cause = error.__cause__ if isinstance(error, PluginError) else error
    return isinstance(cause, (DataUnavailableError, ParameterError))


def _subjects(
    names: list[str],
    place: Workspace,
    given: Mapping[str, object],
    sets: Mapping[str, Mapping[str, str]],
    preset: str | None,
) -> list[tuple[RunSpec, bool]]:
    """What is checked, and whether it trades: strategies, a signal model, or everything in the workspace."""
    from newsbt.adapters.settings import load_settings
    from newsbt.adapters.specs import build_specs

    settings = load_settings(place)
    if names or preset:
        return [(spec, True) for spec in build_specs(names, place, settings, given, sets, preset)]
    strategies = [ref.name for ref in place.strategy_refs()]
    models = [given["signal"]] if given["signal"] else [ref.name for ref in place.signal_refs()]
    found = []
    for model in models:
        own = {**sets, "signal": sets.get("signal", {}) if given["signal"] else {}}
        found += [
            (spec, False)
            for spec in build_specs(strategies[:1], place, settings, {**given, "signal": model}, own)
        ]
    if not given["signal"]:
        found += [(spec, True) for spec in build_specs(strategies, place, settings, given, sets)]
    return found
