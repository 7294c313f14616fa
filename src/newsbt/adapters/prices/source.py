"""What every source of prices offers, and the raw bars it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from newsbt.errors import DataUnavailableError
from newsbt.records import Finding, FloatArray, IntArray
from newsbt.universe import Listing, Universe

__all__ = [
    "FX_SYMBOL",
    "ZONES",
    "PriceSource",
    "RawBars",
    "RawFx",
    "SymbolMissingError",
    "empty_dividends",
    "empty_splits",
]

#: Name of the exchange rate among files and cache entries.
FX_SYMBOL = "USDHKD"
ZONES: dict[str, str] = {"XNYS": "America/New_York", "XHKG": "Asia/Hong_Kong"}


class SymbolMissingError(DataUnavailableError):
    """The source was reached and has nothing for this symbol."""


@dataclass(frozen=True)
class RawBars:
    """Bars of one listing as a source gives them, before the quality gate.

    Parameters
    ----------
    frame : DataFrame
        Index: naive midnights of the venue's local date, perhaps unsorted or repeated. Columns open, high,
        low, close (split-adjusted, not dividend-adjusted, local currency), volume (shares), float64.
    dividends : DataFrame
        Columns ``ex_date`` (naive midnights), ``amount`` (a share, gross), ``currency``.
    splits : Series of float
        New shares for one old, by effective date.
    provenance : mapping of str to str
        Source, file or request, when it was fetched, SHA-256 of the content.
    findings : tuple of Finding
        What the source itself noticed.
    """

    frame: pd.DataFrame
    dividends: pd.DataFrame
    splits: pd.Series
    provenance: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class RawFx:
    """HKD per USD by day number, before the gate; parameters as in :class:`RawBars`."""

    days: IntArray
    usdhkd: FloatArray
    provenance: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class PriceSource(Protocol):
    """A place that prices come from."""

    @property
    def name(self) -> str:
        """As the user wrote it: ``"sample"``, ``"yahoo"`` or the folder."""
        ...

    def describe(self) -> str:
        """One line for the user: what and where."""
        ...

    def symbols(self, universe: Universe) -> tuple[str, ...]:
        """Symbols of `universe` that this source can give, in the order of the universe."""
        ...

    def span(self, listings: Sequence[Listing]) -> tuple[dt.date, dt.date] | None:
        """First and last day the source has for any of `listings`; None if it has none of them."""
        ...

    def fetch(self, listing: Listing, start: dt.date, end: dt.date) -> RawBars:
        """Bars from `start` to `end`, both included; may give more.

        Raises
        ------
        SymbolMissingError
            If the source has nothing for this listing.
        DataUnavailableError
            If the source cannot be reached.
        InputError
            If a file is not what it should be.
        """
        ...

    def fetch_fx(self, start: dt.date, end: dt.date) -> RawFx | None:
        """HKD per USD from `start` to `end`; None where the source has no rates."""
        ...


def empty_dividends() -> pd.DataFrame:
    """No dividends, with the right columns and types."""
    dates = pd.DatetimeIndex([], dtype="datetime64[ns]")
    return pd.DataFrame(
        {"ex_date": dates, "amount": pd.Series(dtype=float), "currency": pd.Series(dtype=str)}
    )


def empty_splits() -> pd.Series:
    """No splits, with the right types."""
    return pd.Series([], index=pd.DatetimeIndex([], dtype="datetime64[ns]"), dtype=float)
