"""The table of issuers and listings."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from newsbt.errors import SettingsError, UnknownNameError
from newsbt.universe_table import parse_universe

DAY, EVE = dt.date(2020, 1, 1), dt.date(2019, 12, 31)
GOOD = {"X": {"issuer": "A", "venue": "XNYS"}}
ROOT = Path(__file__).parents[2]
SHIPPED = parse_universe(tomllib.loads((ROOT / "data/universe.toml").read_text(encoding="utf-8")), "u")


def test_an_issuer_stands_for_all_its_listings_primary_first() -> None:
    assert [item.symbol for item in SHIPPED.resolve("Alibaba")] == ["BABA", "9988.HK"]
    assert SHIPPED.venue_of("Alibaba") == "XNYS"
    assert SHIPPED.venue_of("Tencent") == "XHKG"


def test_the_default_is_every_traded_listing() -> None:
    symbols = [item.symbol for item in SHIPPED.select([])]
    assert len(symbols) == 17
    assert not {"KWEB", "HSI", "TCEHY"} & set(symbols)
    assert [item.symbol for item in SHIPPED.select(["KWEB", "Alibaba"])] == ["KWEB", "BABA", "9988.HK"]


def test_board_lots_are_dated() -> None:
    table = {"listing": {"1211.HK": {"issuer": "BYD", "venue": "XHKG", "lots": [
        {"from": dt.date(2002, 7, 31), "size": 500}, {"from": dt.date(2025, 9, 19), "size": 100},
    ]}}}  # fmt: skip
    listing = parse_universe(table, "u").listings["1211.HK"]
    days = (dt.date(2000, 1, 1), dt.date(2025, 9, 18), dt.date(2025, 9, 19))
    assert [listing.lot(day) for day in days] == [500, 500, 100]


def test_outside_names_are_known_and_not_traded() -> None:
    assert SHIPPED.knows("NVDA")
    assert SHIPPED.resolve("NVDA") == ()


def test_an_unknown_symbol_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean '9988\.HK'"):
        SHIPPED.select(["998.HK"])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"venue": "XHKG"}, "needs both issuer and venue"),
        ({"issuer": "A", "venue": "XLON"}, "write one of XNYS, XHKG"),
        ({"issuer": "A", "venue": "XHKG"}, "has no board lot"),
        (
            {"issuer": "A", "venue": "XHKG", "lots": [{"from": dt.date(2020, 1, 1), "size": 0}]},
            "positive whole",
        ),
        ({"issuer": "A", "venue": "XHKG", "lots": [{"from": "2020", "size": 1}]}, "without quotes"),
        ({"issuer": "A", "venue": "XHKG", "lots": 100}, "lots = 100; write lots ="),
        ({"issuer": "A", "venue": "XHKG", "lots": [100]}, "100, which needs from and size"),
        ({"issuer": "A", "venue": "XHKG", "lots": [{"from": DAY}]}, "needs from and size"),
        ({"issuer": "A", "venue": "XHKG", "lots": [{"size": 100}]}, "needs from and size"),
        ({"issuer": "A", "venue": "XHKG", "lots": [{"from": DAY, "size": True}]}, "size = True"),
        ({"issuer": "A", "venue": "XHKG", "lots": [{"from": DAY, "size": -5}]}, "size = -5"),
        (
            {"issuer": "A", "venue": "XHKG", "lots": [{"from": DAY, "size": 1}, {"from": DAY, "size": 2}]},
            "two board lots from 2020-01-01",
        ),
        (
            {"issuer": "A", "venue": "XHKG", "lots": [{"from": DAY, "size": 1}, {"from": EVE, "size": 2}]},
            "out of date order",
        ),
        ({"issuer": "A", "venue": "XNYS", "currency": "EUR"}, "currency = 'EUR'; write USD, in quotes"),
        ({"issuer": "A", "venue": "XNYS", "currency": "HKD"}, "currency = 'HKD'; write USD, in quotes"),
        ({"issuer": "A", "venue": "XNYS", "kind": "warrant"}, "one of equity, adr, etf, index"),
        ({"issuer": "A", "venue": "XNYS", "verified": True}, "one of yes, partial, no"),
        ({"issuer": "A", "venue": "XNYS", "traded": "no"}, "true or false"),
        ({"issuer": "A", "venue": "XNYS", "adr_fee": -0.02}, "adr_fee = -0.02; write a number from 0 up"),
        ({"issuer": "A", "venue": "XNYS", "shares_per_ads": 0}, "shares_per_ads = 0; write a number above 0"),
        ({"issuer": "A", "venue": "XNYS", "shares_per_ads": "8"}, "shares_per_ads = '8'"),
        ({"issuer": 7, "venue": "XNYS"}, "issuer = 7; write a name, in quotes"),
    ],
)
def test_a_bad_listing_is_named(row: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        parse_universe({"listing": {"X": row}}, "data/universe.toml")


def test_a_misspelt_key_gets_a_suggestion() -> None:
    row = {"issuer": "A", "venue": "XNYS", "curency": "USD"}
    with pytest.raises(UnknownNameError, match=r"\[listing\.X\]; did you mean 'currency'"):
        parse_universe({"listing": {"X": row}}, "data/universe.toml")
    with pytest.raises(UnknownNameError, match="did you mean 'listing'"):
        parse_universe({"listings": {"X": row}}, "data/universe.toml")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"listing": 3}, r"write \[listing\.NAME\]"),
        ({"listing": {"X": 3}}, r"write \[listing\.NAME\]"),
        ({"listing": GOOD, "peers": {"A": {"A": -0.5}}}, "A = -0.5; write a number from 0 to 1"),
        ({"listing": GOOD, "peers": {"A": {"A": 1.5}}}, "A = 1.5; write a number from 0 to 1"),
        ({"listing": GOOD, "group": {"g": {"issuers": "A"}}}, "issuers = 'A'; write a list"),
        ({"listing": GOOD, "outside": {"NVDA": "NASDAQ"}}, "NVDA = 'NASDAQ'"),
        ({"listing": GOOD, "outside": ["NVDA"]}, "outside is no table"),
    ],
)
def test_other_tables_that_are_wrong_are_named(table: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        parse_universe(table, "data/universe.toml")


def test_a_group_of_strangers_is_refused() -> None:
    table = {"listing": {"X": {"issuer": "A", "venue": "XNYS"}}, "group": {"g": {"issuers": ["B"]}}}
    with pytest.raises(SettingsError, match=r"\[group\.g\] names 'B'"):
        parse_universe(table, "u")
