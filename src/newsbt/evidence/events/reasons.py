"""Why an event cannot be studied, or not by itself: short names and sentences (pure)."""

from __future__ import annotations

from typing import Final

import numpy as np

from newsbt.evidence.events.returns import ReturnSeries
from newsbt.evidence.events.settings import WindowSettings
from newsbt.records import IntArray

__all__ = ["REASONS", "others_told", "unusable"]

#: What can be said of an event, and what it means.
REASONS: Final[dict[str, str]] = {
    "before-prices": "the event window begins before the prices do",
    "after-prices": "the prices end before the event window does",
    "placeholder": "a flat bar without volume on day 0, which cannot be traded",
    "missing-prices": "a session without prices in the event window",
    "benchmark-missing": "a session without the benchmark in the event window",
    "no-benchmark": "no benchmark for its venue",
    "too-little-history": "too few sessions left in the estimation window",
    "confounded": "another event of the listing inside the event window",
    "overlapping": "an event window of the listing that shares sessions with this one",
}


def unusable(
    at: int, own: ReturnSeries, bench: ReturnSeries | None, days: IntArray, settings: WindowSettings
) -> tuple[str, str] | None:
    """Why the event window cannot be cut, as a short name and a sentence."""
    first, last = at - settings.before, at + settings.after
    bars = np.flatnonzero(own.bar)
    if not len(bars) or first - 1 < bars[0]:
        return "before-prices", "the window begins before the prices do"
    if last > bars[-1]:
        return "after-prices", f"{max(int(bars[-1]) - at, 0)} of {settings.after} sessions after it are known"
    if own.placeholder[at]:
        return "placeholder", f"a flat bar without volume on day 0, {np.datetime64(int(days[at]), 'D')}"
    bad = ~np.isfinite(own.carried[first : last + 1])
    if bad.any():
        return "missing-prices", f"no price on {np.datetime64(int(days[first : last + 1][bad][0]), 'D')}"
    if bench is not None and (bad := ~np.isfinite(bench.total[first : last + 1])).any():
        day = np.datetime64(int(days[first : last + 1][bad][0]), "D")
        return "benchmark-missing", f"the benchmark has no return on {day}"
    return None


def others_told(apart: IntArray) -> str:
    """Where the other events lie."""
    shown = ", ".join(f"{distance:+d}" for distance in sorted(apart.tolist(), key=abs)[:4])
    more = f" and {len(apart) - 4} more" if len(apart) > 4 else ""
    return f"other events of the listing at sessions {shown}{more}"
