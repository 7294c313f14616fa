"""Rules for shorts, by hand."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from newsbt.errors import InputError
from newsbt.shorting import Margin, parse_shorting
from newsbt.universe import Listing

ROOT = Path(__file__).parents[2]
BABA = Listing("BABA", "Alibaba", "XNYS", "USD", "adr")
HK = Listing("9988.HK", "Alibaba", "XHKG", "HKD")
KWEB = Listing("KWEB", "KWEB", "XNYS", "USD", "etf")
DAY = dt.date(2025, 2, 20)


def shipped() -> Any:
    return parse_shorting(tomllib.loads((ROOT / "data/shorting.toml").read_text(encoding="utf-8")), "s")


def test_borrow_is_charged_on_market_value_for_calendar_days_over_360() -> None:
    """100,000 short over a weekend in New York: 100,000 x 0.3 % x 3 / 360 = 2.50."""
    assert shipped().borrow_fee(BABA, DAY, 100_000.0, 3) == pytest.approx(2.50)
    assert shipped().borrow_fee(HK, DAY, 72_000.0, 1) == pytest.approx(1.00)


def test_a_symbol_wins_over_its_venue_and_rates_are_dated() -> None:
    row = {"source": "x", "verified": "no"}
    table = {
        "borrow": {
            "XNYS": {"schedule": [{"effective": dt.date(2019, 1, 1), "rate": 0.003, **row}]},
            "BABA": {
                "schedule": [
                    {"effective": dt.date(2019, 1, 1), "rate": 0.01, **row},
                    {"effective": dt.date(2025, 2, 20), "rate": 0.25, **row},
                ]
            },
        }
    }
    book = parse_shorting(table, "s")
    assert book.borrow_rate(BABA, dt.date(2025, 2, 19)) == 0.01
    assert book.borrow_rate(BABA, DAY) == 0.25
    assert book.borrow_rate(KWEB, DAY) == 0.003
    with pytest.raises(InputError, match="says nothing of 2018-12-31"):
        book.borrow_rate(BABA, dt.date(2018, 12, 31))


def test_margin_by_hand() -> None:
    margin = Margin(initial=0.5, maintenance=0.3)
    assert not margin.breached(3_000.0, 10_000.0)
    assert margin.breached(2_999.0, 10_000.0)
    assert margin.kept(2_500.0, 10_000.0) == pytest.approx(0.5), "5,000 of exposure needs 2,500"
    assert margin.kept(-1.0, 10_000.0) == 0.0
    assert not margin.breached(-1.0, 0.0)


def test_rule_201_holds_in_new_york_from_a_fall_of_ten_percent() -> None:
    book = shipped()
    assert book.triggered(BABA, 90.0, 100.0)
    assert not book.triggered(BABA, 90.01, 100.0)
    assert not book.triggered(HK, 80.0, 100.0)


def test_permissions() -> None:
    book = parse_shorting({"permission": {"XNYS": "etf-only", "9988.HK": "never"}}, "s")
    assert "etf-only" in book.refusal(BABA)
    assert not book.refusal(KWEB)
    assert "never" in book.refusal(HK)
    assert not shipped().refusal(HK)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"margins": {}}, "did you mean 'margin'"),
        ({"margin": {"initial": 0.2, "maintenance": 0.3, "verified": "no"}}, "above initial"),
        ({"margin": {"initial": 50, "verified": "no"}}, "from 0 to 1"),
        ({"margin": {"initial": 0.5}}, "no verified"),
        ({"permission": {"BABA": "sometimes"}}, "allowed, etf-only, never"),
        ({"rule201": {"drop": 0.1, "venues": ["XLON"], "verified": "yes"}}, "XNYS, XHKG"),
        ({"borrow": {"BABA": {}}}, "has no entries"),
        (
            {"borrow": {"BABA": {"schedule": [
                {"effective": dt.date(2020, 1, 1), "rate": -0.1, "source": "x", "verified": "no"}]}}},
            "rate = -0.1",
        ),
    ],
)  # fmt: skip
def test_a_bad_table_is_one_sentence(table: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse_shorting(table, "data/shorting.toml")
