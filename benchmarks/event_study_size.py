"""How often each test of the event study rejects at 5 % in worlds without an effect, and with one.

    python benchmarks/event_study_size.py [worlds] [--write]

Each world has 60 events with 120 sessions of history. Returns are market model plus a factor that listings
share (residual correlation 0.3) plus noise; normal, or Student's with 4 degrees of freedom. Scattered events
have dates of their own; clustered ones share 12 dates, five each; common ones all share one date, where only
the adjusted and the rank tests can be used. A last case doubles the variance on day 0, as news does. Two
processes; what is outside the band is listed at the end.
"""

from __future__ import annotations

import sys

import numpy as np
from sizes import Sheet, chunks, pool

from newsbt.evidence.events.battery import TESTS, run_tests
from newsbt.evidence.events.correlation import Pairs, pair_correlations
from newsbt.evidence.events.models import Abnormal, abnormal_returns
from newsbt.evidence.events.ranks import average_ranks
from newsbt.evidence.events.wild import wild_weights
from newsbt.records import FloatArray, IntArray

EVENTS, HISTORY, AFTER, CHUNK, DRAWS, LEVEL = 60, 120, 10, 100, 999, 0.05
#: Tests that take events as independent; where dates are shared they are known to fail.
INDEPENDENT = ("t", "patell", "bmp", "sign")
#: Number of dates that the events share.
CASES = {"scattered": 60, "12 dates": 12, "one date": 1}


def draw(rng: np.random.Generator, shape: tuple[int, ...], fat: bool) -> FloatArray:
    """Unit-variance innovations."""
    return rng.standard_t(4, shape) / np.sqrt(2.0) if fat else rng.standard_normal(shape)


def simulate(
    rng: np.random.Generator,
    worlds: int,
    cluster: IntArray,
    *,
    fat: bool,
    effect: float = 0.0,
    spread: int = 1,
    louder: float = 1.0,
    correlation: float = 0.3,
    events: int = EVENTS,
    model: str = "market",
) -> Abnormal:
    """Abnormal returns of `worlds` worlds; `effect` is spread over `spread` sessions from day 0."""
    dates, length = int(cluster.max()) + 1, HISTORY + 1 + AFTER
    market = 0.012 * draw(rng, (worlds, dates, length), fat)[:, cluster]
    shared = draw(rng, (worlds, dates, length), fat)[:, cluster]
    own = draw(rng, (worlds, events, length), fat)
    noise = 0.022 * (np.sqrt(correlation) * shared + np.sqrt(1.0 - correlation) * own)
    noise[..., HISTORY] *= louder
    beta = rng.uniform(0.6, 1.6, (worlds, events, 1))
    returns = 0.0002 + beta * market + noise
    returns[..., HISTORY : HISTORY + spread] += effect / spread
    past, window = slice(0, HISTORY), slice(HISTORY, None)
    return abnormal_returns(
        model, returns[..., past], market[..., past], returns[..., window], market[..., window]
    )


def rejections(
    worlds: int, cluster: IntArray, columns: slice, seed: int = 1, **how: float | bool | int | str
) -> dict[str, float]:
    """Share of worlds in which each test rejects at 5 %."""
    rng = np.random.default_rng(seed)
    shares = (cluster[:, None] == cluster[None, :]).astype(np.float64)
    weights = wild_weights(int(cluster.max()) + 1, DRAWS, rng)
    hits = {key: 0.0 for key in TESTS}
    for start in range(0, worlds, CHUNK):
        size = min(CHUNK, worlds - start)
        abnormal = simulate(rng, size, cluster, **how)
        pairs = Pairs(
            pair_correlations(abnormal.residuals),
            pair_correlations(average_ranks(abnormal.residuals)),
            shares,
        )
        for key, (_, p) in run_tests(abnormal, columns, cluster, weights, pairs).items():
            hits[key] += float((p <= LEVEL).sum()) if np.isfinite(p).all() else np.nan
    return {key: value / worlds for key, value in hits.items()}


def dates_of(count: int, events: int = EVENTS) -> IntArray:
    """Cluster numbers of `events` events on `count` dates."""
    return np.arange(events) * count // events


def part(
    worlds: int, dates: int, events: int, columns: tuple[int, int], seed: int, how: dict[str, float | bool]
) -> dict[str, float]:
    """:func:`rejections` of one chunk of worlds, in a process of its own."""
    return rejections(worlds, dates_of(dates, events), slice(*columns), seed, events=events, **how)


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sheet = Sheet(TESTS, "events.md")
    with pool() as workers:

        def run(
            told: str, dates: int, columns: tuple[int, int], *, events: int = EVENTS, **how: float | bool
        ):
            sizes = [size for _, size in chunks(worlds)]
            jobs = [
                workers.submit(part, size, dates, events, columns, 1 + number, how)
                for number, size in enumerate(sizes)
            ]
            found = [job.result() for job in jobs]
            shares = {
                key: sum(size * each[key] for size, each in zip(sizes, found, strict=True)) / worlds
                for key in TESTS
            }
            known = set(INDEPENDENT) if dates < events else set()
            known |= {"patell", "patell_kp", "corrado"} if "louder" in how else set()
            sheet.row(told, worlds, shares, power="effect" in how, known=known)

        for columns, told in (((0, 1), "day 0"), ((0, 11), "0 to 10")):
            for name, count in CASES.items():
                for fat in (False, True):
                    run(f"{told}, {name}, {'fat' if fat else 'normal'}", count, columns, fat=fat)
        for name in ("scattered", "12 dates"):
            told = f"day 0, {name}, twice the variance"
            run(told, CASES[name], (0, 1), fat=False, louder=float(np.sqrt(2.0)))
        for name in ("scattered", "12 dates"):
            told = f"power: 1.5 % on day 0, 60 events, {name}"
            run(told, CASES[name], (0, 1), fat=True, effect=0.015)
        for name, count in (("scattered", 120), ("24 dates", 24)):
            told = f"power: 4 % over ten sessions, 120 events, {name}"
            run(told, count, (0, 10), events=120, fat=True, effect=0.04, spread=10)
    sheet.close()


if __name__ == "__main__":
    main()
