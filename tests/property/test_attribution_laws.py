"""Every split of a run's profit sums to the change of equity, over generated worlds and real strategies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import backtrader as bt
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsbt.adapters.plugins import PluginRef, load
from newsbt.attribution import GROUPS, attribute, breakdown
from newsbt.engine.frames import fills_frame, trades_frame
from newsbt.engine.reference import run_reference
from newsbt.engine.world import World
from newsbt.records import CATEGORIES
from newsbt.universe import Universe
from worlds import worlds

ROOT = Path(__file__).parents[2]


def categories(world: World) -> pd.DataFrame:
    """Signals as the audit has them; every seventh catalyst is in no catalogue."""
    ids = [name for signal in world.signals for name in signal.catalyst_ids]
    rows = [(name, CATEGORIES[place % 5]) for place, name in enumerate(ids) if place % 7]
    return pd.DataFrame(rows, columns=["catalyst_id", "category"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.sampled_from(["drift", "fade", "decay", "hold", "random"]))
def test_every_split_sums_to_the_change_of_equity(world: World, name: str) -> None:
    strategy: Any = load(PluginRef(ROOT / "strategies" / f"{name}.py"), bt.Strategy)
    journal = run_reference(world, strategy, {"weight": 0.8}).journal
    trades, fills = trades_frame(journal, world), fills_frame(journal, world.costs.columns)
    universe = Universe({tape.listing.symbol: tape.listing for tape in world.tapes})
    table = attribute(trades, fills, categories(world), universe)
    last = journal.steps[-1]
    change, paid = last.equity - world.cash, last.parts.fees + last.parts.borrow
    near = {"rel": 1e-9, "abs": 1e-9 * world.cash}
    for by in GROUPS if len(trades) else ():
        split = breakdown(table, by)
        assert split["pnl"].sum() == pytest.approx(change, **near)
        assert split["costs"].sum() == pytest.approx(paid, **near)
        assert split["pnl_before_costs"].sum() == pytest.approx(change + paid, **near)
        if by != "cost":
            assert split["trades"].sum() == pytest.approx(len(trades))
        if abs(split["pnl"].sum()) > 1e-6 * split["pnl"].abs().sum():
            assert split["share"].sum() == pytest.approx(1.0, abs=1e-6)
    assert not table.duplicated(["by", "name"]).any()
    assert len(table) or (not len(trades) and change == pytest.approx(0.0, **near))
