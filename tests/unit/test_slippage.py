"""Slippage models by hand, their sum, and the law that none improves a price."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.costs import Execution, PercentCosts
from newsbt.slippage import (
    PARTICIPATION_CAP,
    Fixed,
    HalfSpread,
    Percentage,
    SlippedCosts,
    SquareRootImpact,
)
from newsbt.ticks import parse_ticks
from newsbt.universe import Listing

FILE = Path(__file__).parents[2] / "data" / "ticks.toml"
TICKS = parse_ticks(tomllib.loads(FILE.read_text(encoding="utf-8")), "data/ticks.toml")
SHARE = Listing("9988.HK", "Alibaba", "XHKG", "HKD")
DAY = dt.date(2025, 9, 1)


def order(side="buy", size=10_000, price=120.0, volume=1_000_000.0, volatility=0.02):
    return Execution(SHARE, side, size, price, DAY, volume, volatility)


@pytest.mark.parametrize(
    ("model", "move"),
    [
        (Fixed(0.03), 0.03),
        (Percentage(0.0005), 0.06),
        (HalfSpread(0.5, TICKS), 0.05),  # half of HKD 0.10
        (HalfSpread(1.5, TICKS), 0.15),
        (SquareRootImpact(1.0), 0.24),  # 0.02 x sqrt(1 %) x 120
        (SquareRootImpact(0.5), 0.12),
    ],
)
def test_moves_by_hand(model, move):
    assert model.move(order()) == pytest.approx(move)


def test_the_sum_of_models_beside_a_percentage():
    costs = SlippedCosts(
        PercentCosts(0.001, 0.001), (Fixed(0.03), HalfSpread(0.5, TICKS), SquareRootImpact(1.0))
    )
    assert costs.slip(order("buy")) == pytest.approx(120.12 + 0.03 + 0.05 + 0.24)
    assert costs.slip(order("sell")) == pytest.approx(119.88 - 0.03 - 0.05 - 0.24)
    assert costs.columns == ("commission",)
    assert costs.fees(order()) == {"commission": pytest.approx(1200.0)}


@pytest.mark.parametrize(("volume", "volatility"), [(0.0, 0.02), (1e6, math.nan), (0.0, math.nan)])
def test_without_history_there_is_no_impact(volume, volatility):
    assert SquareRootImpact(1.0).move(order(volume=volume, volatility=volatility)) == 0.0


def test_impact_stops_growing_at_the_participation_cap():
    assert PARTICIPATION_CAP == 1.0
    assert SquareRootImpact(1.0).move(order(size=1_000_000)) == pytest.approx(2.4)
    assert SquareRootImpact(1.0).move(order(size=50_000_000)) == pytest.approx(2.4)


def test_a_sale_does_not_cost_money():
    assert SlippedCosts(PercentCosts(), (Fixed(5.0),)).slip(order("sell", price=3.0)) == 0.0


@given(
    st.sampled_from(["buy", "sell"]),
    st.integers(1, 10_000_000),
    st.floats(0.01, 5000.0),
    st.floats(0.0, 1e8),
    st.one_of(st.just(math.nan), st.floats(0.0, 0.5)),
    st.floats(0.0, 0.05), st.floats(0.0, 3.0), st.floats(0.0, 2.0),
)  # fmt: skip
def test_no_model_improves_a_price_and_size_never_helps(side, size, price, volume, sigma, fraction, ticks, k):
    models = (Fixed(fraction), Percentage(fraction), HalfSpread(ticks, TICKS), SquareRootImpact(k))
    costs = SlippedCosts(PercentCosts(), models)
    small, large = (costs.slip(order(side, many, price, volume, sigma)) for many in (size, 3 * size))
    assert (small >= price) if side == "buy" else (0.0 <= small <= price)
    assert (large >= small) if side == "buy" else (large <= small)
