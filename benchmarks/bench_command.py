"""From the command to the printed best of 10,000 points on the sample, warm; and to the first trial.

Run with: python benchmarks/bench_command.py
"""

from __future__ import annotations

import re

from command_line import Finished, run_tune
from sample import END, START, section, stop_without_prices, verdict

#: 20 x 50 x 10 points.
AXES = ("hold=1:20", "stop=0.020:0.069:0.001", "weight=0.05:0.50:0.05")
#: Printed with the table of the best.
BEST = "near  stability"


def main() -> None:
    """Measure and write the section."""
    stop_without_prices()
    axes = [word for axis in AXES for word in ("--param", axis)]
    run_tune("--param", "hold=1:2", "--no-figures")
    first = min(
        (run_tune(*axes, "--no-figures", "--trials", "1") for _ in range(3)), key=lambda run: run.seconds
    )
    plain = min((run_tune(*axes, "--no-figures", until=BEST) for _ in range(3)), key=lambda run: run.seconds)
    drawn = run_tune(*axes, until=BEST)
    counted = re.search(r"([\d,]+) trials", plain.printed)
    count = counted[1] if counted else "?"
    section(
        "command",
        f"""## From the command to the printed best

`newsbt tune drift` with {", ".join(f"`--param {axis}`" for axis in AXES)} over all listings of the
sample, {START} to
{END}, `ibkr_tiered`; bytecode,
machine code and calendars already on disk. Wall time from the start of the process, imports and
reading
included.

| | until the best is printed | until it ends | largest memory |
|---|---|---|---|
| {count} points, `--no-figures` | {_cells(plain)}
| the same with figures | {_cells(drawn)}
| one point, `--trials 1` | | {first.seconds:.2f} s | {first.memory:,.0f} MB |

Targets: printed best of 10,000 points within 3 s: {verdict(plain.until < 3.0)} ({plain.until:.2f} s); the
second start
reaches its first trial within 1.5 s: {verdict(first.seconds < 1.5)} (it has ended after
{first.seconds:.2f} s).""",
    )


def _cells(run: Finished) -> str:
    return f"{run.until:.2f} s | {run.seconds:.2f} s | {run.memory:,.0f} MB |"


if __name__ == "__main__":
    main()
