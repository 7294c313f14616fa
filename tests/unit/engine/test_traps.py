"""The traps of Backtrader with several calendars: each shown with plain Backtrader, and gone with ours.

Hong Kong trades on 1, 2, 4 and 5 January, New York on all five days; on the 3rd only New York is open.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import backtrader as bt
import numpy as np
import pandas as pd
import pytest

from engine_tools import Plain, fills_of, make_tape, make_world, ours, plain, scripted
from newsbt.adapters.calendars import load_calendars
from newsbt.engine import Desk, NewsStrategy
from newsbt.engine.world import Limits
from newsbt.prices.quality import clean
from newsbt.universe import Listing

JAN = [dt.date(2024, 1, day) for day in range(1, 8)]
HK_DAYS = [JAN[0], JAN[1], JAN[3], JAN[4]]
HK_BARS = ((10, 10.4, 9.8, 10.2), (10.2, 12, 10.1, 11.8), (11.5, 12.5, 11.4, 12.4), (12.4, 13, 12.2, 12.8))
NY_BARS = ((50, 51, 49, 50.5),) * 5


def world() -> list[Any]:
    hong_kong = make_tape(HK_BARS, HK_DAYS, "HK", "XHKG", numbers=[0, 1, 2, 3])
    return [hong_kong, make_tape(NY_BARS, JAN[:5], "NY")]


def after_hong_kong_of(day: int, action: Any) -> type[bt.Strategy]:
    """Act once, at the step of the Hong Kong close on a day of January."""

    class Script(bt.Strategy):  # type: ignore[misc]
        def next(self) -> None:
            now = bt.num2date(self.lines.datetime[0])
            if now.day == day and now.hour == 8:
                action(self)

        prenext = next

    return Script


def test_limit_order_is_not_matched_with_the_bar_that_was_known() -> None:
    limit = after_hong_kong_of(2, lambda s: s.buy(s.datas[0], size=1, exectype=bt.Order.Limit, price=11.9))
    _, theirs = plain(world(), limit)
    assert theirs == [("HK", JAN[1], 1.0, 10.2)], "plain Backtrader buys yesterday's open"
    assert fills_of(ours(make_world(world()), limit)) == [("HK", JAN[3], 1.0, 11.5)]


def test_stop_order_is_not_matched_with_the_bar_that_was_known() -> None:
    stop = after_hong_kong_of(2, lambda s: s.buy(s.datas[0], size=1, exectype=bt.Order.Stop, price=11.9))
    _, theirs = plain(world(), stop)
    assert theirs == [("HK", JAN[1], 1.0, 11.9)]
    assert fills_of(ours(make_world(world()), stop)) == [("HK", JAN[3], 1.0, 11.9)]


def test_close_order_waits_for_a_new_close() -> None:
    close = after_hong_kong_of(2, lambda s: s.buy(s.datas[0], size=1, exectype=bt.Order.Close))
    _, theirs = plain(world(), close)
    assert theirs[0][3] == 11.8, "plain Backtrader fills at the close of the bar that gave the order"
    assert fills_of(ours(make_world(world()), close)) == [("HK", JAN[3], 1.0, 12.4)]


def test_market_order_under_cheat_on_open_waits_for_a_new_open() -> None:
    class Cheat(bt.Strategy):  # type: ignore[misc]
        def next_open(self) -> None:
            if self.datas[1].datetime.date(0) == JAN[2] and not self.position:
                self.buy(self.datas[0], size=1)

        prenext_open = nextstart_open = next_open

    _, theirs = plain(world(), Cheat, coo=True)
    assert theirs[0] == ("HK", JAN[1], 1.0, 10.2), "filled at the open of the day before"
    assert fills_of(ours(make_world(world()), Cheat))[0] == ("HK", JAN[3], 1.0, 11.5)


def test_trailing_stop_is_not_tested_twice_on_one_bar() -> None:
    """Raised to 10.8 by the close of 11.8, it must not see the low of 10.1 that came before that close."""

    class Trail(bt.Strategy):  # type: ignore[misc]
        def next(self) -> None:
            now = bt.num2date(self.lines.datetime[0])
            if now.hour == 8 and now.day == 1:
                self.buy(self.datas[0], size=1)
            if now.hour == 8 and now.day == 2:
                self.sell(self.datas[0], size=1, exectype=bt.Order.StopTrail, trailamount=1.0)

        prenext = next

    _, theirs = plain(world(), Trail)
    assert [fill[2] for fill in theirs] == [1.0, -1.0], "plain Backtrader throws the position out"
    assert [fill[2] for fill in fills_of(ours(make_world(world()), Trail))] == [1.0]


def test_triggered_stop_limit_is_not_tested_twice_on_one_bar() -> None:
    order = after_hong_kong_of(
        1, lambda s: s.buy(s.datas[0], size=1, exectype=bt.Order.StopLimit, price=11.0, plimit=10.15)
    )
    _, theirs = plain(world(), order)
    assert theirs == [("HK", JAN[1], 1.0, 10.15)], "matched with the low that came before the trigger"
    assert fills_of(ours(make_world(world()), order)) == []


def test_late_listing_does_not_delay_a_news_strategy() -> None:
    sessions: list[tuple[str, dt.date]] = []

    class Watch(NewsStrategy):
        def on_session(self, desk: Desk) -> None:
            sessions.append((desk.symbol, desk.session))

    late = make_tape(HK_BARS[2:], HK_DAYS[2:], "HK", "XHKG")
    ours(make_world([make_tape(NY_BARS, JAN[:5], "NY"), late]), Watch)
    assert sessions[0] == ("NY", JAN[1])
    steps: list[int] = []

    class Delayed(bt.Strategy):  # type: ignore[misc]
        def next(self) -> None:
            steps.append(len(self))

    plain([make_tape(NY_BARS, JAN[:5], "NY"), late], Delayed)
    assert steps[0] > 3, "plain Backtrader calls next() from the first bar of the late listing on"


def test_a_plain_strategy_is_warned_of_a_late_listing() -> None:
    late = make_tape(HK_BARS[2:], HK_DAYS[2:], "HK", "XHKG")
    outcome = ours(make_world([make_tape(NY_BARS, JAN[:5], "NY"), late]), scripted({}))
    assert [finding.code for finding in outcome.findings] == ["late-listing"]
    assert "2024-01-04" in outcome.findings[0].message


def test_a_decision_cannot_see_the_bar_it_trades_in() -> None:
    seen: list[tuple[float, float, float]] = []

    class Peek(NewsStrategy):
        def on_session(self, desk: Desk) -> None:
            seen.append((desk.feed.close[0], desk.close, desk.feed.open[0]))

    ours(make_world([make_tape(HK_BARS, HK_DAYS, "HK", "XHKG")]), Peek)
    assert seen == [(bar[3], bar[3], float(bar[0])) for bar in HK_BARS[:3]]


def test_aware_dates_shift_in_plain_backtrader_and_not_in_ours() -> None:
    index = pd.DatetimeIndex(JAN[:4]).tz_localize("Asia/Hong_Kong")
    frame = pd.DataFrame(np.array(HK_BARS), columns=["open", "high", "low", "close"], index=index).assign(
        volume=1.0
    )
    days: list[dt.date] = []

    class Dates(bt.Strategy):  # type: ignore[misc]
        def next(self) -> None:
            days.append(self.data.datetime.date(0))

    cerebro = bt.Cerebro(stdstats=False)
    cerebro.adddata(bt.feeds.PandasData(dataname=frame))
    cerebro.addstrategy(Dates)
    cerebro.run()
    assert days[0] == dt.date(2023, 12, 31)
    days.clear()
    ours(make_world([make_tape(HK_BARS, JAN[:4], "HK", "XHKG")]), Dates)
    assert days == JAN[:4]


def test_two_currencies_are_converted_not_added() -> None:
    tape = make_tape(HK_BARS, HK_DAYS, "HK", "XHKG", fx=0.125)
    buy = scripted({1: lambda s: s.buy(size=100)})
    broker, _ = plain([tape], buy)
    assert broker.getvalue() == pytest.approx(10_000 + 100 * (12.8 - 10.2)), "dollars of two kinds added"
    outcome = ours(make_world([tape]), buy)
    assert outcome.journal.steps[-1].equity == pytest.approx(10_000 + 100 * (12.8 - 10.2) * 0.125)


def test_dividends_are_paid_on_the_ex_date_to_longs_and_by_shorts() -> None:
    for size in (10, -10):
        tape = make_tape(HK_BARS, HK_DAYS, "HK", "XHKG", dividend={2: 0.5})
        trade = scripted({1: lambda s, size=size: s.buy(size=size) if size > 0 else s.sell(size=-size)})
        journal = ours(make_world([tape]), trade).journal
        assert [entry.amount for entry in journal.dividends] == [size * 0.5]
        assert journal.steps[-1].equity == pytest.approx(10_000 + size * (12.8 - 10.2) + size * 0.5)
        assert ours(make_world([tape]), scripted({2: lambda s: s.buy(size=1)})).journal.dividends == [], (
            "bought at the open of the ex-date: too late for the dividend"
        )


def test_an_order_on_the_last_bar_is_reported() -> None:
    journal = ours(make_world([make_tape(HK_BARS, HK_DAYS)]), scripted({4: lambda s: s.buy(size=1)})).journal
    assert [(order.status, order.filled) for order in journal.orders] == [("open-at-end", 0)]
    assert "no later session" in journal.orders[0].why


def test_a_placeholder_bar_cannot_be_traded() -> None:
    tape = make_tape(HK_BARS, HK_DAYS, "HK", "XHKG", placeholder=[1])
    fills = fills_of(ours(make_world([tape]), scripted({1: lambda s: s.buy(size=1)})))
    assert fills == [("HK", JAN[3], 1.0, 11.5)]


def test_a_volume_filler_sees_the_volume_of_one_bar_twice_and_our_cap_does_not() -> None:
    """60 of 100 shares on the bar of 2 January, and 40 more on the 3rd, when Hong Kong was shut."""
    fills: list[tuple[dt.date, float]] = []

    class Buy(bt.Strategy):  # type: ignore[misc]
        def next(self) -> None:
            now = bt.num2date(self.lines.datetime[0])
            if now.hour == 8 and now.day == 1:
                self.buy(self.datas[0], size=100)

        prenext = next

        def notify_order(self, order: Any) -> None:
            if order.status in (order.Partial, order.Completed):
                fills.append((bt.num2date(order.executed.dt).date(), float(order.executed.size)))

    tapes = [make_tape(HK_BARS, HK_DAYS, "HK", "XHKG", volume=60.0), make_tape(NY_BARS, JAN[:5], "NY")]
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.broker.setcash(10_000.0)
    cerebro.broker.set_filler(bt.broker.fillers.FixedSize())
    for tape in tapes:
        cerebro.adddata(Plain(tape), name=tape.listing.symbol)
    cerebro.addstrategy(Buy)
    cerebro.run()
    assert fills == [(JAN[1], 60.0), (JAN[1], 100.0)], "120 shares' worth of a bar that traded 60"
    once = make_world(tapes, limits=Limits(1.0, 10.0, volume=0.5))

    class News(NewsStrategy):
        def on_session(self, desk: Desk) -> None:
            if desk.symbol == "HK" and desk.bars == 1:
                self.target(desk, 1.0, "test")

    assert [size for _, _, size, _ in fills_of(ours(once, News))] == [30.0], "half of the volume known before"


def test_a_row_without_prices_ruins_the_cash_of_plain_backtrader_and_never_reaches_ours() -> None:
    nan = float("nan")
    broken = [HK_BARS[0], (nan, nan, nan, nan), *HK_BARS[2:]]
    broker, _ = plain([make_tape(broken, JAN[:4], "HK", "XHKG")], scripted({1: lambda s: s.buy(size=1)}))
    assert np.isnan(broker.getcash())
    days = pd.DatetimeIndex(["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"])
    raw = pd.DataFrame(np.array(broken), columns=["open", "high", "low", "close"], index=days).assign(
        volume=9.0
    )
    calendar = load_calendars(["XHKG"], None, dt.date(2024, 1, 2), dt.date(2024, 1, 5))["XHKG"]
    listing = Listing("9988.HK", "Alibaba", "XHKG", "HKD")
    frame, findings = clean(raw, listing, calendar, dt.date(2024, 1, 2), dt.date(2024, 1, 5))
    assert len(frame) == 3
    assert frame.notna().all(axis=None)
    assert any("2024-01-03" in finding.where for finding in findings)
