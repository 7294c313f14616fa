"""How the time of a run grows with events, listings and points, as a picture; and how straight the lines are.

Run with: python benchmarks/bench_growth.py
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sample import ROOT, best_of, section, verdict

sys.path.insert(0, str(ROOT / "tests"))

from engine_tools import make_signal, make_tape, make_world
from newsbt.engine.compiled import CompiledWorld
from newsbt.engine.world import Tape
from newsbt.metrics.table import METRICS

PICTURE = ROOT / "benchmarks" / "growth.png"
SESSIONS = 1500
#: Held so shortly, and events in so many listings, that nearly every event is a trade; the share is printed.
PARAMS = {
    "hold": 2,
    "stop": 0.08,
    "take": 0.0,
    "trail": 0.0,
    "weight": 0.01,
    "min_score": 0.0,
    "side": "both",
}
EVENTS = (500, 1_000, 2_000, 4_000, 6_000)
LISTINGS = (10, 20, 40, 80, 120)
POINTS = (50, 100, 200, 400, 800)
#: Batches of every size in each turn, and turns: a slow moment of the machine does not fall on one size.
ROUNDS, TURNS = 10, 8
#: Column of the number of trades.
TRADES = [metric.key for metric in METRICS].index("trades")
#: Least share of the differences in time that a straight line must explain.
STRAIGHT = 0.98


def tapes(count: int) -> list[Tape]:
    """Random walks, every second one in Hong Kong."""
    draw = np.random.default_rng(1)
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=day) for day in range(SESSIONS)]
    made = []
    for number in range(count):
        close = 100 * np.exp(np.cumsum(draw.normal(0, 0.015, SESSIONS)))
        opened = close * np.exp(draw.normal(0, 0.005, SESSIONS))
        high, low = np.maximum(opened, close) * 1.01, np.minimum(opened, close) * 0.99
        bars = list(zip(opened, high, low, close, strict=True))
        made.append(make_tape(bars, days, f"S{number}", "XHKG" if number % 2 else "XNYS"))
    return made


def packed(made: Sequence[Tape], events: int) -> CompiledWorld:
    """World with so many signals, spread over listings and sessions."""
    draw = np.random.default_rng(2)
    places = draw.choice(len(made) * (SESSIONS - 1), events, replace=False)
    signals = [
        make_signal(made[p // (SESSIONS - 1)], 1 + p % (SESSIONS - 1), draw.uniform(-1, 1)) for p in places
    ]
    return CompiledWorld(make_world(made, signals, commission=0.001, cash=1e8), "drift")


def seconds(cases: Sequence[tuple[CompiledWorld, int]], rounds: int) -> list[float]:
    """Least seconds of one call with so many points, case by case."""
    tables = [pd.DataFrame([{**PARAMS, "delay": 0}] * points) for _, points in cases]
    least = [math.inf] * len(cases)
    for _ in range(TURNS):
        for place, (compiled, _) in enumerate(cases):
            found = best_of(functools.partial(compiled.metrics, tables[place]), rounds)
            least[place] = min(least[place], found)
    return least


def straightness(sizes: Sequence[int], times: Sequence[float]) -> tuple[Any, float]:
    """Line of least squares, and the share of the differences that it explains."""
    line = np.polyfit(sizes, times, 1)
    rest = np.asarray(times) - np.polyval(line, sizes)
    return line, 1.0 - float(np.sum(rest**2) / np.sum((times - np.mean(times)) ** 2))


def main() -> None:
    """Measure, draw and write the section."""
    many = tapes(max(LISTINGS))
    some, few = many[:60], packed(many[:20], 2_000)
    worlds = [packed(some, n) for n in EVENTS]
    events = seconds([(world, 10) for world in worlds], ROUNDS)
    shares = [
        world.metrics([{**PARAMS, "delay": 0}])[0, TRADES] / n
        for world, n in zip(worlds, EVENTS, strict=True)
    ]
    listings = seconds([(packed(many[:n], 100 * n), 10) for n in LISTINGS], ROUNDS)
    series = {
        f"events ({len(some)} listings)": (EVENTS, [time / 10 for time in events]),
        "listings (100 events each)": (LISTINGS, [time / 10 for time in listings]),
        "points (20 listings, 2,000 events)": (POINTS, seconds([(few, n) for n in POINTS], 1)),
    }
    figure = Figure(figsize=(10.5, 3.4), dpi=90, layout="constrained")
    rows = []
    for axes, (name, (sizes, times)) in zip(figure.subplots(1, 3), series.items(), strict=True):
        line, explained = straightness(sizes, times)
        unit, scale = ("s", 1.0) if name.startswith("points") else ("ms a point", 1e3)
        axes.plot(sizes, np.asarray(times) * scale, "o", color="#1f4e79")
        ends = np.array([0, max(sizes)])
        axes.plot(ends, np.polyval(line, ends) * scale, "-", color="#c55a11", linewidth=1)
        axes.set(xlabel=name, ylabel=unit, ylim=(0, None), xlim=(0, None))
        axes.set_title(f"straight line explains {explained:.1%}", fontsize=10)
        rows.append((name, sizes, times, explained))
    figure.savefig(PICTURE, metadata={"Software": None})
    lines = [
        f"| {name} | {sizes[0]:,} to {sizes[-1]:,} | {sizes[-1] / sizes[0]:,.0f} "
        f"| {times[-1] / times[0]:,.1f} | {share:.2%} |"
        for name, sizes, times, share in rows
    ]
    section(
        "growth",
        f"""## Growth

`drift` on random walks of {SESSIONS:,} sessions on two venues, held for {PARAMS["hold"]} sessions,
one thread, seconds of `CompiledWorld.metrics`. Of the events over {len(some)} listings {min(shares):.0%} to
{max(shares):.0%} are trades of their own.

| what grows | from, to | times as many | times as long | explained by a straight line |
|---|---|---|---|---|
{chr(10).join(lines)}

![Time against events, listings and points](growth.png)

Target: linear in each (a straight line explains at least {STRAIGHT:.0%}):
{verdict(min(row[3] for row in rows) >= STRAIGHT)}.""",
    )


if __name__ == "__main__":
    main()
