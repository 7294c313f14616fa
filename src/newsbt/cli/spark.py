"""A run's equity as one line of block characters, for a terminal (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.cli.render import BLOCKS
from newsbt.metrics.daily import daily_equity
from newsbt.records import FloatArray
from newsbt.runs import RunResult

__all__ = ["equity_lines", "spark"]

LABEL = "  Equity  "
#: No wider than this: the line is a glance, not a chart.
WIDEST = 56
#: Two dates do not fit below fewer columns.
NARROWEST = 22


def spark(values: FloatArray, columns: int) -> str:
    """`values` from left to right in at most `columns` characters, the lowest as ▁ and the highest as █.

    Each column shows the last value of its share, so that the end of the line is the end of the series. A
    series that does not move is a line in the middle; nan is left out.
    """
    known = values[np.isfinite(values)]
    if not len(known) or columns < 1:
        return ""
    if len(known) > columns:
        known = known[np.linspace(len(known) / columns, len(known), columns).round().astype(np.int64) - 1]
    low, span = known.min(), known.max() - known.min()
    if not span > 0.0:
        return BLOCKS[3] * len(known)
    steps = ((known - low) / span * (len(BLOCKS) - 1)).round().astype(np.int64)
    return "".join(BLOCKS[step] for step in steps)


def equity_lines(result: RunResult, width: int = 80) -> list[str]:
    """Equity from the initial capital on, its extremes beside it, the dates below; no lines without steps.

    Where there is no room for these it is the line alone.
    """
    if result.equity.empty:
        return []
    daily = daily_equity(result.equity)
    values = np.concatenate(([result.spec.cash], np.asarray(daily, dtype=np.float64)))
    known = values[np.isfinite(values)]
    high, low = f"{known.max():,.0f} highest", f"{known.min():,.0f} lowest"
    room = max(len(high), len(low))
    columns = width - len(LABEL) - 2 - room
    if columns < NARROWEST:
        return [f"{LABEL}{spark(values, width - len(LABEL))}"]
    bars = spark(values, min(WIDEST, columns))
    first, last = f"{daily.index[0]:%Y-%m-%d}", f"{daily.index[-1]:%Y-%m-%d}"
    dates = f"{first}{last:>{len(bars) - len(first)}}" if len(bars) >= NARROWEST else ""
    below = f"{' ' * len(LABEL)}{dates:<{len(bars)}}"
    return [f"{LABEL}{bars}  {high:>{room}}".rstrip(), f"{below}  {low:>{room}}".rstrip()]
