"""What fees do to an account: the whole difference, once an order, in base currency, and nothing else."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from engine_tools import make_tape, make_world, ours, scripted
from newsbt.costs import PercentCosts
from newsbt.engine.frames import equity_frame, fills_frame
from newsbt.errors import SettingsError
from newsbt.fees.model import DatedCosts
from newsbt.fees.tables import parse_fees
from newsbt.slippage import Fixed, SlippedCosts

FILE = Path(__file__).parents[3] / "data" / "fees.toml"
BOOK = parse_fees(tomllib.loads(FILE.read_text(encoding="utf-8")), "data/fees.toml")
TIERED = DatedCosts(BOOK, "ibkr_tiered")
#: Around the end of the tariff and of the higher Section 31 rate.
DAYS = [dt.date(2022, 12, 29) + dt.timedelta(days=step) for step in range(12)]
PRICES = [(80.0 + i, 82.0 + i, 79.0 + i, 81.0 + i) for i in range(12)]
PEG = [0.128 + 0.0001 * i for i in range(12)]


def world(costs, **options):
    new_york = make_tape(PRICES, DAYS, "BABA", "XNYS")
    hong_kong = make_tape(PRICES, DAYS, "9988.HK", "XHKG", lot=100, fx=PEG)
    return replace(make_world([hong_kong, new_york], cash=1e7, **options), costs=costs)


def shares(feed, size):
    """Buy, or sell, so many shares of feed 0 (Hong Kong) or 1 (New York)."""

    def act(strategy):
        data = strategy.datas[feed]
        strategy.buy(data, size) if size > 0 else strategy.sell(data, -size)

    return act


def book(*orders):
    """Strategy of fixed sizes: (step, feed, size)."""
    return scripted({step: shares(feed, size) for step, feed, size in orders})


MANY = book(
    (2, 0, 1000), (3, 1, 500), (6, 0, -2000), (7, 1, -1500), (12, 0, 700), (13, 1, 1000), (18, 0, 300)
)


@pytest.mark.parametrize("name", sorted(BOOK.brokers))
def test_equities_differ_by_the_sum_of_the_fee_columns(name):
    costs = DatedCosts(BOOK, name)
    free, charged = ours(world(PercentCosts()), MANY).journal, ours(world(costs), MANY).journal
    fills = fills_frame(charged, costs.columns)
    same = ["at", "symbol", "side", "size", "price", "fx"]
    assert len(fills) == 7
    assert fills[same].equals(fills_frame(free, ("commission",))[same])
    by_column = (fills[list(costs.columns)].sum(axis=1) * fills["fx"]).sum()
    ends = [equity_frame(journal, world(costs))["equity"].iloc[-1] for journal in (free, charged)]
    assert by_column > 0
    assert ends[0] - ends[1] == pytest.approx(by_column, abs=0.005)
    assert ends[0] - ends[1] == pytest.approx(fills["fees_base"].sum(), abs=1e-6)


def test_one_round_trip_by_hand():
    flat = [(80.0, 80.0, 80.0, 80.0)] * 4
    days = [dt.date(2025, 7, 2) + dt.timedelta(days=step) for step in range(4)]
    tape = make_tape(flat, days, "9988.HK", "XHKG", lot=100)
    quiet = replace(make_world([tape], cash=1e6, base="HKD"), costs=TIERED)
    journal = ours(quiet, book((1, 0, 1000), (2, 0, -1000))).journal
    assert len(journal.fills) == 2
    assert 1e6 - equity_frame(journal, quiet)["equity"].iloc[-1] == pytest.approx(260.32, abs=1e-6)


def test_an_order_that_is_cut_pays_for_what_is_filled():
    tape = make_tape(PRICES, DAYS, "9988.HK", "XHKG", lot=100)
    poor = replace(make_world([tape], cash=50_000.0, base="HKD"), costs=TIERED)
    buy = scripted({1: lambda strategy: strategy.buy(size=1000, reduce=True)})
    (fill,) = ours(poor, buy).journal.fills
    # 600 x 81 = 48,600 fit into 50,000: commission 24.30, stamp duty 0.13 % of it, 63.18, up to 64.
    assert fill.size == 600
    assert (fill.fees["commission"], fill.fees["stamp_duty"]) == (24.30, 64.0)


def test_a_day_without_fees_ends_the_run_with_the_name_of_the_fee():
    tape = make_tape(PRICES, [dt.date(2014, 12, 1) + dt.timedelta(days=step) for step in range(12)])
    early = replace(make_world([tape]), costs=TIERED)
    with pytest.raises(SettingsError, match=r"\[fee\.XNYS\.sec_fee\] says nothing of 2014-12-0"):
        ours(early, book((1, 0, 10), (2, 0, -10)))


def test_slippage_reaches_the_price_and_fees_count_from_it():
    costs = SlippedCosts(DatedCosts(BOOK, "ibkr_tiered"), (Fixed(0.5),))
    fill = ours(world(costs), book((2, 0, 1000))).journal.fills[0]
    assert fill.price == 81.5
    assert fill.fees["commission"] == 40.75  # 0.05 % of 81,500
