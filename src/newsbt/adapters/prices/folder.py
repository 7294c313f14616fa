"""Prices from a folder of the user's own CSV or Parquet files; the shipped sample is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from newsbt.adapters.prices.columns import find_columns, numbers, session_dates
from newsbt.adapters.prices.source import (
    FX_SYMBOL,
    ZONES,
    RawBars,
    RawFx,
    SymbolMissingError,
    empty_dividends,
    empty_splits,
)
from newsbt.adapters.prices.tables import SUFFIXES, read_table
from newsbt.errors import DataUnavailableError, InputError
from newsbt.prices.quality_fx import check_fx
from newsbt.prices.report import counted, index_days
from newsbt.records import Finding, FloatArray
from newsbt.universe import Listing, Universe

__all__ = ["FolderSource"]

_OPTIONAL = ("dividend|dividends", "split|stock_splits")


class FolderSource:
    """One file a symbol (``BABA.csv``, ``9988.HK.parquet``), read once.

    Parameters
    ----------
    folder : Path
        Also holds ``DIVIDENDS.csv`` (symbol, ex_date, amount, currency) and ``USDHKD.csv`` (date, close),
        both optional.
    name : str or None
        As the user wrote it; the folder if None.

    Raises
    ------
    InputError
        If there is no such folder or it cannot be listed.

    Notes
    -----
    Columns date, open, high, low, close and volume (or volume_k, in thousands) are needed, in any case; an
    index needs no volume. dividend(s) and stock_splits are used where there are any; DIVIDENDS.csv wins over
    a column. adj_close is never used: see ``docs/prices.md``.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        self.folder = folder
        self._name = name or str(folder)
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"price folder {folder} cannot be read: {reason}") from error
        self._files: dict[str, Path] = {}
        for path in paths:
            other = self._files.setdefault(path.stem.upper(), path)
            if other is not path:
                raise InputError(f"{other} and {path.name} are of one symbol; keep one of them")
        self._bars: dict[str, RawBars] = {}
        self._dividends: tuple[pd.DataFrame, str] | None = None

    @property
    def name(self) -> str:
        """As the user wrote it."""
        return self._name

    def describe(self) -> str:
        """One line: what and where."""
        return f"{counted(len(self._files), 'table')} in {self.folder}"

    def symbols(self, universe: Universe) -> tuple[str, ...]:
        """Symbols of `universe` with a file.

        Raises
        ------
        DataUnavailableError
            If there is a file for none of them.
        """
        found = tuple(symbol for symbol, listing in universe.listings.items() if self._path(listing))
        if not found:
            some = ", ".join(list(universe.listings)[:3])
            raise DataUnavailableError(
                f"price folder {self.folder} has a file for none of the listings in data/universe.toml; "
                f"name the files after the symbols ({some}), with suffix .csv or .parquet"
            )
        return found

    def span(self, listings: Sequence[Listing]) -> tuple[dt.date, dt.date] | None:
        """First and last date in the files of `listings`."""
        indexes = [self._read(listing).frame.index for listing in listings if self._path(listing)]
        if not indexes:
            return None
        first, last = min(index.min() for index in indexes), max(index.max() for index in indexes)
        return first.date(), last.date()

    def fetch(self, listing: Listing, start: dt.date, end: dt.date) -> RawBars:
        """All bars of the listing's file, whatever `start` and `end` are."""
        if self._path(listing) is None:
            raise SymbolMissingError(
                f"price folder {self.name} has no file for {listing.symbol}; "
                f"add {listing.symbol}.csv or leave the symbol out"
            )
        return self._read(listing)

    def fetch_fx(self, start: dt.date, end: dt.date) -> RawFx | None:
        """All rates of ``USDHKD.csv`` or ``USDHKD.parquet``; None if there is no such file.

        Raises
        ------
        InputError
            If it cannot be read, or a rate cannot be true; see :func:`newsbt.prices.quality_fx.check_fx`.
        """
        path = self._files.get(FX_SYMBOL)
        if path is None:
            return None
        table, digest = read_table(path)
        columns = find_columns(table.columns, ("date", "close"), (), str(path))
        dates = session_dates(table[columns["date"]], "UTC", str(path))
        rates = numbers(table[columns["close"]], "close", str(path))
        days = index_days(dates)
        check_fx(days, rates, str(path))
        return RawFx(days, rates, self._provenance(path, digest))

    def _path(self, listing: Listing) -> Path | None:
        names = (listing.symbol, listing.yahoo)
        return next((self._files[name.upper()] for name in names if name.upper() in self._files), None)

    def _read(self, listing: Listing) -> RawBars:
        if listing.symbol not in self._bars:
            self._bars[listing.symbol] = self._parse(listing)
        return self._bars[listing.symbol]

    def _parse(self, listing: Listing) -> RawBars:
        path = self._path(listing)
        if path is None:
            raise SymbolMissingError(f"price folder {self.name} has no file for {listing.symbol}")
        where = str(path)
        table, digest = read_table(path)
        volume = "volume|volume_k"
        needed = ("date", "open", "high", "low", "close")
        if listing.kind == "index":
            columns = find_columns(table.columns, needed, (volume, *_OPTIONAL), where)
        else:
            columns = find_columns(table.columns, (*needed, volume), _OPTIONAL, where)
        dates = session_dates(table[columns["date"]], ZONES[listing.venue], where)
        values = {name: numbers(table[columns[name]], name, where) for name in needed[1:]}
        values["volume"] = _volume(table, columns, where)
        frame = pd.DataFrame(values, index=dates)
        provenance = self._provenance(path, digest)
        dividends, findings = self._dividends_of(listing, provenance)
        amounts = _column(table, columns, ("dividend", "dividends"), dates, where)
        if not len(dividends) and len(amounts):
            dividends = pd.DataFrame({"ex_date": amounts.index, "amount": amounts.to_numpy()})
            dividends["currency"] = listing.currency
        splits = _column(table, columns, ("split", "stock_splits"), dates, where)
        return RawBars(frame, dividends, splits, provenance, findings)

    def _provenance(self, path: Path, digest: str) -> dict[str, str]:
        return {"source": self._name, "file": path.name, "sha256": digest}

    def _dividends_of(
        self, listing: Listing, provenance: dict[str, str]
    ) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
        path = self._files.get("DIVIDENDS")
        if path is None:
            return empty_dividends(), ()
        if self._dividends is None:
            self._dividends = _read_dividends(path)
        table, digest = self._dividends
        mine = table[table["symbol"].isin([listing.symbol, listing.yahoo])].drop(columns="symbol")
        if not len(mine):
            return mine, ()
        provenance["dividends_sha256"] = digest
        copies = mine.duplicated()
        findings = tuple(
            Finding(
                "duplicate-dividend",
                "warning",
                f"{listing.symbol} {row.ex_date:%Y-%m-%d}",
                f"dividend of {row.amount:g} {row.currency} stands twice in {path.name}",
                "counted once; add up a regular and a special dividend of the same amount",
            )
            for row in mine[copies].itertuples()
        )
        return mine[~copies].reset_index(drop=True), findings


def _volume(table: pd.DataFrame, columns: dict[str, Hashable], where: str) -> FloatArray:
    if "volume" in columns:
        return numbers(table[columns["volume"]], "volume", where)
    if "volume_k" in columns:
        return 1000.0 * numbers(table[columns["volume_k"]], "volume_k", where)
    return np.zeros(len(table))


def _column(
    table: pd.DataFrame,
    columns: dict[str, Hashable],
    names: Sequence[str],
    dates: pd.DatetimeIndex,
    where: str,
) -> pd.Series:
    """Non-zero values of the first of `names` that the table has, by date; one a date."""
    name = next((name for name in names if name in columns), None)
    if name is None:
        return empty_splits()
    values = pd.Series(numbers(table[columns[name]], name, where), index=dates)
    values = values[values.notna() & (values != 0.0)]
    return values[~values.index.duplicated()].sort_index()


def _read_dividends(path: Path) -> tuple[pd.DataFrame, str]:
    table, digest = read_table(path)
    names = ("symbol", "ex_date", "amount", "currency")
    columns = find_columns(table.columns, names, (), str(path))
    out = pd.DataFrame({"symbol": table[columns["symbol"]].astype("str").str.strip()})
    out["ex_date"] = session_dates(table[columns["ex_date"]], "UTC", str(path))
    out["amount"] = numbers(table[columns["amount"]], "amount", str(path))
    out["currency"] = table[columns["currency"]].fillna("").astype("str").str.strip().str.upper()
    return out, digest
