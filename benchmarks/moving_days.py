"""How often a worthless run looks good where its account moves on few days.

    python benchmarks/moving_days.py [series]

Each series has 250 days, most of them without a return, the others drawn from a normal distribution around
zero. Printed is the share whose probabilistic Sharpe ratio exceeds 95 %; with enough days it is 5 %.
"""

from __future__ import annotations

import sys

import numpy as np

from newsbt.evidence.sharpe_inference import probabilistic_sharpe, sharpe_sample

DAYS, LEVEL = 250, 0.95
MOVING = (1, 5, 20, 50, DAYS)


def share(moving: int, series: int, rng: np.random.Generator) -> float:
    """Share of series with so many moving days that exceed the level."""
    hits = 0
    for _ in range(series):
        returns = np.zeros(DAYS)
        returns[rng.choice(DAYS, moving, replace=False)] = rng.standard_normal(moving)
        sample = sharpe_sample(returns)
        hits += sample is not None and probabilistic_sharpe(sample) > LEVEL
    return hits / series


def main() -> None:
    series = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    rng = np.random.default_rng(1)
    print(f"{series:,} worthless series of {DAYS} days; probabilistic Sharpe ratio above {LEVEL:.0%}:")
    for moving in MOVING:
        print(f"{moving:4} days that move: {share(moving, series, rng):6.1%}")


if __name__ == "__main__":
    main()
