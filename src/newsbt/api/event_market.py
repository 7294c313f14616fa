"""Benchmarks of an event study: one for each venue, with its prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsbt.adapters.prices.load import load_prices, open_source
from newsbt.adapters.workspace import Workspace
from newsbt.api.inputs import Inputs
from newsbt.errors import DataUnavailableError, InputError
from newsbt.evidence.events.models import Model
from newsbt.prices.book import PriceBook
from newsbt.records import Finding
from newsbt.universe import VENUES, Listing, Universe

__all__ = ["BENCHMARKS", "load_market", "missing_benchmarks", "named_benchmarks"]

#: Asked for in this order where the user names none for a venue.
BENCHMARKS: dict[str, tuple[str, ...]] = {
    "XNYS": ("KWEB", "MCHI", "FXI", "SPY"),
    "XHKG": ("HSI", "HSTECH", "3033.HK", "2800.HK"),
}


def named_benchmarks(names: Sequence[str], universe: Universe) -> dict[str, Listing]:
    """The listing asked for by venue."""
    found: dict[str, Listing] = {}
    for name in names:
        listings = universe.select([name])
        if len(listings) > 1:
            told = ", ".join(item.symbol for item in listings)
            raise InputError(f"benchmark {name} has several listings; name one of {told}")
        venue = listings[0].venue
        if venue in found:
            raise InputError(
                f"benchmarks {found[venue].symbol} and {name} are both of {venue}; name one for each venue"
            )
        found[venue] = listings[0]
    return found


def load_market(
    prices: str, workspace: Workspace, inputs: Inputs, universe: Universe, asked: Mapping[str, Listing]
) -> tuple[PriceBook, list[Listing]]:
    """Prices of the benchmarks, and for each venue of the run the one to use."""
    venues = list(dict.fromkeys(item.venue for item in inputs.listings))
    wanted: list[Listing] = []
    for venue in venues:
        names = (asked[venue].symbol,) if venue in asked else BENCHMARKS[venue]
        wanted += [universe.listings[name] for name in names if name in universe.listings]
    required = {item.symbol for venue, item in asked.items() if venue in venues}
    try:
        source = open_source(prices, workspace.data)
        book = load_prices(
            source, wanted, inputs.calendars, inputs.first_day, inputs.last_day, required=required
        )
    except DataUnavailableError:
        if required:
            raise
        return PriceBook({}, inputs.book.fx), []
    market = [
        next((item for item in wanted if item.venue == venue and item.symbol in book.bars), None)
        for venue in venues
    ]
    found = [item for item in market if item is not None]
    for item in found:
        if item in inputs.listings:
            raise InputError(
                f"{item.symbol} is the benchmark of {item.venue} and cannot be held against itself; name"
                " another with --benchmark or leave it out"
            )
    return book, found


def missing_benchmarks(inputs: Inputs, market: Sequence[Listing], model: Model, prices: str) -> list[Finding]:
    """A finding for each venue of the run that has no benchmark, where `model` needs one."""
    held = {item.venue for item in market}
    return [
        Finding(
            "no-benchmark",
            "warning",
            venue,
            f"prices {prices} have none of {', '.join(BENCHMARKS[venue])}, so no event of {venue} can be held"
            " against its market",
            "its events are dropped; name one with --benchmark, or take --model mean",
        )
        for venue in VENUES
        if model != "mean" and venue not in held and any(item.venue == venue for item in inputs.listings)
    ]
