"""A million catalysts by twenty listings through the clock, against a loop over exchange_calendars.

    python benchmarks/bench_clock.py [--catalysts 1000000] [--listings 20] [--loop 2000]

The loop is what a careful user would write: ``next_open(t - 1ns)`` for one catalyst and one listing at a
time, on a calendar that is already loaded. It runs on a subsample; both are given as time for one pair, in
one process. The loop knows no overlay, so its sessions are compared on a calendar without one. Catalysts are
in order of publication, as a catalogue is; ``--shuffled`` takes them in any order.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
import warnings
from pathlib import Path

import exchange_calendars
import numpy as np
import pandas as pd

from newsbt import clock
from newsbt.adapters.calendars import load_calendars
from newsbt.records import IntArray

OVERLAY = Path(__file__).parents[1] / "data" / "calendar_overlay.toml"
VENUES = ("XNYS", "XHKG")
START, END = dt.date(2019, 1, 2), dt.date(2026, 12, 31)
LATENCY_NS = 300_000_000_000
SECOND = 1_000_000_000


def main() -> None:
    options = parsed()
    random = np.random.default_rng(1)
    count = options.catalysts
    published = random.integers(1_546_500_000, 1_795_000_000, count) * SECOND
    if not options.shuffled:
        published.sort()
    precision = random.choice(3, count, p=(0.6, 0.2, 0.2)).astype(np.int8)
    offset = random.choice([-5, -4, 0, 8], count) * 3600 * SECOND
    venue = random.integers(-1, len(VENUES), count)

    begin = time.perf_counter()
    calendars = load_calendars(VENUES, OVERLAY, START, END)
    print(
        f"load_calendars, two venues, {START} to {END}: {time.perf_counter() - begin:.3f} s with the import"
    )

    begin = time.perf_counter()
    known = clock.known_at(published, precision, offset, venue, list(calendars.values()), LATENCY_NS)
    clock_known = time.perf_counter() - begin
    # Every listing on its own, as if no two shared a venue: the honest worst case.
    begin = time.perf_counter()
    traded = 0
    for listing in range(options.listings):
        calendar = calendars[VENUES[listing % len(VENUES)]]
        index = clock.first_session(calendar, known, "open")
        traded += int((clock.tradable_at(calendar, index[index >= 0], "open") >= 0).sum())
    clock_sessions = time.perf_counter() - begin
    total, pairs = clock_known + clock_sessions, count * options.listings
    print(
        f"{count:,} catalysts by {options.listings} listings, {traded:,} of {pairs:,} pairs with a session:"
    )
    print(
        f"  known_at {clock_known:.3f} s, first_session and tradable_at {clock_sessions:.3f} s,"
        f" in all {total:.3f} s"
    )

    sample = known[np.linspace(0, count - 1, options.loop).astype(np.int64)]
    ours, theirs = total / pairs, loop(sample) / (len(sample) * len(VENUES))
    print(
        f"  {ours * 1e9:,.0f} ns a pair; the loop {theirs * 1e6:,.0f} us a pair; ratio {theirs / ours:,.0f}"
    )


def loop(sample: IntArray) -> float:
    """Seconds that a row-by-row loop takes on both venues; its answers are checked against the clock's."""
    plain = load_calendars(VENUES, None, START, END)
    seconds = 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for venue in VENUES:
            calendar = exchange_calendars.get_calendar(venue, start=str(START), end=str(END))
            calendar.next_open(pd.Timestamp(int(sample[0]), tz="UTC"))
            begin = time.perf_counter()
            found = [
                calendar.next_open(pd.Timestamp(int(at), tz="UTC") - pd.Timedelta("1ns")).value
                for at in sample
            ]
            seconds += time.perf_counter() - begin
            index = clock.first_session(plain[venue], sample, "open")
            if not np.array_equal(clock.tradable_at(plain[venue], index, "open"), np.array(found)):
                raise SystemExit(f"the loop and the clock disagree on {venue}")
    return seconds


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--catalysts", type=int, default=1_000_000)
    parser.add_argument("--listings", type=int, default=20)
    parser.add_argument("--shuffled", action="store_true", help="catalysts in any order")
    parser.add_argument("--loop", type=int, default=2_000, help="rows of the subsample for the loop")
    return parser.parse_args()


if __name__ == "__main__":
    main()
