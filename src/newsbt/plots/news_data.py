"""What the pictures of news and trades show, as plain numbers (pure).

Moments are days since 1970-01-01 UTC as floats, the unit of a date axis.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newsbt.plots.data import days_of
from newsbt.records import ACTED_ON, REACHED_ENGINE, BoolArray, FloatArray, IntArray
from newsbt.runs import RunResult

__all__ = [
    "IN_FORCE",
    "News",
    "PriceData",
    "TimelineData",
    "Trades",
    "counts",
    "most_traded",
    "news_of",
    "price_data",
    "timeline_data",
    "trades_of",
]

#: What became of news that was in force at a session of the run; ``traded`` among them.
IN_FORCE = (*REACHED_ENGINE, "netted-out")


class News(NamedTuple):
    """News in force at one session of one listing, all of that session taken together; shape (n,).

    Parameters
    ----------
    symbol : array of str
        Listing.
    session : array of int64
        Days since 1970-01-01.
    at : array of float64
        First tradable moment.
    score : array of float64
        Net score in [-1, 1], never 0.
    traded : array of bool
        Whether any of it was traded.
    """

    symbol: NDArray[np.object_]
    session: IntArray
    at: FloatArray
    score: FloatArray
    traded: BoolArray

    def where(self, chosen: BoolArray) -> News:
        """The chosen ones."""
        return News(*(column[chosen] for column in self))  # type: ignore[arg-type]


class Trades(NamedTuple):
    """Trades of one listing or of several; shape (n,).

    Parameters
    ----------
    symbol : array of str
        Listing.
    long : array of bool
        False for a short.
    opened, closed : array of float64
        Moments; an open trade lasts to the end of the run.
    entry, exit : array of float64
        Local prices; an open trade has the last close.
    ended : array of bool
        False for an open trade.
    """

    symbol: NDArray[np.object_]
    long: BoolArray
    opened: FloatArray
    closed: FloatArray
    entry: FloatArray
    exit: FloatArray
    ended: BoolArray

    def where(self, chosen: BoolArray) -> Trades:
        """The chosen ones."""
        return Trades(*(column[chosen] for column in self))  # type: ignore[arg-type]


class PriceData(NamedTuple):
    """Price of one listing with its news and trades.

    Parameters
    ----------
    symbol, currency : str
        Listing.
    at, close : array, shape (n,)
        Closes in local currency.
    volume : array, shape (n,)
        Shares traded; zeros where that is not known.
    news : News
        Of this listing.
    level : array, shape (len(news.at),)
        Price the marker stands at: the session's low under good news, its high over bad news.
    trades : Trades
        Of this listing.
    """

    symbol: str
    currency: str
    at: FloatArray
    close: FloatArray
    volume: FloatArray
    news: News
    level: FloatArray
    trades: Trades


class TimelineData(NamedTuple):
    """News and positions of all listings.

    Parameters
    ----------
    groups : tuple of (str, tuple of str)
        Venue and its listings, from top to bottom.
    first, last : float
        Period of the run.
    news : News
    trades : Trades
    """

    groups: tuple[tuple[str, tuple[str, ...]], ...]
    first: float
    last: float
    news: News
    trades: Trades


def news_of(run: RunResult) -> News:
    """One row for each listing and session at which news with a direction was in force."""
    rows = run.signals
    rows = rows[rows["status"].isin(IN_FORCE) & rows["session"].notna()]
    score = rows["score"].astype(float)
    net = rows["net_score"].astype(float) if "net_score" in rows else pd.Series(np.nan, index=rows.index)
    table = pd.DataFrame(
        {
            "symbol": rows["symbol"].astype(str),
            "session": days_of(rows["session"]).astype(np.int64),
            "at": days_of(rows["tradable_at"]),
            "score": score,
            "net": net,
            "traded": rows["status"].isin(ACTED_ON),
        }
    )
    net_rows = table.groupby(["symbol", "session"], sort=True).agg(
        at=("at", "min"), score=("score", "sum"), net=("net", "first"), traded=("traded", "any")
    )
    net_rows = net_rows.reset_index()
    total = net_rows["net"].fillna(net_rows["score"].clip(-1.0, 1.0)).to_numpy(dtype=np.float64)
    found = News(
        net_rows["symbol"].to_numpy(dtype=object),
        net_rows["session"].to_numpy(dtype=np.int64),
        net_rows["at"].fillna(net_rows["session"].astype(float)).to_numpy(dtype=np.float64),
        total,
        net_rows["traded"].to_numpy(dtype=np.bool_),
    )
    return found.where(np.abs(total) > 1e-12)


def trades_of(run: RunResult) -> Trades:
    """All trades of `run`; open ones last to its end."""
    frame = run.trades
    closed = days_of(frame["closed_at"])
    ended = np.isfinite(closed)
    end = days_of(run.equity["at"].iloc[-1:])
    last = {symbol: float(bars["close"].iloc[-1]) for symbol, bars in run.bars.items() if len(bars)}
    left = np.array([last.get(symbol, np.nan) for symbol in frame["symbol"]], dtype=np.float64)
    return Trades(
        frame["symbol"].to_numpy(dtype=object),
        frame["side"].eq("long").to_numpy(dtype=np.bool_),
        days_of(frame["opened_at"]),
        np.where(ended, closed, end[0] if len(end) else np.nan),
        np.asarray(frame["entry_price"], dtype=np.float64),
        np.where(ended, np.asarray(frame["exit_price"], dtype=np.float64), left),
        ended,
    )


def counts(news: News, trades: Trades) -> str:
    """How much there is to see: ``14 trades, news at 30 sessions, traded at 12 of them``."""
    held, told = len(trades.symbol), len(news.at)
    said = f"{held or 'no'} trade{'' if held == 1 else 's'}"
    if not told:
        return f"{said}, no news"
    traded = int(news.traded.sum()) or "none"
    return f"{said}, news at {told} session{'' if told == 1 else 's'}, traded at {traded} of them"


def most_traded(run: RunResult, news: News, limit: int = 4) -> list[str]:
    """Listings with prices worth a picture of their own: most trades first, then most news.

    Without trades those with the most news; without either, the first listing alone.
    """
    trades = run.trades["symbol"].value_counts().to_dict()
    told = dict(zip(*np.unique(news.symbol.astype(str), return_counts=True), strict=True))
    known = [symbol for symbol, bars in run.bars.items() if len(bars)]
    counted = sorted(known, key=lambda symbol: (-trades.get(symbol, 0), -told.get(symbol, 0)))
    busy = [symbol for symbol in counted if (trades or told).get(symbol)]
    return busy[:limit] or known[:1]


def price_data(run: RunResult, symbol: str, news: News, trades: Trades) -> PriceData:
    """Price of `symbol`, which has bars, with its part of the run's `news` and `trades`."""
    bars = run.bars[symbol]
    sessions = days_of(bars.index)
    closes = run.closes.get(symbol)
    news = news.where((news.symbol == symbol) & np.isin(news.session, sessions))
    bar = np.searchsorted(sessions, news.session)
    edge = np.where(news.score > 0, np.asarray(bars["low"])[bar], np.asarray(bars["high"])[bar])
    at = sessions if closes is None else days_of(closes)
    own = trades.where(trades.symbol == symbol)
    # An open trade goes on to the end of the run, but its line not beyond the last price.
    own = own._replace(closed=np.where(own.ended, own.closed, np.minimum(own.closed, at[-1])))
    return PriceData(
        symbol,
        "HKD" if symbol.endswith(".HK") else "USD",
        at,
        np.asarray(bars["close"], dtype=np.float64),
        np.nan_to_num(np.asarray(bars["volume"], dtype=np.float64))
        if "volume" in bars
        else np.zeros(len(at)),
        news,
        edge.astype(np.float64),
        own,
    )


def timeline_data(run: RunResult, news: News, trades: Trades) -> TimelineData:
    """The run's `news` and `trades` for every listing, by venue."""
    symbols = list(run.bars) or sorted(set(news.symbol) | set(trades.symbol))
    # Yahoo's suffix is part of what a symbol is here; see Listing.symbol.
    hong_kong = tuple(symbol for symbol in symbols if symbol.endswith(".HK"))
    new_york = tuple(symbol for symbol in symbols if not symbol.endswith(".HK"))
    groups = tuple(group for group in (("New York", new_york), ("Hong Kong", hong_kong)) if group[1])
    at = days_of(run.equity["at"])
    first, last = (float(at[0]), float(at[-1])) if len(at) else (0.0, 0.0)
    shown = np.isin(news.symbol.astype(str), symbols)
    return TimelineData(groups, first, last, news.where(shown), trades)
