"""How often the whole pipeline finds an effect that is not there, and one that is, in simulated worlds.

    python benchmarks/pipeline_size.py [worlds] [--write]

Each world is that of ``newsbt simulate``: bars and catalogue with real calendars, fat tails, volatility that
clusters and a sector factor which no benchmark holds. It goes the way of ``newsbt events``: catalogue, clock,
signals, events, windows, market model against KWEB and HSI, tests. Power is measured in a quarter of the
worlds. Two processes; what is outside the band is listed at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
from sizes import Sheet, chunks, pool

from newsbt.adapters.scaffold import template_root
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.simple_simulate import build_simulation
from newsbt.api.simulate import scene_of, simulated_inputs
from newsbt.evidence.events.battery import TESTS, run_tests
from newsbt.evidence.events.catalogue import collect_events, date_clusters
from newsbt.evidence.events.dependence import measure_dependence
from newsbt.evidence.events.models import abnormal_returns
from newsbt.evidence.events.overlap import Overlap
from newsbt.evidence.events.returns import return_series
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.wild import wild_weights
from newsbt.evidence.events.windows import find_windows
from newsbt.scoring.apply import score_catalysts
from newsbt.scoring.pipeline import build_signals
from newsbt.scoring.settings import SignalSettings

LEVEL, DRAWS = 0.05, 999
WINDOWS = WindowSettings()
#: Tests that take events as independent; on shared dates, and with both listings of an issuer, they fail.
INDEPENDENT = ("t", "patell", "bmp", "sign")
#: One listing an issuer, seven in New York and four in Hong Kong.
SINGLE = ["BABA", "JD", "PDD", "BIDU", "NTES", "TCOM", "BILI", "0700.HK", "3690.HK", "1810.HK", "0992.HK"]
SPANS = {"day 0": (0, 1), "0 to 9": (0, 10), "0 to 10": (0, 11)}
SIZE: dict[str, dict[str, Any]] = {
    "scattered": {"symbols": SINGLE},
    "scattered, both listings": {"symbols": []},
    "12 dates": {"symbols": SINGLE, "dates": 12},
    "12 dates, both listings": {"symbols": [], "dates": 12},
}
POWER: dict[str, dict[str, Any]] = {
    "1.5 % on day 0, 60 events, scattered": {"symbols": SINGLE, "effect": 0.015, "span": "day 0"},
    "1.5 % on day 0, 60 events, 12 dates": {"symbols": SINGLE, "dates": 12, "effect": 0.015, "span": "day 0"},
    "4 % over ten sessions, 120 events, scattered": {
        "symbols": SINGLE, "effect": 0.04, "over": 10, "events": 120, "span": "0 to 9",
    },
    "4 % over ten sessions, 120 events, 24 dates": {
        "symbols": SINGLE, "dates": 24, "effect": 0.04, "over": 10, "events": 120, "span": "0 to 9",
    },
}  # fmt: skip


def p_values(inputs: Any, spans: Mapping[str, tuple[int, int]], seed: int) -> dict[str, dict[str, float]]:
    """Of each test over each of `spans`, from catalogue and prices, as ``newsbt events`` does it."""
    audit, _ = build_signals(
        inputs.catalysts,
        score_catalysts(inputs.model, inputs.catalysts, "catalogue"),
        universe=inputs.universe,
        listings=inputs.listings,
        calendars=inputs.calendars,
        bars=inputs.book.bars,
        start=None,
        end=None,
        settings=SignalSettings(),
    )
    calendars = inputs.calendars
    events = collect_events(audit, inputs.catalysts, universe=inputs.universe, calendars=calendars)
    series = {
        symbol: return_series(frame, calendars[inputs.universe.listings[symbol].venue])
        for symbol, frame in inputs.book.bars.items()
    }
    windows = find_windows(
        events,
        {str(symbol): np.sort(group["at"].to_numpy()) for symbol, group in events.groupby("symbol")},
        series,
        {"XNYS": series["KWEB"], "XHKG": series["HSI"]},
        {venue: item.days for venue, item in calendars.items()},
        WINDOWS,
    )
    kept = events.iloc[windows.rows].reset_index(drop=True)
    abnormal = abnormal_returns(
        "market", windows.history, windows.market_history, windows.returns, windows.market
    ).signed(kept["direction"].to_numpy(dtype=np.float64))
    cluster = date_clusters(kept)
    weights = wild_weights(int(cluster.max()) + 1, DRAWS, np.random.default_rng(seed))
    dependence = measure_dependence(
        abnormal.residuals, windows.history_days, windows.days, cluster, kept["venue"].tolist()
    )
    rows, sign = np.arange(len(kept)), kept["direction"].to_numpy(dtype=np.float64)
    lean = np.bincount(cluster, sign) / np.bincount(cluster)
    found = {}
    for name, (first, last) in spans.items():
        columns = slice(WINDOWS.before + first, WINDOWS.before + last)
        pairs, overlap = dependence.pairs(columns, rows), Overlap(dependence.overlap(columns, rows), lean)
        tests = run_tests(abnormal, columns, cluster, weights, pairs, overlap)
        found[name] = {key: float(p) for key, (_, p) in tests.items()}
    return found


def part(settings: Mapping[str, Any], first: int, worlds: int, seed: int) -> dict[str, dict[str, float]]:
    """Number of worlds in which each test rejects at 5 %."""
    given = dict(settings)
    symbols, span = given.pop("symbols"), given.pop("span", None)
    spans = {span: SPANS[span]} if span else {name: SPANS[name] for name in ("day 0", "0 to 10")}
    workspace = Workspace(template_root())
    scene = scene_of(build_simulation(**{"effect": 0.0, **given}), workspace, symbols)
    fields = {"symbols": tuple(item.symbol for item in scene.listings if item.kind in ("equity", "adr"))}
    (spec,) = build_specs(["drift"], workspace, load_settings(workspace), fields, {})
    hits = {name: dict.fromkeys(TESTS, 0.0) for name in spans}
    for world, inputs in simulated_inputs(scene, spec, workspace, worlds, seed=seed, first=first):
        for name, tests in p_values(inputs, spans, world.number).items():
            for key, p in tests.items():
                hits[name][key] += p <= LEVEL if np.isfinite(p) else np.nan
    return hits


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sheet = Sheet(TESTS, "simulate.md")
    with pool() as workers:
        for told, settings in (SIZE | POWER).items():
            power = "effect" in settings
            count = worlds // 4 if power else worlds
            jobs = [workers.submit(part, settings, *chunk, 1) for chunk in chunks(count)]
            found = [job.result() for job in jobs]
            single = "both" not in told and "dates" not in told
            for name in found[0]:
                shares = {key: sum(each[name][key] for each in found) / count for key in TESTS}
                known = () if single else INDEPENDENT
                sheet.row(
                    f"{'power: ' if power else name + ', '}{told}", count, shares, power=power, known=known
                )
    sheet.close()


if __name__ == "__main__":
    main()
