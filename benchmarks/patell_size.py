"""How often Patell's test rejects at 5 % without an effect, where only the returns' distribution differs.

    python benchmarks/patell_size.py [worlds]

Sixty events on dates of their own, 120 sessions of estimation that end ten before day 0, market model.
Returns are normal or Student's, of constant deviation or with the GARCH(1,1) of ``newsbt simulate``. Beside
the shares of rejections stands the mean square of the standardised abnormal returns over (m - 2) / (m - 4),
which is 1 if the test is right, and what a normal statistic of that variance rejects.
"""

from __future__ import annotations

import math
import sys

import numpy as np

from newsbt.evidence.events.models import abnormal_returns
from newsbt.evidence.events.standardized import bmp, patell
from newsbt.records import FloatArray

EVENTS, HISTORY, GAP, BURN, CHUNK, LEVEL = 60, 120, 10, 250, 100, 0.05
NORMAL = 1000.0
#: Degrees of freedom, weight of the last squared return, and of it and the last variance together.
CASES = {
    "normal": (NORMAL, 0.0, 0.0),
    "Student 6": (6.0, 0.0, 0.0),
    "Student 4": (4.0, 0.0, 0.0),
    "GARCH, normal": (NORMAL, 0.06, 0.98),
    "GARCH, Student 6": (6.0, 0.06, 0.98),
}


def draw(rng: np.random.Generator, tails: float, arch: float, persistence: float) -> FloatArray:
    """Returns of mean variance 1, shape (CHUNK, EVENTS, HISTORY + GAP + 1)."""
    kept = HISTORY + GAP + 1
    shape = (CHUNK, EVENTS, kept + (BURN if persistence else 0))
    shocks = rng.standard_normal(shape)
    if tails < NORMAL:
        shocks *= np.sqrt((tails - 2.0) / rng.chisquare(tails, shape))
    level = np.ones(shape[:-1])
    for day in range(shape[-1]):
        squared = shocks[..., day] ** 2
        shocks[..., day] *= np.sqrt(level)
        level = 1.0 - persistence + level * (persistence - arch + arch * squared)
    return np.asarray(shocks[..., -kept:])


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print("| returns | patell | bmp | mean square | a normal of that variance |")
    print("| --- | --- | --- | --- | --- |")
    for told, case in CASES.items():
        rng = np.random.default_rng(1)
        rejected, squares = np.zeros(2), []
        for _ in range(max(worlds // CHUNK, 1)):
            market, own = 0.014 * draw(rng, *case), 0.02 * draw(rng, *case)
            total, past, event = market + own, slice(0, HISTORY), slice(-1, None)
            abnormal = abnormal_returns(
                "market", total[..., past], market[..., past], total[..., event], market[..., event]
            )
            scar = abnormal.scar(slice(0, 1))
            rejected += [(p <= LEVEL).sum() for _, p in (patell(scar, abnormal.df), bmp(scar))]
            squares.append(float((scar**2).mean()))
        ratio = float(np.mean(squares)) * (HISTORY - 4) / (HISTORY - 2)
        expected = math.erfc(1.959964 / math.sqrt(2.0 * ratio))
        shares = rejected / (max(worlds // CHUNK, 1) * CHUNK) * 100.0
        print(
            f"| {told} | {shares[0]:.1f} | {shares[1]:.1f} | {ratio:.3f} | {expected * 100:.1f} |", flush=True
        )


if __name__ == "__main__":
    main()
