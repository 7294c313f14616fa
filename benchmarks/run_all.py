"""All benchmarks of the compiled engine, one after the other; they write benchmarks/RESULTS.md.

Run with: python benchmarks/run_all.py [--peers PYTHON]
where PYTHON is an interpreter that has what benchmarks/requirements.txt names; without it that part is
left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("bench_point.py", "bench_throughput.py", "bench_growth.py", "bench_command.py")


def main() -> None:
    """Run every part in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="interpreter that has vectorbt and backtesting.py")
    given = parser.parse_args()
    commands = [[part] for part in PARTS]
    if given.peers:
        commands.insert(2, ["bench_one_listing.py", "--peers", given.peers])
    begin = time.perf_counter()
    failed = [
        part[0]
        for part in commands
        if subprocess.run([sys.executable, HERE / part[0], *part[1:]], check=False).returncode
    ]
    print(f"{time.perf_counter() - begin:.0f} s in all")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
