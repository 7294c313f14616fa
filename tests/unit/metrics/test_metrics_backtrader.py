"""The metrics against Backtrader's analyzers on one small run, with equal settings."""

from __future__ import annotations

import datetime as dt
import math

import backtrader as bt
import numpy as np
import pandas as pd
import pytest

from newsbt.metrics import compute, daily_equity, daily_returns, periods_per_year

CASH = 10_000.0


class InAndOut(bt.Strategy):
    """Buys 50 on every seventh bar, sells three bars later; writes down what the account and trades were."""

    def __init__(self):
        self.steps, self.done = [], []

    def next(self):
        if len(self) % 7 == 2:
            self.buy(size=50)
        elif len(self) % 7 == 5:
            self.close()
        moment = self.data.datetime.datetime(0).replace(tzinfo=dt.UTC)
        self.steps.append((moment, self.broker.getvalue(), self.position.size))

    def notify_trade(self, trade):
        if trade.isclosed:
            self.done.append((trade.pnlcomm, trade.barlen))


@pytest.fixture(scope="module")
def ran():
    rng = np.random.default_rng(11)
    index = pd.bdate_range("2023-01-02", periods=400) + pd.Timedelta(hours=21)
    close = 100 * np.cumprod(1 + rng.normal(0.0004, 0.02, len(index)))
    opened = close * (1 + rng.normal(0, 0.003, len(index)))
    bars = pd.DataFrame({"open": opened, "close": close, "volume": 1000.0}, index=index.as_unit("ns"))
    bars["high"], bars["low"] = np.maximum(opened, close), np.minimum(opened, close)
    stamps = pd.DatetimeIndex(index).tz_localize("UTC")
    per_year = periods_per_year(stamps.normalize())
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.adddata(bt.feeds.PandasData(dataname=bars))
    cerebro.broker.setcash(CASH)
    cerebro.broker.setcommission(commission=0.001)
    cerebro.addstrategy(InAndOut)
    cerebro.addanalyzer(bt.analyzers.TimeReturn, timeframe=bt.TimeFrame.Days, _name="returns")
    cerebro.addanalyzer(bt.analyzers.DrawDown, _name="drawdown")
    cerebro.addanalyzer(bt.analyzers.TradeAnalyzer, _name="trades")
    cerebro.addanalyzer(bt.analyzers.Returns, timeframe=bt.TimeFrame.Days, tann=per_year, _name="growth")
    settings = {"timeframe": bt.TimeFrame.Days, "factor": per_year, "riskfreerate": 0.02, "annualize": True}
    cerebro.addanalyzer(bt.analyzers.SharpeRatio, stddev_sample=True, _name="sharpe", **settings)
    cerebro.addanalyzer(bt.analyzers.SharpeRatio, _name="population", **settings)
    cerebro.addanalyzer(bt.analyzers.SharpeRatio, _name="default")
    return cerebro.run()[0]


@pytest.fixture(scope="module")
def ours(ran):
    at, value, size = zip(*ran.steps, strict=True)
    equity = pd.DataFrame(
        {
            "at": pd.DatetimeIndex(pd.to_datetime(list(at), utc=True)).as_unit("ns"),
            "equity": value,
            "gross_exposure": size,
        }
    )
    pnl, bars = np.array(ran.done).T
    trades = pd.DataFrame({"pnl_base": pnl, "sessions_held": bars, "return": pnl / CASH})
    trades["closed_at"] = equity["at"].iloc[-1]
    trades["borrow_base"] = trades["dividends_base"] = 0.0
    fills = pd.DataFrame({"value_base": [], "fees_base": []}, dtype=float)
    return equity, trades, compute(equity, CASH, fills, trades, risk_free=0.02)


def test_daily_returns_are_those_of_timereturn(ran, ours):
    theirs = ran.analyzers.returns.get_analysis()
    found = daily_returns(daily_equity(ours[0]), CASH)
    assert [day.date() for day in theirs] == [day.date() for day in found.index]
    assert list(theirs.values()) == pytest.approx(found.tolist(), abs=1e-12)


def test_sharpe_with_equal_settings(ran, ours):
    assert ours[2]["sharpe"] == pytest.approx(ran.analyzers.sharpe.get_analysis()["sharperatio"], rel=1e-9)


def test_growth_is_their_compounded_log_return(ran, ours):
    # rnorm = exp(tann * mean log return) - 1: the same growth once tann is our number of dates a year.
    theirs = ran.analyzers.growth.get_analysis()
    assert ours[2]["total_return"] == pytest.approx(math.expm1(theirs["rtot"]), rel=1e-9)
    assert ours[2]["cagr"] == pytest.approx(theirs["rnorm"], rel=1e-9)


def test_deepest_drawdown(ran, ours):
    # Nothing is held in the first step, so that the peak they start at is the initial capital.
    assert ours[0]["equity"].iloc[0] == CASH
    assert ours[2]["max_drawdown"] == pytest.approx(ran.analyzers.drawdown.get_analysis().max.drawdown / 100)


def test_trades_against_tradeanalyzer(ran, ours):
    theirs = ran.analyzers.trades.get_analysis()
    found = ours[2]
    assert found["trades"] == theirs.total.closed
    assert found["win_rate"] == pytest.approx(theirs.won.total / theirs.total.closed)
    assert found["profit_factor"] == pytest.approx(theirs.won.pnl.total / -theirs.lost.pnl.total)
    assert found["avg_sessions_held"] == pytest.approx(theirs.len.average)


def test_their_population_deviation_makes_the_sharpe_larger(ran, ours):
    # Root of n / (n - 1), by which the sample deviation is the larger one.
    n = ours[2]["days"]
    theirs = ran.analyzers.population.get_analysis()["sharperatio"]
    assert theirs / ours[2]["sharpe"] == pytest.approx(math.sqrt(n / (n - 1)), rel=1e-9)


def test_their_default_sharpe_is_of_yearly_returns(ran, ours):
    # Two years make two returns; nothing is annualised, 1 % a year is taken off.
    yearly = daily_equity(ours[0]).resample("YE").last().to_numpy()
    rates = yearly / np.concatenate(([CASH], yearly[:-1])) - 1 - 0.01
    assert ran.analyzers.default.get_analysis()["sharperatio"] == pytest.approx(rates.mean() / rates.std())
