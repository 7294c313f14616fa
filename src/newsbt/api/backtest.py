"""One backtest from a specification to a saved result."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from newsbt.adapters.plugins import load
from newsbt.adapters.results import check_writable, free_folder, write_run
from newsbt.adapters.rule_files import compiled_kind
from newsbt.adapters.workspace import Workspace
from newsbt.api.costs import check_fills, check_shorts
from newsbt.api.inputs import WARM_UP, Inputs, gather
from newsbt.api.ledger import open_trial_log
from newsbt.api.manifest import build_manifest
from newsbt.attribution import attribute
from newsbt.capital import capacity_table, check_multiples
from newsbt.engine.frames import equity_frame, fills_frame, orders_frame, settle_signals, trades_frame
from newsbt.engine.outcome import Outcome
from newsbt.engine.price_ends import check_price_ends
from newsbt.engine.world import Limits, World, build_tape
from newsbt.errors import UnknownNameError
from newsbt.hindsight import LABEL_FREE
from newsbt.metrics.table import compute
from newsbt.prices.index import total_return_index
from newsbt.records import Finding, Signal
from newsbt.runs import RunResult, RunSpec
from newsbt.scoring.agenda import build_agenda
from newsbt.scoring.apply import score_catalysts
from newsbt.scoring.past import PastMarket
from newsbt.scoring.pipeline import build_signals
from newsbt.scoring.settings import SignalSettings
from newsbt.sessions import VenueCalendar
from newsbt.specs import run_id
from newsbt.universe import Listing

__all__ = [
    "ENGINES",
    "backtest",
    "benchmark_index",
    "build_world",
    "past_market",
    "result_of",
    "run",
    "scaled_runs",
    "traded_bars",
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
        Of the capital, for a table of capacity; see :func:`newsbt.api.capacity`. None are no table.
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


def build_world(spec: RunSpec, inputs: Inputs) -> tuple[pd.DataFrame, World]:
    """What any engine trades: the same for every value of the strategy's own parameters.

    Returns
    -------
    audit : DataFrame
        Every catalyst and listing with what became of it, before trading; see
        :func:`newsbt.scoring.pipeline.build_signals`.
    world : World
        A plain Backtrader strategy, which would trade in the warm-up, gets none.
    """
    audit, signals = build_signals_of(spec, inputs)
    return audit, _world(spec, inputs, audit, signals, warm=_sees_signals(inputs))


def _sees_signals(inputs: Inputs) -> bool:
    """Whether the strategy sees signals; Backtrader, slow to import, is not asked about a shipped one."""
    if compiled_kind(inputs.strategy.path)[0]:
        return True
    import backtrader as bt

    from newsbt.engine.strategy import NewsStrategy

    return issubclass(load(inputs.strategy, bt.Strategy), NewsStrategy)


def benchmark_index(spec: RunSpec, inputs: Inputs) -> pd.Series[float] | None:
    """Total return index that a run is held against, base currency; None where there is none.

    From the last close before the run on, indexed by the UTC time of each close.
    """
    return _benchmark(spec, inputs) if inputs.benchmark else None


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


def build_signals_of(spec: RunSpec, inputs: Inputs) -> tuple[pd.DataFrame, list[Signal]]:
    """Audit and signals of a run, before trading: :func:`newsbt.scoring.pipeline.build_signals`."""
    return build_signals(
        inputs.catalysts,
        score_catalysts(inputs.model, inputs.catalysts, spec.signal, past_market(spec, inputs)),
        universe=inputs.universe,
        listings=inputs.listings,
        calendars=inputs.calendars,
        bars=inputs.book.bars,
        start=inputs.first_day,
        end=inputs.last_day,
        settings=SignalSettings(
            entry=spec.entry,
            latency=spec.latency,
            spillover=spec.spillover,
            netting=spec.netting,  # type: ignore[arg-type]
        ),
    )


def past_market(spec: RunSpec, inputs: Inputs) -> PastMarket:
    """What a signal that learns from prices may ask in a run."""
    return PastMarket(
        inputs.universe, inputs.listings, inputs.calendars, inputs.book.bars, spec.entry, spec.latency
    )


def _world(spec: RunSpec, inputs: Inputs, audit: pd.DataFrame, signals: list[Signal], warm: bool) -> World:
    book = inputs.book
    if inputs.whole or not warm:
        first = pd.Timestamp(inputs.first_day - WARM_UP if warm else inputs.first_day)
        kept = {symbol: frame.loc[frame.index >= first] for symbol, frame in book.bars.items()}
        book = dataclasses.replace(book, bars=kept)
    tapes = [
        build_tape(item, book, inputs.calendars[item.venue], spec.base)
        for item in inputs.listings
        if len(book.bars[item.symbol])
    ]
    return World(
        tapes=tuple(tapes),
        signals=tuple(signals),
        costs=inputs.costs,
        cash=spec.cash,
        base=spec.base,
        entry=spec.entry,
        limits=Limits(spec.max_gross, spec.max_weight, spec.max_volume, spec.shares),
        shorting=inputs.shorting,
        ticks=inputs.ticks,
        first_day=inputs.first_day,
        seed=spec.seed,
        agenda=build_agenda(
            audit,
            inputs.catalysts,
            universe=inputs.universe,
            listings=inputs.listings,
            calendars=inputs.calendars,
            entry=spec.entry,
        ),
        known_at=dict(
            zip(
                audit["catalyst_id"],
                audit["known_at"].astype("datetime64[ns, UTC]").astype("int64"),
                strict=True,
            )
        ),
    )


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
        manifest=build_manifest(spec, inputs, signals),
    )


def traded_bars(inputs: Inputs) -> tuple[dict[str, pd.DataFrame], dict[str, pd.Series[Any]]]:
    """Bars of each listing from the first day of a run on, and the UTC close of each of them."""
    first = pd.Timestamp(inputs.first_day)
    bars = {item.symbol: inputs.book.bars[item.symbol] for item in inputs.listings}
    bars = {symbol: frame.loc[frame.index >= first] for symbol, frame in bars.items()}
    return bars, {
        item.symbol: _closes(bars[item.symbol], inputs.calendars[item.venue]) for item in inputs.listings
    }


def _benchmark(spec: RunSpec, inputs: Inputs) -> pd.Series[float] | None:
    listing: Listing = inputs.benchmark  # type: ignore[assignment]
    tape = build_tape(listing, inputs.book, inputs.calendars[listing.venue], spec.base)
    index = pd.DatetimeIndex(tape.closes_at.astype("datetime64[ns]")).tz_localize("UTC")
    held = total_return_index(tape.close, tape.dividend, tape.fx)
    series = pd.Series(held, index=index, name=listing.symbol)
    before = int((tape.days < (inputs.first_day - dt.date(1970, 1, 1)).days).sum())
    return series.iloc[max(0, before - 1) :]


def _closes(frame: pd.DataFrame, calendar: VenueCalendar) -> pd.Series[Any]:
    days = frame.index.to_numpy().astype("datetime64[D]").astype("int64")
    stamps = calendar.closes[calendar.days.searchsorted(days)].astype("datetime64[ns]")
    return pd.Series(pd.DatetimeIndex(stamps).tz_localize("UTC"), index=frame.index, name="close_at")
