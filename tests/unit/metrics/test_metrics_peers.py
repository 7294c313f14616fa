"""The metrics against empyrical-reloaded and SciPy, given our number of dates a year."""

from __future__ import annotations

import empyrical
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from newsbt.metrics import compute, daily_equity, daily_returns, periods_per_year


@pytest.fixture(params=[1, 2, 3])
def world(request, frames):
    """Three years of New York and Hong Kong steps with fat tails, and a benchmark that closes in New York."""
    rng = np.random.default_rng(request.param)
    days = pd.bdate_range("2021-01-04", "2023-12-29", tz="UTC")
    steps = days.append(days + pd.Timedelta(hours=8)).sort_values() + pd.Timedelta(hours=8)
    equity = 1e6 * np.cumprod(1 + rng.standard_t(4, len(steps)) * 0.006 + 0.0003)
    market = np.cumprod(1 + rng.standard_t(4, len(days) + 1) * 0.01)
    closes = pd.Series(market, index=days.insert(0, days[0] - pd.Timedelta(days=3)) + pd.Timedelta(hours=20))
    return frames.equity(steps, equity), closes


def test_against_empyrical(world, frames):
    equity, closes = world
    rate = 0.03
    found = compute(equity, 1e6, frames.fills(), frames.trades(), closes, risk_free=rate)
    daily = daily_equity(equity)
    returns = daily_returns(daily, 1e6)
    per_year = periods_per_year(daily.index)
    free = (1 + rate) ** (1 / per_year) - 1
    market = pd.Series(closes.pct_change().to_numpy()[1:], index=returns.index)
    steps = pd.Series(equity["equity"].to_numpy()).pct_change()
    steps[0] = equity["equity"][0] / 1e6 - 1
    theirs = {
        "total_return": empyrical.cum_returns_final(returns),
        "cagr": empyrical.annual_return(returns, annualization=per_year),
        "volatility": empyrical.annual_volatility(returns, annualization=per_year),
        "sharpe": empyrical.sharpe_ratio(returns, free, annualization=per_year),
        "sortino": empyrical.sortino_ratio(returns, free, annualization=per_year),
        "max_drawdown": -empyrical.max_drawdown(steps),
        "var_95": -empyrical.value_at_risk(returns),
        "benchmark_return": empyrical.cum_returns_final(market),
        "alpha": empyrical.alpha(returns, market, free, annualization=per_year),
        "beta": empyrical.beta(returns, market, free),
        "correlation": np.corrcoef(returns, market)[0, 1],
        "skew": stats.skew(returns),
        "kurtosis": stats.kurtosis(returns),
    }
    theirs["calmar"] = theirs["cagr"] / theirs["max_drawdown"]
    assert {key: found[key] for key in theirs} == pytest.approx(theirs, rel=1e-9)


def test_where_empyrical_differs(world, frames):
    """Its 252 days a year, and a drawdown that sees the ends of days only."""
    equity, _ = world
    found = compute(equity, 1e6, frames.fills(), frames.trades())
    returns = daily_returns(daily_equity(equity), 1e6)
    ratio = found["sharpe"] / empyrical.sharpe_ratio(returns)
    assert ratio == pytest.approx(np.sqrt(found["dates_per_year"] / 252))
    assert found["max_drawdown"] >= -empyrical.max_drawdown(returns)
