"""Fees of single orders against arithmetic by hand, from the shipped table, to the cent.

Every expected figure is written out from the rule: rate times value, rounded as the fee is.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from newsbt.costs import Execution
from newsbt.fees.model import DatedCosts
from newsbt.fees.tables import parse_fees
from newsbt.universe import Listing

FILE = Path(__file__).parents[3] / "data" / "fees.toml"
BOOK = parse_fees(tomllib.loads(FILE.read_text(encoding="utf-8")), "data/fees.toml")
SHARE = Listing("9988.HK", "Alibaba", "XHKG", "HKD")
FUND = Listing("3033.HK", "CSOP", "XHKG", "HKD", kind="etf")
ADS = Listing("BABA", "Alibaba", "XNYS", "USD", kind="adr")
TIERED, FIXED = DatedCosts(BOOK, "ibkr_tiered"), DatedCosts(BOOK, "ibkr_fixed")


def charged(costs, listing, side, size, price, day):
    """Fees that are not 0."""
    fees = costs.fees(Execution(listing, side, size, price, dt.date.fromisoformat(day)))
    assert tuple(fees) == costs.columns
    return {name: amount for name, amount in fees.items() if amount}


def hk(commission, stamp, sfc, afrc, trading, tariff, settlement):
    names = ("commission", "stamp_duty", "sfc_levy", "afrc_levy", "trading_fee", "trading_tariff")
    row = dict(zip(names, (commission, stamp, sfc, afrc, trading, tariff), strict=True))
    return {name: amount for name, amount in (row | {"settlement_fee": settlement}).items() if amount}


# listing, size, price, day, fees, total
HONG_KONG = [
    # Published examples: HKD 80,000 in each regime, and an ETF.
    (SHARE, 1000, 80.0, "2020-06-01", hk(40.00, 80, 2.16, 0, 4.00, 0.50, 2.00), 128.66),
    (SHARE, 1000, 80.0, "2021-12-31", hk(40.00, 104, 2.16, 0, 4.00, 0.50, 2.00), 152.66),
    (SHARE, 1000, 80.0, "2023-06-01", hk(40.00, 104, 2.16, 0.12, 4.52, 0, 2.00), 152.80),
    (SHARE, 1000, 80.0, "2025-07-02", hk(40.00, 80, 2.16, 0.12, 4.52, 0, 3.36), 130.16),
    (FUND, 2000, 5.0, "2025-07-02", hk(18.00, 0, 0.27, 0.02, 0.57, 0, 0.42), 19.28),
    # 95,000: levy 2.565 is half a cent and rounds up; stamp duty 0.13 % is 123.50, up to 124.
    (SHARE, 500, 190.0, "2021-07-31", hk(47.50, 95, 2.57, 0, 4.75, 0.50, 2.00), 152.32),
    (SHARE, 500, 190.0, "2021-08-01", hk(47.50, 124, 2.57, 0, 4.75, 0.50, 2.00), 181.32),
    # 92,000: AFRC levy 0.138 from 2022; stamp duty 119.60; trading fee 4.60, then 5.198, without the tariff.
    (SHARE, 200, 460.0, "2021-12-31", hk(46.00, 120, 2.48, 0, 4.60, 0.50, 2.00), 175.58),
    (SHARE, 200, 460.0, "2022-01-01", hk(46.00, 120, 2.48, 0.14, 4.60, 0.50, 2.00), 175.72),
    (SHARE, 200, 460.0, "2022-12-31", hk(46.00, 120, 2.48, 0.14, 4.60, 0.50, 2.00), 175.72),
    (SHARE, 200, 460.0, "2023-01-01", hk(46.00, 120, 2.48, 0.14, 5.20, 0, 2.00), 175.82),
    (SHARE, 200, 460.0, "2023-11-16", hk(46.00, 120, 2.48, 0.14, 5.20, 0, 2.00), 175.82),
    (SHARE, 200, 460.0, "2023-11-17", hk(46.00, 92, 2.48, 0.14, 5.20, 0, 2.00), 147.82),
    # Settlement fee: the minimum of 2 equals 0.0042 % at about 47,600; the maximum of 100 goes too.
    (SHARE, 560, 85.0, "2025-06-29", hk(23.80, 48, 1.29, 0.07, 2.69, 0, 2.00), 77.85),
    (SHARE, 560, 85.0, "2025-06-30", hk(23.80, 48, 1.29, 0.07, 2.69, 0, 2.00), 77.85),
    (SHARE, 100_000, 100.0, "2025-06-29", hk(5000, 10_000, 270, 15, 565, 0, 100), 15_950.00),
    (SHARE, 100_000, 100.0, "2025-06-30", hk(5000, 10_000, 270, 15, 565, 0, 420), 16_270.00),
    (SHARE, 20_000, 150.0, "2025-06-29", hk(1500, 3000, 81, 4.50, 169.50, 0, 60), 4815.00),
    (SHARE, 20_000, 150.0, "2025-06-30", hk(1500, 3000, 81, 4.50, 169.50, 0, 126), 4881.00),
    # Small orders: commission of at least 18; stamp duty on 8,010 is 8.01, so 9, on 8,000 it is 8.
    (SHARE, 100, 80.0, "2024-03-01", hk(18, 8, 0.22, 0.01, 0.45, 0, 2.00), 28.68),
    (SHARE, 100, 80.1, "2024-03-01", hk(18, 9, 0.22, 0.01, 0.45, 0, 2.00), 29.68),
    # 36,000 is where 0.05 % is the minimum.
    (SHARE, 450, 80.0, "2024-03-01", hk(18, 36, 0.97, 0.05, 2.03, 0, 2.00), 59.05),
    (SHARE, 500, 80.0, "2024-03-01", hk(20, 40, 1.08, 0.06, 2.26, 0, 2.00), 65.40),
    # ETF before 2022: no stamp duty at 0.13 % either.
    (FUND, 5000, 6.5, "2021-09-01", hk(18, 0, 0.88, 0, 1.63, 0.50, 2.00), 23.01),
]


@pytest.mark.parametrize(("listing", "size", "price", "day", "fees", "total"), HONG_KONG)
@pytest.mark.parametrize("side", ["buy", "sell"])
def test_hong_kong_charges_both_sides_the_same(listing, side, size, price, day, fees, total):
    found = charged(TIERED, listing, side, size, price, day)
    assert found == fees
    assert sum(found.values()) == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize(("day", "total"), [("2025-07-02", 260.32), ("2021-12-31", 305.32)])
def test_a_round_trip_of_80_000(day, total):
    sides = [charged(TIERED, SHARE, side, 1000, 80.0, day) for side in ("buy", "sell")]
    assert round(sum(sum(side.values()) for side in sides), 2) == total


@pytest.mark.parametrize(
    ("size", "price", "fees"),
    [
        (1000, 80.0, {"commission": 64.00, "stamp_duty": 80, "sfc_levy": 2.16, "afrc_levy": 0.12}),
        (100, 100.0, {"commission": 18.00, "stamp_duty": 10, "sfc_levy": 0.27, "afrc_levy": 0.02}),
    ],
)
def test_hong_kong_fixed_holds_exchange_and_clearing_fees(size, price, fees):
    assert charged(FIXED, SHARE, "buy", size, price, "2025-07-02") == fees


# Selling 15,000 of value: day, USD per million by then, rounded up to the cent.
SECTION_31 = [
    ("2018-05-22", 0.20),  # 13.00: 0.195
    ("2019-04-15", 0.20),
    ("2019-04-16", 0.32),  # 20.70: 0.3105
    ("2020-02-17", 0.32),
    ("2020-02-18", 0.34),  # 22.10: 0.3315
    ("2021-02-24", 0.34),
    ("2021-02-25", 0.08),  # 5.10: 0.0765
    ("2022-05-13", 0.08),
    ("2022-05-14", 0.35),  # 22.90: 0.3435
    ("2023-02-26", 0.35),
    ("2023-02-27", 0.12),  # 8.00: 0.12 exactly
    ("2024-05-21", 0.12),
    ("2024-05-22", 0.42),  # 27.80: 0.417
    ("2025-05-13", 0.42),
    ("2025-05-14", None),
    ("2026-04-03", None),
    ("2026-04-04", 0.31),  # 20.60: 0.309
]


@pytest.mark.parametrize(("day", "fee"), SECTION_31)
@pytest.mark.parametrize("costs", [TIERED, FIXED])
def test_section_31_on_sales(costs, day, fee):
    assert charged(costs, ADS, "sell", 100, 150.0, day).get("sec_fee") == fee
    assert "sec_fee" not in charged(costs, ADS, "buy", 100, 150.0, day)


# Day, fee of 100 shares, of 10,000 and of 100,000 (the cap).
TAF = [
    ("2021-12-31", 0.02, 1.19, 5.95),
    ("2022-01-01", 0.02, 1.30, 6.49),
    ("2022-12-31", 0.02, 1.30, 6.49),
    ("2023-01-01", 0.02, 1.45, 7.27),
    ("2023-12-31", 0.02, 1.45, 7.27),
    ("2024-01-01", 0.02, 1.66, 8.30),
    ("2025-12-31", 0.02, 1.66, 8.30),
    ("2026-01-01", 0.02, 1.95, 9.79),
    ("2026-09-30", 0.02, 1.95, 9.79),
    ("2026-10-01", None, None, None),
    ("2026-12-31", None, None, None),
    ("2027-01-01", 0.03, 2.32, 11.61),
]


@pytest.mark.parametrize(("day", "small", "medium", "capped"), TAF)
def test_taf_on_sales_with_its_cap(day, small, medium, capped):
    for size, fee in ((100, small), (10_000, medium), (100_000, capped)):
        assert charged(TIERED, ADS, "sell", size, 10.0, day).get("taf") == fee
        assert "taf" not in charged(TIERED, ADS, "buy", size, 10.0, day)


# size, price, commission: 0.0035 a share, at least 0.35, at most 1 % of the value, which wins.
@pytest.mark.parametrize(
    ("size", "price", "commission"),
    [
        (100, 150.0, 0.35),
        (101, 150.0, 0.3535),
        (1000, 90.0, 3.50),
        (10, 5.0, 0.35),
        (10, 3.0, 0.30),
        (1, 0.2, 0.002),
    ],
)
def test_us_tiered_commission_and_what_hangs_on_it(size, price, commission):
    assert charged(TIERED, ADS, "buy", size, price, "2024-01-10") == {
        "commission": commission,
        "clearing_fee": pytest.approx(0.0002 * size, abs=1e-12),
        "nyse_pass_through": pytest.approx(0.000175 * commission, abs=1e-12),
        "finra_pass_through": pytest.approx(0.00056 * commission, abs=1e-12),
    }


@pytest.mark.parametrize(
    ("size", "price", "commission"),
    [(100, 150.0, 1.00), (200, 150.0, 1.00), (1000, 90.0, 5.00), (10, 5.0, 0.50)],
)
def test_us_fixed_commission_is_all_a_buyer_pays(size, price, commission):
    assert charged(FIXED, ADS, "buy", size, price, "2024-01-10") == {"commission": commission}


def test_a_whole_us_sale():
    # 27.80 x 50 / 1,000,000 and 0.000166 x 10 are less than a cent each; a cent is charged.
    fees = {"commission": 0.50, "sec_fee": 0.01, "taf": 0.01}
    assert charged(FIXED, ADS, "sell", 10, 5.0, "2024-06-03") == fees


def test_the_noise_of_binary_prices_does_not_round_a_fee_up():
    # 100 x 80.00000000000001 is HKD 8,000: stamp duty 8, not 9.
    assert charged(TIERED, SHARE, "buy", 100, 80.00000000000001, "2024-03-01")["stamp_duty"] == 8
