"""What a run says of figures that nobody has confirmed."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd

from newsbt.adapters.settings_tables import Broker
from newsbt.adapters.workspace import Workspace
from newsbt.api.costs import build_costs, check_fills
from newsbt.costs import Execution, PercentCosts
from newsbt.fees.audit import cost_findings
from newsbt.fees.model import DatedCosts
from newsbt.fees.tables import parse_fees
from newsbt.slippage import Fixed, HalfSpread, SlippedCosts
from newsbt.universe import Listing

ROOT = Path(__file__).parents[3]
BOOK = parse_fees(tomllib.loads((ROOT / "data" / "fees.toml").read_text(encoding="utf-8")), "data/fees.toml")
COSTS = DatedCosts(BOOK, "ibkr_tiered")
ADS = Listing("BABA", "Alibaba", "XNYS", "USD", kind="adr")
SHARE = Listing("9988.HK", "Alibaba", "XHKG", "HKD")


def order(listing, side, day):
    return Execution(listing, side, 100, 90.0, dt.date.fromisoformat(day))


def test_the_taf_of_2022_is_a_warning_and_that_of_2024_information():
    sales = [order(ADS, "sell", day) for day in ("2022-03-01", "2022-03-02", "2024-06-03")]
    first, second = cost_findings(COSTS, sales)
    assert (first.code, first.severity, first.where) == (
        "unverified-fee",
        "warning",
        "fees.toml [fee.XNYS.taf]",
    )
    assert "in force 2022-01-01 to 2022-12-31" in first.message
    assert "used for 2 orders" in first.message
    assert (second.severity, "2024-01-01 to 2025-12-31" in second.message) == ("info", True)


def test_what_was_not_charged_or_is_verified_is_not_named():
    calm = [order(ADS, "buy", "2022-03-01"), order(SHARE, "sell", "2022-03-01")]
    assert cost_findings(COSTS, calm) == []
    assert cost_findings(PercentCosts(0.001), [order(ADS, "sell", "2022-03-01")]) == []


def test_price_steps_count_where_they_are_used():
    ticks = Workspace(ROOT).ticks()
    sale = [order(ADS, "sell", "2021-03-01")]
    found = cost_findings(SlippedCosts(COSTS, (HalfSpread(0.5, ticks), Fixed(0.1))), sale)
    assert [item.code for item in found] == ["unverified-fee", "unverified-tick"]
    assert found[1].where == "ticks.toml [tick.us]"


def test_settings_become_a_cost_model():
    place = Workspace(ROOT)
    assert build_costs(Broker(commission=0.001, slippage=0.0005), place) == PercentCosts(0.001, 0.0005)
    assert isinstance(build_costs(Broker(commission="ibkr_tiered"), place), DatedCosts)
    full = Broker(
        commission="ibkr_fixed", slippage=0.001, slippage_fixed=0.02, slippage_ticks=0.5, impact=1.0
    )
    # 0.1 % of 90, 2 cents, half of a tick of HKD 0.05, 2 % x sqrt(1 %) of 90
    trade = Execution(SHARE, "buy", 100, 90.0, dt.date(2024, 3, 1), 10_000.0, 0.02)
    assert round(build_costs(full, place).slip(trade), 9) == 90.315  # 90 + 0.09 + 0.02 + 0.025 + 0.18
    plain = Broker(commission=0.001, slippage=0.001, slippage_fixed=0.02)
    assert round(build_costs(plain, place).slip(trade), 9) == 90.11


def test_fills_of_a_run():
    rows = {
        "symbol": ["BABA", "9988.HK"], "side": ["sell", "buy"], "size": [100, 100], "price": [90.0, 90.0],
        "session": [dt.date(2022, 3, 1), dt.date(2022, 3, 1)],
    }  # fmt: skip
    assert [item.severity for item in check_fills(COSTS, pd.DataFrame(rows), [ADS, SHARE])] == ["warning"]
    assert check_fills(COSTS, pd.DataFrame(rows).iloc[:0], [ADS, SHARE]) == []
