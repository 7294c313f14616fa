"""A listing as an investment (pure)."""

from __future__ import annotations

import numpy as np

from newsbt.records import FloatArray

__all__ = ["total_return_index"]


def total_return_index(close: FloatArray, dividend: FloatArray, fx: FloatArray) -> FloatArray:
    """Value in base currency of one share whose dividends buy more of it at the close of their ex-date.

    Parameters
    ----------
    close, dividend : array of float64, shape (n,)
        Local currency; dividend is cash a share on its ex-date, 0 elsewhere.
    fx : array of float64, shape (n,)
        Base currency per unit of local currency.

    Returns
    -------
    array of float64, shape (n,)
        Starts at the first close in base currency; without dividends it is the close in base currency.
    """
    shares = np.cumprod(1.0 + np.where(np.arange(len(close)) > 0, dividend, 0.0) / close)
    return close * shares * fx
