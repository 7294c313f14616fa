"""One backtest from a specification to a saved result."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from newsbt.adapters.plugins import load
from newsbt.adapters.results import check_writable, free_folder, write_run
from newsbt.adapters.workspace import Workspace
from newsbt.api.costs import check_fills, check_shorts
from newsbt.api.inputs import Inputs, gather
from newsbt.api.ledger import open_trial_log
from newsbt.api.manifest import build_manifest
from newsbt.api.worlds import benchmark_index, build_world, traded_bars
from newsbt.attribution import attribute
from newsbt.capital import capacity_table, check_multiples
from newsbt.catalysts.lint_rows import unknown_names
from newsbt.engine.frames import equity_frame, fills_frame, orders_frame, settle_signals, trades_frame
from newsbt.engine.outcome import Outcome
from newsbt.engine.price_ends import check_price_ends
from newsbt.engine.world import World
from newsbt.errors import UnknownNameError
from newsbt.hindsight import LABEL_FREE
from newsbt.metrics.table import compute
from newsbt.records import Finding
from newsbt.runs import RunResult, RunSpec
from newsbt.specs import run_id

__all__ = [
    "ENGINES",
    "backtest",
    "result_of",
    "run",
    "scaled_runs",
]

#: How a run may be computed; see :func:`run`.
ENGINES = ("auto", "fast", "backtrader")


def run(
    spec: RunSpec,
    workspace: Workspace,
    *,
    name: str | None = None,
    out: Path | None = None,
    save: bool = True,
    figures: bool = True,
    multiples: Sequence[float] = (),
    ledger: str | None = None,
    engine: str = "auto",
    hindsight_check: bool = False,
    twin: str = LABEL_FREE,
    progress: Callable[[str, float], None] | None = None,
) -> RunResult:
    """Backtest what `spec` asks for.

    Parameters
    ----------
    spec : RunSpec
        Parameters are taken as checked.
    workspace : Workspace
        Where strategies, signals and data are.
    name : str, optional
        Of the results folder, which must not exist; made from the strategy, the time and the specification
        where it is not given.
    out : Path, optional
        Parent of that folder instead of the workspace's ``results``.
    save : bool
        Write the folder.
    figures : bool
        Draw the pictures into it, and the page ``report.html``.
    multiples : sequence of float
        Of the capital, for a table of capacity; see :func:`newsbt.api.capacity.capacity`. None are no table.
    ledger : str, optional
        Where this trial is counted, saved or not; see :func:`newsbt.api.ledger.open_ledger`.
    engine : {"auto", "fast", "backtrader"}
        ``auto`` is Backtrader here: it alone tells what became of every order and signal. ``fast`` gives the
        same fills, equity and metrics.
    hindsight_check : bool
        Where signals traded rest on hindsight labels, also run on a signal that reads none; see
        :func:`newsbt.api.hindsight.without_hindsight`.
    twin : str
        That signal.
    progress : callable, optional
        Called with what is being done and the fraction of it.

    Raises
    ------
    NewsbtError
        For anything that is wrong with what the user asked for; see :mod:`newsbt.errors`.
    """
    if multiples:
        check_multiples(spec, multiples)
    if hindsight_check and twin != LABEL_FREE:
        workspace.signal(twin)
    parent = out or workspace.results
    if save:
        check_writable(parent)
        if name:
            free_folder(parent, name, exact=True)
    log = open_trial_log(workspace, ledger)
    inputs = gather(spec, workspace, progress)
    began = time.perf_counter()
    result = backtest(spec, inputs, name or run_id(spec, dt.datetime.now(dt.UTC)), progress, engine)
    if hindsight_check:
        from newsbt.api.hindsight import without_hindsight

        seconds = time.perf_counter() - began
        beside, found = without_hindsight(result, inputs, workspace, seconds, engine, twin)
        result = dataclasses.replace(result, hindsight=beside, findings=(*result.findings, *found))
    if multiples:
        table = capacity_table(spec, multiples, scaled_runs(inputs, progress, engine))
        result = dataclasses.replace(result, capacity=table)
    log.run(spec, result)
    tried = log.tried(spec)
    result = dataclasses.replace(result, findings=(*result.findings, *log.findings), tried=tried)
    if not save:
        return result
    folder = free_folder(parent, result.name, exact=bool(name))
    result = dataclasses.replace(result, name=folder.name)
    drawn, pages = None, {}
    if figures:
        if progress:
            progress("pictures", 0.0)
        from newsbt.adapters.report import REPORT, render_page
        from newsbt.plots.figures import run_figures
        from newsbt.report.page import report_page

        drawn, pages = run_figures(result), {REPORT: render_page(report_page(result))}
    return dataclasses.replace(result, path=write_run(result, folder, drawn, pages))


def backtest(
    spec: RunSpec,
    inputs: Inputs,
    name: str,
    progress: Callable[[str, float], None] | None = None,
    engine: str = "auto",
) -> RunResult:
    """Score, trade and measure; touches no disk but the strategy's own file.

    Parameters
    ----------
    spec, inputs, name, progress, engine
        As for :func:`run`.
    """
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES, where="--engine")
    audit, world = build_world(spec, inputs)
    if engine == "fast":
        from newsbt.api.evaluate_fast import run_fast

        return result_of(spec, inputs, name, audit, world, run_fast(spec, inputs, world))
    tell = (lambda done: progress("backtest", done)) if progress else None
    return result_of(spec, inputs, name, audit, world, _in_backtrader(spec, inputs, world, tell))


def _in_backtrader(
    spec: RunSpec, inputs: Inputs, world: World, progress: Callable[[float], None] | None
) -> Outcome:
    """Run the strategy itself."""
    import backtrader as bt

    from newsbt.engine.reference import run_reference

    return run_reference(world, load(inputs.strategy, bt.Strategy), spec.params, progress)


def scaled_runs(
    inputs: Inputs, progress: Callable[[str, float], None] | None = None, engine: str = "auto"
) -> Callable[[RunSpec], RunResult]:
    """A function that backtests specifications which differ in their capital, on the same inputs."""

    def one(spec: RunSpec) -> RunResult:
        def tell(label: str, done: float) -> None:
            if progress:
                progress(f"{label} with {spec.cash:,.0f} {spec.base}", done)

        return backtest(spec, inputs, "capacity", tell, engine)

    return one


def result_of(
    spec: RunSpec, inputs: Inputs, name: str, audit: pd.DataFrame, world: World, outcome: Outcome
) -> RunResult:
    """Frames, metrics and findings of a run that either engine made of `world`."""
    journal = outcome.journal
    equity = equity_frame(journal, world)
    fills = fills_frame(journal, world.costs.columns)
    trades = trades_frame(journal, world)
    signals = settle_signals(audit, journal.outcomes)
    benchmark = benchmark_index(spec, inputs)
    bars, closes = traded_bars(inputs)
    findings = check_price_ends(journal, world, inputs.calendars)
    findings += unknown_names(inputs.catalysts, inputs.universe)
    findings += [*inputs.book.findings, *outcome.findings]
    findings += check_fills(inputs.costs, fills, inputs.listings)
    borrowed = [(entry.symbol, entry.session) for entry in journal.borrows]
    findings += check_shorts(inputs.shorting, borrowed, fills, inputs.listings)
    if spec.benchmark not in ("", "none") and benchmark is None:
        findings.append(
            Finding(
                "no-benchmark",
                "warning",
                spec.benchmark,
                f"prices {spec.prices} have no {spec.benchmark} in the period, so nothing is held against it",
                "name another with --benchmark",
            )
        )
    return RunResult(
        name=name,
        spec=spec,
        equity=equity,
        fills=fills,
        trades=trades,
        signals=signals,
        orders=orders_frame(journal),
        metrics=compute(equity, spec.cash, fills, trades, benchmark),
        attribution=attribute(trades, fills, signals, inputs.universe),
        benchmark=benchmark,
        bars=bars,
        closes=closes,
        findings=tuple(findings),
        manifest=build_manifest(inputs, signals),
    )
