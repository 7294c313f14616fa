"""The table of capacity: its arithmetic by hand, and the law that impact makes more capital earn less."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_tools import make_signal, make_tape, make_world, ours
from newsbt.capital import CAPACITY_COLUMNS, capacity_table, empty_capacity
from newsbt.costs import Execution
from newsbt.engine.frames import equity_frame, fills_frame, orders_frame, trades_frame
from newsbt.engine.strategy import NewsStrategy
from newsbt.engine.world import Limits
from newsbt.errors import InputError
from newsbt.metrics.table import compute
from newsbt.runs import RunResult, RunSpec

SPEC = RunSpec("drift", cash=1_000_000.0)


@dataclasses.dataclass(frozen=True)
class Impact:
    """A cost model of our own: the price moves by `scale` times the root of the share of a day's volume."""

    scale: float
    columns: tuple[str, ...] = ("fee",)

    def fees(self, order: Execution) -> Mapping[str, float]:
        return {"fee": 0.001 * order.size * order.price}

    def slip(self, order: Execution) -> float:
        if not order.average_volume:
            return order.price
        move = min(self.scale * math.sqrt(order.size / order.average_volume), 0.3)
        return order.price * (1 + move if order.side == "buy" else 1 - move)


class Once(NewsStrategy):
    """Half of equity on each signal, for the time that `hold` says."""

    params = {"hold": 3}

    def on_signal(self, desk, signal):
        self.target(desk, math.copysign(0.5, signal.score), "signal", signal=signal)


def result_of(spec, world):
    journal = ours(dataclasses.replace(world, cash=spec.cash), Once).journal
    equity, fills = equity_frame(journal, world), fills_frame(journal, world.costs.columns)
    trades = trades_frame(journal, world)
    return RunResult(
        name="one",
        spec=spec,
        equity=equity,
        fills=fills,
        trades=trades,
        signals=pd.DataFrame(),
        orders=orders_frame(journal),
        metrics=compute(equity, spec.cash, fills, trades),
    )


def world_of(closes, bar, score, costs, volume_cap=0.0):
    rows = [(close, close * 1.01, close * 0.99, close) for close in closes]
    tape = make_tape(rows, volume=1_000_000.0)
    world = make_world(
        [tape], [make_signal(tape, bar, score)], limits=Limits(1.0, 1.0, volume_cap), cash=SPEC.cash
    )
    return dataclasses.replace(world, costs=costs)


def test_the_arithmetic_by_hand():
    # Half of 1,000,000 at 100 is 5,000 shares, bought and sold at 100: 1,000 of fees on 1,000,000 traded.
    # Of 100 times that, 500,000 shares are cut to a tenth of the volume, 100,000: 10,000,000 each way.
    world = world_of([100.0] * 8, 2, 1.0, Impact(0.0), volume_cap=0.1)
    table = capacity_table(SPEC, (1, 100), lambda spec: result_of(spec, world))
    assert tuple(table.columns) == CAPACITY_COLUMNS
    assert table["multiple"].tolist() == [1, 100]
    assert table["capital"].tolist() == [1e6, 1e8]
    assert table["traded_value"].tolist() == [1e6, 2e7]
    assert table["costs"].tolist() == pytest.approx([1e3, 2e4])
    assert table["costs_of_traded"].tolist() == pytest.approx([0.001, 0.001])
    assert table["total_return"].tolist() == pytest.approx([-0.001, -0.0002])
    assert table["cut_by_volume"].tolist() == [0.0, 0.5]
    assert table.dtypes.equals(empty_capacity().dtypes)


def test_an_order_of_which_the_cap_leaves_nothing_is_cut():
    world = world_of([100.0] * 8, 2, 1.0, Impact(0.0), volume_cap=1e-7)
    (row,) = capacity_table(SPEC, (1,), lambda spec: result_of(spec, world)).to_dict("records")
    assert (row["traded_value"], row["cut_by_volume"]) == (0.0, 1.0)
    assert math.isnan(row["costs_of_traded"])
    assert math.isnan(row["sharpe"])


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(2, 12),
    st.sampled_from([-1.0, 1.0]),
    st.floats(0.01, 1.0),
)
def test_with_square_root_impact_the_return_falls_with_capital(seed, bar, score, scale):
    noise = np.random.default_rng(seed)
    closes = 100.0 * np.exp(np.cumsum(noise.normal(0, 0.02, 20)))
    world = world_of(closes.tolist(), bar, score, Impact(scale))
    multiples = (0.1, 1.0, 10.0, 100.0)
    table = capacity_table(SPEC, multiples, lambda spec: result_of(spec, world))
    returns = table["total_return"].to_numpy()
    # The smallest order is of about 500 shares: rounding to whole ones moves a return by less than 0.1 %.
    assert (np.diff(returns) < 1e-3).all()
    assert returns[-1] < returns[0]
    calm = dataclasses.replace(world, costs=Impact(0.0))
    free = capacity_table(SPEC, multiples, lambda spec: result_of(spec, calm))
    assert np.ptp(free["total_return"]) < 1e-3


@pytest.mark.parametrize("multiples", [(), (0.0,), (1.0, -1.0), (math.nan,), (math.inf,)])
def test_other_multiples_are_refused(multiples):
    with pytest.raises(InputError, match="must be positive numbers"):
        capacity_table(SPEC, multiples, lambda _: pytest.fail("was run"))


def test_a_fixed_number_of_shares_has_no_capacity():
    with pytest.raises(InputError, match=r"run\.shares = 5 fixes every size"):
        capacity_table(dataclasses.replace(SPEC, shares=5), (1.0,), lambda _: pytest.fail("was run"))
