"""Out-of-sample runs, one after the other, as one account (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from newsbt.metrics.table import compute
from newsbt.runs import RunResult

__all__ = ["Stitched", "chain_benchmarks", "stitch"]

#: Columns of ``equity.csv`` that count from the start of a run.
PARTS: Final = ("pnl_price", "pnl_fx", "fees", "borrow", "dividends")


@dataclass(frozen=True)
class Stitched:
    """Several runs as one.

    Parameters
    ----------
    equity, fills, trades : DataFrame
        As of a run, with the number of the window in a first column ``fold``.
    metrics : mapping
        Of the whole, as :func:`newsbt.metrics.table.compute` gives them.
    benchmark : Series or None
        Over all windows; None if one of them has none.
    """

    equity: pd.DataFrame
    fills: pd.DataFrame
    trades: pd.DataFrame
    metrics: Mapping[str, float | int | None]
    benchmark: pd.Series[float] | None


def stitch(results: Sequence[RunResult], cash: float) -> Stitched:
    """Put the test windows of a walk-forward together.

    Parameters
    ----------
    results : sequence of RunResult
        At least one, in order of time; each one started flat, with the equity that the one before ended with.
    cash : float
        Capital at the start of the first.

    Returns
    -------
    Stitched
        Equity is the runs' own, step by step: the capital times the product of what the windows made.
        ``drawdown`` counts from the peak over all windows, and the sums of costs and profits from the first
        window's start.

    Notes
    -----
    Positions do not cross a border: what is open at a window's end is valued at its last close, as at the end
    of every run, and the next window starts with that money, flat. The cost of closing is not charged;
    ``open_trades`` counts the cases.
    """
    equity = _numbered([_raised(result.equity, before) for result, before in _with_sums(results)])
    peak = np.maximum.accumulate(np.concatenate([[cash], equity["equity"].to_numpy(dtype=np.float64)]))[1:]
    equity["drawdown"] = 1.0 - equity["equity"] / peak
    fills = _numbered([result.fills for result in results])
    trades = _numbered([result.trades for result in results])
    benchmark = chain_benchmarks([result.benchmark for result in results])
    return Stitched(equity, fills, trades, compute(equity, cash, fills, trades, benchmark), benchmark)


def chain_benchmarks(parts: Sequence[pd.Series[float] | None]) -> pd.Series[float] | None:
    """One index out of those of consecutive windows.

    Parameters
    ----------
    parts : sequence of Series or None
        Each starts with the last close before its window, which is the last one of the window before.

    Returns
    -------
    Series or None
        On the scale of the first; returns within every window are its own. None where one is missing, or
        where two do not meet.
    """
    chained: pd.Series[float] | None = None
    for part in parts:
        if part is None or not len(part):
            return None
        if chained is None:
            chained = part
            continue
        if part.index[0] != chained.index[-1]:
            return None
        chained = pd.concat([chained, part.iloc[1:] * (chained.iloc[-1] / part.iloc[0])])
    return chained


def _with_sums(results: Sequence[RunResult]) -> list[tuple[RunResult, dict[str, float]]]:
    """Each result with the sums at the end of the one before."""
    found, sums = [], dict.fromkeys(PARTS, 0.0)
    for result in results:
        found.append((result, sums))
        if len(result.equity):
            last = result.equity.iloc[-1]
            sums = {name: sums[name] + float(last[name]) for name in PARTS}
    return found


def _raised(equity: pd.DataFrame, sums: Mapping[str, float]) -> pd.DataFrame:
    return equity.assign(**{name: equity[name] + sums[name] for name in PARTS})


def _numbered(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One under the other, with the number of the window; columns have their types without rows too."""
    some = [frame.assign(fold=np.int64(number)) for number, frame in enumerate(frames, 1) if len(frame)]
    whole = pd.concat(some, ignore_index=True) if some else frames[0].assign(fold=np.int64(0))
    return whole[["fold", *(name for name in whole.columns if name != "fold")]]
