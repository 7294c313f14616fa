"""Exchange rates by day (pure)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from newsbt.errors import DataUnavailableError
from newsbt.records import FloatArray, IntArray

__all__ = ["FALLBACK_USDHKD", "FxTable"]

#: Middle of the Convertibility Zone 7.75 to 7.85 (Hong Kong Monetary Authority); wrong by at most 0.65 %.
FALLBACK_USDHKD = 7.80


@dataclass(frozen=True)
class FxTable:
    """Hong Kong dollars per US dollar, by day, carried forward over days without a fixing.

    Parameters
    ----------
    days : array of int64, shape (n,)
        Days since 1970-01-01, ascending. Empty: :data:`FALLBACK_USDHKD` on every day.
    usdhkd : array of float64, shape (n,)
        HKD per 1 USD.
    """

    days: IntArray
    usdhkd: FloatArray

    def hkd_per_usd(self, days: IntArray) -> FloatArray:
        """Rate on each of `days` (since 1970-01-01): the last fixing at or before it, else the first one."""
        if not len(self.days):
            return np.full(len(days), FALLBACK_USDHKD)
        at = np.searchsorted(self.days, days, side="right") - 1
        return self.usdhkd[np.clip(at, 0, None)]

    def rate(self, currency: str, base: str, days: IntArray) -> FloatArray:
        """Units of `base` that one unit of `currency` buys on each of `days`.

        Raises
        ------
        DataUnavailableError
            For a currency other than USD and HKD.
        """
        for name in (currency, base):
            if name not in ("USD", "HKD"):
                raise DataUnavailableError(f"no exchange rate for {name}; only USD and HKD are kept")
        if currency == base:
            return np.ones(len(days))
        hkd = self.hkd_per_usd(days)
        return hkd if currency == "USD" else 1.0 / hkd

    def rate_on(self, currency: str, base: str, day: dt.date) -> float:
        """Scalar form of :meth:`rate`."""
        number = np.array([(day - dt.date(1970, 1, 1)).days], dtype=np.int64)
        return float(self.rate(currency, base, number)[0])
