"""``newsbt events``: an event study on the catalysts, clock, calendar and prices of a run."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from newsbt.adapters.prices.load import load_prices, open_source
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.inputs import Inputs, gather
from newsbt.errors import DataUnavailableError, InputError, ParameterError, UnknownNameError
from newsbt.evidence.events.catalogue import collect_events
from newsbt.evidence.events.models import MODELS
from newsbt.evidence.events.returns import return_series
from newsbt.evidence.events.selection import Selection, check_selection, choose
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.study import EventStudy, StudySettings, run_study
from newsbt.prices.book import PriceBook
from newsbt.records import Finding, IntArray
from newsbt.runs import RunSpec
from newsbt.scoring.apply import score_catalysts
from newsbt.scoring.pipeline import build_signals
from newsbt.scoring.settings import SignalSettings
from newsbt.specs import spec_to_json
from newsbt.universe import VENUES, Listing, Universe

__all__ = ["BENCHMARKS", "event_study", "study_settings", "study_spec"]

#: Asked for in this order where the user names none for a venue.
BENCHMARKS: dict[str, tuple[str, ...]] = {
    "XNYS": ("KWEB", "MCHI", "FXI", "SPY"),
    "XHKG": ("HSI", "HSTECH", "3033.HK", "2800.HK"),
}
#: Fields of a specification that an event study does not depend on.
OF_TRADING = (
    "strategy", "params", "cash", "base", "broker", "max_gross", "max_weight", "max_volume", "shares",
    "benchmark",
)  # fmt: skip


def event_study(
    spec: RunSpec,
    workspace: Workspace,
    *,
    selection: Selection | None = None,
    settings: StudySettings | None = None,
    benchmarks: Sequence[str] = (),
    manifest: Mapping[str, Any] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> EventStudy:
    """Study the events that a run of `spec` would trade.

    Parameters
    ----------
    spec : RunSpec
        Catalysts, signal, listings, period, prices, entry, latency and spillover count; what concerns trading
        does not. Prices before and after the period are used for windows.
    workspace : Workspace
    selection : Selection, optional
        Its period is that of `spec`.
    settings : StudySettings, optional
        ``entry`` and ``seed`` are those of `spec`.
    benchmarks : sequence of str
        At most one listing or index of each venue; for a venue without one the first of :data:`BENCHMARKS`
        that the prices hold.
    manifest : mapping, optional
        Of a finished run: files that have changed since are named in the findings.
    progress : callable, optional
        Called with what is being done and the fraction of it.

    Raises
    ------
    InputError
        For what cannot be used, and for a selection that leaves no event.
    DataUnavailableError
        For prices that are not to be had.
    """
    chosen = dataclasses.replace(selection or Selection(), start=spec.start, end=spec.end)
    settings = dataclasses.replace(settings or StudySettings(), entry=spec.entry, seed=spec.seed)
    universe = workspace.universe()
    check_selection(chosen, universe)
    asked = _named_benchmarks(benchmarks, universe)
    inputs = gather(_widened(spec, settings.windows), workspace, progress)
    _check_period(spec, inputs)
    book, market = _market(spec, workspace, inputs, universe, asked)
    findings = _venue_findings(inputs, market, settings, spec.prices)
    findings += _changed_files(inputs, manifest or {})
    audit, _ = build_signals(
        inputs.catalysts,
        score_catalysts(inputs.model, inputs.catalysts, spec.signal),
        universe=inputs.universe,
        listings=inputs.listings,
        calendars=inputs.calendars,
        bars=inputs.book.bars,
        start=None,
        end=None,
        settings=SignalSettings(
            entry=spec.entry,
            latency=spec.latency,
            spillover=spec.spillover,
            netting=spec.netting,  # type: ignore[arg-type]
        ),
    )
    how: dict[str, Any] = {"universe": universe, "calendars": inputs.calendars}
    every = collect_events(audit, inputs.catalysts, role=chosen.role, **how)
    events = choose(every, chosen, universe)
    if not len(events):
        raise InputError(
            f"none of {len(every)} events with role {chosen.role} meets the conditions; ask for other"
            " categories, symbols or dates"
        )
    study = run_study(
        events,
        _occupied(audit, inputs, chosen.role),
        {
            item.symbol: return_series(inputs.book.bars[item.symbol], inputs.calendars[item.venue])
            for item in inputs.listings
        },
        {item.venue: return_series(book.bars[item.symbol], inputs.calendars[item.venue]) for item in market},
        {venue: calendar.days for venue, calendar in inputs.calendars.items()},
        settings,
    )
    return dataclasses.replace(
        study,
        findings=(*findings, *inputs.book.findings),
        info={
            "spec": {k: v for k, v in spec_to_json(spec).items() if k not in OF_TRADING},
            "selection": _plain(chosen),
            "benchmarks": {item.venue: item.symbol for item in market},
            "listings": [item.symbol for item in inputs.listings],
            "files": dict(inputs.hashes),
            "prices": {
                name: dict(row) for name, row in {**book.provenance, **inputs.book.provenance}.items()
            },
        },
    )


def study_spec(
    workspace: Workspace,
    given: Mapping[str, Any],
    sets: Mapping[str, Mapping[str, Any]],
    preset: str | None = None,
) -> RunSpec:
    """The checked specification of a study; its strategy is a stand-in that nothing depends on.

    Parameters
    ----------
    workspace : Workspace
    given : mapping
        Run fields as texts or values; None is not given.
    sets : mapping of prefix to mapping
        Parameters with prefix ``signal`` or ``run``.
    preset : str, optional
        ``[run.NAME]`` table to start from.

    Raises
    ------
    InputError
        For an unknown name or a value out of bounds.
    """
    names = [ref.name for ref in workspace.strategy_refs()]
    if not names:
        raise InputError(f"there is no strategy in {workspace.root}; make a workspace with newsbt init")
    stand_in = "hold" if "hold" in names else names[0]
    chosen = load_settings(workspace).presets.get(preset or "")
    stand_in = chosen.strategy if chosen and chosen.strategy else stand_in
    return build_specs([stand_in], workspace, load_settings(workspace), given, sets, preset)[0]


def study_settings(
    *,
    model: str = "market",
    confounded: str = "keep",
    before: int = 5,
    after: int = 10,
    estimation: int = 120,
    minimum: int | None = None,
    clear: int | None = None,
    draws: int = 999,
) -> StudySettings:
    """Checked settings of a study; see :class:`newsbt.evidence.events.study.StudySettings`.

    The estimation window ends 10 sessions before day 0, or one before the event window if that is longer, and
    reaches back 130 sessions more than it has, for those that other events take.

    Raises
    ------
    UnknownNameError
        For a model or a way with confounded events that there is none of.
    ParameterError
        For lengths that make no window.
    """
    if model not in MODELS:
        raise UnknownNameError("model", model, MODELS)
    if confounded not in ("keep", "drop"):
        raise UnknownNameError("way with confounded events", confounded, ("keep", "drop"))
    if not 99 <= draws <= 1_000_000:
        raise ParameterError(f"{draws} draws of the bootstrap cannot be used; take 99 to 1000000")
    windows = WindowSettings(
        before=before,
        after=after,
        estimation=estimation,
        gap=max(10, before + 1),
        minimum=min(60, estimation) if minimum is None else minimum,
        reach=estimation + 130,
        clear=clear,
    )
    return StudySettings(model=model, windows=windows, confounded=confounded, draws=draws)  # type: ignore[arg-type]


def _plain(selection: Selection) -> dict[str, Any]:
    table = dataclasses.asdict(selection)
    return {
        key: list(v) if isinstance(v, tuple) else v for key, v in table.items() if key not in ("start", "end")
    }


def _widened(spec: RunSpec, windows: WindowSettings) -> RunSpec:
    """`spec` with prices enough for the windows of its first and last event; no benchmark of its own."""
    # Five sessions a week, with room for holidays of a fortnight.
    past = dt.timedelta(days=int((windows.reach + windows.gap + windows.before) * 1.6) + 30)
    future = dt.timedelta(days=int(windows.after * 1.6) + 30)
    return dataclasses.replace(
        spec,
        start=spec.start - past if spec.start else None,
        end=spec.end + future if spec.end else None,
        benchmark="none",
    )


def _check_period(spec: RunSpec, inputs: Inputs) -> None:
    if (spec.start and spec.start > inputs.last_day) or (spec.end and spec.end < inputs.first_day):
        raise DataUnavailableError(
            f"prices {spec.prices} reach from {inputs.first_day} to {inputs.last_day}, and the study from"
            f" {spec.start or 'their start'} to {spec.end or 'their end'}; choose a period inside"
        )


def _named_benchmarks(names: Sequence[str], universe: Universe) -> dict[str, Listing]:
    """The listing asked for by venue."""
    found: dict[str, Listing] = {}
    for name in names:
        listings = universe.select([name])
        if len(listings) > 1:
            told = ", ".join(item.symbol for item in listings)
            raise InputError(f"benchmark {name} has several listings; name one of {told}")
        venue = listings[0].venue
        if venue in found:
            raise InputError(
                f"benchmarks {found[venue].symbol} and {name} are both of {venue}; name one for each venue"
            )
        found[venue] = listings[0]
    return found


def _market(
    spec: RunSpec, workspace: Workspace, inputs: Inputs, universe: Universe, asked: Mapping[str, Listing]
) -> tuple[PriceBook, list[Listing]]:
    """Prices of the benchmarks, and for each venue of the run the one to use."""
    venues = list(dict.fromkeys(item.venue for item in inputs.listings))
    wanted: list[Listing] = []
    for venue in venues:
        names = (asked[venue].symbol,) if venue in asked else BENCHMARKS[venue]
        wanted += [universe.listings[name] for name in names if name in universe.listings]
    required = {item.symbol for venue, item in asked.items() if venue in venues}
    try:
        source = open_source(spec.prices, workspace.data)
        book = load_prices(
            source, wanted, inputs.calendars, inputs.first_day, inputs.last_day, required=required
        )
    except DataUnavailableError:
        if required:
            raise
        return PriceBook({}, inputs.book.fx), []
    market = [
        next((item for item in wanted if item.venue == venue and item.symbol in book.bars), None)
        for venue in venues
    ]
    return book, [item for item in market if item is not None]


def _venue_findings(
    inputs: Inputs, market: Sequence[Listing], settings: StudySettings, prices: str
) -> list[Finding]:
    held = {item.venue for item in market}
    return [
        Finding(
            "no-benchmark",
            "warning",
            venue,
            f"prices {prices} have none of {', '.join(BENCHMARKS[venue])}, so no event of {venue} can be held"
            " against its market",
            "its events are dropped; name one with --benchmark, or take --model mean",
        )
        for venue in VENUES
        if settings.model != "mean"
        and venue not in held
        and any(item.venue == venue for item in inputs.listings)
    ]


def _changed_files(inputs: Inputs, manifest: Mapping[str, Any]) -> list[Finding]:
    """Files that differ from those of a finished run."""
    files: Mapping[str, str] = manifest.get("files", {})
    return [
        Finding(
            "changed-file",
            "warning",
            name,
            "this file has changed since the run, so the events may differ from the run's",
            "run the backtest again",
        )
        for name, digest in inputs.hashes.items()
        if name in files and files[name] != digest
    ]


def _occupied(audit: Any, inputs: Inputs, role: str) -> dict[str, IntArray]:
    """Positions of every event at each listing, traded or not, ascending."""
    roles = {item.id: item.role for item in inputs.catalysts}
    venues = {item.symbol: item.venue for item in inputs.listings}
    found: dict[str, set[int]] = {}
    for symbol, session, name in zip(audit["symbol"], audit["session"], audit["catalyst_id"], strict=True):
        if symbol and session is not None and roles[name] in ("event", role):
            found.setdefault(symbol, set()).add(inputs.calendars[venues[symbol]].index_of(session))
    return {symbol: np.array(sorted(places), dtype=np.int64) for symbol, places in found.items()}
