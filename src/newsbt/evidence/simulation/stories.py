"""Stories of a simulated catalogue: whom they are about, when they come, which way they point (pure)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from newsbt.errors import ParameterError
from newsbt.evidence.simulation.settings import News, Simulation
from newsbt.records import Catalyst, IntArray
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["Story", "draw_stories"]

#: Sessions left after the last session that reacts, for the end of an event window.
AFTER = 15
#: Share of stories before the open and in session; the rest comes after the close.
BEFORE_OPEN, IN_SESSION = 0.35, 0.25
HOUR_NS = 3_600_000_000_000
STRENGTH, CATEGORIES = 0.8, ("product", "partnership", "regulation", "guidance")
WORDS = {1: "Favourable", -1: "Unfavourable"}


@dataclass(frozen=True, slots=True)
class Story:
    """A catalyst and what it really does.

    Parameters
    ----------
    catalyst : Catalyst
        With the direction that is written, judged at publication.
    direction : int
        The true one: -1 or 1.
    """

    catalyst: Catalyst
    direction: int


def draw_stories(
    rng: np.random.Generator,
    simulation: Simulation,
    listings: Sequence[Listing],
    calendars: Mapping[str, VenueCalendar],
) -> list[Story]:
    """Draw the news of a world, by time of publication.

    Parameters
    ----------
    listings : sequence of Listing
        What the news is about; a story concerns an issuer and comes on a session day of the venue of its
        first listing.
    calendars : mapping of venue to VenueCalendar
        From the first to the last day of the prices.

    Raises
    ------
    ParameterError
        If the period has no room for so many stories so far apart.
    """
    news, first_of = simulation.news, {item.issuer: item for item in reversed(listings)}
    issuers = [item.issuer for item in listings]
    issuers = list(dict.fromkeys(issuers))
    after = simulation.effect.last + AFTER
    told: list[tuple[dt.datetime, str, int]] = []  # moment, issuer, direction
    if news.dates:
        told = _clustered(rng, news, issuers, first_of, calendars, after)
    else:
        counts = np.bincount(np.arange(news.events) % len(issuers), minlength=len(issuers))
        for issuer, count in zip(issuers, counts, strict=True):
            calendar = calendars[first_of[issuer].venue]
            length = len(calendar.days) - after - news.quiet
            sessions = news.quiet + _spaced(rng, length, int(count), news.apart, issuer)
            told += [(_moment(rng, calendar, int(at)), issuer, int(rng.choice((-1, 1)))) for at in sessions]
    wrong = np.zeros(len(told), dtype=np.bool_)
    wrong[rng.permutation(len(told))[: round(simulation.effect.wrong * len(told))]] = True
    order = sorted(range(len(told)), key=lambda place: (told[place][0].timestamp(), told[place][1]))
    return [_story(rng, number, *told[place], bool(wrong[place]), news) for number, place in enumerate(order)]


def _story(
    rng: np.random.Generator,
    number: int,
    moment: dt.datetime,
    issuer: str,
    direction: int,
    wrong: bool,
    news: News,
) -> Story:
    written = -direction if wrong else direction
    catalyst = Catalyst(
        id=f"SIM-{number:04d}",
        published_at=moment,
        time_precision=news.precision,
        headline=f"{WORDS[written]} simulated story number {number} about {issuer}",
        category=str(rng.choice(CATEGORIES)),
        scope="company",
        symbols=(issuer,),
        direction=written,
        strength=STRENGTH,
        labelled_at=moment,
        source="newsbt simulate",
    )
    return Story(catalyst, direction)


def _clustered(
    rng: np.random.Generator,
    news: News,
    issuers: Sequence[str],
    first_of: Mapping[str, Listing],
    calendars: Mapping[str, VenueCalendar],
    after: int,
) -> list[tuple[dt.datetime, str, int]]:
    """Dates with a few issuers and one direction each.

    All stories of a date come in the three hours before the first venue opens that day, so that every
    listing can first trade them on that date. Every venue is open then and on the day before.
    """
    venues = sorted({first_of[issuer].venue for issuer in issuers})
    most = -(-news.events // news.dates)
    if most > len(issuers):
        raise ParameterError(
            f"{news.events} events on {news.dates} dates are {most} a date, and there are {len(issuers)}"
            f" issuers; take {-(-news.events // len(issuers))} dates or more"
        )
    inside = [calendars[venue].days[news.quiet : len(calendars[venue].days) - after] for venue in venues]
    dates = functools.reduce(np.intersect1d, inside)
    dates = dates[np.isin(dates - 1, dates)]
    # Fewer of these than sessions lie between two of them.
    chosen = dates[_spaced(rng, len(dates), news.dates, news.apart, "the dates")]
    counts = np.bincount(np.arange(news.events) % news.dates, minlength=news.dates)
    told = []
    for date, count in zip(chosen, counts, strict=True):
        way = int(rng.choice((-1, 1)))
        opened = min(
            int(item.opens[np.searchsorted(item.days, date)])
            for item in (calendars[venue] for venue in venues)
        )
        for number in rng.permutation(len(issuers))[:count]:
            timezone = calendars[first_of[issuers[number]].venue].timezone
            told.append((_local(opened - rng.uniform(0.2, 3.0) * HOUR_NS, timezone), issuers[number], way))
    return told


def _spaced(rng: np.random.Generator, length: int, count: int, apart: int, what: str) -> IntArray:
    """`count` of `length` positions, ascending and at least `apart` from one another, all sets alike."""
    room = length - max(count - 1, 0) * (apart - 1)
    if room < count:
        raise ParameterError(
            f"{count} stories of {what}, {apart} sessions apart, do not fit into {max(length, 0)} sessions;"
            " take fewer events, a longer period, or less with --apart or --quiet"
        )
    return np.sort(rng.choice(room, count, replace=False)) + np.arange(count) * (apart - 1)


def _moment(rng: np.random.Generator, calendar: VenueCalendar, at: int) -> dt.datetime:
    """A minute of the day of session `at`: in session, or within six hours of its open or close."""
    part = rng.random()
    opened, closed = int(calendar.opens[at]), int(calendar.closes[at])
    if part < BEFORE_OPEN:
        nanoseconds = opened - rng.uniform(0.2, 6.0) * HOUR_NS
    elif part < BEFORE_OPEN + IN_SESSION:
        nanoseconds = rng.uniform(opened, closed)
    else:
        nanoseconds = closed + rng.uniform(0.2, 6.0) * HOUR_NS
    return _local(nanoseconds, calendar.timezone)


def _local(nanoseconds: float, timezone: str) -> dt.datetime:
    """The minute at or before UTC `nanoseconds`, with the offset of `timezone`."""
    moment = dt.datetime.fromtimestamp(int(nanoseconds // 60_000_000_000) * 60, dt.UTC)
    local = moment.astimezone(ZoneInfo(timezone))
    return moment.astimezone(dt.timezone(local.utcoffset() or dt.timedelta(0)))
