"""Where the effect of each story goes: sessions and gaps of every listing of its issuer (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from newsbt.clock import catalyst_arrays, first_session, known_at
from newsbt.evidence.events.catalogue import earliest_public
from newsbt.evidence.simulation.settings import Effect
from newsbt.evidence.simulation.stories import Story
from newsbt.records import FloatArray
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing, Universe

__all__ = ["Planted", "plant"]

#: As in a run that does not say otherwise.
LATENCY_NS = 300_000_000_000


@dataclass(frozen=True, slots=True)
class Planted:
    """What one story does to one listing.

    Parameters
    ----------
    catalyst_id, symbol : str
    day_0 : date
        First session whose open can trade the story (latency 5 minutes).
    gap : float
        Log return between the last close and that open.
    sessions : tuple of (date, float)
        Log return between open and close of each session that reacts or leaks.
    """

    catalyst_id: str
    symbol: str
    day_0: dt.date
    gap: float
    sessions: tuple[tuple[dt.date, float], ...]


def plant(
    stories: Sequence[Story],
    effect: Effect,
    listings: Sequence[Listing],
    universe: Universe,
    calendars: Mapping[str, VenueCalendar],
) -> tuple[dict[str, FloatArray], dict[str, FloatArray], list[Planted]]:
    """Effects of all `stories`; those of one listing add up.

    Returns
    -------
    gaps, sessions : mapping of symbol to array of float64, shape (n,)
        Log returns to add to each gap before an open and to each session.
    list of Planted
        By story, then in the order of `listings`. A session beyond the calendar has no part.
    """
    catalysts = [story.catalyst for story in stories]
    venues = tuple(calendars)
    known = known_at(
        *catalyst_arrays(catalysts, universe, venues), [calendars[venue] for venue in venues], LATENCY_NS
    )
    public = earliest_public(catalysts, universe, calendars)
    first = {venue: first_session(calendars[venue], known, "open") for venue in venues}
    last = {venue: np.searchsorted(calendars[venue].closes, public, side="right") - 1 for venue in venues}
    gaps = {item.symbol: np.zeros(len(calendars[item.venue].days)) for item in listings}
    sessions = {symbol: zeros.copy() for symbol, zeros in gaps.items()}
    of_issuer = {
        item.issuer: [other for other in listings if other.issuer == item.issuer] for item in listings
    }
    told: list[Planted] = []
    for number, story in enumerate(stories):
        for item in of_issuer[story.catalyst.symbols[0]]:
            calendar, at = calendars[item.venue], int(first[item.venue][number])
            if at < 0:
                continue
            before = min(int(last[item.venue][number]), at - 1)
            gap, parts = _parts(effect, story.direction, at, before)
            kept = [(place, value) for place, value in parts if 0 <= place < len(calendar.days) and value]
            gaps[item.symbol][at] += gap
            for place, value in kept:
                sessions[item.symbol][place] += value
            dated = tuple((calendar.day(place), value) for place, value in kept)
            told.append(Planted(story.catalyst.id, item.symbol, calendar.day(at), gap, dated))
    return gaps, sessions, told


def _parts(effect: Effect, direction: int, at: int, before: int) -> tuple[float, list[tuple[int, float]]]:
    """The gap before the session `at`, and positions of sessions with what comes in them, ascending."""
    leak = effect.size * effect.leak / effect.leak_over
    parts = [(before - place, leak) for place in reversed(range(effect.leak_over))]
    parts += [(at + effect.delay + place, part) for place, part in enumerate(effect.parts())]
    return direction * effect.size * effect.gap + 0.0, [(place, direction * part) for place, part in parts]
