"""The numbers behind the pictures of news and trades."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
import runs_for_plots

from newsbt.plots.data import days_of
from newsbt.plots.news_data import counts, most_traded, news_of, price_data, timeline_data, trades_of


def with_signals(rows):
    """The empty run with an audit of (symbol, session, score, net score, status)."""
    run = runs_for_plots.empty()
    frame = pd.DataFrame(rows, columns=["symbol", "session", "score", "net_score", "status"])
    frame["tradable_at"] = pd.to_datetime(frame["session"], utc=True) + pd.Timedelta(hours=14.5)
    return dataclasses.replace(run, signals=frame)


DAY = dt.date(2024, 3, 4)


def test_news_of_one_session_are_taken_together():
    run = with_signals(
        [
            ("BABA", DAY, 0.7, 0.4, "traded"),
            ("BABA", DAY, -0.3, 0.4, "netted-out"),
            ("9988.HK", DAY, -0.6, np.nan, "not-traded"),
            ("9988.HK", DAY, -0.7, np.nan, "not-traded"),
        ]
    )
    news = news_of(run)
    assert news.symbol.tolist() == ["9988.HK", "BABA"]
    assert news.score.tolist() == [-1.0, 0.4]  # without a net, the clipped sum
    assert news.traded.tolist() == [False, True]
    assert news.at.tolist() == pytest.approx([19786 + 14.5 / 24] * 2)
    assert news.session.tolist() == [19786] * 2


def test_a_position_kept_for_longer_counts_as_traded():
    assert news_of(with_signals([("BABA", DAY, 0.5, 0.5, "renewed")])).traded.tolist() == [True]


@pytest.mark.parametrize(
    "status", ["no-score", "not-selected", "no-session", "out-of-period", "not-an-event"]
)
def test_news_not_in_force_is_not_shown(status):
    assert not len(news_of(with_signals([("BABA", DAY, 0.5, 0.5, status)])).at)


def test_cancelled_news_and_news_without_session_are_not_shown():
    rows = [("BABA", DAY, 0.5, 0.0, "not-traded"), ("BABA", None, 0.5, 0.5, "not-traded")]
    assert not len(news_of(with_signals(rows)).at)


def test_an_open_trade_lasts_to_the_last_price():
    run = runs_for_plots.usual()
    trips = run.trades.copy()
    trips.loc[trips.index[0], ["closed_at", "exit_price"]] = [pd.NaT, np.nan]
    symbol = trips["symbol"].iloc[0]
    early = run.bars[symbol].iloc[:-5]
    closes = {**run.closes, symbol: run.closes[symbol].iloc[:-5]}
    run = dataclasses.replace(run, trades=trips, bars={**run.bars, symbol: early}, closes=closes)
    trades = trades_of(run)
    assert not trades.ended[0]
    assert trades.closed[0] == days_of(run.equity["at"].iloc[-1:])[0]
    drawn = price_data(run, symbol, news_of(run), trades).trades
    assert drawn.closed[0] == drawn.closed.max() == days_of(closes[symbol].iloc[-1:])[0]
    assert drawn.exit[0] == early["close"].iloc[-1]


def test_markers_stand_at_the_low_under_good_and_the_high_over_bad_news(usual_run):
    data = price_data(usual_run, "BABA", news_of(usual_run), trades_of(usual_run))
    bars = usual_run.bars["BABA"].set_axis(days_of(usual_run.bars["BABA"].index))
    for session, score, level in zip(data.news.session, data.news.score, data.level, strict=True):
        assert level == bars.loc[session, "low" if score > 0 else "high"]
    assert set(data.news.symbol) == set(data.trades.symbol) == {"BABA"}
    assert data.currency == "USD"


def test_most_traded_listings():
    run = runs_for_plots.large()
    chosen = most_traded(run, news_of(run))
    trades = run.trades["symbol"].value_counts()
    assert len(chosen) == 4
    assert min(trades[symbol] for symbol in chosen) >= trades.drop(chosen).max()
    quiet = runs_for_plots.no_trades()
    assert set(most_traded(quiet, news_of(quiet))) == {"BABA", "9988.HK"}
    nothing = runs_for_plots.empty()
    assert most_traded(nothing, news_of(nothing)) == ["BABA"]
    without = dataclasses.replace(nothing, bars={}, closes={})
    assert most_traded(without, news_of(without)) == []


def test_timeline_groups_by_venue():
    run = runs_for_plots.large()
    data = timeline_data(run, news_of(run), trades_of(run))
    assert data.groups == (("New York", tuple(runs_for_plots.US)), ("Hong Kong", tuple(runs_for_plots.HK)))
    assert len(data.trades.symbol) == len(run.trades)


def test_counts_in_words(usual_run):
    news, trades = news_of(usual_run), trades_of(usual_run)
    assert counts(
        news, trades
    ) == f"{len(usual_run.trades)} trades, news at {len(news.at)} sessions, traded at " + (
        f"{int(news.traded.sum())} of them"
    )
    quiet = runs_for_plots.no_trades()
    assert counts(news_of(quiet), trades_of(quiet)).startswith("no trades, news at ")
    assert counts(news_of(quiet), trades_of(quiet)).endswith("traded at none of them")
    nothing = runs_for_plots.empty()
    assert counts(news_of(nothing), trades_of(nothing)) == "no trades, no news"
    first = np.arange(len(trades.symbol)) == 0
    assert counts(news.where(np.arange(len(news.at)) == 0), trades.where(first)).startswith(
        "1 trade, news at 1 session, "
    )


def test_data_does_not_change_the_run(usual_run):
    before = usual_run.signals.copy(deep=True), usual_run.trades.copy(deep=True)
    timeline_data(usual_run, news_of(usual_run), trades_of(usual_run))
    pd.testing.assert_frame_equal(usual_run.signals, before[0])
    pd.testing.assert_frame_equal(usual_run.trades, before[1])
