"""Results against consensus, in the company's own usual surprises (pure).

The size of a surprise only means something against how far the company usually lies from its consensus:
standardised unexpected earnings (Foster, Olsen and Shevlin 1984, "Earnings releases, anomalies, and the
behavior of security returns"; against analysts' forecasts Livnat and Mendenhall 2006, "Comparing the
post-earnings announcement drift for surprises calculated from analyst and time series forecasts"; revenue
beside earnings Jegadeesh and Livnat 2006, "Revenue surprises and stock returns").
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["FIGURES", "MOST", "PRIOR", "Result", "Surprise", "standardise"]

FIGURES: tuple[str, ...] = ("revenue", "eps")
#: Surprises beyond this part of the consensus count as this: a consensus near 0 makes any miss enormous.
MOST = 1.0
#: How many own surprises the usual surprise of all companies counts as.
PRIOR = 4.0


@dataclass(frozen=True, slots=True)
class Result:
    """One figure of one report.

    Parameters
    ----------
    issuer : str
        Whose.
    published_at : datetime
        Aware.
    actual, consensus : float
        In the same unit.
    """

    issuer: str
    published_at: dt.datetime
    actual: float
    consensus: float

    @property
    def relative(self) -> float:
        """``(actual - consensus) / |consensus|`` within [-1, 1]; against 0 it is the sign of the gap."""
        gap = self.actual - self.consensus
        if self.consensus == 0.0:
            return float((gap > 0.0) - (gap < 0.0))
        return max(-MOST, min(MOST, gap / abs(self.consensus)))


@dataclass(frozen=True, slots=True)
class Surprise:
    """What a figure was, against what it usually is.

    Parameters
    ----------
    relative : float
        See :attr:`Result.relative`.
    usual : float
        Root mean square of earlier surprises: the company's own ones and, counting as :data:`PRIOR` of
        them, everybody's. NaN where fewer than the asked number of them are known.
    own, others : int
        Earlier surprises of the company, and of all the others.
    """

    relative: float
    usual: float
    own: int
    others: int

    @property
    def standardised(self) -> float:
        """`relative` in units of `usual`; NaN without history."""
        return self.relative / self.usual if self.usual > 0.0 else math.nan


def standardise(results: Sequence[Result], min_history: int) -> list[Surprise]:
    """Standardise each result by those published strictly before it.

    Parameters
    ----------
    results : sequence of Result
        Of one figure, by publication. Two of a company at one moment are each other's future.
    min_history : int
        Fewest earlier surprises, whoever's, without which there is no usual one; at least 1.

    Returns
    -------
    list of Surprise
        One for each result. Leaving later results away changes none.
    """
    total, number = 0.0, 0
    own: dict[str, tuple[float, int]] = {}
    found: list[Surprise] = []
    waiting: list[Result] = []
    for result in results:
        while waiting and waiting[0].published_at < result.published_at:
            past = waiting.pop(0)
            square = past.relative**2
            total, number = total + square, number + 1
            squares, count = own.get(past.issuer, (0.0, 0))
            own[past.issuer] = (squares + square, count + 1)
        squares, count = own.get(result.issuer, (0.0, 0))
        usual = math.nan
        if number >= min_history:
            usual = math.sqrt((PRIOR * total / number + squares) / (PRIOR + count))
        found.append(Surprise(result.relative, usual, count, number - count))
        waiting.append(result)
    return found
