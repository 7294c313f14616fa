"""The committed run worked out again from raw prices, with arithmetic of its own and nothing of newsbt."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
RUN, PRICES = ROOT / "results" / "reference", ROOT / "data" / "prices" / "sample"
CASH, COMMISSION, SLIPPAGE, STOP, WEIGHT = 1e6, 0.001, 0.0005, 0.08, 0.1
#: Yearly borrow rates and board lots as data/shorting.toml and data/universe.toml have them.
BORROW = {"HKD": 0.005, "USD": 0.003}
LOTS = {"9988.HK": 100, "0700.HK": 100, "3690.HK": 100, "9618.HK": 50, "9888.HK": 50}
DEPOSITARY = 0.02


def zone(symbol):
    return ZoneInfo("Asia/Hong_Kong" if symbol.endswith(".HK") else "America/New_York")


def currency(symbol):
    return "HKD" if symbol.endswith(".HK") else "USD"


@pytest.fixture(scope="module")
def frames():
    def read(name, **how):
        return pd.read_csv(RUN / f"{name}.csv", dtype={"catalyst_ids": str}, **how)

    fills = read("fills", parse_dates=["at", "session"])
    trades = read("trades", parse_dates=["opened_at", "closed_at"]).rename(columns={"return": "earned"})
    equity, signals = read("equity", parse_dates=["at"]), read("signals")
    return fills, trades, equity, signals


@pytest.fixture(scope="module")
def bars():
    files = {path.stem: path for path in PRICES.glob("*.csv")}
    series = {
        name: pd.read_csv(path, parse_dates=["date"], index_col="date")
        for name, path in files.items()
        if name not in ("DIVIDENDS", "USDHKD")
    }
    fixings = pd.read_csv(files["USDHKD"], parse_dates=["date"], index_col="date")["close"]
    fixings = fixings.reindex(pd.date_range(fixings.index[0], fixings.index[-1])).ffill().to_dict()
    paid = pd.read_csv(files["DIVIDENDS"], parse_dates=["ex_date"])
    return series, fixings, paid


def rate(fixings, unit, day):
    """US dollars for one unit of money on `day`: by the last fixing at or before it."""
    return 1.0 if unit == "USD" else 1.0 / fixings[day]


def step_of(symbol, price):
    """Price step of a venue before August 2025."""
    if not symbol.endswith(".HK"):
        return 0.01
    return next(
        step
        for limit, step in ((10, 0.01), (20, 0.02), (100, 0.05), (200, 0.1), (500, 0.2))
        if price <= limit
    )


def test_every_fill_is_at_the_open_or_at_its_stop_and_costs_what_it_should(frames, bars):
    fills, series, held = frames[0], bars[0], {}
    assert set(fills["reason"]) == {"signal", "reversal", "time", "stop"}
    for fill in fills.itertuples():
        bar, sign = series[fill.symbol].loc[fill.session], 1 if fill.side == "buy" else -1
        local = fill.at.tz_convert(zone(fill.symbol))
        assert local.date() == fill.session.date()
        assert fill.fx == pytest.approx(rate(bars[1], currency(fill.symbol), fill.session), rel=1e-12)
        assert fill.value_base == pytest.approx(fill.size * fill.price * fill.fx, rel=1e-12)
        assert fill.fees_base == pytest.approx(fill.value_base * COMMISSION, rel=1e-12)
        assert fill.size % LOTS.get(fill.symbol, 1) == 0
        shares, entry = held.get(fill.symbol, (0, 0.0))
        if fill.reason == "stop":
            level = entry * (1 - STOP if shares > 0 else 1 + STOP)
            step = step_of(fill.symbol, level)
            level = (math.ceil(level / step - 1e-9) if shares > 0 else math.floor(level / step + 1e-9)) * step
            at = min(bar.open, level) if shares > 0 else max(bar.open, level)
            assert (bar.low <= level) if shares > 0 else (bar.high >= level)
        else:
            assert local.time() == dt.time(9, 30)
            at = bar.open
        assert fill.price == pytest.approx(at * (1 + sign * SLIPPAGE), rel=1e-9)
        now = shares + sign * fill.size
        assert shares * now <= 0, "this run never adds to a position"
        held[fill.symbol] = (now, fill.price)


def test_every_entry_follows_its_story_and_is_sized_by_what_was_known(frames, bars):
    fills, _, equity, signals = frames
    series, fixings, _ = bars
    shares, checked = {}, 0
    for fill in fills.itertuples():
        shares[fill.symbol] = shares.get(fill.symbol, 0) + (fill.size if fill.side == "buy" else -fill.size)
        if fill.reason not in ("signal", "reversal"):
            continue
        behind = signals[
            (signals["symbol"] == fill.symbol) & (signals["session"] == f"{fill.session:%Y-%m-%d}")
        ]
        assert (pd.to_datetime(behind["known_at"]) <= fill.at).all()
        score = behind["net_score"].dropna().iloc[0]
        before = equity.loc[equity["at"] < fill.at, "equity"].iloc[-1]
        closes = series[fill.symbol]["close"]
        day = closes.index[closes.index < fill.session][-1]
        lot = LOTS.get(fill.symbol, 1)
        value = closes[day] * rate(fixings, currency(fill.symbol), day)
        assert shares[fill.symbol] == math.copysign(abs(score) * WEIGHT * before / value // lot * lot, score)
        checked += 1
    assert checked > 100


def carried(symbol, size, days, bars):
    """Dividends and borrow of `size` shares held into each of `days`, US dollars."""
    series, fixings, paid = bars
    closes, unit, dividends, borrow = series[symbol]["close"], currency(symbol), 0.0, 0.0
    for day in days:
        for row in paid.itertuples():
            if (row.symbol, row.ex_date) != (symbol, day):
                continue
            kept = DEPOSITARY if unit == "USD" and size > 0 else 0.0
            dividends += size * (row.amount - kept) * rate(fixings, row.currency, day)
        if size < 0:
            before = closes.index[closes.index.get_loc(day) - 1]
            value = -size * closes[before] * rate(fixings, unit, before)
            borrow += value * BORROW[unit] * (day - before).days / 360
    return dividends, borrow


def test_every_trade_earns_the_difference_of_its_fills_less_what_it_cost(frames, bars):
    fills, trades = frames[:2]
    reversed_ = fills.set_index(["symbol", "at"])
    closed_ones = trades[trades["closed_at"].notna()]
    assert len(closed_ones) > 100 and set(closed_ones["side"]) == {"long", "short"}
    assert (closed_ones["borrow_base"] > 0).any() and (closed_ones["dividends_base"] != 0).any()
    for trade in closed_ones.itertuples():
        sign = 1 if trade.side == "long" else -1
        opened, closed = (reversed_.loc[(trade.symbol, at)] for at in (trade.opened_at, trade.closed_at))
        days = bars[0][trade.symbol].index
        days = days[(days > opened["session"]) & (days <= closed["session"])]
        worth = [trade.size * fill["price"] * fill["fx"] for fill in (opened, closed)]
        dividends, borrow = carried(trade.symbol, sign * trade.size, days, bars)
        fees = COMMISSION * sum(worth)
        pnl = sign * (worth[1] - worth[0]) - fees - borrow + dividends
        assert trade.sessions_held == len(days)
        assert trade.fees_base == pytest.approx(fees, rel=1e-9)
        assert trade.borrow_base == pytest.approx(borrow, rel=1e-9)
        assert trade.dividends_base == pytest.approx(dividends, rel=1e-9)
        assert trade.pnl_base == pytest.approx(pnl, rel=1e-9)
        assert trade.earned == pytest.approx(pnl / worth[0], rel=1e-9)


def test_equity_and_its_metrics_follow_from_fills_and_closes(frames, bars):
    fills, _, equity, _ = frames
    series, fixings, _ = bars
    cash, shares, marks, done, path = CASH, {}, {}, set(), []
    pending = list(fills.sort_values("at", kind="stable").itertuples())
    listings = json.loads((RUN / "run.json").read_text(encoding="utf-8"))["listings"]
    for step in equity.itertuples():
        overnight = dict(shares)
        while pending and pending[0].at <= step.at:
            fill = pending.pop(0)
            size = fill.size if fill.side == "buy" else -fill.size
            shares[fill.symbol] = shares.get(fill.symbol, 0) + size
            cash -= size * fill.price * fill.fx + fill.fees_base
        for symbol in listings:
            local = step.at.tz_convert(zone(symbol))
            day = pd.Timestamp(local.date())
            closing = {dt.time(16), dt.time(12) if symbol.endswith(".HK") else dt.time(13)}
            if day not in series[symbol].index or local.time() not in closing or (symbol, day) in done:
                continue
            done.add((symbol, day))
            if overnight.get(symbol):
                dividends, borrow = carried(symbol, overnight[symbol], [day], bars)
                cash += dividends - borrow
            marks[symbol] = series[symbol]["close"][day] * rate(fixings, currency(symbol), day)
        path.append(cash + sum(size * marks[symbol] for symbol, size in shares.items() if size))
        assert step.equity == pytest.approx(path[-1], rel=1e-11), step.at
    found = json.loads((RUN / "metrics.json").read_text(encoding="utf-8"))
    dates = pd.Series(path, index=equity["at"].dt.date)
    daily = dates.groupby(level=0).last()
    returns = pd.concat([pd.Series([CASH]), daily]).pct_change().iloc[1:].to_numpy()
    years = ((daily.index[-1] - daily.index[0]).days + 1) / 365.25
    per_year = math.sqrt(len(daily) / years)
    peak = np.maximum.accumulate([CASH, *path])[1:]
    expected = {
        "final_equity": path[-1],
        "cagr": (path[-1] / CASH) ** (1 / years) - 1,
        "volatility": returns.std(ddof=1) * per_year,
        "sharpe": returns.mean() / returns.std(ddof=1) * per_year,
        "sortino": returns.mean() / math.sqrt((np.minimum(returns, 0) ** 2).mean()) * per_year,
        "max_drawdown": max(1 - np.array(path) / peak),
        "var_95": -np.quantile(returns, 0.05),
        "turnover": fills["value_base"].sum() / daily.mean() / years,
        "fees": COMMISSION * fills["value_base"].sum(),
    }
    assert {key: found[key] for key in expected} == pytest.approx(expected, rel=1e-9)
