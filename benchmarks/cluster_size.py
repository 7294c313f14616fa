"""What a sweep of 10^9 points over 5,000 listings needs: the arithmetic of docs/cluster.md, from RESULTS.md.

Run with: python benchmarks/cluster_size.py [--points 1e9] [--listings 5000]

Prints the rows of the table there that rest on time, to be put in when *One point* or *Growth* is measured
anew.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
#: In the sections *One point* and *Growth*.
POINT = re.compile(r"^\| newsbt, compiled engine \|[^|]*\| ([\d,.]+) us \|", re.MULTILINE)
LISTINGS = re.compile(r"over (\d+) listings")
GROWTH = re.compile(r"^\| listings \([^|]*\| [^|]*\| ([\d.]+) \| ([\d.]+) \|", re.MULTILINE)


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=float, default=1e9)
    parser.add_argument("--listings", type=int, default=5000)
    asked = parser.parse_args()
    text = RESULTS.read_text(encoding="utf-8")
    point, listings, growth = POINT.search(text), LISTINGS.search(text), GROWTH.search(text)
    if point is None or listings is None or growth is None:
        raise SystemExit(f"{RESULTS} has no section One point or Growth; run those benchmarks first")
    one = float(point[1].replace(",", "")) * 1e-6
    times = asked.listings / int(listings[1])
    more, longer = float(growth[1]), float(growth[2])
    print(
        f"{one * 1e3:g} ms a point, one core, {listings[1]} listings; {asked.listings:,}: {times:.0f} times"
    )
    laws = {
        "linear in listings": 1.0,
        f"as *Growth*: {longer:g} times for {more:g} times as many": longer / more,
    }
    for how, factor in laws.items():
        each = one * times * factor
        total = each * asked.points
        hours, cores = f"{total / 3600:,.0f} core-hours", f"one day on {total / 86400:,.0f} cores"
        print(f"| {how} | {each:.3f} s a point | {total:.1e} core-seconds: {hours}, {cores} |")


if __name__ == "__main__":
    main()
