"""Price steps against the venues' tables, rounding by hand and its laws, bad tables."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.errors import InputError, SettingsError
from newsbt.ticks import parse_ticks

FILE = Path(__file__).parents[2] / "data" / "ticks.toml"
BOOK = parse_ticks(tomllib.loads(FILE.read_text(encoding="utf-8")), "data/ticks.toml")
BEFORE, AFTER = dt.date(2025, 8, 3), dt.date(2025, 8, 4)
TABLES = [
    BOOK.at("equity", "XHKG", BEFORE),
    BOOK.at("equity", "XHKG", AFTER),
    BOOK.at("etf", "XHKG", AFTER),
    BOOK.at("adr", "XNYS", AFTER),
]


# "Over lo to hi": a bound belongs to the row below it.
@pytest.mark.parametrize(
    ("price", "before", "after"),
    [
        (0.25, 0.001, 0.001),
        (0.5, 0.005, 0.005),
        (0.51, 0.01, 0.01),
        (10.0, 0.01, 0.01),
        (10.02, 0.02, 0.01),
        (20.0, 0.02, 0.01),
        (20.05, 0.05, 0.02),
        (50.0, 0.05, 0.02),
        (50.05, 0.05, 0.05),
        (100.0, 0.05, 0.05),
        (100.1, 0.1, 0.1),
        (200.2, 0.2, 0.2),
        (500.5, 0.5, 0.5),
        (1001, 1.0, 1.0),
        (20_000, 5.0, 5.0),
    ],
)
def test_hong_kong_equities_before_and_after_the_change(price, before, after):
    assert BOOK.tick("equity", "XHKG", price, BEFORE) == before
    assert BOOK.tick("equity", "XHKG", price, AFTER) == after


@pytest.mark.parametrize(
    ("kind", "venue", "price", "step"),
    [
        ("etf", "XHKG", 4.5, 0.002),
        ("etf", "XHKG", 5.0, 0.002),
        ("etf", "XHKG", 5.005, 0.005),
        ("etf", "XHKG", 120.0, 0.05),
        ("adr", "XNYS", 150.0, 0.01),
        ("equity", "XNYS", 150.0, 0.01),
        ("etf", "XNYS", 30.0, 0.01),
    ],
)
def test_funds_and_new_york(kind, venue, price, step):
    assert BOOK.tick(kind, venue, price, dt.date(2024, 1, 2)) == step


@pytest.mark.parametrize(
    ("price", "down", "up"),
    [
        (80.03, 80.00, 80.05),
        (80.05, 80.05, 80.05),
        (99.99, 99.95, 100.0),
        (100.01, 100.0, 100.1),
        (20.005, 20.0, 20.02),
        (19.995, 19.99, 20.0),
        (0.2504, 0.25, 0.255),
        (500.1, 500.0, 500.5),
        (80.00000000000001, 80.0, 80.0),
    ],
)
def test_rounding_by_hand(price, down, up):
    table = BOOK.at("equity", "XHKG", AFTER)
    assert (table.round_down(price), table.round_up(price)) == (down, up)
    assert (table.round_safe(price, "buy"), table.round_safe(price, "sell")) == (down, up)


def test_no_price_is_rounded_to_nothing():
    table = BOOK.at("adr", "XNYS", AFTER)
    assert table.round_down(0.004) == 0.01


@given(st.sampled_from(TABLES), st.floats(0.01, 9000.0))
def test_rounding_stays_on_the_grid_and_within_a_step(table, price):
    down, up = table.round_down(price), table.round_up(price)
    assert down <= price + 1e-9 <= up + 2e-9
    assert up - down <= table.tick(price) * (1 + 1e-9)
    for level in (down, up):
        assert Decimal(repr(level)) % Decimal(repr(table.tick(level))) == 0
        assert table.round_down(level) == table.round_up(level) == level


def test_a_day_before_the_table_and_a_kind_without_one():
    with pytest.raises(
        SettingsError, match=r"\[tick.hk_etp\] says nothing of 2019-01-02, it reaches from 2020"
    ):
        BOOK.tick("etf", "XHKG", 5.0, dt.date(2019, 1, 2))
    with pytest.raises(SettingsError, match=r"no table for index on XHKG; add a \[tick.NAME\]"):
        BOOK.tick("index", "XHKG", 5.0, AFTER)


GOOD = """
[tick.a]
venue = "XNYS"
kinds = ["equity"]
[[tick.a.schedule]]
effective = 2020-01-01
rows = [[1.0, 0.01], [9.0, 0.02]]
verified = "yes"
source = "a page"
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("tick.", "ticks."), "no key 'ticks' .* did you mean 'tick'"),
        ("tick = 3\n", r"\[tick\] is 3"),
        ("[tick]\na = 3\n", r"\[tick.a\] is 3"),
        (GOOD.replace("XNYS", "NYSE"), "no venue 'NYSE' .* did you mean 'XNYS'"),
        (GOOD.replace('["equity"]', '["bond"]'), r"has kinds = \['bond'\]; write a list of equity"),
        (GOOD.replace('["equity"]', "[]"), r"has kinds = \[\]"),
        (GOOD + GOOD.replace("tick.a", "tick.b"), r"\[tick.b\] is a second table for equity on XNYS"),
        (GOOD.replace("0.02", "-0.02"), r"write \[\[price, step\], ...\], both positive numbers"),
        (GOOD.replace("[9.0, 0.02]", "[9.0]"), "both positive numbers"),
        (GOOD.replace("[[1.0, 0.01], [9.0, 0.02]]", "5"), "has rows = 5"),
        (GOOD.replace("9.0", "0.5"), "has a row up to 0.5 after one up to 1.0; sort them"),
        (GOOD.replace("0.02", "0.03"), "changes its step at 1.0, which is no multiple of both 0.01 and 0.03"),
        (GOOD.replace("rows", "row"), "no key 'row' .* did you mean 'rows'"),
        (GOOD + GOOD[GOOD.index("[[") :], "two entries for 2020-01-01"),
    ],
)
def test_what_is_wrong_is_named(text, message):
    with pytest.raises(InputError, match=message):
        parse_ticks(tomllib.loads(text), "ticks.toml")
