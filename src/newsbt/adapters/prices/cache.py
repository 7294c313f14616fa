"""A cache in front of a source: Parquet files in ``data/cache/``, refreshed by what is missing only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from newsbt.adapters.prices.cache_file import Cached, CacheFileError, cache_path, read_cached, write_cached
from newsbt.adapters.prices.cache_table import PRICES, from_table, fx_to_table, joined, rebased, to_table
from newsbt.adapters.prices.source import FX_SYMBOL, ZONES, PriceSource, RawBars, RawFx, SymbolMissingError
from newsbt.adapters.prices.yahoo import FX_ZONE, digest, utc_now
from newsbt.errors import DataUnavailableError
from newsbt.prices.report import index_days
from newsbt.records import Finding
from newsbt.universe import Listing, Universe

__all__ = ["CachedSource"]

_DAY = dt.timedelta(days=1)
#: The newest sessions may reach the source late: days after its last bar count as fetched only when this old.
_SETTLED = dt.timedelta(days=7)

_Ask = Callable[[dt.date, dt.date], tuple[pd.DataFrame, dict[str, str]]]


class CachedSource:
    """Gives what the cache has and asks the source for the rest.

    Parameters
    ----------
    source : PriceSource
        Behind the cache.
    folder : Path
        Made when first written to.
    clock : callable
        The present as an aware datetime: no day from today on counts as fetched, its bar is not final.

    Notes
    -----
    A refresh asks for the days after the last cached session, and for that session itself; likewise before
    the first one. A different close there, or a split among the new days, means that the source has put its
    prices on another basis: the whole history is fetched again.
    """

    def __init__(self, source: PriceSource, folder: Path, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self._source, self._folder, self._clock = source, folder, clock
        self._down: DataUnavailableError | None = None

    @property
    def name(self) -> str:
        """That of the source."""
        return self._source.name

    def describe(self) -> str:
        """One line: what and where."""
        return f"{self._source.describe()}, cached in {self._folder}"

    def symbols(self, universe: Universe) -> tuple[str, ...]:
        """Those of the source."""
        return self._source.symbols(universe)

    def span(self, listings: Sequence[Listing]) -> tuple[dt.date, dt.date] | None:
        """From the earliest cached start of `listings`, or the source's where nothing is cached, to today."""
        found = [self._read(listing.symbol)[0] for listing in listings]
        starts = [cached.start for cached in found if cached is not None]
        span = self._source.span(listings)
        return span if span is None or not starts else (min(starts), span[1])

    def fetch(self, listing: Listing, start: dt.date, end: dt.date) -> RawBars:
        """Bars from `start` to `end`.

        Where the source cannot be reached and the cache holds the period, or lacks only its newest sessions
        of a period that ends today or later, the cached bars are given with a finding.
        """

        def ask(first: dt.date, last: dt.date) -> tuple[pd.DataFrame, dict[str, str]]:
            raw = self._source.fetch(listing, first, last)
            return to_table(raw), dict(raw.provenance)

        cached, findings = self._get(listing.symbol, ZONES[listing.venue], start, end, ask)
        return RawBars(*from_table(cached.frame), cached.provenance, tuple(findings))

    def fetch_fx(self, start: dt.date, end: dt.date) -> RawFx | None:
        """Rates from `start` to `end`, cached under ``USDHKD``.

        Where the source cannot be reached, the cached ones are given whatever days they hold: under the peg
        an older rate is a good one, and the gate says how far it is carried.
        """

        def ask(first: dt.date, last: dt.date) -> tuple[pd.DataFrame, dict[str, str]]:
            raw = self._source.fetch_fx(first, last)
            if raw is None:
                raise SymbolMissingError(f"{self._source.name} has no {FX_SYMBOL} from {first} to {last}")
            return fx_to_table(raw), dict(raw.provenance)

        try:
            cached, findings = self._get(FX_SYMBOL, FX_ZONE, start, end, ask, any_days=True)
        except SymbolMissingError:
            return None
        rates = cached.frame["close"].to_numpy(np.float64)
        return RawFx(index_days(cached.frame.index), rates, cached.provenance, tuple(findings))

    def _get(
        self, symbol: str, zone: str, start: dt.date, end: dt.date, ask: _Ask, *, any_days: bool = False
    ) -> tuple[Cached, list[Finding]]:
        yesterday = self._clock().astimezone(ZoneInfo(zone)).date() - _DAY
        wanted = min(end, yesterday)
        cached, findings = self._read(symbol)
        if cached is not None and cached.start <= start and _no_weekday(cached.end + _DAY, wanted):
            return cached, findings
        try:
            if self._down is not None:
                raise self._down
            fresh = _refreshed(cached, start, wanted, ask)
        except SymbolMissingError:
            raise
        except DataUnavailableError as error:
            self._down = error
            if cached is None:
                raise
            held = f"the cache holds {symbol} from {cached.start} to {cached.end}"
            if not any_days and (cached.start > start or end <= yesterday):
                raise DataUnavailableError(f"{error}; {held} only") from error
            action = f"{held}, and that is used"
            findings.append(Finding("cache-not-refreshed", "warning", symbol, str(error), action))
            return cached, findings
        path = cache_path(self._folder, symbol)
        try:
            write_cached(path, fresh)
        except OSError as error:
            message = f"{path} cannot be written: {error.strerror or error}"
            findings.append(
                Finding("cache-not-written", "warning", symbol, message, "fetched again next time")
            )
        return fresh, findings

    def _read(self, symbol: str) -> tuple[Cached | None, list[Finding]]:
        path = cache_path(self._folder, symbol)
        try:
            return read_cached(path), []
        except CacheFileError as error:
            message = f"cache file {path} cannot be used: {error}"
            return None, [Finding("cache-corrupt", "warning", symbol, message, "fetched anew")]


def _refreshed(cached: Cached | None, start: dt.date, end: dt.date, ask: _Ask) -> Cached:
    """What is cached, made to reach from `start` to `end`."""
    if cached is None:
        return _sealed(*ask(start, max(start, end)), start, end)
    table, provenance = cached.frame, dict(cached.provenance)
    first, last = min(start, cached.start), max(end, cached.end)
    wanted = []
    if end > cached.end:
        wanted.append((table.index.max().date(), end))
    if start < cached.start:
        wanted.append((start, table.index.min().date()))
    for span in wanted:
        try:
            part, provenance = ask(*span)
        except SymbolMissingError:
            continue
        if rebased(cached.frame, part):
            return _sealed(*ask(first, last), first, last)
        table = joined(table, part)
    return _sealed(table, provenance, first, last)


def _sealed(table: pd.DataFrame, provenance: dict[str, str], start: dt.date, end: dt.date) -> Cached:
    newest = table.index.max().date()
    if newest < end <= newest + _SETTLED:
        end = newest
    return Cached(table, start, end, {**provenance, "sha256": digest(table[PRICES])})


def _no_weekday(first: dt.date, last: dt.date) -> bool:
    """Whether no Monday to Friday lies between the two, both included."""
    return first > last or int(np.busday_count(first, last + _DAY)) == 0
