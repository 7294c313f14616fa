"""How often the tests by date reject at 5 % without an effect where windows of different dates overlap.

    python benchmarks/event_overlap_size.py [worlds]

Each world has dates a fixed number of sessions apart, three events on each, and eleven tested sessions.
Returns are Student's with 5 degrees of freedom; residuals of one session correlate by 0.3, so that what
happens to one date in a shared session happens to the others too. News points one way, or a coin decides.
"""

from __future__ import annotations

import sys

import numpy as np
from sizes import Sheet

from newsbt.evidence.events.battery import MEAN_TESTS, run_mean_tests
from newsbt.evidence.events.dependence import Dependence
from newsbt.evidence.events.overlap import Overlap
from newsbt.evidence.events.wild import wild_weights
from newsbt.records import FloatArray

SESSIONS, EVENTS, CORRELATION, DRAWS, LEVEL, CHUNK = 11, 3, 0.3, 499, 0.05, 250
#: Number of dates, and sessions from one to the next.
CASES = ((60, 11), (60, 5), (60, 2), (23, 7), (30, 3), (14, 3.5))


def overlap_of(days: np.ndarray) -> FloatArray:
    """Share of their sessions that the windows from each of `days` on have in common."""
    codes = days[:, None] + np.arange(SESSIONS)
    nothing = np.zeros((3, len(days), len(days)))
    dependence = Dependence(
        nothing, nothing, np.arange(len(days)), codes, np.zeros(nothing.shape[1:], dtype=np.bool_)
    )
    return dependence.overlap(slice(0, SESSIONS), np.arange(len(days)))


def rejections(worlds: int, dates: int, apart: float, one_way: bool, seed: int = 1) -> dict[str, float]:
    """Share of worlds in which each test rejects."""
    rng = np.random.default_rng(seed)
    days = (np.arange(dates) * apart).astype(np.int64)
    cluster, share = np.repeat(np.arange(dates), EVENTS), overlap_of(days)
    weights = wild_weights(dates, DRAWS, rng)
    hits = dict.fromkeys(MEAN_TESTS, 0.0)
    for start in range(0, worlds, CHUNK):
        size, length = min(CHUNK, worlds - start), int(days[-1]) + SESSIONS
        common, own = rng.standard_t(5, (size, 1, length)), rng.standard_t(5, (size, EVENTS, length))
        total = np.cumsum(np.sqrt(CORRELATION) * common + np.sqrt(1.0 - CORRELATION) * own, axis=-1)
        total = np.concatenate([np.zeros((size, EVENTS, 1)), total], axis=-1)
        car = np.swapaxes(total[..., days + SESSIONS] - total[..., days], 1, 2)
        signs = np.ones((size, dates)) if one_way else rng.choice([-1.0, 1.0], (size, dates))
        values = (car * signs[..., None]).reshape(size, -1)
        for key, (_, p) in run_mean_tests(values, cluster, weights, Overlap(share, signs)).items():
            hits[key] += float((p <= LEVEL).sum())
    return {key: value / worlds for key, value in hits.items()}


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 2000
    sheet = Sheet(MEAN_TESTS, "events.md")
    for one_way in (True, False):
        for dates, apart in CASES:
            told = f"{dates} dates, {apart:g} sessions apart, {'one way' if one_way else 'by coin'}"
            known = ["t"] if apart >= SESSIONS else MEAN_TESTS if not one_way else MEAN_TESTS[:-1]
            sheet.row(told, worlds, rejections(worlds, dates, apart, one_way), known=known)
    sheet.close()


if __name__ == "__main__":
    main()
