"""Run generated worlds in both engines and compare every fill, every step and every metric.

Run with: python benchmarks/parity_worlds.py [20000] [--strategies drift,pair] [--seed 0]

Prints progress, and at the end how often each thing that can happen to a run did; ends with status 1 on any
difference. The same worlds as the suite's, tests/parity/test_compiled.py, only more of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from newsbt.adapters.compilation import keep_compiled

keep_compiled()

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402

from newsbt.engine.world import World  # noqa: E402
from newsbt.kernel.codes import KINDS, REASONS  # noqa: E402
from parity.agreement import agree, features  # noqa: E402
from parity.rich import params, rich_worlds  # noqa: E402

#: Worlds between two lines of progress.
REPORT_EVERY = 200


def compare(name: str, count: int, first_seed: int, seen: Counter[str]) -> list[str]:
    """Compare `count` worlds of one strategy; what failed, in words."""
    failures: list[str] = []
    began = time.perf_counter()
    while seen["compared"] < count:
        # A seed for each batch, so that a failure can be found again without running all before it.
        compare_some(name, min(REPORT_EVERY, count - seen["compared"]), first_seed, seen, failures)
        first_seed += 1
        rate = seen["compared"] / (time.perf_counter() - began)
        print(
            f"{name:9} {seen['compared']:6} worlds, {len(failures)} failures, {rate:.0f} a second", flush=True
        )
    return failures


def compare_some(name: str, count: int, number: int, seen: Counter[str], failures: list[str]) -> None:
    """Compare the worlds of one seed."""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rich_worlds(), params(name))
    def law(world: World, given_params: dict[str, Any]) -> None:
        seen["compared"] += 1
        try:
            seen.update(features(world, given_params, agree(world, name, given_params)))
        except Exception as error:  # noqa: BLE001 - any failure is a finding; the rest still runs
            words = " ".join(str(error).split())[:600]
            failures.append(f"{name}, seed {number}, {given_params}: {type(error).__name__}: {words}")

    law()


def main() -> int:
    """Compare all strategies and tell what happened."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("worlds", nargs="?", type=int, default=20_000, help="over all strategies together")
    parser.add_argument("--strategies", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    names = arguments.strategies.split(",")
    seen: Counter[str] = Counter()
    failures: list[str] = []
    for name in names:
        of_strategy: Counter[str] = Counter()
        failures += compare(name, -(-arguments.worlds // len(names)), arguments.seed, of_strategy)
        seen.update(of_strategy)
        fills, worlds = of_strategy["fills"], of_strategy["compared"]
        print(f"{name}: {worlds} worlds, {fills} fills, {len(failures)} failures so far", flush=True)
    for thing, times in sorted(seen.items()):
        print(f"{times:9}  {thing}")
    happened = {thing for thing, times in seen.items() if times}
    never = sorted({*seen, *(f"fill: {reason}" for reason in REASONS)} - happened)
    print(f"never happened: {', '.join(never) or 'nothing'}")
    for failure in failures[:50]:
        print(failure)
    total = f"{seen['compared']} worlds, {seen['fills']} fills, {len(names)} strategies"
    print(f"{total}, seed {arguments.seed}: {len(failures)} failures")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
