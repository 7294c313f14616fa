"""How often the intervals of ``bootstrap_metrics`` hold the truth, on simulated autocorrelated returns.

    python benchmarks/bootstrap_coverage.py [--worlds 400] [--days 1000] [--draws 500] [--slope 0.2]

Each world is an AR(1) series of daily returns with normal or Student-t (5) shocks. The truth is taken from
one long series of the same kind; drawdowns and total return have no truth of that sort and are left out.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from newsbt.evidence.resample import bootstrap_metrics
from newsbt.metrics import returns as metrics
from newsbt.metrics.inputs import MetricInputs
from newsbt.records import FloatArray

KEYS = ("volatility", "sharpe", "sortino", "skew", "kurtosis", "var_95")
LEVEL = 0.95


def main() -> None:
    options = parsed()
    began = time.perf_counter()
    print(
        f"{options.worlds} worlds, {options.days} days, slope {options.slope}, {options.draws} draws, {LEVEL}"
    )
    for kind in ("normal", "student"):
        truth = figures(simulated(2_000_000, options.slope, kind, np.random.default_rng(0)), 261.0)
        held = {key: 0 for key in KEYS}
        for world in range(options.worlds):
            values = simulated(options.days, options.slope, kind, np.random.default_rng(1000 + world))
            table = bootstrap_metrics(as_run(values), draws=options.draws, level=LEVEL, seed=world).table
            for key in KEYS:
                held[key] += table.loc[key, "low"] <= truth[key] <= table.loc[key, "high"]
        shares = "  ".join(f"{key} {count / options.worlds:.3f}" for key, count in held.items())
        print(f"{kind:8s} {shares}")
    print(f"{time.perf_counter() - began:.0f} s")


def simulated(count: int, slope: float, kind: str, rng: np.random.Generator) -> FloatArray:
    from scipy.signal import lfilter

    shocks = (
        rng.normal(size=count + 100) if kind == "normal" else rng.standard_t(5, size=count + 100) * 0.6**0.5
    )
    return np.asarray(0.0005 + 0.01 * lfilter([1.0], [1.0, -slope], shocks)[100:], dtype=np.float64)


def figures(values: FloatArray, per_year: float) -> dict[str, float]:
    found = {
        "volatility": metrics.volatility(values, per_year),
        "sharpe": metrics.sharpe(values, per_year),
        "sortino": metrics.sortino(values, per_year),
        "skew": metrics.skew(values),
        "kurtosis": metrics.kurtosis(values),
        "var_95": metrics.value_at_risk(values),
    }
    return {key: float(value) for key, value in found.items() if value is not None}


def as_run(values: FloatArray) -> MetricInputs:
    at = pd.bdate_range("2018-01-01", periods=len(values), tz="UTC")
    equity = pd.DataFrame({"at": at, "equity": 1000.0 * np.cumprod(1.0 + values), "gross_exposure": 1.0})
    trades = pd.DataFrame(
        {"closed_at": pd.to_datetime([]), "pnl_base": [], "return": [], "sessions_held": []}
    )
    return MetricInputs(equity, 1000.0, pd.DataFrame({"value_base": []}), trades)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=400)
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--slope", type=float, default=0.2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
