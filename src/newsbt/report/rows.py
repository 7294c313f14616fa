"""The tables of trades, signals and stories of a page, as columns (pure)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from newsbt.report.values import as_text, days_text, milliseconds, numbers
from newsbt.runs import RunResult

__all__ = ["signal_rows", "story_rows", "trade_rows"]


def story_rows(run: RunResult) -> tuple[dict[str, list[Any]], dict[str, int]]:
    """Every story of the run's audit once: id, headline, category, publication.

    Returns
    -------
    rows : dict
        id, headline, category, t (milliseconds; the page shows them on both clocks); equal lengths.
    place : dict
        Position of each id.
    """
    stories = run.signals.drop_duplicates("catalyst_id")
    ids = [str(name) for name in stories["catalyst_id"]]
    rows: dict[str, list[Any]] = {
        "id": [as_text(name) for name in ids],
        "headline": _texts(stories, "headline"),
        "category": _texts(stories, "category"),
        "t": milliseconds(stories["published_at"]),
    }
    return rows, {name: position for position, name in enumerate(ids)}


def trade_rows(run: RunResult, symbols: list[str], stories: dict[str, int]) -> dict[str, list[Any]]:
    """Every trade as columns; an open one has no end, and its figures are as of the last step."""
    frame = run.trades
    place = {symbol: position for position, symbol in enumerate(symbols)}
    fractions = {name: numbers(frame[name], 4) for name in ("return", "mae", "mfe") if name in frame}
    return {
        "listing": [place.get(symbol, -1) for symbol in frame["symbol"]],
        "long": [int(side == "long") for side in frame["side"]],
        "opened": milliseconds(frame["opened_at"]),
        "closed": milliseconds(frame["closed_at"]),
        "held": [int(value) for value in frame["sessions_held"]],
        "size": numbers(frame["size"], 12),
        "entry": numbers(frame["entry_price"], 6),
        "exit": numbers(frame["exit_price"], 6),
        "pnl": numbers(frame["pnl_base"], 8),
        "fees": numbers(frame["fees_base"], 6),
        "why": [as_text(reason) for reason in frame["exit_reason"]],
        "stories": [
            [stories[name] for name in str(text).split(";") if name in stories] if text else []
            for text in frame["catalyst_ids"].fillna("")
        ],
        **fractions,
    }


def signal_rows(run: RunResult, symbols: list[str], stories: dict[str, int]) -> dict[str, list[Any]]:
    """The audit: every story and listing with what became of it and why, as columns."""
    frame = run.signals
    place = {symbol: position for position, symbol in enumerate(symbols)}
    return {
        "story": [stories[str(name)] for name in frame["catalyst_id"]],
        "symbol": [as_text(symbol) for symbol in frame["symbol"]],
        "listing": [place.get(symbol, -1) for symbol in frame["symbol"].astype(object)],
        "session": days_text(frame["session"]),
        "t": milliseconds(frame["tradable_at"]),
        "score": numbers(frame["score"].astype(float), 4),
        "status": _texts(frame, "status"),
        "why": _texts(frame, "why"),
        "hindsight": [int(bool(value)) for value in frame["hindsight"]] if "hindsight" in frame else [],
    }


def _texts(frame: pd.DataFrame, name: str) -> list[str]:
    return [as_text(value) for value in frame[name]] if name in frame else [""] * len(frame)
