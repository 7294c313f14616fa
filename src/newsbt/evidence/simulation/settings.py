"""What a simulated world is made of: its market, its news and the effect planted in it (pure)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import get_args

from newsbt.errors import ParameterError, UnknownNameError
from newsbt.records import Precision

__all__ = ["Effect", "Market", "News", "Simulation"]

#: Returns without fat tails: degrees of freedom from which Student's distribution is taken as normal.
NORMAL = 1000.0


@dataclass(frozen=True, slots=True)
class Market:
    """How prices move; the same for every listing.

    Parameters
    ----------
    volatility : float
        Of a listing, annual (252 sessions), 0.01 to 1.
    correlation : float
        Between the returns of two issuers, 0 to 0.95.
    sector : float
        Part of `correlation` that comes from a factor which the benchmarks do not hold, at most as much.
    overnight : float
        Share of the variance that falls between the close and the next open of a venue, 0.5 to 0.95. What
        happens while the other venue trades is a part of it.
    tails : float
        Degrees of freedom of each factor's daily shock, 4.5 or more; 1000 is normal.
    arch, persistence : float
        Of GARCH(1,1), for each factor: weight of yesterday's squared return, and of it and yesterday's
        variance together; 0 and 0 for constant variance. At most 0.3 and 0.995.
    noise : float
        Deviation of a listing's price from its issuer's value, which dies away over a few sessions; 0 to
        0.05 and no more than a third of a session's deviation.
    dividend : float
        Share of the price that each listing pays once a year in June, 0 to 0.1.

    Raises
    ------
    ParameterError
        For a value out of bounds.
    """

    volatility: float = 0.40
    correlation: float = 0.40
    sector: float = 0.10
    overnight: float = 0.55
    tails: float = 6.0
    arch: float = 0.06
    persistence: float = 0.98
    noise: float = 0.003
    dividend: float = 0.01

    def __post_init__(self) -> None:
        """Check the values against their bounds."""
        _within("volatility", self.volatility, 0.01, 1.0)
        _within("correlation", self.correlation, 0.0, 0.95)
        _within("sector", self.sector, 0.0, self.correlation)
        _within("overnight", self.overnight, 0.5, 0.95)
        _within("tails", self.tails, 4.5, NORMAL)
        _within("persistence", self.persistence, 0.0, 0.995)
        _within("arch", self.arch, 0.0, min(0.3, self.persistence))
        _within("noise", self.noise, 0.0, min(0.05, self.deviation / 3.0))
        _within("dividend", self.dividend, 0.0, 0.1)

    @property
    def deviation(self) -> float:
        """Standard deviation of a session's return."""
        return self.volatility / math.sqrt(252.0)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a story does to every listing of its issuer; shares are of `size`.

    Parameters
    ----------
    size : float
        Log return the way of the story, over everything; -0.3 to 0.3, 0 for none. Less than zero turns
        prices against the news.
    over : int
        Sessions that what is left for trading is spread over, 1 to 60; it comes between open and close.
    half_life : float
        Sessions after which the part of a session is half as large; 0 for equal parts.
    delay : int
        Sessions between the first tradable one and the first that reacts, 0 to 20.
    gap : float
        Share that comes before the first tradable open, after the last close: nobody can trade it.
    leak : float
        Share that comes before publication, over `leak_over` sessions (1 to 20); with `gap` at most 1.
    leak_over : int
    wrong : float
        Share of the stories whose written direction is the opposite of the effect, 0 to 1.

    Raises
    ------
    ParameterError
        For a value out of bounds.
    """

    size: float = 0.015
    over: int = 1
    half_life: float = 0.0
    delay: int = 0
    gap: float = 0.0
    leak: float = 0.0
    leak_over: int = 5
    wrong: float = 0.0

    def __post_init__(self) -> None:
        """Check the values against their bounds."""
        _within("effect", self.size, -0.3, 0.3)
        _within("over", self.over, 1, 60)
        _within("half-life", self.half_life, 0.0, 250.0)
        _within("delay", self.delay, 0, 20)
        _within("gap", self.gap, 0.0, 1.0)
        _within("leak", self.leak, 0.0, 1.0)
        _within("leak-over", self.leak_over, 1, 20)
        _within("wrong", self.wrong, 0.0, 1.0)
        if self.gap + self.leak > 1.0 + 1e-12:
            raise ParameterError(
                f"gap {self.gap:g} and leak {self.leak:g} are more than the whole effect; make them 1 or less"
                " together"
            )

    @property
    def last(self) -> int:
        """Sessions from the first tradable one to the last that reacts."""
        return self.delay + self.over - 1

    def parts(self) -> list[float]:
        """Log return of each session that reacts, the first one first; they add up to what is tradable."""
        rate = 0.5 ** (1.0 / self.half_life) if self.half_life else 1.0
        weights = [rate**place for place in range(self.over)]
        tradable = self.size * (1.0 - self.gap - self.leak)
        return [tradable * weight / sum(weights) for weight in weights]


@dataclass(frozen=True, slots=True)
class News:
    """How many stories come, and when.

    Parameters
    ----------
    events : int
        Stories, 1 to 5000, about issuers in turn.
    dates : int
        Number of dates they share, with one direction a date; 0 scatters them, each with its own.
    apart : int
        Fewest sessions between two stories of an issuer, 1 to 250.
    precision : {"minute", "session", "day"}
        How well their times are known.
    quiet : int
        Sessions before the first story, as history for an event study; 0 to 1000.

    Raises
    ------
    ParameterError, UnknownNameError
        For a value out of bounds.
    """

    events: int = 60
    dates: int = 0
    apart: int = 20
    precision: Precision = "minute"
    quiet: int = 160

    def __post_init__(self) -> None:
        """Check the values against their bounds."""
        _within("events", self.events, 1, 5000)
        _within("dates", self.dates, 0, self.events)
        _within("apart", self.apart, 1, 250)
        _within("quiet", self.quiet, 0, 1000)
        if self.precision not in get_args(Precision):
            raise UnknownNameError("precision", self.precision, get_args(Precision))


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everything that a world depends on, besides its seed, its listings and their calendars.

    Parameters
    ----------
    market, news, effect : Market, News, Effect
    start, end : date
        First and last day with prices.
    """

    market: Market = field(default_factory=Market)
    news: News = field(default_factory=News)
    effect: Effect = field(default_factory=Effect)
    start: dt.date = dt.date(2022, 1, 3)
    end: dt.date = dt.date(2025, 12, 31)


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ParameterError(f"{name} is {value:g}; choose from {low:g} to {high:g}")
