"""What the benchmarks of the compiled engine share: the sample world, the clock, the machine, RESULTS.md."""

from __future__ import annotations

import os
import platform
import re
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from newsbt.adapters.compilation import keep_compiled

keep_compiled()

import backtrader as bt  # noqa: E402
import pandas as pd  # noqa: E402

from newsbt.adapters.plugins import describe, load  # noqa: E402
from newsbt.adapters.settings import load_settings  # noqa: E402
from newsbt.adapters.specs import build_specs  # noqa: E402
from newsbt.adapters.workspace import find_workspace  # noqa: E402
from newsbt.api import backtest  # noqa: E402
from newsbt.api.inputs import gather  # noqa: E402
from newsbt.engine.compiled import CompiledWorld  # noqa: E402
from newsbt.engine.world import World  # noqa: E402
from newsbt.records import ParamValue  # noqa: E402

__all__ = [
    "PRICES",
    "ROOT",
    "Sample",
    "best_of",
    "machine",
    "sample",
    "section",
    "stop_without_prices",
    "verdict",
]

ROOT = Path(__file__).resolve().parents[1]
PRICES = ROOT.parent / "shared" / "prices"
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
START, END = "2019-01-02", "2026-06-30"
#: Sections of RESULTS.md, in their order.
PARTS = ("point", "throughput", "one-listing", "growth", "command")
HEAD = """# Benchmarks of the compiled engine

Written by `python benchmarks/run_all.py`; each section also by its own script. Ratios are taken within
one run on one
machine, times are the least of repeated short batches. Sample: the folder of prices beside the repository.
"""


class Sample(NamedTuple):
    """The sample world, packed, with every parameter of its strategy."""

    world: World
    compiled: CompiledWorld
    benchmark: pd.Series[float] | None
    strategy: type[Any]
    params: dict[str, ParamValue]


def stop_without_prices() -> None:
    """End with a sentence where there are no prices to measure on."""
    if not PRICES.is_dir():
        sys.exit("benchmarks need the folder shared/prices beside the repository; nothing was measured")


def sample(strategy: str = "drift", **run: str) -> Sample:
    """All listings, every catalyst, 2019-01-02 to 2026-06-30, ibkr_tiered, or as `run` says."""
    stop_without_prices()
    place = find_workspace(ROOT)
    given = {"prices": str(PRICES), "start": START, "end": END, "broker": "ibkr_tiered", **run}
    (spec,) = build_specs([strategy], place, load_settings(place), given, {})
    inputs = gather(spec, place)
    _, world = backtest.build_world(spec, inputs)
    benchmark = backtest.benchmark_index(spec, inputs)
    params: dict[str, ParamValue] = {param.name: param.default for param in describe(inputs.strategy).params}
    loaded = load(inputs.strategy, bt.Strategy)
    return Sample(
        world, CompiledWorld(world, strategy, benchmark), benchmark, loaded, {**params, **spec.params}
    )


def best_of(work: Callable[[], object], batches: int, seconds: float = 60.0) -> float:
    """Least wall seconds of one call, over so many calls or so many seconds."""
    best, end = float("inf"), time.perf_counter() + seconds
    for _ in range(batches):
        begin = time.perf_counter()
        work()
        now = time.perf_counter()
        best = min(best, now - begin)
        if now > end:
            break
    return best


def machine() -> str:
    """Processor, number of cores and Python, in one line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"model name\s*: (.+)", info.read_text())
        model = found[1].strip() if found else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def verdict(reached: bool) -> str:
    """How a target ended, for a section."""
    return "met" if reached else "**not met**"


def section(part: str, text: str) -> None:
    """Put a section into RESULTS.md in place of the one that was there, and print it."""
    old = RESULTS.read_text() if RESULTS.exists() else ""
    found = dict(re.findall(r"<!-- (\S+) -->\n(.*?)(?=\n<!-- |\Z)", old, re.DOTALL))
    found[part] = _reflow(text.strip()) + f"\n\nMeasured on {machine()}.\n"
    body = "\n".join(f"<!-- {name} -->\n{found[name].strip()}\n" for name in PARTS if name in found)
    RESULTS.write_text(f"{_reflow(HEAD.strip())}\n\n{body}")
    print(found[part], flush=True)


def _reflow(text: str) -> str:
    """Paragraphs filled to one width; tables, headings and pictures as they are."""
    blocks = text.split("\n\n")
    kept = ("|", "#", "!")
    return "\n\n".join(
        b if b.startswith(kept) else textwrap.fill(b, 110, break_long_words=False) for b in blocks
    )
