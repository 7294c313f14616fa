"""Run generated worlds in both engines and compare every fill, every step and every metric.

Run with: python benchmarks/parity_worlds.py [20000] [--strategies drift,pair] [--seed 0] [--jobs 2]

Every strategy gets as many worlds. Prints progress, then by strategy what was compared and which fills it
came to, how often each thing that can happen to a run did, and what never happened; ends with status 1 on
any difference. The same worlds as the suite's, tests/parity/test_compiled.py, only more of them; the number
of processes changes none.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from newsbt.adapters.compilation import keep_compiled

keep_compiled()

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402

from newsbt.engine.world import World  # noqa: E402
from newsbt.kernel.codes import KINDS, REASONS  # noqa: E402
from parity.agreement import WORDS, agree, features  # noqa: E402
from parity.rich import BROKERS, params, rich_worlds  # noqa: E402

#: Worlds of one seed, between two lines of progress.
BATCH = 50
#: What a run can come to, whether it is in the counts or not.
POSSIBLE = (
    *(f"fill: {reason}" for reason in REASONS),
    *(f"order: {status}" for status in ("filled", "reduced", "rejected", "cancelled", "open-at-end")),
    *(f"order: {words}" for words in WORDS),
    *(f"traded: costs {broker}" for broker in (*BROKERS, "percent")),
    *(f"traded: slippage {name}" for name in ("Fixed", "Percentage", "HalfSpread", "SquareRootImpact")),
)


class Batch(NamedTuple):
    """Worlds of one strategy from one seed."""

    name: str
    size: int
    seed: int


def batches(name: str, count: int, first_seed: int) -> list[Batch]:
    """`count` worlds of a strategy.

    A seed for each batch, so that a failure can be found again without running all before it.
    """
    sizes = [min(BATCH, count - done) for done in range(0, count, BATCH)]
    return [Batch(name, size, first_seed + place) for place, size in enumerate(sizes)]


def compare(batch: Batch) -> tuple[Batch, Counter[str], list[str]]:
    """Compare the worlds of one batch: what happened, and what failed, in words."""
    seen: Counter[str] = Counter()
    failures: list[str] = []
    again = 0
    while seen["compared"] < batch.size:  # few parameters leave few worlds that differ
        _compare_some(batch, 1_000_003 * again + batch.seed, seen, failures)
        again += 1
    return batch, seen, failures


def _compare_some(batch: Batch, number: int, seen: Counter[str], failures: list[str]) -> None:
    @seed(number)
    @settings(
        max_examples=batch.size - seen["compared"],
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rich_worlds(), params(batch.name))
    def law(world: World, given_params: dict[str, Any]) -> None:
        seen["compared"] += 1
        try:
            seen.update(features(world, given_params, agree(world, batch.name, given_params)))
        except Exception as error:  # noqa: BLE001 - any failure is a finding; the rest still runs
            words = " ".join(str(error).split())[:600]
            failures.append(f"{batch.name}, seed {number}, {given_params}: {type(error).__name__}: {words}")

    law()


def compare_all(work: list[Batch], jobs: int) -> Iterator[tuple[Batch, Counter[str], list[str]]]:
    """Compare batches in so many processes, in any order."""
    if jobs == 1:
        yield from map(compare, work)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap_unordered(compare, work)


def report(names: list[str], seen: dict[str, Counter[str]], failures: list[str]) -> None:
    """What was compared, by strategy; what happened; what never did."""
    for name in names:
        own = seen[name]
        failed = sum(failure.startswith(f"{name},") for failure in failures)
        fills = ", ".join(
            f"{reason} {own[f'fill: {reason}']}" for reason in REASONS if own[f"fill: {reason}"]
        )
        line = f"{name}: {own['compared']} worlds, {own['fills']} fills, {own['margin calls']} margin calls"
        print(f"{line}, {failed} failures; fills: {fills or 'none'}")
    together = sum(seen.values(), Counter[str]())
    for thing, times in sorted(together.items()):
        print(f"{times:9}  {thing}")
    wanted = {*(thing for own in seen.values() for thing in own), *POSSIBLE}
    never = sorted(thing for thing in wanted if not together[thing])
    print(f"never happened: {', '.join(never) or 'nothing'}")


def main() -> int:
    """Compare all strategies and tell what happened."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("worlds", nargs="?", type=int, default=20_000, help="over all strategies together")
    parser.add_argument("--strategies", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    arguments = parser.parse_args()
    names = arguments.strategies.split(",")
    each = -(-arguments.worlds // len(names))
    listed = [batches(name, each, arguments.seed) for name in names]
    work = [batch for row in itertools.zip_longest(*listed) for batch in row if batch is not None]
    seen: dict[str, Counter[str]] = {name: Counter() for name in names}
    failures: list[str] = []
    began, done = time.perf_counter(), 0
    for batch, found, failed in compare_all(work, arguments.jobs):
        seen[batch.name].update(found)
        failures += failed
        done += batch.size
        rate = done / (time.perf_counter() - began)
        print(f"{done:6} worlds, {len(failures)} failures, {rate:.0f} a second", flush=True)
    report(names, seen, failures)
    for failure in failures[:50]:
        print(failure)
    fills = sum(own["fills"] for own in seen.values())
    total = f"{each * len(names)} worlds, {fills} fills, {len(names)} strategies"
    print(f"{total}, seed {arguments.seed}: {len(failures)} failures")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
