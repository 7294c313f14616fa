"""Laws that the metrics keep on any run."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newsbt.metrics import compute, drawdown, returns, trades

PER_YEAR = 252.0
#: Moves on a grid of 0.01 %, so that a deviation is either zero or well above rounding.
moves = st.integers(3, 60).flatmap(
    lambda n: arrays(np.int64, n, elements=st.integers(-4000, 4000)).map(lambda grid: grid / 10_000)
)
money = st.floats(1.0, 1e9)


def close(a: float | None, b: float | None, tolerance: float = 1e-6) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))


@given(moves, money, st.floats(1e-3, 1e3))
def test_the_size_of_the_account_changes_no_ratio(move, cash, factor):
    def figures(start: float):
        at = pd.bdate_range("2024-01-01", periods=len(move), tz="UTC")
        equity = pd.DataFrame({"at": at, "equity": start * np.cumprod(1 + move), "gross_exposure": 0.5})
        fills = pd.DataFrame({"value_base": [start / 2], "fees_base": [start / 1000]})
        closed = pd.DataFrame({"closed_at": at[:1], "pnl_base": [start / 10], "return": [0.1]})
        closed = closed.assign(sessions_held=3.0, borrow_base=0.0, dividends_base=0.0)
        benchmark = pd.Series(50 + np.arange(len(at)) % 5, index=at, dtype=float)
        return compute(equity, start, fills, closed, benchmark)

    one, other = figures(cash), figures(cash * factor)
    scaled = {"final_equity", "fees"}
    assert all(close(one[key], other[key]) for key in one.keys() - scaled)
    assert all(close(one[key] * factor, other[key]) for key in scaled)


@given(moves, st.floats(-0.01, 0.01))
def test_a_constant_added_to_each_return_shifts_the_sharpe_and_nothing_else(move, added):
    before, after = returns.volatility(move, PER_YEAR), returns.volatility(move + added, PER_YEAR)
    assert close(before, after)
    if before:
        shift = added * PER_YEAR / before
        assert close(returns.sharpe(move + added, PER_YEAR), returns.sharpe(move, PER_YEAR) + shift)
        assert close(returns.skew(move), returns.skew(move + added))
        # Taking the same constant off as the risk-free rate undoes it.
        rate = (1 + added) ** PER_YEAR - 1
        assert close(returns.sharpe(move + added, PER_YEAR, rate), returns.sharpe(move, PER_YEAR), 1e-5)


@given(moves)
def test_changing_sides_turns_sharpe_and_skew_round(move):
    assert close(returns.volatility(move, PER_YEAR), returns.volatility(-move, PER_YEAR))
    sharpe, skew = returns.sharpe(move, PER_YEAR), returns.skew(move)
    assert close(returns.sharpe(-move, PER_YEAR), None if sharpe is None else -sharpe)
    assert close(returns.skew(-move), None if skew is None else -skew)


@given(moves, money)
def test_drawdown_is_a_fraction_and_grows_with_the_run(move, cash):
    equity = cash * np.cumprod(1 + move)
    below = drawdown.drawdowns(equity, cash)
    assert ((below >= 0) & (below <= 1)).all()
    deepest = drawdown.max_drawdown(equity, cash)
    assert deepest >= drawdown.max_drawdown(equity[:-1], cash)
    assert deepest >= 1 - equity[-1] / max(cash, equity.max()) - 1e-12


@given(moves, money)
def test_longest_drawdown_against_a_walk_through_the_days(move, cash):
    at = pd.bdate_range("2024-01-01", periods=len(move), tz="UTC")
    equity = cash * np.cumprod(1 + move)
    longest, peak, since, under = 0, cash, at[0], False
    for moment, value in zip(at, equity, strict=True):
        if under or value < peak:
            longest = max(longest, (moment - since).days)
        under = value < peak
        if not under:
            peak, since = value, moment
    assert drawdown.max_drawdown_days(at, equity, cash) == longest


@given(st.lists(st.integers(-10_000, 10_000), max_size=30), st.randoms())
def test_the_order_of_trades_changes_nothing(grid, random):
    shuffled = list(grid)
    random.shuffle(shuffled)
    one, other = np.array(grid, dtype=float), np.array(shuffled, dtype=float)
    for metric in (trades.win_rate, trades.profit_factor, trades.mean):
        assert close(metric(one), metric(other))
    assert trades.extreme(one, largest=True) == trades.extreme(other, largest=True)
    assert close(trades.win_rate(one * 7), trades.win_rate(one))
    if trades.profit_factor(one):
        assert close(trades.profit_factor(-one), 1 / trades.profit_factor(one))


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=40))
def test_exposure_counts_dates_not_steps(rows):
    dates, held = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    share = trades.exposure(dates, held)
    assert 0 <= share <= 1
    assert trades.exposure(np.repeat(dates, 2), np.repeat(held, 2)) == share
    assert trades.exposure(dates, np.ones(len(dates), dtype=bool)) == 1
