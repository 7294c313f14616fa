"""``newsbt events``: an event study on the catalysts, clock, calendar and prices of a run."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from newsbt.adapters.workspace import Workspace
from newsbt.api.event_market import load_market, missing_benchmarks, named_benchmarks
from newsbt.api.inputs import Inputs, gather
from newsbt.api.worlds import build_signals_of
from newsbt.errors import DataUnavailableError, InputError
from newsbt.evidence.events.catalogue import collect_events
from newsbt.evidence.events.returns import return_series
from newsbt.evidence.events.selection import Selection, check_selection, choose
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.study import EventStudy, StudySettings, run_study
from newsbt.hindsight import label_counts, label_warnings
from newsbt.records import Finding, IntArray
from newsbt.runs import RunSpec
from newsbt.specs import spec_to_json

__all__ = ["event_study"]

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
        At most one listing or index of each venue; for a venue without one the first of
        :data:`newsbt.api.event_market.BENCHMARKS` that the prices hold.
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
    asked = named_benchmarks(benchmarks, universe)
    try:
        inputs = gather(_widened(spec, settings.windows), workspace, progress)
    except DataUnavailableError:
        gather(dataclasses.replace(spec, benchmark="none"), workspace)  # says it with the dates asked for
        raise
    _check_period(spec, inputs)
    book, market = load_market(spec.prices, workspace, inputs, universe, asked)
    findings = missing_benchmarks(inputs, market, settings.model, spec.prices)
    findings += _changed_files(inputs, manifest or {})
    audit, _ = build_signals_of(spec, inputs, of_period=False)
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
    studied = {name for names in study.events["catalyst_ids"] for name in str(names).split(";")}
    counts = label_counts(audit[audit["catalyst_id"].isin(studied)])
    findings += label_warnings(counts, spec.signal, "behind these events")
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
