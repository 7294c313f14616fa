"""How often the placebo test finds an effect that is not there, and one that is, in simulated worlds.

    python benchmarks/placebo_size.py [worlds] [--write]

Each world is that of ``newsbt simulate``: catalogue and bars with real calendars, fat tails and clusters of
volatility. It goes the way of ``newsbt placebo drift``: catalogue, clock, signals, compiled engine, 99 worlds
of each kind, Sharpe ratio, one-sided. Power is measured in a quarter of the worlds. Two processes; what is
outside the band is listed at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from sizes import Sheet, chunks, pool

from newsbt.adapters.compilation import keep_compiled
from newsbt.adapters.plugins import describe
from newsbt.adapters.scaffold import template_root
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.simple_simulate import build_simulation
from newsbt.api.simulate import scene_of, simulated_inputs
from newsbt.api.worlds import build_world
from newsbt.engine.news_layout import news_layout
from newsbt.errors import InputError
from newsbt.evidence.placebo.chance import chance_of
from newsbt.evidence.placebo.draws import KINDS, Draws
from newsbt.metrics.table import METRICS

LEVEL, WORLDS = 0.05, 99
SHARPE = [metric.key for metric in METRICS].index("sharpe")
SINGLE = ["BABA", "JD", "PDD", "BIDU", "NTES", "TCOM", "BILI", "0700.HK", "3690.HK", "1810.HK", "0992.HK"]
CASES: dict[str, dict[str, Any]] = {
    "no effect, scattered": {},
    "no effect, both listings": {"symbols": []},
    "no effect, 12 dates": {"dates": 12},
    "1.5 % in the first session, 60 events, hold 1": {"effect": 0.015, "hold": 1},
    "4 % over ten sessions, 120 events": {"effect": 0.04, "over": 10, "events": 120},
}


def part(settings: Mapping[str, Any], first: int, worlds: int) -> dict[str, tuple[int, int]]:
    """Number of worlds in which each kind rejects at 5 %, and in which it could be drawn."""
    keep_compiled()
    from newsbt.engine.compiled import CompiledWorld

    given = {"symbols": SINGLE, "effect": 0.0, **settings}
    symbols, hold = given.pop("symbols"), given.pop("hold", None)
    workspace = Workspace(template_root())
    scene = scene_of(build_simulation(**given), workspace, symbols)
    fields = {"symbols": tuple(item.symbol for item in scene.listings if item.kind in ("equity", "adr"))}
    (spec,) = build_specs(["drift"], workspace, load_settings(workspace), fields, {})
    hits = dict.fromkeys(KINDS, (0, 0))
    for world, inputs in simulated_inputs(scene, spec, workspace, worlds, seed=1, first=first):
        params: dict[str, Any] = {p.name: p.default for p in describe(inputs.strategy).params}
        params.update({"hold": hold} if hold else {})
        _, built = build_world(spec, inputs)
        packed, layout = CompiledWorld(built, "drift"), news_layout(built)
        own = packed.metrics([params])[0, SHARPE]
        for kind in KINDS:
            try:
                bars, scores = Draws(layout, kind, world.number).batch(0)
            except InputError:
                continue
            null = packed.news_metrics(params, bars[:WORLDS], scores[:WORLDS])[:, SHARPE]
            rejected, drawn = hits[kind]
            hits[kind] = rejected + int(chance_of(float(own), null).p_value <= LEVEL), drawn + 1
    return hits


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sheet = Sheet(KINDS, "placebo.md")
    with pool() as workers:
        for told, settings in CASES.items():
            power = "effect" in settings
            count = worlds // 4 if power else worlds
            jobs = [workers.submit(part, settings, *chunk) for chunk in chunks(count)]
            found = [job.result() for job in jobs]
            drawn = {kind: sum(each[kind][1] for each in found) for kind in KINDS}
            shares = {
                kind: sum(each[kind][0] for each in found) / drawn[kind] if drawn[kind] else float("nan")
                for kind in KINDS
            }
            sheet.row(told, count, shares, power=power)
    sheet.close()


if __name__ == "__main__":
    main()
