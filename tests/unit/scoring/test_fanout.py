"""Whom a catalyst reaches."""

from __future__ import annotations

import pytest

from newsbt.scoring.fanout import NOWHERE, Reach, fan_out, reach_of
from newsbt.universe_table import parse_universe
from signal_tools import make_catalyst, make_universe

UNIVERSE = make_universe()
RUN = ("BABA", "9988.HK", "JD", "9618.HK", "0700.HK")


def reached(scope: str, *symbols: str, spillover: float = 0.0) -> dict[str, tuple[float, str]]:
    return {
        item.symbol: (item.weight, item.relation) for item in reach_of(scope, symbols, UNIVERSE, spillover)
    }  # type: ignore[arg-type]


def test_an_issuer_stands_for_all_its_listings() -> None:
    assert reached("company", "Alibaba") == {"BABA": (1.0, "named"), "9988.HK": (1.0, "named")}


def test_a_listing_stands_for_itself_alone() -> None:
    assert reached("company", "BABA") == {"BABA": (1.0, "named")}


def test_naming_issuer_and_listing_reaches_each_listing_once() -> None:
    assert list(reached("company", "9988.HK", "Alibaba")) == ["9988.HK", "BABA"]


@pytest.mark.parametrize("scope", ["sector", "market"])
def test_wide_scope_stands_for_the_group_and_what_is_named(scope: str) -> None:
    assert reached(scope, "BABA", "KWEB") == {
        "BABA": (1.0, "named"),
        "KWEB": (1.0, "named"),
        "9988.HK": (1.0, "group"),
        "JD": (1.0, "group"),
        "9618.HK": (1.0, "group"),
        "0700.HK": (1.0, "group"),
        "TCEHY": (1.0, "group"),
    }


def test_an_issuer_in_no_group_stands_for_itself_in_wide_scope() -> None:
    assert list(reached("sector", "KWEB")) == ["KWEB"]


def test_outside_names_reach_nothing_and_do_not_hide_others() -> None:
    assert reached("company", "NVDA") == {} == reached("market", "NVDA")
    assert list(reached("company", "NVDA", "JD")) == ["JD"]


def test_spillover_passes_on_share_times_weight() -> None:
    assert reached("company", "BABA", spillover=0.4) == {
        "BABA": (1.0, "named"),
        "JD": (0.5 * 0.4, "peer:Alibaba"),
        "9618.HK": (0.5 * 0.4, "peer:Alibaba"),
        "0700.HK": (0.25 * 0.4, "peer:Alibaba"),
        "TCEHY": (0.25 * 0.4, "peer:Alibaba"),
    }


def test_a_peer_of_two_named_issuers_hears_from_the_nearer_one() -> None:
    found = reached("company", "Alibaba", "JD.com", spillover=0.5)
    assert found["0700.HK"] == (0.8 * 0.5, "peer:JD.com")
    assert {found[symbol] for symbol in ("BABA", "9988.HK", "JD", "9618.HK")} == {(1.0, "named")}


def test_spillover_is_for_company_scope_only() -> None:
    assert "peer" not in str(reached("sector", "Alibaba", spillover=1.0))


def test_peers_of_weight_zero_hear_nothing() -> None:
    listings = {"A": {"issuer": "A", "venue": "XNYS"}, "B": {"issuer": "B", "venue": "XNYS"}}
    universe = parse_universe({"listing": listings, "peers": {"A": {"B": 0.0}}}, "test")
    assert reach_of("company", ("A",), universe, 1.0) == (Reach("A", 1.0, "named"),)


def test_rows_come_catalyst_by_catalyst_in_the_order_of_the_run() -> None:
    rows = [
        make_catalyst("a", "2024-01-08 20:00", ["9988.HK", "BABA"]),
        make_catalyst("b", "2024-01-08 20:00", ["NVDA"]),
        make_catalyst("c", "2024-01-08 20:00", ["KWEB"]),
        make_catalyst("d", "2024-01-08 20:00", ["JD"]),
        make_catalyst("e", "2024-01-08 20:00", ["9988.HK", "BABA"]),
    ]
    fan = fan_out(rows, UNIVERSE, RUN, 0.0)
    assert fan.catalyst.tolist() == [0, 0, 1, 2, 3, 4, 4]
    assert fan.listing.tolist() == [0, 1, NOWHERE, NOWHERE, 2, 0, 1]
    assert fan.weight.tolist() == [1, 1, 0, 0, 1, 1, 1]
    assert [fan.relations[at] for at in fan.relation] == [
        "named", "named", "no-listing", "not-selected", "named", "named", "named",
    ]  # fmt: skip
    assert fan.has_relation("no-listing").tolist() == [False, False, True, False, False, False, False]
    assert not fan.has_relation("peer:Alibaba").any()


def test_nothing_to_fan_out() -> None:
    fan = fan_out([], UNIVERSE, RUN, 0.5)
    assert len(fan.catalyst) == len(fan.listing) == len(fan.weight) == len(fan.relation) == 0
