"""Every metric has its formula in docs/metrics.md, in the order of the table, and they hold for a run."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from newsbt.metrics import METRICS, compute

PAGE = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")


def test_every_metric_has_a_formula():
    section = PAGE.split("## In symbols")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", section, flags=re.M)
    assert [key for key, _ in rows] == [metric.key for metric in METRICS]


def test_the_formulas_as_they_stand_there():
    """Each formula once more, written from the page with nothing but arithmetic."""
    capital, equity = 100.0, [104.0, 101.0, 99.0, 108.0, 105.0]
    at = pd.to_datetime(["2025-02-10", "2025-02-11", "2025-02-12", "2025-02-13", "2025-02-14"], utc=True)
    steps = pd.DataFrame({"at": (at + pd.Timedelta("21h")).as_unit("ns"), "equity": equity})
    steps["gross_exposure"] = [0.0, 0.5, 0.5, 0.5, 0.0]
    fills = pd.DataFrame({"value_base": [50.0, 52.0], "fees_base": [0.1, 0.2]})
    closed = pd.to_datetime(["2025-02-13T21:00", "2025-02-14T21:00", None], utc=True)
    trades = pd.DataFrame(
        {
            "closed_at": closed,
            "pnl_base": [6.0, -2.0, 1.0],
            "return": [0.06, -0.02, 0.01],
            "sessions_held": [3, 4, 1],
            "borrow_base": [0.0, 0.3, 0.1],
            "dividends_base": [0.5, -0.2, 0.0],
        }
    )
    index = [50.0, 51.0, 50.0, 49.0, 52.0, 53.0]
    days = pd.to_datetime(["2025-02-07", *at.strftime("%Y-%m-%d")], utc=True) + pd.Timedelta("21h")
    found = compute(steps, capital, fills, trades, pd.Series(index, index=days.as_unit("ns")))
    r = [b / a - 1 for a, b in zip([capital, *equity], equity, strict=False)]
    b = [y / x - 1 for x, y in itertools.pairwise(index)]
    n, years = 5, 5 / 365.25
    mean, bm = sum(r) / n, sum(b) / n
    spread = math.sqrt(sum((x - mean) ** 2 for x in r) / (n - 1))
    whole = math.sqrt(sum((x - mean) ** 2 for x in r) / n)
    a = n / years
    peaks = np.maximum.accumulate([capital, *equity])[1:]
    beta = sum((x - mean) * (y - bm) for x, y in zip(r, b, strict=True)) / sum((y - bm) ** 2 for y in b)
    both = math.sqrt(sum((x - mean) ** 2 for x in r) * sum((y - bm) ** 2 for y in b))
    expected = {
        "final_equity": 105,
        "total_return": 0.05,
        "cagr": 1.05 ** (1 / years) - 1,
        "volatility": spread * math.sqrt(a),
        "sharpe": mean / spread * math.sqrt(a),
        "sortino": mean / math.sqrt(sum(min(x, 0) ** 2 for x in r) / n) * math.sqrt(a),
        "max_drawdown": max((p - e) / p for p, e in zip(peaks, equity, strict=True)),
        "max_drawdown_days": 3,
        "calmar": (1.05 ** (1 / years) - 1) / (5 / 104),
        "skew": sum((x - mean) ** 3 for x in r) / n / whole**3,
        "kurtosis": sum((x - mean) ** 4 for x in r) / n / whole**4 - 3,
        "var_95": None,
        "trades": 2,
        "open_trades": 1,
        "win_rate": 0.5,
        "profit_factor": 3,
        "avg_trade_return": 0.02,
        "best_trade": 0.06,
        "worst_trade": -0.02,
        "avg_sessions_held": 3.5,
        "exposure": 0.6,
        "turnover": 102 / (sum(equity) / n) / years,
        "fees": 0.3,
        "borrow": 0.4,
        "dividends": 0.3,
        "benchmark_return": 0.06,
        "alpha": (1 + sum(x - beta * y for x, y in zip(r, b, strict=True)) / n) ** a - 1,
        "beta": beta,
        "correlation": sum((x - mean) * (y - bm) for x, y in zip(r, b, strict=True)) / both,
        "days": 5,
        "dates_per_year": a,
    }
    assert list(expected) == list(found)
    for key, value in expected.items():
        assert found[key] == (value if value is None else pytest.approx(value)), key
