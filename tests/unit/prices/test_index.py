"""Dividends reinvested at the close of the ex-date, by hand."""

import numpy as np
import pytest

from newsbt.prices.index import total_return_index


def test_reinvested_dividends() -> None:
    """One share; 2.00 at a close of 50 buys 0.04 more; 1.04 shares at 55 are worth 57.20."""
    found = total_return_index(np.array([52.0, 50.0, 55.0]), np.array([9.0, 2.0, 0.0]), np.ones(3))
    assert found == pytest.approx([52.0, 52.0, 57.2])


def test_without_dividends_it_is_the_close_in_base_currency() -> None:
    found = total_return_index(np.array([10.0, 12.0]), np.zeros(2), np.array([0.125, 0.128]))
    assert found == pytest.approx([1.25, 1.536])
