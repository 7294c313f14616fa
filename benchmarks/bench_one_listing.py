"""One listing, levels and exit by time: the compiled engine against vectorbt and backtesting.py.

Run with: python benchmarks/bench_one_listing.py --peers PYTHON
where PYTHON is an interpreter that has what benchmarks/requirements.txt names.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sample import ROOT, best_of, sample, section, verdict

sys.path.insert(0, str(ROOT / "tests"))

from engine_tools import make_signal, make_world
from newsbt.engine.compiled import CompiledWorld
from newsbt.engine.world import Tape
from newsbt.metrics.table import METRICS

SYMBOL = "BABA"
CASH, FEE, WEIGHT = 1_000_000.0, 0.001, 0.5
#: Sessions between two entries: more than any holding time, so that no entry meets a position.
APART = 25
#: hold, stop, take
POINTS = ((10, 0.08, 0.10), (5, 0.04, 0.06), (20, 0.05, 0.20), (15, 0.10, 0.05))
ROUNDS, CALL = 20, 200
Trades = list[list[float]]


def quiet_entries(tape: Tape) -> Any:
    """Sessions to enter that reach no level themselves: peers watch levels from the next bar."""
    least = min(min(stop, take) for _, stop, take in POINTS)
    calm = (tape.high < tape.open * (1.0 + least)) & (tape.low > tape.open * (1.0 - least))
    entries, last = np.zeros(len(tape), dtype=np.bool_), 0
    for bar in range(30, len(tape) - APART):
        if calm[bar] and bar - last >= APART:
            entries[bar], last = True, bar
    return entries


def params(hold: int, stop: float, take: float) -> dict[str, Any]:
    """A point of `drift`."""
    own = {"hold": hold, "stop": stop, "take": take, "weight": WEIGHT}
    return {"trail": 0.0, "min_score": 0.0, "side": "both", "delay": 0, **own}


def our_trades(compiled: CompiledWorld, point: dict[str, Any]) -> Trades:
    """Entry bar, exit bar, size, entry price and exit price of each closed trade."""
    fills = compiled.journal(point).fills
    pairs = zip(fills[::2], fills[1::2], strict=False)
    return [[float(a.bar), float(b.bar), float(a.size), a.price, b.price] for a, b in pairs]


def ask_peers(python: str, tape: Tape, entries: Any) -> dict[str, Any]:
    """What peers_one_listing.py prints."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bars.npz"
        bars = {name: getattr(tape, name) for name in ("open", "high", "low", "close", "volume", "days")}
        np.savez(path, entries=entries, points=np.array([[*point, WEIGHT] for point in POINTS]), **bars)
        script = Path(__file__).with_name("peers_one_listing.py")
        done = subprocess.run([python, script, path], check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"--peers needs an interpreter with what benchmarks/requirements.txt names:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def agreement(ours: list[Trades], theirs: list[Trades]) -> tuple[int, int]:
    """Trades with the same entry and exit bar and prices within half a cent, of all of ours."""
    same = 0
    for mine, other in zip(ours, theirs, strict=True):
        by_entry = {int(row[0]): row for row in other}
        for row in mine:
            found = by_entry.get(int(row[0]))
            same += found is not None and found[1] == row[1] and np.allclose(found[3:], row[3:], rtol=1e-9)
    return same, sum(map(len, ours))


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--peers", default=sys.executable, help="interpreter that has vectorbt and backtesting.py"
    )
    given = parser.parse_args()
    made = sample(symbols=SYMBOL)
    (tape,) = made.world.tapes
    tape = dataclasses.replace(tape, dividend=np.zeros(len(tape)))
    entries = quiet_entries(tape)
    signals = [make_signal(tape, int(bar), 1.0) for bar in np.flatnonzero(entries)]
    compiled = CompiledWorld(make_world([tape], signals, commission=FEE, cash=CASH), "drift", made.benchmark)
    points = [params(*point) for point in POINTS]
    ours = [our_trades(compiled, point) for point in points]
    peers = ask_peers(given.peers, tape, entries)
    table = pd.DataFrame([points[0]] * CALL)
    compiled.metrics(table)
    took = best_of(lambda: compiled.metrics(table), ROUNDS) / CALL
    vector_same, total = agreement(ours, peers["vectorbt_trades"])
    testing_same, _ = agreement(ours, peers["backtesting_trades"])
    vector = min(peers["vectorbt_one"], peers["vectorbt_many"])
    rows = [
        ("newsbt, compiled engine, all metrics", "", took),
        ("vectorbt, one point, `stats()`", peers["vectorbt"], peers["vectorbt_one"]),
        ("vectorbt, 20 points in columns, `stats(agg_func=None)`", peers["vectorbt"], peers["vectorbt_many"]),
        (
            "vectorbt, 20 points in columns, total return alone",
            peers["vectorbt"],
            peers["vectorbt_simulation"],
        ),
        ("backtesting.py, `Backtest.run`", peers["backtesting"], peers["backtesting_one"]),
    ]
    lines = [
        f"| {name} | {version} | {cost * 1e6:,.0f} us | {cost / took:,.1f} |" for name, version, cost in rows
    ]
    section(
        "one-listing",
        f"""## One listing, with stop, take-profit and exit by time

{SYMBOL}, {len(tape)} bars, {int(entries.sum())} entries of {WEIGHT:.0%} of the account at the open,
{FEE:.1%} commission,
one process, one thread. Time of one point with all metrics of each ({len(METRICS)} of ours).

| | version | one point | times the compiled engine |
|---|---|---|---|
{chr(10).join(lines)}

Compared first, {len(POINTS)} points: of {total} trades of ours, {vector_same} are the same in vectorbt
and {testing_same} in
backtesting.py (bar and price of entry and exit). Where they differ: on the last bar of a holding time
newsbt leaves at the
open, vectorbt lets the levels of that bar go first; peers watch levels from the bar after the entry, so
entries were taken
from sessions that reach none. Sizes differ by the peers' rules of rounding and reserve for fees.

Targets: at least 30 times vectorbt: {verdict(vector / took >= 30)} ({vector / took:,.0f}); at least 300
times backtesting.py:
{verdict(peers["backtesting_one"] / took >= 300)} ({peers["backtesting_one"] / took:,.0f}).""",
    )


if __name__ == "__main__":
    main()
