"""Everything on the page of a comparison: texts for its template, series for its charts (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from newsbt.comparison import Comparison
from newsbt.evidence.words import mean_words, paired_words
from newsbt.metrics.daily import daily_equity, daily_returns
from newsbt.metrics.drawdown import drawdowns
from newsbt.metrics.table import METRICS
from newsbt.records import ACTED_ON
from newsbt.report.page import Page
from newsbt.report.values import as_text, milliseconds, minus, numbers, rounded, unit_text
from newsbt.runs import RunResult

__all__ = ["HIGHER", "LOWER", "best_of", "compare_page", "returns_table", "stories_apart", "trades_apart"]

#: Metrics of which more is better, and less; the best of the others is not marked.
HIGHER = {"final_equity", "total_return", "cagr", "sharpe", "sortino", "calmar", "win_rate", "profit_factor"}
HIGHER |= {"avg_trade_return", "best_trade", "worst_trade", "alpha"}
LOWER = {"volatility", "max_drawdown", "max_drawdown_days", "var_95", "fees", "borrow", "turnover"}
#: Metrics of the table at the top.
SUMMARY = ("total_return", "cagr", "sharpe", "max_drawdown", "volatility", "trades")
#: Days and stories shown where the runs differ.
MOST_DAYS, MOST_STORIES = 12, 3


def compare_page(comparison: Comparison) -> Page:
    """The page of two to twenty runs."""
    runs, labels = comparison.runs, [as_text(label) for label in comparison.labels]
    returns = returns_table(runs)
    first, last = returns.index[0], returns.index[-1]
    title = ", ".join(labels) if len(labels) <= 3 else f"{len(labels)} runs"
    tests = [
        f"{paired_words(item.sharpe, item.per_year, item.first, item.second)}"
        f" {mean_words(item.mean, item.per_year, item.first, item.second)}"
        for item in comparison.evidence.contests
    ]
    if len(tests) > 1:
        tests.append(
            f"These are {len(tests)} tests: with no difference anywhere, one in twenty comes out rare by"
            " chance."
        )
    view = {
        "heading": title,
        "period": f"{first:%Y-%m-%d} to {last:%Y-%m-%d}",
        "base": runs[0].spec.base,
        "labels": labels,
        "notes": [as_text(note) for note in comparison.notes],
        "rows": _rows(comparison),
        "summary": _summary(comparison, labels),
        "tests": [*tests, *map(as_text, comparison.evidence.missing)],
        "correlation": _correlation(returns),
        "settings": [
            (as_text(name), [as_text(value) for value in comparison.differences.loc[name]])
            for name in comparison.differences.index
        ],
        "days": _days(runs, returns),
        "shared": _shared(runs),
        "trades": trades_apart(runs),
        "stories": stories_apart(runs),
    }
    data = {
        "base": runs[0].spec.base,
        "runs": [_curve(run, label) for run, label in zip(runs, labels, strict=True)],
    }
    return Page(f"{title}: {view['period']}", view, data)


def returns_table(runs: Sequence[RunResult]) -> pd.DataFrame:
    """Daily returns of each run, a column each by position; a date that a run lacks is no move of it."""
    series = [daily_returns(daily_equity(run.equity), _capital(run)) for run in runs]
    return pd.concat(series, axis=1, keys=range(len(runs))).fillna(0.0)


def best_of(key: str, values: Sequence[float | None]) -> set[int]:
    """Positions of the best of `values` of the metric `key`; none where all are equal or none is better."""
    known = [value for value in values if value is not None]
    if key not in HIGHER | LOWER or len(set(known)) < 2:
        return set()
    best = max(known) if key in HIGHER else min(known)
    return {place for place, value in enumerate(values) if value == best}


def _capital(run: RunResult) -> float:
    """Equity before the first step of the common period."""
    total = run.metrics.get("total_return")
    if total is None or not 1.0 + total > 0.0 or run.equity.empty:
        return float(run.spec.cash)
    return float(run.equity["equity"].iloc[-1]) / (1.0 + total)


def _curve(run: RunResult, label: str) -> dict[str, Any]:
    capital = _capital(run)
    equity = run.equity["equity"].to_numpy(dtype=np.float64)
    return {
        "label": label,
        "t": milliseconds(run.equity["at"]),
        "growth": numbers(equity / capital - 1.0, 6),
        "below": numbers(-drawdowns(equity, capital), 5),
        "risk": rounded(run.metrics.get("volatility")),
        "gain": rounded(run.metrics.get("cagr")),
        "sharpe": rounded(run.metrics.get("sharpe")),
    }


def _rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Each metric with its interval: label, unit, cells of (value, interval, best)."""
    spans = {
        (row["run"], row["metric"]): (row["low"], row["high"])
        for row in comparison.evidence.intervals.to_dict("records")
    }
    found = []
    for metric in METRICS:
        row: dict[Any, Any] = comparison.table.loc[metric.key].to_dict()
        values: list[float | None] = [row[label] for label in comparison.labels]
        best = best_of(metric.key, values)
        cells = []
        for place, (label, value) in enumerate(zip(comparison.labels, values, strict=True)):
            low, high = spans.get((label, metric.key), (np.nan, np.nan))
            known = np.isfinite(low) and np.isfinite(high)
            span = f"{minus(metric.formatter(low))} to {minus(metric.formatter(high))}" if known else ""
            cells.append((minus(metric.formatter(value)), span, place in best))
        found.append(
            {
                "label": metric.label,
                "unit": unit_text(metric.unit, comparison.runs[0].spec.base),
                "cells": cells,
            }
        )
    return found


def _summary(comparison: Comparison, labels: Sequence[str]) -> list[dict[str, Any]]:
    """A row a run: its key figures, the best of each marked, and its test against the first run."""
    rows: dict[str, dict[Any, Any]] = {key: comparison.table.loc[key].to_dict() for key in SUMMARY}
    table: dict[str, list[float | None]] = {
        key: [row[label] for label in comparison.labels] for key, row in rows.items()
    }
    best = {key: best_of(key, values) for key, values in table.items()}
    contests = {item.second: item for item in comparison.evidence.contests}
    formats = {metric.key: metric.formatter for metric in METRICS}
    found = []
    for place, (name, label) in enumerate(zip(comparison.labels, labels, strict=True)):
        item = contests.get(name)
        root = np.sqrt(item.per_year) if item else 1.0
        test = (
            (
                minus(f"{-item.sharpe.difference * root:+.2f}"),
                f"{minus(f'{-item.sharpe.high * root:.2f}')} to {minus(f'{-item.sharpe.low * root:.2f}')}"
                if np.isfinite(item.sharpe.low)
                else "none: too few days move",
                f"{item.sharpe.p_value:.3f}",
                f"{item.mean.p_value:.3f}",
            )
            if item
            else ("", "", "", "")
        )
        cells = [(minus(formats[key](table[key][place])), place in best[key]) for key in SUMMARY]
        found.append({"label": label, "cells": cells, "test": test})
    return found


def trades_apart(runs: Sequence[RunResult]) -> list[tuple[str, list[str]]]:
    """Trades whose profit differs most between the runs: what they are, and the profit in each run.

    A trade is known by its listing, its side and the UTC date it was opened on; empty where a run has none.
    """
    columns = []
    for run in runs:
        day = pd.to_datetime(run.trades["opened_at"], utc=True).dt.strftime("%Y-%m-%d")
        columns.append(run.trades["pnl_base"].groupby([run.trades["symbol"], run.trades["side"], day]).sum())
    table = pd.concat(columns, axis=1, keys=range(len(runs)))
    known = table.fillna(0.0)
    apart = (known.max(axis=1) - known.min(axis=1)).sort_values(ascending=False, kind="stable")
    worst = apart[apart > 1e-9].index[:MOST_DAYS]
    return [
        (
            f"{as_text(symbol)}, {side}, {day}",
            ["" if np.isnan(value) else minus(f"{value:+,.2f}") for value in profits],
        )
        for (symbol, side, day), profits in zip(worst, table.loc[worst].to_numpy(), strict=True)
    ]


def stories_apart(runs: Sequence[RunResult]) -> list[tuple[str, list[bool]]]:
    """Stories that some runs traded and others not, the strongest first: what they say, and which runs."""
    acted = [run.signals[run.signals["status"].isin(ACTED_ON)] for run in runs]
    sets = [set(frame["catalyst_id"]) for frame in acted]
    every = pd.concat(acted)
    if "score" in every:
        every = every.sort_values("score", key=abs, ascending=False, kind="stable")
    every = every.drop_duplicates("catalyst_id")
    some = every[~every["catalyst_id"].isin(set.intersection(*sets))].head(MOST_DAYS)
    return [
        (as_text(headline), [name in traded for traded in sets])
        for name, headline in zip(some["catalyst_id"], some["headline"], strict=True)
    ]


def _correlation(returns: pd.DataFrame) -> list[list[str]]:
    """Pearson correlation of daily returns as texts; n/a where a run does not move."""
    moving = returns.std(ddof=1) > 1e-14
    table = returns.loc[:, moving].corr().reindex(index=returns.columns, columns=returns.columns)
    return [
        ["n/a" if np.isnan(value) else minus(f"{value:.2f}") for value in row] for row in table.to_numpy()
    ]


def _days(runs: Sequence[RunResult], returns: pd.DataFrame) -> list[dict[str, Any]]:
    """The dates on which the runs were furthest apart, with the stories traded on each."""
    apart = returns.max(axis=1) - returns.min(axis=1)
    worst = apart[apart > 1e-12].nlargest(MOST_DAYS)
    traded = pd.concat([run.signals[run.signals["status"].isin(ACTED_ON)] for run in runs])
    traded = traded.drop_duplicates("catalyst_id")
    day = pd.DatetimeIndex(pd.to_datetime(traded["tradable_at"], utc=True)).normalize()
    return [
        {
            "day": f"{at:%Y-%m-%d}",
            "returns": [minus(f"{value * 100:+.2f}") for value in returns.loc[at]],
            "stories": [as_text(text) for text in traded.loc[day == at, "headline"][:MOST_STORIES]],
        }
        for at in worst.index
    ]


def _shared(runs: Sequence[RunResult]) -> list[tuple[str, ...]]:
    """For each run: trades and stories, how many of them the first run has too, how many no other has."""
    trades = [
        set(zip(run.trades["symbol"], run.trades["side"], run.trades["opened_at"], strict=True))
        for run in runs
    ]
    stories = [set(run.signals.loc[run.signals["status"].isin(ACTED_ON), "catalyst_id"]) for run in runs]
    rows = []
    for place in range(len(runs)):
        row: list[str] = []
        for sets in (trades, stories):
            others = set().union(*(sets[:place] + sets[place + 1 :]))
            row += [str(len(sets[place])), str(len(sets[place] & sets[0])), str(len(sets[place] - others))]
        rows.append(tuple(row))
    return rows
