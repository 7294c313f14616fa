"""Points a second of the compiled engine on one and two threads, and a million points in bounded memory.

Run with: python benchmarks/bench_throughput.py [--points 1000000]
"""

from __future__ import annotations

import argparse
import re
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
from command_line import run_tune
from sample import END, START, Sample, sample, section, verdict

#: Points of one call, as a search makes them, and rounds.
CALL, ROUNDS = 1_000, 20
#: Axes of the million points: 20 x 100 x 10 x 10 x 5.
MILLION = (
    "hold=1:20",
    "stop=0.020:0.119:0.001",
    "weight=0.05:0.50:0.05",
    "take=0.02:0.20:0.02",
    "min_score=0.1:0.5:0.1",
)
MOST_MEMORY = 1536.0


def varied(made: Sample, count: int) -> pd.DataFrame:
    """Points with different holding times and stops."""
    draw = np.random.default_rng(0)
    points = pd.DataFrame([made.params] * count)
    points["hold"] = draw.integers(1, 21, count)
    points["stop"] = draw.choice(np.arange(0.02, 0.11, 0.001), count)
    return points


def rates(made: Sample) -> tuple[float, float]:
    """Points a second of one thread and of two; the best of rounds taken in turns."""
    points = varied(made, CALL)
    made.compiled.metrics(points)
    best = {1: 0.0, 2: 0.0}
    for _ in range(ROUNDS):
        for threads in best:
            with ThreadPoolExecutor(threads) as pool:
                begin = time.perf_counter()
                list(pool.map(made.compiled.metrics, [points] * (2 * threads)))
                best[threads] = max(best[threads], 2 * threads * CALL / (time.perf_counter() - begin))
    return best[1], best[2]


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    given = parser.parse_args()
    made = sample()
    one, two = rates(made)
    axes = [word for axis in MILLION for word in ("--param", axis)]
    whole = run_tune(*axes, "--symbols", "BABA", "--no-figures", "--trials", str(given.points))
    counted = re.search(r"([\d,]+) trials", whole.printed)
    section(
        "throughput",
        f"""## Points a second, and a million of them

`drift` over {len(made.world.tapes)} listings, {START} to {END}, `ibkr_tiered`, all metrics, holding times
and stops
drawn from the ranges of a search; threads of one process, wall time.

| workers | points a second |
|---|---|
| one thread | {one:,.0f} |
| two threads | {two:,.0f} |

`newsbt tune drift` over BABA alone, {counted[1] if counted else "?"} points, all of them kept:
{whole.seconds:.0f} s
with reading, writing and evidence, largest memory {whole.memory:,.0f} MB (what is kept of a trial does
not depend on the
number of listings).

Targets: 10,000 points a second on two cores: {verdict(two >= 10_000)} ({two:,.0f}); two workers at least
1.7 times one:
{verdict(two / one >= 1.7)} ({two / one:.2f}); a million points within 1.5 GB:
{verdict(whole.memory < MOST_MEMORY)}
({whole.memory / 1024:.2f} GB).""",
    )


if __name__ == "__main__":
    main()
