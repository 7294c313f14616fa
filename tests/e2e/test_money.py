"""Money through the whole pipeline, on the shipped prices."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsbt

ROOT = Path(__file__).parents[2]


def test_with_fixed_sizes_two_brokers_differ_by_the_fees_to_the_cent() -> None:
    free, charged = (
        newsbt.run("drift", workspace=ROOT, broker=broker, shares=500, max_volume=0, cash=100_000_000)
        for broker in ("zero", "ibkr_tiered")
    )
    columns = ["at", "symbol", "side", "size", "price"]
    assert free.fills[columns].equals(charged.fills[columns])
    assert len(charged.fills) > 100
    difference = free.metrics["final_equity"] - charged.metrics["final_equity"]
    names = list(charged.fills.columns)
    fees = names[names.index("value_base") + 1 : names.index("fees_base")]
    assert {"commission", "stamp_duty", "settlement_fee", "taf"} <= set(fees)
    by_hand = sum((charged.fills[name] * charged.fills["fx"]).sum() for name in fees)
    assert difference == pytest.approx(by_hand, abs=0.005)
    assert charged.metrics["fees"] == pytest.approx(by_hand, abs=0.005)


def test_the_parts_of_the_default_run_add_up() -> None:
    result = newsbt.run("drift", workspace=ROOT)
    last = result.equity.iloc[-1]
    parts = last["pnl_price"] + last["pnl_fx"] - last["fees"] - last["borrow"] + last["dividends"]
    assert last["equity"] == pytest.approx(1_000_000 + parts, rel=1e-12)
    assert last["borrow"] == pytest.approx(result.metrics["borrow"])
    assert result.trades["pnl_base"].sum() == pytest.approx(parts, rel=1e-9)
