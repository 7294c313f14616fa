"""How often each test of ``newsbt.evidence`` rejects at 5 % where there is nothing, and where there is.

    python benchmarks/evidence_size.py [--worlds 2000] [--days 500]

Returns are Student-t (5), independent or AR(1) 0.2. One run: probabilistic Sharpe above 95 %. Two runs: equal
Sharpe ratios, correlation 0.5. Best of 50: deflated Sharpe of the best above 95 %, Hansen's p at or below 5
%, a false one among the stepwise p-values, and the mean probability of overfitting (blocks of 10). Power is
at an annual Sharpe ratio of 2 for the one run, the difference of the two, and one of the fifty.
"""

from __future__ import annotations

import argparse
import math
import time

import numpy as np
from scipy.signal import lfilter

from newsbt.evidence.overfitting import overfitting
from newsbt.evidence.paired import mean_difference, sharpe_difference
from newsbt.evidence.sharpe_inference import deflated_sharpe, probabilistic_sharpe, sharpe_sample
from newsbt.evidence.superior import superior
from newsbt.records import FloatArray

EDGE = 2.0 / math.sqrt(252.0)
SETTINGS = 50


def main() -> None:
    options = parsed()
    print(f"{options.worlds} worlds of {options.days} days, share rejected at 5 %")
    for slope in (0.0, 0.2):
        for edge in (0.0, EDGE):
            began = time.perf_counter()
            found = [
                one_world(options.days, slope, edge, np.random.default_rng(seed))
                for seed in range(options.worlds)
            ]
            shares = {key: np.mean([item[key] for item in found]) for key in found[0]}
            text = "  ".join(f"{key} {value:.3f}" for key, value in shares.items())
            seconds = time.perf_counter() - began
            print(
                f"slope {slope}  Sharpe {edge * math.sqrt(252.0):.0f}  {text}  ({seconds:.0f} s)", flush=True
            )


def one_world(days: int, slope: float, edge: float, rng: np.random.Generator) -> dict[str, float]:
    values = simulated((days, SETTINGS), slope, rng)
    first, second = simulated((days, 2), slope, rng).T
    second = 0.5 * first + math.sqrt(0.75) * second
    values[:, 0] += edge
    first = first + edge
    seed = int(rng.integers(2**31))
    alone = sharpe_sample(values[:, 0])
    ratios = values.mean(axis=0) / values.std(axis=0, ddof=1)
    best = sharpe_sample(values[:, int(ratios.argmax())])
    assert alone is not None and best is not None
    tested = superior(values, draws=499, seed=seed)
    return {
        "probabilistic": probabilistic_sharpe(alone) > 0.95,
        "paired": sharpe_difference(first, second, draws=499, seed=seed).p_value <= 0.05,
        "paired normal": sharpe_difference(first, second, draws=1, seed=seed).analytic <= 0.05,
        "mean": mean_difference(first, second).p_value <= 0.05,
        "deflated": deflated_sharpe(best, SETTINGS, float(ratios.var(ddof=1))).probability > 0.95,
        "SPA": tested.consistent <= 0.05,
        "stepwise": bool((tested.adjusted <= 0.05).any()),
        "PBO": overfitting(values, 10).probability,
    }


def simulated(shape: tuple[int, int], slope: float, rng: np.random.Generator) -> FloatArray:
    """Unit deviation in the long run, whatever the slope."""
    shocks = rng.standard_t(5, size=(shape[0] + 50, shape[1])) * math.sqrt(0.6 * (1.0 - slope**2))
    return np.asarray(lfilter([1.0], [1.0, -slope], shocks, axis=0)[50:], dtype=np.float64)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=2000)
    parser.add_argument("--days", type=int, default=500)
    return parser.parse_args()


if __name__ == "__main__":
    main()
