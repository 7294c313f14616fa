"""What the charts over time show: equity, drawdown, exposure, rolling figures, distributions (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from newsbt.metrics.drawdown import drawdowns
from newsbt.plots.data import equity_data
from newsbt.plots.risk_data import (
    WINDOW,
    Bars,
    distribution_data,
    monthly_distribution_data,
    rolling_data,
)
from newsbt.report.values import milliseconds, numbers, rounded
from newsbt.runs import RunResult

__all__ = ["WINDOW", "distribution", "equity_series", "monthly_distribution", "rolling"]


def equity_series(run: RunResult) -> dict[str, Any]:
    """Equity, drawdown and exposure at every step, and the benchmark bought with the same capital.

    Returns
    -------
    dict
        t (milliseconds), equity and benchmark (base currency), below and benchmark_below (fractions, 0 or
        less), gross and net (fractions of equity), benchmark_t; benchmark parts are empty without one.
    """
    data = equity_data(run)
    below = -drawdowns(data.benchmark, data.initial) if len(data.benchmark) else np.empty(0)
    return {
        "t": milliseconds(run.equity["at"]),
        "equity": numbers(data.equity, 8),
        "below": numbers(data.drawdown, 5),
        "gross": numbers(run.equity["gross_exposure"], 4),
        "net": numbers(run.equity["net_exposure"], 4) if "net_exposure" in run.equity else [],
        "benchmark_t": [round(day * 86_400_000) for day in data.benchmark_at.tolist()],
        "benchmark": numbers(data.benchmark, 8),
        "benchmark_below": numbers(below, 5),
        "initial": rounded(data.initial, 10),
        "label": run.spec.strategy,
        "benchmark_label": str(run.spec.benchmark) if len(data.benchmark) else "",
    }


def rolling(run: RunResult, window: int = WINDOW) -> dict[str, Any] | None:
    """Columns of :func:`newsbt.plots.risk_data.rolling_data`; None for a run with fewer returns."""
    found = rolling_data(run, window)
    if found is None:
        return None
    return {
        "window": window,
        "t": milliseconds(found.dates),
        "sharpe": numbers(found.sharpe, 4),
        "volatility": numbers(found.volatility, 4),
        "beta": numbers(found.beta, 4),
    }


def distribution(run: RunResult) -> Mapping[str, Any] | None:
    """Bars of :func:`newsbt.plots.risk_data.distribution_data` with key figures; None where it has none."""
    return _bars(distribution_data(run), run.metrics.get("var_95"))


def monthly_distribution(run: RunResult) -> Mapping[str, Any] | None:
    """The same of :func:`newsbt.plots.risk_data.monthly_distribution_data`, without a value at risk."""
    return _bars(monthly_distribution_data(run), None)


def _bars(found: Bars | None, at_risk: float | int | None) -> Mapping[str, Any] | None:
    if found is None:
        return None
    values = found.returns
    return {
        "edges": numbers(found.edges, 6),
        "counts": found.counts.tolist(),
        "returns": len(values),
        "up": int((values > 0).sum()),
        "down": int((values < 0).sum()),
        "best": rounded(float(values.max())),
        "worst": rounded(float(values.min())),
        "at_risk": rounded(at_risk),
    }
