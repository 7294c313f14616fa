"""Fees worked out side by side against fees worked out one after another."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt.engine.fee_sums import fee_sums
from newsbt.kernel import costs
from newsbt.kernel.codes import NEAREST_CENT, UNROUNDED, UP_TO_CENT, UP_TO_UNIT
from newsbt.kernel.market import FEE, LANES, TERMS, Records
from newsbt.records import FloatArray

#: More than two blocks of lanes.
MOST = 2 * LANES + 3
RATES = st.sampled_from([0.0, 0.0000278, 0.0005, 0.001, 0.0013])
AMOUNTS = st.sampled_from([0.0, 0.000166, 0.0035, 0.5, 18.0])


class Totals(NamedTuple):
    """As much of a market as fees need."""

    totals: Records
    blocks: FloatArray


@st.composite
def tables(draw: Any) -> Any:
    """One entry of fees: any number, one perhaps the commission, on either side, within any bounds."""
    count = draw(st.integers(1, MOST))
    table = np.zeros((1, count), dtype=FEE).view(np.recarray)
    commission = draw(st.integers(-1, count - 1))
    for place in range(count):
        fee = table[0, place]
        fee.rate, fee.per_share, fee.amount = draw(RATES), draw(AMOUNTS), draw(AMOUNTS)
        fee.of_commission = draw(st.sampled_from([0.0, 0.0, 0.000175, 0.5])) * (place != commission)
        fee.minimum = draw(st.sampled_from([0.0, 0.35, 2.0, 18.0]))
        fee.maximum = draw(st.sampled_from([math.inf, 5.95, 100.0]))
        fee.max_rate = draw(st.sampled_from([math.inf, math.inf, 0.01]))
        fee.rounding = draw(st.sampled_from([UNROUNDED, NEAREST_CENT, UP_TO_CENT, UP_TO_UNIT]))
        fee.buy, fee.sell = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
        fee.is_commission = place == commission
        fee.last = place == count - 1
        fee.column = place
    return table


@settings(max_examples=300, deadline=None)
@given(tables(), st.integers(1, 10**6), st.floats(0.01, 5_000.0), st.booleans())
def test_side_by_side_is_one_after_another(table: Any, size: int, price: float, buy: bool) -> None:
    """Any number of fees, in any order, within any bounds: the sum is the same."""
    market = Totals(*fee_sums(table))
    one_by_one = costs.fees(table, 0, size, price, buy, np.empty(0))
    assert costs.total_fees(market, 0, size, price, buy) == pytest.approx(one_by_one, rel=1e-12, abs=1e-12)


def test_an_order_for_nothing_pays_its_minimum() -> None:
    """Infinity times a value of 0 is no number, and no bound; a fraction of 0 is one, above the minimum."""
    table = np.zeros((1, 1), dtype=FEE).view(np.recarray)
    fee = table[0, 0]
    fee.rate, fee.minimum, fee.maximum, fee.max_rate = 0.001, 18.0, math.inf, math.inf
    fee.buy = fee.sell = fee.is_commission = fee.last = True
    assert costs.total_fees(Totals(*fee_sums(table)), 0, 100, 0.0, True) == 18.0
    fee.max_rate = 0.01
    assert costs.total_fees(Totals(*fee_sums(table)), 0, 100, 0.0, True) == 0.0


def test_what_adds_nothing_takes_no_lane() -> None:
    """A fee of rate 0 is left out, unrounded ones without bounds are added up, the commission comes first."""
    table = np.zeros((1, 5), dtype=FEE).view(np.recarray)
    table.maximum = table.max_rate = math.inf
    table.buy, table.last = True, [[False, False, False, False, True]]
    table.rate = [[0.0, 0.001, 0.002, 0.003, 0.004]]
    table.rounding = [[NEAREST_CENT, UNROUNDED, UNROUNDED, UP_TO_UNIT, UP_TO_CENT]]
    table.is_commission = [[False, False, False, False, True]]
    (buyer, seller), blocks = fee_sums(table)
    assert (buyer.rest_rate, buyer.first, buyer.end, buyer.asks) == (0.003, 0, 1, False)
    rates, steps = blocks.reshape(1, len(TERMS), LANES)[0, [TERMS.index("rate"), TERMS.index("step")]]
    np.testing.assert_array_equal(rates, [0.004, 0.003, *[0.0] * (LANES - 2)])
    np.testing.assert_array_equal(steps, [1.0, 100.0, *[0.0] * (LANES - 2)])
    assert (seller.rate, seller.rest_rate, seller.first, seller.end) == (0.0, 0.0, 1, 1)


def test_only_a_rounded_commission_is_worked_out_before_the_rest() -> None:
    """A share of a commission that is not rounded needs no vector; by hand: 0.35 + 0.000735 of it + 0.02."""
    table = np.zeros((1, 2), dtype=FEE).view(np.recarray)
    table.maximum = table.max_rate = math.inf
    table.buy, table.last = True, [[False, True]]
    table.per_share, table.minimum = [[0.0035, 0.0002]], [[0.35, 0.0]]
    table.of_commission, table.is_commission = [[0.0, 0.000735]], [[True, False]]
    totals, blocks = fee_sums(table)
    assert (totals[0].first, totals[0].end, totals[0].asks) == (0, 0, False)
    assert costs.total_fees(Totals(totals, blocks), 0, 100, 50.0, True) == pytest.approx(0.37025725)
    table.rounding = [[UP_TO_UNIT, UNROUNDED]]
    totals, blocks = fee_sums(table)
    assert (totals[0].end, totals[0].asks) == (1, True)
    assert costs.total_fees(Totals(totals, blocks), 0, 100, 50.0, True) == pytest.approx(1.020735)
