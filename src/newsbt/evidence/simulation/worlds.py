"""Simulated worlds: news, bars and exchange rates from a seed, by the thousand (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from newsbt.errors import ParameterError
from newsbt.evidence.simulation.bars import Bars, draw_bars, draw_fx
from newsbt.evidence.simulation.factors import draw_shocks, factor_steps
from newsbt.evidence.simulation.planting import Planted, plant
from newsbt.evidence.simulation.returns import ListingReturns, draw_noise, factor_count, listing_returns
from newsbt.evidence.simulation.settings import Simulation
from newsbt.evidence.simulation.stories import Story, draw_stories
from newsbt.evidence.simulation.timeline import build_timeline
from newsbt.prices.book import BAR_COLUMNS, PriceBook
from newsbt.prices.fx import FxTable
from newsbt.records import IntArray
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing, Universe

__all__ = ["SimulatedWorld", "price_book", "simulate_worlds"]

#: Worlds whose factors are drawn together.
CHUNK = 16
#: Days of exchange rates before the first bar.
FX_LEAD = 30


@dataclass(frozen=True)
class SimulatedWorld:
    """One world.

    Parameters
    ----------
    number : int
        Its place among the worlds of its seed.
    stories : tuple of Story
        By time of publication.
    planted : tuple of Planted
        What each of them does, and where.
    bars : mapping of symbol to Bars
        In the order of the listings.
    returns : mapping of symbol to ListingReturns
        What the bars were made of: with the effect, in US dollars, before dividends and rounding.
    fx_days, hkd_per_usd : arrays
        Days since 1970-01-01 and the rates on them.
    """

    number: int
    stories: tuple[Story, ...]
    planted: tuple[Planted, ...]
    bars: Mapping[str, Bars]
    returns: Mapping[str, ListingReturns]
    fx_days: IntArray
    hkd_per_usd: np.ndarray


def simulate_worlds(
    simulation: Simulation,
    universe: Universe,
    listings: Sequence[Listing],
    calendars: Mapping[str, VenueCalendar],
    *,
    worlds: int = 1,
    seed: int = 0,
    first: int = 0,
) -> Iterator[SimulatedWorld]:
    """Draw worlds one after another; each depends on `seed` and its number only.

    Parameters
    ----------
    simulation : Simulation
    universe : Universe
        That of `listings`.
    listings : sequence of Listing
        Traded ones and benchmarks (ETFs and indices, which no news is about).
    calendars : mapping of venue to VenueCalendar
        Exactly the sessions from ``simulation.start`` to ``simulation.end``, of every venue.
    worlds, first : int
        How many, and the number of the first one.
    seed : int
        0 or more.

    Raises
    ------
    ParameterError
        If there is no room for the news, no session, or nothing that news could be about.
    """
    traded = [item for item in listings if item.kind not in ("etf", "index")]
    if not traded:
        raise ParameterError("no share among the listings; name at least one with --symbols")
    if any(not len(calendar.days) for calendar in calendars.values()):
        raise ParameterError(
            f"there is no session from {simulation.start} to {simulation.end}; take a longer period"
        )
    timeline = build_timeline(calendars, simulation.market.overnight)
    issuers = list(dict.fromkeys(item.issuer for item in listings))
    count = factor_count(listings)
    for start in range(first, first + worlds, CHUNK):
        numbers = range(start, min(start + CHUNK, first + worlds))
        streams = [np.random.default_rng([seed, number]) for number in numbers]
        drawn = [draw_shocks(rng, timeline, count, simulation.market.tails) for rng in streams]
        normals, mixing = (np.stack(part) for part in zip(*drawn, strict=True))
        steps, variance = factor_steps(normals, mixing, timeline, simulation.market)
        for place, (number, rng) in enumerate(zip(numbers, streams, strict=True)):
            stories = draw_stories(rng, simulation, traded, calendars)
            gaps, sessions, planted = plant(stories, simulation.effect, traded, universe, calendars)
            days = np.concatenate([calendar.days for calendar in calendars.values()])
            fx_days, rates = draw_fx(rng, int(days.min()) - FX_LEAD, int(days.max()))
            returns: dict[str, ListingReturns] = {}
            bars: dict[str, Bars] = {}
            for item in listings:
                calendar = calendars[item.venue]
                noise = draw_noise(rng, len(calendar.days))
                found = listing_returns(
                    item, issuers, steps[place], variance[place], noise, timeline, simulation.market
                )
                if item.symbol in gaps:
                    found = replace(
                        found,
                        gap=found.gap + gaps[item.symbol],
                        session=found.session + sessions[item.symbol],
                    )
                at = np.searchsorted(fx_days, calendar.days, side="right") - 1
                returns[item.symbol] = found
                bars[item.symbol] = draw_bars(rng, item, calendar, found, rates[at], simulation.market)
            yield SimulatedWorld(number, tuple(stories), tuple(planted), bars, returns, fx_days, rates)


def price_book(world: SimulatedWorld) -> PriceBook:
    """The prices of `world` as the price gate would hand them on."""
    frames = {}
    for symbol, bars in world.bars.items():
        index = pd.DatetimeIndex(bars.days.astype("datetime64[D]").astype("datetime64[ns]"), name="session")
        columns = {
            "open": bars.open,
            "high": bars.high,
            "low": bars.low,
            "close": bars.close,
            "volume": bars.volume,
            "dividend": bars.dividend,
            "placeholder": np.zeros(len(index), dtype=np.bool_),
        }
        frames[symbol] = pd.DataFrame({name: columns[name] for name in BAR_COLUMNS}, index=index)
    return PriceBook(frames, FxTable(world.fx_days, world.hkd_per_usd))
