"""The table of issuers and listings."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from newsbt.errors import SettingsError, UnknownNameError
from newsbt.universe import parse_universe

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
    ],
)
def test_a_bad_listing_is_named(row: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        parse_universe({"listing": {"X": row}}, "data/universe.toml")


def test_a_group_of_strangers_is_refused() -> None:
    table = {"listing": {"X": {"issuer": "A", "venue": "XNYS"}}, "group": {"g": {"issuers": ["B"]}}}
    with pytest.raises(SettingsError, match=r"\[group\.g\] names 'B'"):
        parse_universe(table, "u")
