"""What the price charts and the timeline show: bars, news with what the price did, trades (pure)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from newsbt.plots.data import days_of
from newsbt.plots.news_data import IN_FORCE, most_traded, news_of
from newsbt.records import FloatArray
from newsbt.report.values import milliseconds, numbers, rounded
from newsbt.runs import RunResult

__all__ = ["TEN", "listings", "news_rows", "reaction", "symbols_of"]

#: Sessions of the longest reaction, the first one included.
TEN = 10
#: Stories told at one marker.
MOST_STORIES = 5
BAR = ("open", "high", "low", "close")
NO_BARS = pd.DataFrame(dict.fromkeys(BAR, pd.Series(dtype="float64")), index=pd.DatetimeIndex([]))


def symbols_of(run: RunResult) -> list[str]:
    """Listings by use: most traded first, then those with most news."""
    news = news_of(run)
    first = most_traded(run, news, limit=10_000)
    known = [*run.bars] or sorted({*run.trades["symbol"], *(name for name in news.symbol if name)})
    return [*first, *(symbol for symbol in known if symbol not in first)]


def listings(run: RunResult, symbols: list[str]) -> list[dict[str, Any]]:
    """Venue, currency, bars and volume of each of `symbols`; no bars where the prices are not at hand."""
    found = []
    for symbol in symbols:
        hong_kong = symbol.endswith(".HK")
        bars, closes = run.bars.get(symbol, NO_BARS), run.closes.get(symbol)
        found.append(
            {
                "symbol": symbol,
                "venue": "Hong Kong" if hong_kong else "New York",
                "currency": "HKD" if hong_kong else "USD",
                "t": milliseconds(bars.index if closes is None else closes),
                **{column: numbers(bars[column], 6) for column in BAR},
                **_volume(bars),
            }
        )
    return found


def _volume(bars: pd.DataFrame) -> dict[str, list[int]]:
    """Thousands of shares traded in each session; nothing where none is known."""
    if "volume" not in bars or not (bars["volume"] > 0.0).any():
        return {}
    return {"volume": [round(value / 1000.0) for value in bars["volume"].tolist()]}


def news_rows(run: RunResult, symbols: list[str], stories: dict[str, int]) -> dict[str, list[Any]]:
    """News in force at one session of one listing, as columns; a row has every story behind it.

    Parameters
    ----------
    run : RunResult
    symbols : list of str
        Listings by position.
    stories : dict of catalyst to int
        Position of each story in the page's list.

    Returns
    -------
    dict
        listing, t (first tradable moment), score, traded, gap, day, ten (see :func:`reaction`), level (price
        the marker stands at, None without prices), stories (positions, heaviest first).
    """
    news = news_of(run)
    place = {symbol: position for position, symbol in enumerate(symbols)}
    news = news.where(np.isin(news.symbol.astype(str), symbols))
    behind = _stories_behind(run, stories)
    rows: dict[str, list[Any]] = {
        "listing": [place[symbol] for symbol in news.symbol],
        "t": [round(day * 86_400_000) for day in news.at.tolist()],
        "score": numbers(news.score, 4),
        "traded": [int(value) for value in news.traded],
        "gap": [],
        "day": [],
        "ten": [],
        "level": [],
        "stories": [],
    }
    positions = {symbol: days_of(bars.index).astype(np.int64) for symbol, bars in run.bars.items()}
    for symbol, session, score in zip(news.symbol, news.session, news.score, strict=True):
        at = int(np.searchsorted(positions.get(symbol, np.empty(0)), session))
        known = symbol in run.bars and at < len(positions[symbol]) and positions[symbol][at] == session
        moves = reaction(run.bars[symbol], at) if known else (None, None, None)
        for name, move in zip(("gap", "day", "ten"), moves, strict=True):
            rows[name].append(rounded(move, 4))
        edge = "low" if score > 0 else "high"
        rows["level"].append(rounded(float(run.bars[symbol][edge].iloc[at])) if known else None)
        rows["stories"].append(behind.get((symbol, int(session)), [])[:MOST_STORIES])
    return rows


def reaction(bars: pd.DataFrame, at: int) -> tuple[float | None, float | None, float | None]:
    """What the price did around session `at`: to its open, in it, and from its open over ten sessions.

    Returns
    -------
    gap, day, ten : float or None
        Open / last close - 1; close / open - 1; close nine sessions later / open - 1. None where a bar is
        missing or its price is not above zero. Prices alone: no dividends, no fees.
    """
    opened, closed = (bars[name].to_numpy(dtype=np.float64) for name in ("open", "close"))
    return (
        _move(closed, at - 1, opened[at]),
        _move(opened, at, closed[at]),
        _move(opened, at, closed[at + TEN - 1]) if at + TEN - 1 < len(closed) else None,
    )


def _move(before: FloatArray, at: int, after: float) -> float | None:
    if at < 0 or not before[at] > 0.0 or not after > 0.0:
        return None
    return float(after / before[at] - 1.0)


def _stories_behind(run: RunResult, stories: dict[str, int]) -> dict[tuple[str, int], list[int]]:
    """Stories in force by listing and session, heaviest first."""
    rows = run.signals[run.signals["session"].notna() & run.signals["status"].isin(IN_FORCE)]
    found: dict[tuple[str, int], list[tuple[float, int]]] = {}
    for symbol, session, score, name in zip(
        rows["symbol"], days_of(rows["session"]), rows["score"], rows["catalyst_id"], strict=True
    ):
        found.setdefault((str(symbol), int(session)), []).append((-abs(float(score)), stories[str(name)]))
    return {key: [story for _, story in sorted(items)] for key, items in found.items()}
