"""How much the rule book costs: our reference run against plain Backtrader over the same bars.

Run with: python benchmarks/bench_engine.py [--listings 17] [--sessions 1900]

Both sides get the same seeded random walks on two venues. Plain Backtrader reads them with PandasData and
runs a strategy that only looks at every bar; ours runs drift with 400 signals, costs and a full journal.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
import time
from pathlib import Path

import backtrader as bt
import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from engine_tools import make_signal, make_tape, make_world  # noqa: E402
from newsbt.adapters.plugins import PluginRef, load  # noqa: E402
from newsbt.engine.reference import run_reference  # noqa: E402
from newsbt.engine.world import Tape  # noqa: E402


def tapes(listings: int, sessions: int) -> list[Tape]:
    """Random walks, every second one in Hong Kong."""
    draw = np.random.default_rng(1)
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=day) for day in range(sessions)]
    made = []
    for number in range(listings):
        close = 100 * np.exp(np.cumsum(draw.normal(0, 0.02, sessions)))
        open_ = close * np.exp(draw.normal(0, 0.005, sessions))
        high, low = np.maximum(open_, close) * 1.01, np.minimum(open_, close) * 0.99
        bars = list(zip(open_, high, low, close, strict=True))
        made.append(make_tape(bars, days, f"S{number}", "XHKG" if number % 2 else "XNYS"))
    return made


class Look(bt.Strategy):
    """Looks at every bar and does nothing."""

    def next(self) -> None:
        for data in self.datas:
            data.close[0]


def plain(made: list[Tape]) -> float:
    """Seconds of plain Backtrader, loading included."""
    frames = {
        tape.listing.symbol: pd.DataFrame(
            {name: getattr(tape, name) for name in ("open", "high", "low", "close", "volume")},
            index=pd.DatetimeIndex(tape.closes_at.astype("datetime64[ns]")),
        )
        for tape in made
    }
    begin = time.perf_counter()
    cerebro = bt.Cerebro(stdstats=False)
    for symbol, frame in frames.items():
        cerebro.adddata(bt.feeds.PandasData(dataname=frame), name=symbol)
    cerebro.addstrategy(Look)
    cerebro.run()
    return time.perf_counter() - begin


def ours(made: list[Tape]) -> tuple[float, int]:
    """Seconds of our reference run, and its fills."""
    draw = np.random.default_rng(2)
    signals = {}
    while len(signals) < 400:
        tape = made[int(draw.integers(len(made)))]
        bar = int(draw.integers(1, len(tape)))
        signals[tape.listing.symbol, bar] = make_signal(tape, bar, float(draw.uniform(-1, 1)))
    world = make_world(made, list(signals.values()), commission=0.001, slippage=0.0005, cash=1e6)
    drift = load(PluginRef(ROOT / "strategies/drift.py"), bt.Strategy)
    begin = time.perf_counter()
    outcome = run_reference(world, drift, {})
    return time.perf_counter() - begin, len(outcome.journal.fills)


def main() -> None:
    """Print one line a measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=17)
    parser.add_argument("--sessions", type=int, default=1900)
    given = parser.parse_args()
    made = tapes(given.listings, given.sessions)
    theirs = min(plain(made) for _ in range(3))
    mine, fills = min(ours(made) for _ in range(3))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.listings} listings x {given.sessions} sessions, best of 3")
    print(f"plain Backtrader {bt.__version__}, PandasData, no orders: {theirs:.2f} s")
    print(f"newsbt reference run, drift, {fills} fills:           {mine:.2f} s")
    print(f"ratio newsbt : plain = {mine / theirs:.2f}; peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
