"""Learns, walking forward, how prices answered news of a kind (pure).

A kind is a category with a tone (what the words say: good, bad, neither). The mean reaction of a kind is
drawn towards that of its tone, and that towards none, each by a number of pseudo-events: the posterior mean
of a normal model with known variance (Gelman et al. 2013, "Bayesian Data Analysis", section 2.5). Events of
one day count as one: their reactions share the day's market.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

__all__ = ["Belief", "Learner"]

Kind = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Belief:
    """What is known of a kind.

    Parameters
    ----------
    mean : float
        Posterior mean of the reaction, in its own standard deviations.
    error : float
        Posterior standard deviation of that mean; NaN where nothing was ever seen.
    dates : int
        Different days on which the kind was seen.
    """

    mean: float
    error: float
    dates: int

    @property
    def score(self) -> float:
        """Probability of a positive mean less that of a negative one, in [-1, 1]; 0 without any event."""
        return math.erf(self.mean / self.error / math.sqrt(2.0)) if self.error > 0.0 else 0.0


@dataclass
class _Days:
    """Mean of daily means, kept up as observations come in."""

    total: float = 0.0
    days: dict[int, tuple[float, int]] = field(default_factory=dict)

    def add(self, day: int, value: float) -> tuple[float, float]:
        """Take `value` in; the day's mean before (0 for a new day) and after."""
        amount, count = self.days.get(day, (0.0, 0))
        before = amount / count if count else 0.0
        self.days[day] = (amount + value, count + 1)
        after = (amount + value) / (count + 1)
        self.total += after - before
        return before, after


@dataclass
class Learner:
    """Takes in reactions one by one and says what it believes at any time between.

    Parameters
    ----------
    prior : float
        Pseudo-events that draw a kind to its tone, and a tone to no reaction; positive.
    """

    prior: float
    _kinds: dict[Kind, _Days] = field(default_factory=dict)
    _tones: dict[int, _Days] = field(default_factory=dict)
    _squares: float = 0.0
    _seen: int = 0

    def learn(self, kind: Kind, day: int, value: float) -> None:
        """Take in one reaction of `kind` on `day` (any integer that names it)."""
        days = self._kinds.setdefault(kind, _Days())
        new = day not in days.days
        before, after = days.add(day, value)
        self._tones.setdefault(kind[1], _Days()).add(day, value)
        self._squares += after**2 - before**2
        self._seen += new

    def believe(self, kind: Kind) -> Belief:
        """What the reactions so far say of `kind`."""
        tone = self._tones.get(kind[1], _Days())
        own = self._kinds.get(kind, _Days())
        parent = tone.total / (self.prior + len(tone.days))
        mean = (self.prior * parent + own.total) / (self.prior + len(own.days))
        variance = self._squares / self._seen if self._seen else math.nan
        return Belief(mean, math.sqrt(variance / (self.prior + len(own.days))), len(own.days))
