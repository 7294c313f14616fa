"""From a source's raw bars to the clean price book of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from newsbt.adapters.prices.source import PriceSource, RawBars, SymbolMissingError
from newsbt.errors import DataUnavailableError, InputError, UnknownNameError
from newsbt.prices.book import PriceBook
from newsbt.prices.dividends import compare_listings, convert_dividends
from newsbt.prices.fx import FxTable
from newsbt.prices.quality import clean
from newsbt.prices.quality_fx import clean_fx, fallback_fx
from newsbt.prices.report import as_days, index_days
from newsbt.records import Finding
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["FX_LEAD", "load_prices", "open_source"]

#: Days of rates fetched before the first bar, so that it has a fixing.
FX_LEAD = dt.timedelta(days=14)


def open_source(spec: str, data_dir: Path) -> PriceSource:
    """The source a user names.

    Parameters
    ----------
    spec : str
        ``"sample"`` (shipped), ``"yahoo"`` (through the cache) or a folder.
    data_dir : Path
        The workspace's ``data`` folder.

    Raises
    ------
    UnknownNameError
        If `spec` is none of them.
    InputError
        If the folder cannot be read.
    """
    from newsbt.adapters.prices.folder import FolderSource

    if spec == "sample":
        return FolderSource(data_dir / "prices" / "sample", "sample")
    if spec == "yahoo":
        from newsbt.adapters.prices.cache import CachedSource
        from newsbt.adapters.prices.yahoo import YahooSource

        cache = data_dir / "cache"
        return CachedSource(YahooSource(state_dir=cache / "yfinance"), cache)
    folder = Path(spec).expanduser()
    if folder.is_dir():
        return FolderSource(folder, spec)
    if folder.exists():
        raise InputError(f"prices {spec} is a file; name the folder that holds it")
    if folder.parent != Path(".") or "/" in spec:
        raise InputError(f"there is no price folder {spec}; write sample, yahoo or an existing folder")
    raise UnknownNameError("price source", spec, ("sample", "yahoo", "a folder"))


def load_prices(
    source: PriceSource,
    listings: Sequence[Listing],
    calendars: Mapping[str, VenueCalendar],
    start: dt.date | None,
    end: dt.date | None,
    progress: Callable[[str, int, int], None] | None = None,
    *,
    required: Collection[str] = (),
) -> PriceBook:
    """Fetch, clean and put together the prices of a run.

    Parameters
    ----------
    source : PriceSource
        Where they come from.
    listings : sequence of Listing
        What is wanted.
    calendars : mapping of venue to VenueCalendar
        For the venues of `listings`, reaching from `start` to `end`.
    start, end : date or None
        Period, both included; None for what the source has. Without an end, a listing is held against the
        last bar of its own venue.
    progress : callable, optional
        ``progress(symbol, position, total)`` before each symbol.
    required : collection of str
        Symbols that the user asked for by name: their absence is an error. Others are left out with a
        finding.

    Returns
    -------
    PriceBook
        Bars in the order of `listings`.

    Raises
    ------
    DataUnavailableError
        If a required symbol, or every symbol, has no bars in the period; if the source cannot be reached for
        one of them (for exchange rates there is the fallback).
    InputError
        If a file is not what it should be, or `end` is before `start`.
    """
    span = source.span(listings)
    if span is None:
        names = ", ".join(listing.symbol for listing in listings)
        raise DataUnavailableError(f"prices {source.name} have none of {names}")
    first, last = start or span[0], end or span[1]
    if last < first:
        raise InputError(
            f"end {last} is before start {first}; prices {source.name} span {span[0]} to {span[1]}"
        )
    fx, findings, provenance = _exchange_rates(source, listings, first, last)
    raws: dict[str, RawBars] = {}
    for position, listing in enumerate(listings):
        if progress is not None:
            progress(listing.symbol, position, len(listings))
        try:
            raws[listing.symbol] = source.fetch(listing, first, last)
        except SymbolMissingError as error:
            if listing.symbol in required:
                raise
            findings.append(Finding("no-prices", "info", listing.symbol, str(error), "left out"))
    ends = {} if end is not None else _last_by_venue(raws, listings, last)
    bars: dict[str, pd.DataFrame] = {}
    for listing in listings:
        raw = raws.get(listing.symbol)
        if raw is None:
            continue
        until = ends.get(listing.venue, last)
        dividends, converted = convert_dividends(_between(raw.dividends, first, until), listing, fx)
        frame, found = clean(
            raw.frame,
            listing,
            calendars[listing.venue],
            first,
            until,
            dividends=dividends,
            splits=raw.splits,
        )
        findings += [*raw.findings, *converted, *found]
        if not len(frame):
            message = f"prices {source.name} have no usable bar of {listing.symbol} from {first} to {until}"
            if listing.symbol in required:
                raise DataUnavailableError(f"{message}; choose another period or leave the symbol out")
            findings.append(Finding("no-bars", "info", listing.symbol, message, "left out"))
            continue
        bars[listing.symbol] = frame
        provenance[listing.symbol] = raw.provenance
    if not bars:
        names = ", ".join(listing.symbol for listing in listings)
        raise DataUnavailableError(f"prices {source.name} have no bars of {names} from {first} to {last}")
    findings += compare_listings(bars, listings)
    return PriceBook(bars, fx, tuple(findings), provenance)


def _exchange_rates(
    source: PriceSource, listings: Sequence[Listing], first: dt.date, last: dt.date
) -> tuple[FxTable, list[Finding], dict[str, Mapping[str, str]]]:
    try:
        raw = source.fetch_fx(first - FX_LEAD, last)
        why = f"prices {source.name} have no exchange rates"
    except DataUnavailableError as error:
        raw, why = None, str(error)
    if raw is None:
        needed = any(listing.currency != "USD" for listing in listings)
        fx, findings = fallback_fx(why, needed=needed)
        return fx, findings, {}
    fx, findings = clean_fx(raw.days, raw.usdhkd, as_days(first), as_days(last))
    return fx, [*raw.findings, *findings], {"USDHKD": raw.provenance}


def _between(dividends: pd.DataFrame, first: dt.date, last: dt.date) -> pd.DataFrame:
    days = index_days(dividends["ex_date"])
    return dividends[(days >= as_days(first)) & (days <= as_days(last))]


def _last_by_venue(
    raws: Mapping[str, RawBars], listings: Sequence[Listing], last: dt.date
) -> dict[str, dt.date]:
    """The last date any listing of each venue has a bar for."""
    ends: dict[str, dt.date] = {}
    for listing in listings:
        if listing.symbol in raws and len(raws[listing.symbol].frame):
            day = np.datetime64(raws[listing.symbol].frame.index.max(), "D").item()
            ends[listing.venue] = min(last, max(day, ends.get(listing.venue, day)))
    return ends
