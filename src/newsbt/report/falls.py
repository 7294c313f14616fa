"""The worst drawdowns of a run, and the news that was traded inside them (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.drawdown import drawdowns
from newsbt.records import ACTED_ON
from newsbt.report.values import as_text
from newsbt.runs import RunResult

__all__ = ["Fall", "Inside", "worst_falls"]

MOST_NEWS = 8


class Inside(NamedTuple):
    """A story traded on the way down."""

    day: str
    symbols: str
    headline: str
    score: float


@dataclass(frozen=True, slots=True)
class Fall:
    """One drawdown: from a peak until it is reached again, or the end of the run.

    Parameters
    ----------
    peak, trough : Timestamp
        Steps, UTC.
    recovered : Timestamp or None
        First step back at the peak; None where the run ended first.
    depth : float
        Fraction of the peak, above 0.
    days : int
        UTC dates from the peak to the recovery or the end.
    news : tuple of Inside
        Traded after the peak and up to the trough, strongest first.
    more : int
        How many others.
    """

    peak: pd.Timestamp
    trough: pd.Timestamp
    recovered: pd.Timestamp | None
    depth: float
    days: int
    news: tuple[Inside, ...]
    more: int


def worst_falls(run: RunResult, most: int = 5) -> list[Fall]:
    """The deepest drawdowns that do not overlap, deepest first; the initial capital is the first peak."""
    equity = run.equity["equity"].to_numpy(dtype=np.float64)
    if not len(equity):
        return []
    at = pd.DatetimeIndex(pd.to_datetime(run.equity["at"], utc=True))
    below = drawdowns(equity, float(run.spec.cash))
    under = below > 1e-12
    edges = np.flatnonzero(np.diff(np.concatenate(([False], under, [False])).astype(np.int8)))
    found = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        trough = start + int(below[start:end].argmax())
        peak = at[max(0, start - 1)]
        recovered = at[end] if end < len(at) else None
        last = recovered if recovered is not None else at[-1]
        days = (last.normalize() - peak.normalize()).days
        found.append((float(below[trough]), peak, at[trough], recovered, days))
    found.sort(key=lambda fall: -fall[0])
    falls = []
    for depth, peak, low, recovered, days in found[:most]:
        news = _inside(run, peak, low)
        shown = tuple(news[:MOST_NEWS])
        falls.append(Fall(peak, low, recovered, depth, days, shown, len(news) - len(shown)))
    return falls


def _inside(run: RunResult, peak: pd.Timestamp, trough: pd.Timestamp) -> list[Inside]:
    rows = run.signals[run.signals["status"].isin(ACTED_ON)]
    moments = pd.to_datetime(rows["tradable_at"], utc=True)
    rows = rows[(moments > peak) & (moments <= trough)]
    stories: dict[str, Inside] = {}
    for row in rows.to_dict("records"):
        name, score = str(row["catalyst_id"]), float(row["score"])
        old = stories.get(name)
        symbols = as_text(row["symbol"]) if old is None else f"{old.symbols}, {as_text(row['symbol'])}"
        strongest = score if old is None or abs(score) > abs(old.score) else old.score
        day = f"{pd.Timestamp(row['tradable_at']):%Y-%m-%d}" if old is None else old.day
        stories[name] = Inside(day, symbols, as_text(row.get("headline", "")), strongest)
    return sorted(stories.values(), key=lambda story: (-abs(story.score), story.day))
