"""What ``newsbt prices`` shows, as plain values and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from newsbt.adapters.calendars import load_calendars
from newsbt.adapters.prices.load import FX_LEAD, load_prices
from newsbt.adapters.prices.source import PriceSource, SymbolMissingError
from newsbt.adapters.workspace import Workspace
from newsbt.errors import DataUnavailableError, InputError
from newsbt.prices.book import PriceBook
from newsbt.prices.report import counted
from newsbt.records import Finding
from newsbt.universe import Listing

__all__ = ["Checked", "check", "fetch", "fetch_rows"]

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Checked:
    """Prices that went through the gate.

    Parameters
    ----------
    source : str
        One line about where they come from.
    book : PriceBook
        Bars and findings.
    """

    source: str
    book: PriceBook

    def serious(self) -> list[Finding]:
        """Findings that are more than information."""
        return [found for found in self.book.findings if found.severity != "info"]

    def headline(self) -> str:
        """What was looked at, and the verdict."""
        bars = self.book.bars.values()
        first, last = min(frame.index[0] for frame in bars), max(frame.index[-1] for frame in bars)
        looked = f"{self.source}: {counted(len(self.book.bars), 'listing')}, "
        looked += f"{counted(sum(map(len, bars)), 'bar')} from {first:%Y-%m-%d} to {last:%Y-%m-%d}. "
        serious = self.serious()
        if serious:
            errors = sum(found.severity == "error" for found in serious)
            return f"{looked}{counted(errors, 'error')}, {counted(len(serious) - errors, 'warning')}."
        return f"{looked}Nothing wrong."

    def groups(self) -> list[tuple[str, str, int, str]]:
        """Rows of severity, code, number of findings, and where; errors first."""
        grouped: dict[tuple[str, str], list[str]] = {}
        for found in self.book.findings:
            grouped.setdefault((found.severity, found.code), []).append(found.where)
        order = {"error": 0, "warning": 1, "info": 2}
        ranked = sorted(grouped.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        return [(severity, code, len(places), _some(places)) for (severity, code), places in ranked]

    def as_json(self) -> dict[str, Any]:
        """Listings, findings and the number of each severity."""
        counts = {name: 0 for name in ("error", "warning", "info")}
        for found in self.book.findings:
            counts[found.severity] += 1
        return {
            "source": self.source,
            "counts": counts,
            "listings": [
                {
                    "symbol": symbol,
                    "bars": len(frame),
                    "first": f"{frame.index[0]:%Y-%m-%d}",
                    "last": f"{frame.index[-1]:%Y-%m-%d}",
                    "placeholders": int(frame["placeholder"].sum()),
                    "dividends": int((frame["dividend"] > 0.0).sum()),
                    "provenance": dict(self.book.provenance.get(symbol, {})),
                }
                for symbol, frame in self.book.bars.items()
            ],
            "findings": [asdict(found) for found in self.book.findings],
        }


def check(
    source: PriceSource,
    place: Workspace,
    names: Sequence[str],
    start: dt.date | None,
    end: dt.date | None,
    progress: Progress,
) -> Checked:
    """Load the prices of `names`, or of all listings that a folder has, through the gate."""
    universe = place.universe()
    if names or source.name == "yahoo":
        listings = universe.select(names)
    else:
        listings = tuple(universe.listings[symbol] for symbol in source.symbols(universe))
    span = source.span(listings)
    if span is None:
        raise DataUnavailableError(f"prices {source.name} have none of {', '.join(names)}")
    first, last = start or span[0], end or span[1]
    if last < first:
        raise InputError(
            f"end {last} is before start {first}; prices {source.name} span {span[0]} to {span[1]}"
        )
    venues = tuple(dict.fromkeys(listing.venue for listing in listings))
    book = load_prices(
        source,
        listings,
        load_calendars(venues, place.overlay_file, first, last),
        start,
        end,
        progress=lambda symbol, at, total: progress(f"prices of {symbol}", at / total),
        required={listing.symbol for listing in listings} if names else (),
    )
    return Checked(source.describe(), book)


def fetch(
    source: PriceSource,
    listings: Sequence[Listing],
    start: dt.date | None,
    end: dt.date | None,
    named: bool,
    progress: Progress,
) -> dict[str, Any]:
    """Have `source` fetch `listings` and the exchange rates into its cache.

    Returns
    -------
    dict
        ``listings``: rows with symbol, bars, first, last, fetched_at. ``notes``: sentences about what is
        missing.
    """
    span = source.span(listings)
    if span is None:
        raise DataUnavailableError(f"prices {source.name} have none of the listings")
    first, last = start or span[0], end or span[1]
    if last < first:
        raise InputError(f"end {last} is before start {first}")
    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    for position, listing in enumerate(listings):
        progress(f"prices of {listing.symbol}", position / (len(listings) + 1))
        try:
            raw = source.fetch(listing, first, last)
        except SymbolMissingError as error:
            if named:
                raise
            notes.append(str(error))
            continue
        notes += [f"{found.where}: {found.message}; {found.action}" for found in raw.findings]
        rows.append(
            {
                "symbol": listing.symbol,
                "bars": len(raw.frame),
                "first": f"{raw.frame.index.min():%Y-%m-%d}",
                "last": f"{raw.frame.index.max():%Y-%m-%d}",
                "fetched_at": raw.provenance.get("fetched_at", ""),
            }
        )
    progress("exchange rates", len(listings) / (len(listings) + 1))
    rates = source.fetch_fx(first - FX_LEAD, last)
    if rates is None:
        notes.append(f"prices {source.name} have no exchange rates; 7.80 will be used")
    else:
        notes += [f"{found.where}: {found.message}; {found.action}" for found in rates.findings]
    if not rows:
        raise DataUnavailableError("nothing was fetched: " + "; ".join(notes))
    return {"listings": rows, "notes": notes}


def fetch_rows(fetched: dict[str, Any]) -> list[list[Any]]:
    """Rows of a table from what :func:`fetch` gives."""
    return [
        [row[name] for name in ("symbol", "bars", "first", "last", "fetched_at")]
        for row in fetched["listings"]
    ]


def _some(places: Sequence[str], most: int = 3) -> str:
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return ", ".join(places[:most]) + more
