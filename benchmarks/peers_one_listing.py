"""vectorbt and backtesting.py over one listing; runs in an interpreter that has requirements.txt.

Reads bars and entries from the .npz that bench_one_listing.py writes, prints JSON: versions, trades and
seconds.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import Any

import backtesting
import numpy as np
import pandas as pd
import vectorbt as vbt

warnings.filterwarnings("ignore")
CASH = 1_000_000.0
FEE = 0.001


def bars_of(path: str) -> tuple[pd.DataFrame, Any, list[list[float]]]:
    """Daily bars, flags of sessions entered at their open, and points (hold, stop, take, weight)."""
    with np.load(path) as data:
        frame = pd.DataFrame({n.title(): data[n] for n in ("open", "high", "low", "close", "volume")})
        frame.index = pd.DatetimeIndex(data["days"].astype("datetime64[D]").astype("datetime64[ns]"))
        return frame, data["entries"].copy(), data["points"].tolist()


def vectorbt_portfolio(frame: pd.DataFrame, entries: Any, points: list[list[float]]) -> Any:
    """Portfolio of one column a point, as the documentation broadcasts parameters."""
    columns = pd.RangeIndex(len(points))
    enter = pd.DataFrame(np.repeat(entries[:, None], len(points), axis=1), frame.index, columns)
    leave = pd.DataFrame(
        {place: np.roll(entries, int(point[0])) for place, point in enumerate(points)}, frame.index
    )
    return vbt.Portfolio.from_signals(
        frame["Close"],
        entries=enter,
        exits=leave,
        open=frame["Open"],
        high=frame["High"],
        low=frame["Low"],
        price=frame["Open"],
        sl_stop=np.array([point[1] for point in points]),
        tp_stop=np.array([point[2] for point in points]),
        size=points[0][3],
        size_type="percent",
        stop_entry_price="fillprice",
        stop_exit_price="stoplimit",
        size_granularity=1,
        fees=FEE,
        init_cash=CASH,
        freq="1D",
    )


def vectorbt_trades(portfolio: Any, column: int) -> list[list[float]]:
    """Entry bar, exit bar, size, entry price and exit price of each closed trade."""
    rows = portfolio.trades.records
    rows = rows[(rows["col"] == column) & (rows["status"] == 1)]
    return rows[["entry_idx", "exit_idx", "size", "entry_price", "exit_price"]].to_numpy().tolist()


class Timed(backtesting.Strategy):
    """Enter at the open of flagged sessions, leave after `hold` of them, at a stop or at a take-profit."""

    hold, stop, take, weight = 10, 0.08, 0.1, 0.5

    def init(self) -> None:
        """Nothing to prepare: `Enter` is a column of the data."""

    def next(self) -> None:
        """Orders of this bar fill at the next one's open."""
        now = len(self.data) - 1
        for trade in self.trades:
            if trade.entry_bar == now:
                trade.sl = trade.entry_price * (1.0 - self.stop)
                trade.tp = trade.entry_price * (1.0 + self.take)
            if now + 1 - trade.entry_bar >= self.hold:
                trade.close()
        if self.data.Enter[-1]:
            self.buy(size=self.weight)


def backtesting_run(frame: pd.DataFrame, point: list[float]) -> Any:
    """Statistics of one point."""
    test = backtesting.Backtest(frame, Timed, cash=CASH, commission=FEE)
    return test.run(hold=int(point[0]), stop=point[1], take=point[2], weight=point[3])


def best(work: Any, rounds: int) -> float:
    """Least seconds of a call."""
    found = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        found = min(found, time.perf_counter() - begin)
    return found


def main() -> None:
    """Trades of every point, then the time of one."""
    frame, entries, points = bars_of(sys.argv[1])
    portfolio = vectorbt_portfolio(frame, entries, points)
    ahead = frame.assign(Enter=np.append(entries[1:], False))
    theirs = [backtesting_run(ahead, point)["_trades"] for point in points]
    names = ["EntryBar", "ExitBar", "Size", "EntryPrice", "ExitPrice"]
    many = points * 5
    print(
        json.dumps(
            {
                "vectorbt": vbt.__version__,
                "backtesting": backtesting.__version__,
                "vectorbt_trades": [vectorbt_trades(portfolio, column) for column in range(len(points))],
                "backtesting_trades": [rows[names].astype(float).to_numpy().tolist() for rows in theirs],
                "vectorbt_one": best(lambda: vectorbt_portfolio(frame, entries, points[:1]).stats(), 5),
                "vectorbt_many": best(
                    lambda: vectorbt_portfolio(frame, entries, many).stats(agg_func=None), 1
                )
                / len(many),
                "vectorbt_simulation": best(
                    lambda: vectorbt_portfolio(frame, entries, many).total_return(), 5
                )
                / len(many),
                "backtesting_one": best(lambda: backtesting_run(ahead, points[0]), 5),
            }
        )
    )


if __name__ == "__main__":
    main()
