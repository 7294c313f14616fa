"""Laws of the shipped fees: never negative, never less for more, complete columns, dated without holes."""

from __future__ import annotations

import datetime as dt
import itertools
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.costs import Execution
from newsbt.fees.model import DatedCosts
from newsbt.fees.tables import parse_fees
from newsbt.universe import Listing

FILE = Path(__file__).parents[2] / "data" / "fees.toml"
BOOK = parse_fees(tomllib.loads(FILE.read_text(encoding="utf-8")), "data/fees.toml")
LISTINGS = (
    Listing("9988.HK", "Alibaba", "XHKG", "HKD"),
    Listing("3033.HK", "CSOP", "XHKG", "HKD", kind="etf"),
    Listing("BABA", "Alibaba", "XNYS", "USD", kind="adr"),
    Listing("KWEB", "KraneShares", "XNYS", "USD", kind="etf"),
)
costs = st.sampled_from([DatedCosts(BOOK, name) for name in BOOK.brokers])
orders = st.builds(
    Execution,
    st.sampled_from(LISTINGS),
    st.sampled_from(["buy", "sell"]),
    st.integers(1, 10_000_000),
    st.floats(0.01, 5000.0, allow_nan=False),
    st.dates(dt.date(2018, 5, 22), dt.date(2030, 12, 31)),
)


@given(costs, orders)
def test_every_column_is_there_and_none_is_negative(model, order):
    fees = model.fees(order)
    assert tuple(fees) == model.columns
    assert min(fees.values()) >= 0.0
    assert fees["commission"] > 0.0


@given(costs, orders, st.integers(1, 1_000_000))
def test_a_larger_order_pays_no_less_of_any_fee(model, order, more):
    small, large = model.fees(order), model.fees(replace(order, size=order.size + more))
    assert all(large[name] >= small[name] for name in small)


@given(costs, orders)
def test_the_other_side_and_venue_pay_their_own_fees_only(model, order):
    fees = model.fees(order)
    if order.listing.venue == "XHKG":
        assert fees["sec_fee"] == fees["taf"] == 0.0
        assert fees == model.fees(replace(order, side="sell" if order.side == "buy" else "buy"))
    else:
        assert fees["stamp_duty"] == fees["sfc_levy"] == 0.0
        assert order.side == "sell" or fees["sec_fee"] == fees["taf"] == 0.0
    assert order.listing.kind != "etf" or fees["stamp_duty"] == 0.0


@given(costs, orders)
def test_market_fees_are_whole_cents_and_stamp_duty_whole_dollars(model, order):
    fees = model.fees(order)
    for fee in BOOK.market[order.listing.venue].values():
        amount = Decimal(repr(fees.get(fee.name, 0.0)))
        assert amount == round(amount, 0 if fee.name == "stamp_duty" else 2)


@given(orders)
def test_half_of_an_order_twice_pays_no_less_stamp_duty_than_the_whole(order):
    model = DatedCosts(BOOK, "ibkr_tiered")
    whole = model.fees(replace(order, size=2 * order.size))["stamp_duty"]
    assert 2 * model.fees(order)["stamp_duty"] >= whole


@pytest.mark.parametrize("venue", ["XHKG", "XNYS"])
def test_entries_of_every_market_fee_join_without_a_hole(venue):
    for fee in BOOK.market[venue].values():
        periods = fee.schedule.periods
        assert periods[-1].last is None
        for before, after in itertools.pairwise(periods):
            assert before.last is not None
            assert after.first - before.last == dt.timedelta(days=1)
