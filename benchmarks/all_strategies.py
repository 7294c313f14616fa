"""Time every shipped strategy over every listing of a folder of prices, long and short, at open and close.

Run with: python benchmarks/all_strategies.py PRICES [--start 2019-01-02] [--broker ibkr_tiered]

Prints the seconds, orders and final equity of each run; ends with status 1 if one takes 45 s or more.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import newsbt

ROOT = Path(__file__).parents[1]
LIMIT = 45.0


def main() -> int:
    """Time all runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prices", help="folder of prices")
    parser.add_argument("--start", default="2019-01-02")
    parser.add_argument("--broker", default="ibkr_tiered")
    arguments = parser.parse_args()
    slowest = 0.0
    for path in sorted((ROOT / "strategies").glob("[a-z]*.py")):
        for entry in ("open", "close"):
            began = time.perf_counter()
            result = newsbt.run(
                path.stem,
                workspace=ROOT,
                prices=arguments.prices,
                start=arguments.start,
                entry=entry,
                broker=arguments.broker,
            )
            seconds = time.perf_counter() - began
            slowest = max(slowest, seconds)
            equity = result.metrics["final_equity"]
            print(f"{path.stem:10} {entry:6} {seconds:6.1f} s {len(result.orders):6} orders {equity:16,.2f}")
    print(f"slowest: {slowest:.1f} s")
    return int(slowest >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
