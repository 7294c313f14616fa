"""The compiled engine against Backtrader on real prices; the benchmarks compare every strategy."""

from __future__ import annotations

import pytest

from newsbt.kernel.codes import KINDS
from parity.agreement import agree
from parity.real import POINTS, real_world
from price_tools import SHARED


def test_every_compiled_strategy_has_points() -> None:
    assert set(POINTS) == set(KINDS)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the larger set of prices is not there: {SHARED}")
@pytest.mark.parametrize(("name", "entry"), [("drift", "close"), ("pair", "open")])
def test_same_as_backtrader(name: str, entry: str) -> None:
    assert len(agree(real_world(entry), name, POINTS[name][1]).fills) > 100
