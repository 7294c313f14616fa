"""The clean prices of one run (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from newsbt.prices.fx import FxTable
from newsbt.records import Finding

__all__ = ["BAR_COLUMNS", "PriceBook"]

BAR_COLUMNS: tuple[str, ...] = ("open", "high", "low", "close", "volume", "dividend", "placeholder")


@dataclass(frozen=True)
class PriceBook:
    """Bars by symbol, exchange rates, and what the quality gate found.

    Parameters
    ----------
    bars : mapping of symbol to DataFrame
        Index ``session``: naive midnights of the venue's local date, unique, ascending. Columns
        :data:`BAR_COLUMNS`: prices and dividend in local currency (split-adjusted, not dividend-adjusted;
        dividend is cash a share on its ex-date, 0 elsewhere), volume in shares, ``placeholder`` True for a
        flat bar without volume, which cannot be traded.
    fx : FxTable
        Exchange rates by day.
    findings : tuple of Finding
        What the gate named and did.
    provenance : mapping of symbol to mapping
        Source, file or request, date fetched, SHA-256 of the content.
    """

    bars: Mapping[str, pd.DataFrame]
    fx: FxTable
    findings: tuple[Finding, ...] = ()
    provenance: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
