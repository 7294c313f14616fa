"""Run every strategy on real prices in both engines and compare every fill, every step and every metric.

Run with: python benchmarks/parity_real_prices.py [--strategies drift,pair]

All listings of the folder of prices beside the repository, every catalyst, ibkr_tiered, entries at the open
and at the close, three points a strategy. Ends with status 1 on any difference.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from newsbt.adapters.compilation import keep_compiled

keep_compiled()

from parity.agreement import agree  # noqa: E402
from parity.real import POINTS, real_world  # noqa: E402


def main() -> int:
    """Compare all points."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strategies", default=",".join(POINTS))
    failures = points = fills = 0
    for name in parser.parse_args().strategies.split(","):
        for entry in ("open", "close"):
            for point in POINTS[name]:
                began = time.perf_counter()
                points += 1
                try:
                    count = len(agree(real_world(entry), name, point).fills)
                    fills += count
                    verdict = f"{count:5} fills, the same"
                except Exception as error:  # noqa: BLE001 - any failure is a finding; the rest still runs
                    failures += 1
                    verdict = f"{type(error).__name__}: {' '.join(str(error).split())[:500]}"
                seconds = time.perf_counter() - began
                print(f"{name:9} {entry:6} {seconds:6.1f} s  {verdict}  {point}", flush=True)
    print(f"{points} points, {fills} fills: {failures} failures")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
