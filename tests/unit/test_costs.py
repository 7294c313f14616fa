"""Percentage costs."""

import datetime as dt

import pytest

from newsbt.costs import Execution, PercentCosts
from newsbt.errors import SettingsError
from newsbt.universe import Listing

BABA = Listing("BABA", "Alibaba", "XNYS", "USD")
DAY = dt.date(2025, 2, 20)


def test_commission_and_slippage() -> None:
    costs = PercentCosts(commission=0.001, slippage=0.0005)
    assert costs.fees(Execution(BABA, "buy", 200, 50.0, DAY)) == {"commission": pytest.approx(10.0)}
    assert costs.slip(Execution(BABA, "buy", 1, 100.0, DAY)) == pytest.approx(100.05)
    assert costs.slip(Execution(BABA, "sell", 1, 100.0, DAY)) == pytest.approx(99.95)


@pytest.mark.parametrize("fraction", [-0.001, 0.1, 5.0, float("nan")])
def test_a_percentage_for_a_fraction_is_refused(fraction: float) -> None:
    with pytest.raises(SettingsError, match=r"0\.001 is 0\.1 %"):
        PercentCosts(commission=fraction)
